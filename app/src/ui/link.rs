//! Links of which lists have many.

use leptos::tachys::html::InertElement;

use super::written::Written;

/// What a row is, and where that leads.
pub fn row_link(href: &str, name: &str) -> InertElement {
    named("row-link", href, name)
}

/// In a row, to something else that has a name.
pub fn link(href: &str, name: &str) -> InertElement {
    named("link", href, name)
}

fn named(class: &'static str, href: &str, name: &str) -> InertElement {
    let mut link = Written::new("<a");
    link.attribute("class", Some(class))
        .attribute("href", Some(href))
        .markup("><bdi>")
        .text(name)
        .markup("</bdi></a>");
    link.element()
}
