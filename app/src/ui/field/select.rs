//! A choice of one.

use leptos::{either::Either, prelude::*};

use super::Frame;
use crate::ui::icon::{Glyph, Icon};

/// One choice of a [`SelectField`]; they are ordered by their labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice {
    pub label: String,
    /// What the form sends.
    pub value: String,
    /// Neighbours of the same group are shown under its name; empty for none.
    pub group: &'static str,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            group: "",
        }
    }

    pub fn in_group(self, group: &'static str) -> Self {
        Self { group, ..self }
    }
}

/// What there is to choose from.
#[derive(Clone, Debug, Default)]
pub struct Select {
    pub choices: Vec<Choice>,
    /// The chosen one; without it the first is. One that is none of the choices stays one.
    pub value: String,
    /// For words that programs use.
    pub mono: bool,
}

/// The arrow is an icon because a background image could not follow the theme.
pub fn select(frame: &Frame, mut select: Select) -> AnyView {
    if !select.value.is_empty() && !select.choices.iter().any(|choice| choice.value == select.value) {
        let unknown = Choice::new(select.value.clone(), select.value.clone());
        select.choices.push(unknown);
    }
    view! {
        <div class="select">
            <select
                class="input"
                id=frame.id()
                name=frame.name.clone()
                required=frame.required
                disabled=frame.disabled()
                data-mono=select.mono
                aria-invalid=frame.invalid()
                aria-describedby=frame.described_by()
            >
                {options(&select.choices, &select.value)}
            </select>
            <Glyph icon=Icon::ChevronDown/>
        </div>
    }
    .into_any()
}

fn options(choices: &[Choice], chosen: &str) -> impl IntoView + use<> {
    let option = |choice: &Choice| {
        view! {
            <option value=choice.value.clone() selected=choice.value == chosen>
                {choice.label.clone()}
            </option>
        }
    };
    choices
        .chunk_by(|one, next| one.group == next.group)
        .map(|group| {
            let name = group.first().map_or("", |choice| choice.group);
            let list = group.iter().map(option).collect_view();
            if name.is_empty() {
                Either::Left(list)
            } else {
                Either::Right(view! { <optgroup label=name>{list}</optgroup> })
            }
        })
        .collect_view()
}

/// A choice of one with its label. `value` is the chosen one; without it the first is.
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional_no_strip, into)] disabled_because: Option<String>,
    /// Needed where the page holds two fields of one name.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    let frame = Frame {
        help: hint,
        error,
        required,
        disabled_because,
        id,
        ..Frame::new(name, label)
    };
    let mono = false;
    let control = select(&frame, Select { choices, value, mono });
    frame.around(control)
}
