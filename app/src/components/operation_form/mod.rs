//! The form shell: every form that changes something. What is asked before it is done, why it cannot be done and what
//! went wrong are drawn here and nowhere else.
//!
//! It posts to `/do/<operation-id>`. Without JavaScript a form that fails is answered by the page it stands on, drawn with
//! what was typed; its island sends the same fields and leaves the page as it is.

mod confirmation;
mod files;
mod state;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use management_api::{OperationId, Scope};

pub use self::{
    confirmation::{Thing, confirmation},
    files::FileForm,
    state::FormState,
};
use crate::{
    backend,
    form::FORM,
    islands::operation_form::FormShell,
    outcome::{Problem, Question},
    page::Page,
    paths,
    ui::ButtonKind,
};

/// A form that makes the call `operation`. Its fields are named like the operation's parameters.
#[component]
pub fn OperationForm(
    operation: OperationId,
    /// Tells the forms of one operation apart; empty where the page holds only one.
    #[prop(optional, into)]
    id: String,
    /// Where to go when it is done; `{ref}` and the like are filled from the answer.
    #[prop(into)]
    next: String,
    /// The page that the form stands on.
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
    /// What depends on what is sent, where the page knows that already.
    #[prop(optional_no_strip)]
    question: Option<Question>,
    /// Why the button cannot be used just now, besides what the person may not do.
    #[prop(optional_no_strip)]
    disabled_because: Option<String>,
    children: Children,
) -> impl IntoView {
    let state = FormState::of(operation, &id);
    let disabled_because = disabled_because.or_else(|| why_not(operation));
    let tells = |told: Question| told.ticks.iter().any(|tick| tick.sure != Question::ALWAYS);
    let told = state.question().is_some_and(tells);
    // One of the two draws a question: the shell what came of what was filled in, the page what it knows already.
    let (asked, problem) = if told && question.is_none() {
        (None, state.problem())
    } else {
        let problem = state.problem().map(|problem| Problem {
            question: None,
            ..problem
        });
        (confirmation(operation, &id, thing, question, &state), problem)
    };
    provide_context(state);
    view! {
        <FormShell action=paths::perform(operation) next back submit kind small disabled_because problem>
            {(!id.is_empty()).then(|| view! { <input type="hidden" name=FORM value=id/> })}
            {children()}
            {asked}
        </FormShell>
    }
}

/// Why the person may not do `operation` in the place that the page belongs to, if that is known.
pub fn why_not(operation: OperationId) -> Option<String> {
    let path = use_location().pathname.get_untracked();
    let scope = Page::at(&path).map_or(Scope::Account, |(page, named)| page.scope(&named));
    why_not_in(operation, &scope)
}

/// The same in another place.
pub fn why_not_in(operation: OperationId, scope: &Scope) -> Option<String> {
    let why = backend::handle().ok()?.may(operation, scope).err()?;
    Some(why.sentence())
}

/// The project that the form is about, as a hidden field.
#[component]
pub fn ProjectRef(#[prop(into)] reference: String) -> impl IntoView {
    view! { <input type="hidden" name="ref" value=reference/> }
}
