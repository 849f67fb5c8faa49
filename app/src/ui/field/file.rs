//! Files from the reader's machine.

use leptos::prelude::*;

use super::{super::written::Written, Frame};

/// All files of a folder. Written as text: the attribute is one that views do not know.
pub fn folder(frame: &Frame) -> AnyView {
    let mut input = Written::new("<input class=\"input\" type=\"file\" webkitdirectory multiple");
    input
        .attribute("id", Some(&frame.id()))
        .attribute("name", Some(&frame.name))
        .attribute("required", frame.required.then_some(""))
        .attribute("disabled", frame.disabled().then_some(""))
        .attribute("aria-invalid", frame.invalid())
        .attribute("aria-describedby", Some(&frame.described_by()))
        .markup(">");
    input.element().into_any()
}

pub fn files(frame: &Frame) -> AnyView {
    view! {
        <input
            class="input"
            id=frame.id()
            name=frame.name.clone()
            type="file"
            multiple=true
            required=frame.required
            disabled=frame.disabled()
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
        />
    }
    .into_any()
}
