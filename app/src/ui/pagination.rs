//! Pages of a list, as links.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// Where the list goes on. Shows nothing where one page holds everything.
#[component]
pub fn Pagination(
    /// What is shown, such as "1–50 of 120".
    #[prop(into)]
    summary: String,
    /// `None` on the first page.
    previous: Option<String>,
    /// `None` on the last page.
    next: Option<String>,
) -> impl IntoView {
    (previous.is_some() || next.is_some()).then(|| {
        let link = |href: Option<String>, label: &'static str, icon: Icon| {
            href.map(|href| {
                view! {
                    <a class="button button-small" href=href>
                        <Glyph icon />
                        {label}
                    </a>
                }
            })
        };
        view! {
            <nav class="pagination" aria-label="Pages">
                <span class="hint">{summary}</span>
                {link(previous, "Previous", Icon::ChevronLeft)}
                {link(next, "Next", Icon::ChevronRight)}
            </nav>
        }
    })
}
