//! A number, perhaps with its unit.

use leptos::prelude::*;

use super::Frame;

#[derive(Clone, Debug, Default)]
pub struct Number {
    pub value: Option<String>,
    pub whole: bool,
    pub least: Option<f64>,
    pub most: Option<f64>,
    /// Such as "seconds"; empty for none.
    pub unit: &'static str,
}

pub fn number(frame: &Frame, number: Number) -> AnyView {
    let unit = format!("{}-unit", frame.id());
    let mut described = frame.described_by();
    if !number.unit.is_empty() {
        described = format!("{unit} {described}");
    }
    let input = view! {
        <input
            class="input"
            id=frame.id()
            name=frame.name.clone()
            type="number"
            value=number.value
            required=frame.required
            disabled=frame.disabled()
            min=number.least
            max=number.most
            step=if number.whole { "1" } else { "any" }
            data-mono=true
            autocomplete="off"
            aria-invalid=frame.invalid()
            aria-describedby=described
        />
    };
    if number.unit.is_empty() {
        return input.into_any();
    }
    view! {
        <div class="measure">
            {input}
            <span class="measure-unit" id=unit>{number.unit}</span>
        </div>
    }
    .into_any()
}
