//! A text of several lines. The only place with a bare `<textarea>`, into which Leptos writes its text as it is.

use html_escape::encode_text;
use leptos::prelude::*;

use super::Frame;

/// What is in it. `text` may come from outside.
#[derive(Clone, Debug, Default)]
pub struct Area {
    pub text: String,
    pub rows: usize,
    /// Empty for none.
    pub placeholder: String,
    /// For text that machines read; prose stands in letters of its own width.
    pub mono: bool,
    /// For what nobody beside should read: the browser shows dots.
    pub masked: bool,
}

pub fn area(frame: &Frame, area: Area) -> AnyView {
    // Browsers pass over a line break that the text begins with.
    let first = if area.text.starts_with('\n') { "\n" } else { "" };
    let inner = format!("{first}{}", encode_text(&area.text));
    view! {
        <textarea
            class="input"
            id=frame.id()
            name=frame.name.clone()
            rows=area.rows
            required=frame.required
            disabled=frame.disabled()
            placeholder=(!area.placeholder.is_empty()).then_some(area.placeholder)
            data-mono=area.mono
            data-masked=area.masked
            autocomplete="off"
            autocapitalize="off"
            spellcheck=if area.mono { Some("false") } else { None }
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
            inner_html=inner
        ></textarea>
    }
    .into_any()
}
