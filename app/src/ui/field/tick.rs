//! Yes or no: a box with its words beside it, or a switch that stands where other controls do.
//!
//! A browser sends nothing of a box that is not ticked, so a hidden companion before it says no: `false` comes alone, or
//! `true` after it. A closed one sends nothing.

use leptos::prelude::*;

use super::Frame;

/// The whole field: its label stands beside the box.
pub fn tick(frame: Frame, ticked: bool) -> AnyView {
    let code = frame.code.as_deref().map(super::code);
    view! {
        <div class="field" data-off=frame.disabled()>
            <label class="tick">
                {no(&frame)}
                <input
                    type="checkbox"
                    id=frame.id()
                    name=frame.name.clone()
                    value="true"
                    checked=ticked
                    disabled=frame.disabled()
                    aria-invalid=frame.invalid()
                    aria-describedby=frame.described_by()
                />
                <span>{frame.label.clone()}</span>
            </label>
            {code}
            {frame.notes()}
        </div>
    }
    .into_any()
}

/// The control alone; it says in a word how it stands.
pub fn switch(frame: &Frame, on: bool) -> AnyView {
    view! {
        <label class="switch" aria-disabled=frame.disabled().then_some("true")>
            {no(frame)}
            <input
                type="checkbox"
                role="switch"
                id=frame.id()
                name=frame.name.clone()
                value="true"
                checked=on
                disabled=frame.disabled()
                aria-invalid=frame.invalid()
                aria-describedby=frame.described_by()
            />
            <span class="switch-on">"On"</span>
            <span class="switch-off">"Off"</span>
        </label>
    }
    .into_any()
}

fn no(frame: &Frame) -> impl IntoView + use<> {
    view! { <input type="hidden" name=frame.name.clone() value="false" disabled=frame.disabled()/> }
}
