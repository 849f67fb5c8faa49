//! Files from the reader's machine.

use leptos::prelude::*;

use super::Frame;

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
