//! One field of an operation's form, as the control that fits it.

use leptos::prelude::*;
use serde_json::Value;

use crate::{
    components::text_area::TextArea,
    form::{Field, Kind, REST, spelled},
    ui::field::{Wiring, field as framed, with_arrow},
};

/// What is known of a field while it is drawn.
pub struct Filled {
    /// What was typed before, or what the address proposes; `None` where nothing is known.
    pub typed: Option<Vec<String>>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Id of a list of proposals.
    pub proposals: Option<&'static str>,
}

/// The field with its label, hint and error.
pub fn control(field: &'static Field, filled: Filled) -> AnyView {
    // Field names are the API's own: `name` or `id` as an id of the page would shadow nothing, but read oddly in links.
    let id = format!("field-{}", field.name);
    let hint = hint(field);
    let wiring = Wiring::new(&field.name, id, &hint);
    let label = if field.name == REST {
        "Body".to_owned()
    } else {
        field.name.clone()
    };
    let Filled {
        typed,
        error,
        proposals,
    } = filled;
    let first = typed.as_ref().and_then(|texts| texts.first()).cloned();
    let (described, invalid) = (wiring.described_by(), error.is_some().then_some("true"));
    let required = field.required;
    let input = match &field.kind {
        Kind::Text { long: true, .. } => area(&wiring, field, first.unwrap_or_default(), 6, "", invalid).into_any(),
        Kind::Lines => area(&wiring, field, first.unwrap_or_default(), 3, "", invalid).into_any(),
        Kind::Json(skeleton) => {
            let skeleton = serde_json::to_string_pretty(skeleton).unwrap_or_default();
            let rows = skeleton.lines().count().clamp(3, 14);
            // What is required is there to be filled in; what is optional must stay empty until somebody wants it.
            if required {
                area(&wiring, field, first.unwrap_or(skeleton), rows, "", invalid).into_any()
            } else {
                area(&wiring, field, first.unwrap_or_default(), rows, &skeleton, invalid).into_any()
            }
        }
        Kind::Rest { .. } => area(
            &wiring,
            field,
            first.unwrap_or_default(),
            8,
            "{\n  \"name\": value\n}",
            invalid,
        )
        .into_any(),
        Kind::Text { least, most, .. } => view! {
            <input
                class="input"
                id=wiring.id.clone()
                name=field.name.clone()
                type=if field.secret { "password" } else { "text" }
                value=if field.secret { None } else { first }
                required=required
                minlength=*least
                maxlength=*most
                list=proposals
                data-mono=true
                autocomplete=if field.secret { "new-password" } else { "off" }
                autocapitalize="off"
                spellcheck="false"
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any(),
        Kind::Number { whole, least, most } => view! {
            <input
                class="input"
                id=wiring.id.clone()
                name=field.name.clone()
                type="number"
                value=first
                required=required
                min=*least
                max=*most
                step=if *whole { "1" } else { "any" }
                data-mono=true
                autocomplete="off"
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any(),
        Kind::Flag if required => return tick(wiring, field, first.as_deref() == Some("true"), hint, error).into_any(),
        Kind::Flag => choices(&wiring, field, &[Value::Bool(true), Value::Bool(false)], first, invalid).into_any(),
        Kind::Choice(words) => choices(&wiring, field, words, first, invalid).into_any(),
        Kind::Several(words) => return boxes(field, words, &typed.unwrap_or_default(), hint, error).into_any(),
        Kind::Files => view! {
            <input
                class="input"
                id=wiring.id.clone()
                name=field.name.clone()
                type="file"
                multiple=true
                required=required
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any(),
    };
    framed(wiring, label, required, hint, error, input).into_any()
}

/// What it means and what is expected, as far as the control does not show it.
fn hint(field: &Field) -> String {
    let expected = match &field.kind {
        Kind::Flag | Kind::Choice(_) | Kind::Several(_) => String::new(),
        Kind::Text { .. } if field.kind.words() == "Text" => String::new(),
        Kind::Files => "Several may be chosen; together they hold a megabyte at most.".to_owned(),
        Kind::Rest { .. } => "What is not named stays as it is.".to_owned(),
        kind => format!("{}.", kind.words()),
    };
    let help = match field.help.chars().last() {
        Some('.' | '?' | '!') | None => field.help.replace('`', ""),
        Some(_) => format!("{}.", field.help.replace('`', "")),
    };
    [help, expected]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn area(
    wiring: &Wiring,
    field: &Field,
    text: String,
    rows: usize,
    placeholder: &str,
    invalid: Option<&'static str>,
) -> impl IntoView + use<> {
    view! {
        <TextArea
            id=wiring.id.clone()
            name=field.name.clone()
            text
            rows
            required=field.required
            placeholder=placeholder.to_owned()
            invalid
            described_by=wiring.described_by()
        />
    }
}

fn choices(
    wiring: &Wiring,
    field: &Field,
    words: &[Value],
    chosen: Option<String>,
    invalid: Option<&'static str>,
) -> impl IntoView + use<> {
    let option = |word: &Value| {
        let word = spelled(word);
        let selected = chosen.as_ref() == Some(&word);
        view! { <option value=word.clone() selected=selected>{word.clone()}</option> }
    };
    let none = if field.required { "Choose\u{2026}" } else { "Not set" };
    with_arrow(view! {
        <select
            class="input"
            id=wiring.id.clone()
            name=field.name.clone()
            required=field.required
            data-mono=true
            aria-invalid=invalid
            aria-describedby=wiring.described_by()
        >
            <option value="">{none}</option>
            {words.iter().map(option).collect_view()}
        </select>
    })
}

/// One box to be ticked.
pub fn tick(wiring: Wiring, field: &Field, ticked: bool, hint: String, error: Option<String>) -> impl IntoView + use<> {
    let described = wiring.described_by();
    view! {
        <div class="field">
            <label class="tick">
                <input
                    type="checkbox"
                    id=wiring.id
                    name=field.name.clone()
                    value="true"
                    checked=ticked
                    aria-describedby=described
                />
                <span>{field.name.clone()}</span>
            </label>
            {wiring.hint.map(|id| view! { <p class="hint" id=id>{hint}</p> })}
            <p class="field-error" id=wiring.error>{error}</p>
        </div>
    }
}

/// Boxes of which any may be ticked.
fn boxes(
    field: &Field,
    words: &[String],
    ticked: &[String],
    hint: String,
    error: Option<String>,
) -> impl IntoView + use<> {
    let name = field.name.clone();
    let one = |word: &String| {
        let checked = ticked.contains(word);
        view! {
            <label class="tick">
                <input type="checkbox" name=name.clone() value=word.clone() checked=checked/>
                <span class="mono">{word.clone()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend>{field.name.clone()}{(!field.required).then(|| view! { <span class="optional">" (optional)"</span> })}</legend>
            <div class="ticks">{words.iter().map(one).collect_view()}</div>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            <p class="field-error">{error}</p>
        </fieldset>
    }
}
