//! Form fields: label, hint and error around one control, tied together for screen readers.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::outcome::Question;

/// Ids of a field's parts. They come from the field's name, so server and browser agree on them.
pub struct Wiring {
    pub id: String,
    pub hint: Option<String>,
    pub error: String,
}

impl Wiring {
    /// `id` may be empty: it is then the field's name.
    pub fn new(name: &str, id: String, hint: &str) -> Self {
        let id = if id.is_empty() { name.to_owned() } else { id };
        Self {
            hint: (!hint.is_empty()).then(|| format!("{id}-hint")),
            error: format!("{id}-error"),
            id,
        }
    }

    /// What describes the control. An error that is not there yet is empty, and may come while the page is open.
    pub fn described_by(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{} {hint}", self.error),
            None => self.error.clone(),
        }
    }
}

/// Label, hint and error around `control`, whose ids are those of `wiring`.
pub fn field(
    wiring: Wiring,
    label: String,
    required: bool,
    hint: String,
    error: Option<String>,
    control: impl IntoView,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=wiring.id>
                {label}
                {(!required).then(|| view! { <span class="optional">" (optional)"</span> })}
            </label>
            {control}
            {wiring.hint.map(|id| view! { <p class="hint" id=id>{hint}</p> })}
            // Empty, and hidden by its style, while there is no error.
            <p class="field-error" id=wiring.error>{error}</p>
        </div>
    }
}

/// A line of text. `error` is what the server or the browser found wrong with it.
#[component]
pub fn TextField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] minlength: Option<u32>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional, into)] pattern: Option<String>,
    /// What the browser says when the pattern does not fit.
    #[prop(optional)]
    pattern_says: Option<&'static str>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] placeholder: Option<&'static str>,
    /// For refs, tokens and other text that is compared letter by letter.
    #[prop(optional)]
    mono: bool,
    /// Stands beside the input, such as a copy button.
    #[prop(optional, into)]
    after: ViewFnOnce,
    /// Needed where the page holds two fields of one name.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    let wiring = Wiring::new(name, id, &hint);
    let control = view! {
        <div class="input-group">
            <input
                class="input"
                data-mono=mono
                id=wiring.id.clone()
                name=name
                type=kind
                value=value
                required=required
                minlength=minlength
                maxlength=maxlength
                pattern=pattern
                title=pattern_says
                autocomplete=autocomplete
                placeholder=placeholder
                spellcheck="false"
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=wiring.described_by()
            />
            {after.run()}
        </div>
    };
    field(wiring, label, required, hint, error, control)
}

/// The box that says yes to a question.
pub fn sure_box(question: Question, id: &str, error: Option<String>) -> impl IntoView + use<> {
    let id = if id.is_empty() { Question::FIELD } else { id };
    let (id, note, label) = (id.to_owned(), format!("{id}-error"), question.label());
    view! {
        <div class="field sure">
            <label class="tick">
                <input
                    type="checkbox"
                    id=id
                    name=Question::FIELD
                    value=question.sure
                    required=true
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=note.clone()
                />
                <span>{label}</span>
            </label>
            <p class="field-error" id=note>{error}</p>
        </div>
    }
}

/// One choice of a [`SelectField`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    pub label: String,
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

/// A `<select>` with its arrow, which is an icon because a background image could not follow the theme.
pub fn with_arrow(select: impl IntoView) -> impl IntoView {
    view! {
        <div class="select">
            {select}
            <Glyph icon=Icon::ChevronDown/>
        </div>
    }
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
                leptos::either::Either::Left(list)
            } else {
                leptos::either::Either::Right(view! { <optgroup label=name>{list}</optgroup> })
            }
        })
        .collect_view()
}

/// A choice of one. `value` is the chosen one; without it the first is.
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    /// Needed where the page holds two fields of one name.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    let wiring = Wiring::new(name, id, &hint);
    let control = with_arrow(view! {
        <select
            class="input"
            id=wiring.id.clone()
            name=name
            required=required
            aria-invalid=error.is_some().then_some("true")
            aria-describedby=wiring.described_by()
        >
            {options(&choices, &value)}
        </select>
    });
    field(wiring, label, required, hint, error, control)
}

/// The search of a toolbar. Its label is read out but not shown: the icon and the placeholder show it.
#[component]
pub fn SearchField(
    name: &'static str,
    /// Such as "Search projects".
    label: &'static str,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    view! {
        <div class="search">
            <Glyph icon=Icon::Search />
            <input
                class="input"
                type="search"
                name=name
                value=value
                placeholder=label
                aria-label=label
                autocomplete="off"
                spellcheck="false"
            />
        </div>
    }
}
