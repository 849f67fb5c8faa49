//! The box that says yes to a question.

use leptos::prelude::*;

use crate::outcome::Question;

pub fn sure_box(question: Question, id: &str, error: Option<String>) -> impl IntoView + use<> {
    let id = if id.is_empty() { Question::FIELD } else { id };
    let (id, note, label) = (id.to_owned(), format!("{id}-error"), question.label());
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
        {name}
    }
}
