//! Written: what a page has many of, such as the rows of a list, written as text at once. A view of the same holds every
//! element, attribute and text in a box of its own, and a page of a hundred rows has thousands of them.
//!
//! Markup is our own, which its type sees to; everything else is escaped.

use html_escape::{encode_double_quoted_attribute_to_string, encode_text_to_string};
use leptos::{
    prelude::*,
    tachys::{html::InertElement, view::Position},
};

/// One element with all that is in it.
#[derive(Clone, Debug, Default)]
pub struct Written(String);

impl Written {
    /// Begins with `markup`, such as `<tbody>`.
    pub fn new(markup: &'static str) -> Self {
        // The smallest of them have about so much: without growing step by step.
        let mut text = String::with_capacity(markup.len() + 240);
        text.push_str(markup);
        Self(text)
    }

    pub fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        encode_text_to_string(text, &mut self.0);
        self
    }

    /// Within the tag that was begun; nothing where there is no value.
    pub fn attribute(&mut self, name: &'static str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            // Most values are names of our own and refs.
            if value.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
                encode_double_quoted_attribute_to_string(value, &mut self.0);
            } else {
                self.0.push_str(value);
            }
            self.0.push('"');
        }
        self
    }

    /// What was written before, such as a tag that each of many lines has.
    pub fn part(&mut self, part: &Self) -> &mut Self {
        self.0.push_str(&part.0);
        self
    }

    /// Makes room for so many bytes more: a long text that grows is copied each time.
    pub fn reserve(&mut self, bytes: usize) -> &mut Self {
        self.0.reserve(bytes);
        self
    }

    /// A view that waits for nothing.
    pub fn view(&mut self, view: AnyView) -> &mut Self {
        view.to_html_with_buf(&mut self.0, &mut Position::FirstChild, true, false, Vec::new());
        self
    }

    pub fn element(self) -> InertElement {
        InertElement::new(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_markup_is_escaped() {
        let mut written = Written::new("<td");
        written
            .attribute("data-label", Some("\"><script>"))
            .attribute("data-kind", None)
            .markup(">")
            .text("<script>&")
            .view(view! { <hr/> }.into_any())
            .markup("</td>");
        assert_eq!(
            written.0,
            "<td data-label=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;&amp;<hr></td>"
        );
    }
}
