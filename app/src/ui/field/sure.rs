//! The boxes that say yes to a question.

use leptos::prelude::*;

use crate::outcome::{Question, Tick};

/// A box for each thing that is asked about, and the name that is to be typed. `error` stands by the first of them.
pub fn sure_box(question: Question, id: &str, mut error: Option<String>) -> impl IntoView + use<> {
    let id = if id.is_empty() { Question::FIELD } else { id };
    let name = question.name.map(|name| {
        view! {
            <div class="field">
                <label>
                    "To confirm, type " <strong><bdi>{name}</bdi></strong>
                    <input class="input" name=Question::NAME required=true autocomplete="off" spellcheck="false"/>
                </label>
                <p class="field-error"></p>
            </div>
        }
    });
    let boxes = question.ticks.into_iter().enumerate().map(|(at, tick)| {
        let id = if at == 0 { id.to_owned() } else { format!("{id}-{at}") };
        one(tick, id, error.take())
    });
    let boxes: Vec<_> = boxes.collect();
    view! { {boxes} {name} }
}

fn one(tick: Tick, id: String, error: Option<String>) -> impl IntoView + use<> {
    let (note, label) = (format!("{id}-error"), tick.label());
    view! {
        <div class="field sure">
            <label class="tick">
                <input
                    type="checkbox"
                    id=id
                    name=Question::FIELD
                    value=tick.sure
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
