//! Form fields. A [`Frame`] says what a field is called and what is to be said of it; each control is drawn from its
//! frame and stands in it, so that label, help, reason and error are tied to it for screen readers in one way.
//!
//! Everything works without JavaScript. The controls stand alone as well, for forms that place labels elsewhere.

mod area;
mod file;
mod json;
mod number;
mod search;
mod secret;
mod select;
mod several;
mod sure;
mod text;
mod tick;

use leptos::prelude::*;

pub use self::{
    area::{Area, area},
    file::{files, folder},
    json::json,
    number::{Number, number},
    search::SearchField,
    secret::{Kept, secret},
    select::{Choice, Select, SelectField, select},
    several::several,
    sure::sure_box,
    text::{Line, TextField, line},
    tick::{switch, tick},
};

/// What every field has, whatever its control.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// What the form sends.
    pub name: String,
    pub label: String,
    /// What it means and what is expected, in a sentence or two.
    pub help: String,
    /// The name that programs know it by, where the label is another.
    pub code: Option<String>,
    /// What is wrong with what was sent.
    pub error: Option<String>,
    pub required: bool,
    /// Whether another field may be filled in instead: neither is called optional then.
    pub alternative: bool,
    /// Why it cannot be changed just now. It is closed then, and the browser sends nothing of it.
    pub disabled_because: Option<String>,
    /// The control's id, where the page holds two fields of one name; else the name is.
    pub id: String,
}

impl Frame {
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// The control's id. Server and browser agree on it, and on those of what describes it.
    pub fn id(&self) -> String {
        if self.id.is_empty() {
            self.name.clone()
        } else {
            self.id.clone()
        }
    }

    pub fn disabled(&self) -> bool {
        self.disabled_because.is_some()
    }

    /// The value of `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    /// What describes the control. An error that is not there yet is empty, and may come while the page is open.
    pub fn described_by(&self) -> String {
        let id = self.id();
        let parts = [
            (true, "error"),
            (!self.help.is_empty(), "hint"),
            (self.disabled(), "reason"),
        ];
        let there = parts.iter().filter(|(there, _)| *there);
        there
            .map(|(_, part)| format!("{id}-{part}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The field: label, `control` and what describes it.
    pub fn around(self, control: impl IntoView) -> AnyView {
        let (label, code) = (self.title(), self.code.as_deref().map(code));
        view! {
            <div class="field" data-off=self.disabled()>
                <label for=self.id()>{label}</label>
                {code}
                {control}
                {self.notes()}
            </div>
        }
        .into_any()
    }

    /// The same for several controls that are one field together.
    pub fn around_group(self, controls: impl IntoView) -> AnyView {
        let (label, code) = (self.title(), self.code.as_deref().map(code));
        view! {
            <fieldset class="field" data-off=self.disabled() disabled=self.disabled() aria-describedby=self.described_by()>
                <legend>{label}</legend>
                {code}
                {controls}
                {self.notes()}
            </fieldset>
        }
        .into_any()
    }

    fn title(&self) -> impl IntoView + use<> {
        let optional = !self.required && !self.alternative && !self.disabled();
        view! {
            {self.label.clone()}
            {optional.then(|| view! { <span class="optional">" (optional)"</span> })}
        }
    }

    /// Help, reason and error.
    fn notes(&self) -> impl IntoView + use<> {
        let id = self.id();
        let note = |part: &str| format!("{id}-{part}");
        let (hint, reason, error) = (note("hint"), note("reason"), note("error"));
        view! {
            {(!self.help.is_empty()).then(|| view! { <p class="hint" id=hint>{self.help.clone()}</p> })}
            {self.disabled_because.clone().map(|because| view! { <p class="reason" id=reason>{because}</p> })}
            // Empty, and hidden by its style, while there is no error.
            <p class="field-error" id=error>{self.error.clone()}</p>
        }
    }
}

/// A name as programs spell it; it breaks after its underscores only.
pub fn code(name: &str) -> impl IntoView + use<> {
    let parts = name.split_inclusive('_').enumerate();
    let parts: Vec<_> = parts
        .map(|(at, part)| view! { {(at > 0).then(|| view! { <wbr/> })} {part.to_owned()} })
        .collect();
    view! { <code class="field-code">{parts}</code> }
}

#[cfg(test)]
mod tests;
