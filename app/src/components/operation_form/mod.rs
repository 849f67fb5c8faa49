//! The form shell: every form that changes something. What is asked before it is done, why it cannot be done and what
//! went wrong are drawn here and nowhere else.
//!
//! It posts to `/do/<operation-id>`. Without JavaScript a form that fails is answered by the page it stands on, drawn with
//! what was typed; with it (`frame::forms`) the same fields are sent, and only what went wrong is drawn.

mod answer;
mod confirmation;
mod fields;
mod files;
mod state;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use management_api::{OperationId, Scope};

use self::answer::asked_place;
pub use self::{
    answer::{in_place, problem_place, refused},
    confirmation::{Thing, confirmation},
    fields::{Described, fields, fields_needing},
    files::FileForm,
    state::FormState,
};
use crate::{
    backend,
    form::{BACK, FORM, NEXT},
    outcome::Question,
    page::Page,
    paths,
    ui::{Button, ButtonKind},
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
    let problem = state.problem();
    let asked = confirmation(operation, &id, thing, question, &state);
    provide_context(state);
    view! {
        <form class="form" class:form-small=small method="post" action=paths::perform(operation) data-in-place="">
            <input type="hidden" name=NEXT value=next/>
            <input type="hidden" name=BACK value=back/>
            {(!id.is_empty()).then(|| view! { <input type="hidden" name=FORM value=id/> })}
            {problem_place(problem)}
            {children()}
            {asked_place(asked)}
            <div class="form-actions">
                <Button kind small submit=true disabled_because>{submit}</Button>
            </div>
        </form>
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
