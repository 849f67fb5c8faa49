//! Yes or no: a box with its words beside it, or a switch that stands where other controls do.
//!
//! A browser sends nothing of a box that is not ticked, so a hidden companion before it says no: `false` comes alone, or
//! `true` after it. A closed one sends nothing.

use leptos::prelude::*;

use super::Frame;
use crate::ui::written::Written;

/// The whole field: its label stands beside the box.
pub fn tick(frame: Frame, ticked: bool) -> AnyView {
    let code = frame.code.as_deref().map(super::code);
    view! {
        <div class="field" data-off=frame.disabled()>
            <label class="tick">
                {yes_or_no(&frame, ticked, None)}
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
    // There may be a hundred of them on a page.
    let mut switch = Written::new("<label class=\"switch\"");
    switch
        .attribute("aria-disabled", frame.disabled().then_some("true"))
        .markup(">")
        .view(yes_or_no(frame, on, Some("switch")).into_any())
        .markup("<span class=\"switch-on\">On</span><span class=\"switch-off\">Off</span></label>");
    switch.element().into_any()
}

/// The box, and before it the companion that says no.
fn yes_or_no(frame: &Frame, yes: bool, role: Option<&'static str>) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name=frame.name.clone() value="false" disabled=frame.disabled()/>
        <input
            type="checkbox"
            role=role
            id=frame.id()
            name=frame.name.clone()
            value="true"
            checked=yes
            disabled=frame.disabled()
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
        />
    }
}
