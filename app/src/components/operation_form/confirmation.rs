//! What is asked before an operation is run: the one place that draws it, for pages and the explorer.

use leptos::prelude::*;
use management_api::OperationId;

use super::FormState;
use crate::{
    form::{CONFIRM, Confirmation, each_key, project_key},
    outcome::Question,
    ui::{TextField, capital, sure_box},
};

/// What an operation is done to, for the one who is asked to name it before it is destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// Named by its name, or by its ref where the name cannot be typed.
    Project { name: String, reference: String },
    /// Named by the parameter that the operation is told of it.
    Named(String),
    /// Several things, or one, each named by the parameter.
    Each(Vec<String>),
}

impl Thing {
    /// What is to be typed, and what that is.
    fn key(&self) -> (&'static str, String) {
        match self {
            Self::Project { name, reference } => match project_key(name, reference) {
                ("ref", key) => ("ref of the project", key.to_owned()),
                (_, key) => ("name of the project", key.to_owned()),
            },
            Self::Named(key) => ("name", key.clone()),
            Self::Each(names) => each_key(&names.iter().map(String::as_str).collect::<Vec<_>>()),
        }
    }
}

/// What must be said or typed before `operation` is run by the form `id`. What depends on what was filled in, `state`
/// tells: the answer came with the question; or the page knows it already.
pub fn confirmation(
    operation: OperationId,
    id: &str,
    thing: Option<Thing>,
    known: Option<Question>,
    state: &FormState,
) -> Option<AnyView> {
    let of = |word: &str| match id {
        "" => format!("{word}-{operation}"),
        id => format!("{word}-{id}"),
    };
    let always = Confirmation::of(operation.row());
    let told = state.question();
    // What the server has asked about is the latest; the page may know more of the same.
    let known = known.filter(|known| told.as_ref().is_none_or(|told| known.asks_like(told)));
    if let Some(question) = known {
        return Some(sure_box(question, &of("sure"), None).into_any());
    }
    match (told, always) {
        (Some(question), _) => {
            let first = "Nothing was sent yet: tick this box first.".to_owned();
            Some(sure_box(question, &of("sure"), Some(first)).into_any())
        }
        (None, Confirmation::Sure(does)) => Some(sure_box(Question::always(does), &of("sure"), None).into_any()),
        (None, Confirmation::Project) => Some(typed(thing, "the name of the project", &of("confirm"), state)),
        (None, Confirmation::Branch) => Some(typed(thing, "the name of the branch", &of("confirm"), state)),
        (None, Confirmation::Name(named)) => {
            Some(typed(thing, &format!("the {}", named.what()), &of("confirm"), state))
        }
        (None, Confirmation::Again(parameter)) => {
            Some(typed(thing, &format!("{parameter} again"), &of("confirm"), state))
        }
        (None, Confirmation::Each(_)) => Some(typed(
            thing,
            "the name, or of several how many they are",
            &of("confirm"),
            state,
        )),
        (None, Confirmation::None | Confirmation::Told) => None,
    }
}

/// Asks for the name of what would be destroyed. Without a `thing` the page does not know it yet; it is then called `what`.
fn typed(thing: Option<Thing>, what: &str, id: &str, state: &FormState) -> AnyView {
    let (asks, label) = match &thing {
        Some(thing) => {
            let (what, key) = thing.key();
            let asks = view! {
                <p class="confirm-name">
                    {format!("To confirm, type the {what}: ")} <strong><bdi>{key}</bdi></strong>
                </p>
            };
            (Some(asks), capital(what))
        }
        None => (None, format!("To confirm, type {what}")),
    };
    view! {
        {asks}
        <TextField
            name=CONFIRM
            label
            hint="What this takes away cannot be brought back."
            error=state.error_of(CONFIRM)
            required=true
            id
        />
    }
    .into_any()
}
