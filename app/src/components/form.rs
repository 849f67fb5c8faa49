//! The form shell: every form that changes something. It posts to `/do/<operation-id>` by itself; its island sends the
//! same fields without leaving the page.

use std::collections::BTreeMap;

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{error_view::problem, page::Page},
    form::{CONFIRM, Confirmation, project_key},
    islands::form::FormShell,
    outcome::{Problem, Question},
    paths,
    ui::{ButtonKind, TextField, sure_box},
};

/// What the fields of a form need to know of it; lies in the context of the form's children.
#[derive(Clone)]
pub struct FormState {
    problem: Option<Problem>,
    typed: BTreeMap<String, Vec<String>>,
}

impl FormState {
    fn new(operation: OperationId) -> Self {
        match Page::current().flash_for(operation) {
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

/// A form that makes the call `operation`. Its fields are named like the operation's parameters.
#[component]
pub fn OperationForm(
    operation: OperationId,
    /// Where to go when it is done; `{ref}` and the like are filled from the answer.
    #[prop(into)]
    next: String,
    /// Where to come back to when it fails.
    #[prop(into)]
    back: String,
    /// What the button says.
    #[prop(into)]
    submit: String,
    #[prop(optional)] kind: ButtonKind,
    /// Why the button cannot be used just now.
    #[prop(optional_no_strip)]
    disabled_because: Option<String>,
    children: Children,
) -> impl IntoView {
    // What is destroyed is named by `ConfirmProject`; what depends on what was filled in, the answer asks.
    let asked = match Confirmation::of(operation.row()) {
        Confirmation::Sure(does) => Some(sure_box(Question::always(does), &format!("sure-{operation}"), None)),
        Confirmation::None | Confirmation::Project | Confirmation::Again(_) | Confirmation::Told => None,
    };
    let state = FormState::new(operation);
    let problem = state.problem.clone();
    provide_context(state);
    view! {
        <FormShell action=paths::perform(operation) next back submit kind disabled_because problem>
            {children()}
            {asked}
        </FormShell>
    }
}

/// The project that the form is about, as a hidden field.
#[component]
pub fn ProjectRef(#[prop(into)] reference: String) -> impl IntoView {
    view! { <input type="hidden" name="ref" value=reference/> }
}

/// What is typed before a project is destroyed: its name, or its ref where the name cannot be typed.
#[component]
pub fn ConfirmProject(
    #[prop(into)] name: String,
    #[prop(into)] reference: String,
    /// What is done to it, such as "delete".
    does: &'static str,
) -> impl IntoView {
    let (what, key) = project_key(&name, &reference);
    let label = match what {
        "ref" => format!("Ref of the project to {does}"),
        _ => format!("Name of the project to {does}"),
    };
    view! {
        <p class="confirm-name">
            {format!("To confirm, type the {what} of the project: ")} <strong><bdi>{key.to_owned()}</bdi></strong>
        </p>
        <TextField name=CONFIRM label error=FormState::error(CONFIRM) required=true/>
    }
}
