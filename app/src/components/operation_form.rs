//! The form shell: every form that changes something. It posts to `/do/<operation-id>` by itself; its island sends the
//! same fields without leaving the page.

use std::collections::BTreeMap;

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{context::Context, error_view::problem},
    form::{CONFIRM, Confirmation, project_key},
    islands::operation_form::FormShell,
    outcome::{Problem, Question},
    paths,
    ui::{ButtonKind, TextField, capital, sure_box},
};

/// What the fields of a form need to know of it; lies in the context of the form's children.
#[derive(Clone)]
pub struct FormState {
    problem: Option<Problem>,
    typed: BTreeMap<String, Vec<String>>,
}

impl FormState {
    fn new(operation: OperationId) -> Self {
        match Context::current().flash_for(operation) {
            Some(notice) => Self {
                problem: notice
                    .outcome
                    .err()
                    .as_ref()
                    .map(problem)
                    .map(|problem| if notice.dropped { too_long(problem) } else { problem }),
                typed: notice.typed,
            },
            None => Self {
                problem: None,
                typed: BTreeMap::new(),
            },
        }
    }

    /// What was typed into the field `name` before the form came back, else `initial`.
    pub fn value(name: &str, initial: &str) -> String {
        use_context::<Self>()
            .and_then(|state| state.typed.get(name)?.first().cloned())
            .unwrap_or_else(|| initial.to_owned())
    }

    /// What is wrong with the field `name`.
    pub fn error(name: &str) -> Option<String> {
        let problem = use_context::<Self>()?.problem?;
        (problem.field.as_deref() == Some(name)).then_some(problem.text)
    }
}

/// Says that not everything came back.
fn too_long(mut problem: Problem) -> Problem {
    problem.text.push_str(
        " What you had typed was too long to be kept in full: look through the fields before you send it again.",
    );
    problem
}

/// What an operation is done to, for the one who is asked to name it before it is destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// Named by its name, or by its ref where the name cannot be typed.
    Project { name: String, reference: String },
    /// Named by the parameter that the operation is told of it.
    Named(String),
}

impl Thing {
    /// What it is called, and what is to be typed.
    fn key(&self) -> (&'static str, &str) {
        match self {
            Self::Project { name, reference } => {
                let (what, key) = project_key(name, reference);
                (
                    if what == "ref" {
                        "ref of the project"
                    } else {
                        "name of the project"
                    },
                    key,
                )
            }
            Self::Named(key) => ("name", key),
        }
    }
}

/// A form that makes the call `operation`. Its fields are named like the operation's parameters; what is asked before it
/// is done, why it cannot be done and what went wrong are drawn here and nowhere else.
#[component]
pub fn OperationForm(
    operation: OperationId,
    /// Tells the forms of one operation apart; empty where the page holds only one.
    #[prop(optional, into)]
    id: String,
    /// Where to go when it is done; `{ref}` and the like are filled from the answer.
    #[prop(into)]
    next: String,
    /// The page that the form stands on, which is drawn again with what was typed when it fails.
    #[prop(into)]
    back: String,
    /// What the button says.
    #[prop(into)]
    submit: String,
    #[prop(optional)] kind: ButtonKind,
    /// Stands in a row.
    #[prop(optional)]
    small: bool,
    /// What is destroyed, where the operation destroys.
    #[prop(optional_no_strip)]
    thing: Option<Thing>,
    /// Why the button cannot be used just now.
    #[prop(optional_no_strip)]
    disabled_because: Option<String>,
    children: Children,
) -> impl IntoView {
    let state = FormState::new(operation);
    let problem = state.problem.clone();
    provide_context(state);
    let children = children();
    let asked = asked(operation, &id, thing);
    view! {
        <FormShell action=paths::perform(operation) next back submit kind small disabled_because problem>
            {children}
            {asked}
        </FormShell>
    }
}

/// What must be said or typed first. What depends on what was filled in, the answer asks.
fn asked(operation: OperationId, id: &str, thing: Option<Thing>) -> Option<AnyView> {
    let of = |word: &str| [word, operation.as_str(), id].join("-");
    match Confirmation::of(operation.row()) {
        Confirmation::Sure(does) => Some(sure_box(Question::always(does), &of("sure"), None).into_any()),
        Confirmation::Project | Confirmation::Again(_) => {
            let thing = thing?;
            let (what, key) = thing.key();
            Some(
                view! {
                    <p class="confirm-name">
                        {format!("To confirm, type the {what}: ")} <strong><bdi>{key.to_owned()}</bdi></strong>
                    </p>
                    <TextField
                        name=CONFIRM
                        label=capital(what)
                        error=FormState::error(CONFIRM)
                        required=true
                        id=of("confirm")
                    />
                }
                .into_any(),
            )
        }
        Confirmation::None | Confirmation::Told => None,
    }
}

/// The project that the form is about, as a hidden field.
#[component]
pub fn ProjectRef(#[prop(into)] reference: String) -> impl IntoView {
    view! { <input type="hidden" name="ref" value=reference/> }
}
