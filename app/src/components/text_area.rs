//! A text of several lines. The only place with a bare `<textarea>`, into which Leptos writes its text as it is.

use html_escape::encode_text;
use leptos::prelude::*;

/// The control alone; label, hint and error stand around it, see [`crate::ui::field::field`]. `text` may come from outside.
#[component]
pub fn TextArea(
    id: String,
    name: String,
    text: String,
    rows: usize,
    required: bool,
    /// Empty for none.
    placeholder: String,
    invalid: Option<&'static str>,
    described_by: String,
) -> impl IntoView {
    // Browsers pass over a line break that the text begins with.
    let first = if text.starts_with('\n') { "\n" } else { "" };
    let inner = format!("{first}{}", encode_text(&text));
    view! {
        <textarea
            class="input"
            id=id
            name=name
            rows=rows
            required=required
            placeholder=(!placeholder.is_empty()).then_some(placeholder)
            data-mono=true
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-invalid=invalid
            aria-describedby=described_by
            inner_html=inner
        ></textarea>
    }
}
