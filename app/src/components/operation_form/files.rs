//! The form shell with files: what tells of them comes first, then the files, and the button at the end. Browsers send
//! fields in this order, and the server passes the files on while they come.

use leptos::prelude::*;
use management_api::OperationId;

use super::{
    FormState,
    answer::{asked_place, problem_place},
    confirmation, why_not,
};
use crate::{
    form::{BACK, NEXT},
    paths,
    ui::{Button, ButtonKind, Icon},
};

/// A form that makes the call `operation` with the files that it holds.
#[component]
pub fn FileForm(
    operation: OperationId,
    /// Where to go when it is done; `{ref}` and the like are filled from the answer.
    #[prop(into)]
    next: String,
    /// The page that the form stands on.
    #[prop(into)]
    back: String,
    /// What the button says.
    #[prop(into)]
    submit: String,
    #[prop(into)] class: String,
    /// What tells of the files: the operation's own fields.
    #[prop(into)]
    about: ViewFnOnce,
    /// Buttons beside the one that sends.
    #[prop(optional, into)]
    beside: ViewFnOnce,
    /// The files.
    children: Children,
) -> impl IntoView {
    let state = FormState::of(operation, "");
    let problem = state.problem();
    let disabled_because = why_not(operation);
    let asked = confirmation(operation, "", None, None, &state);
    provide_context(state);
    view! {
        <form class=class method="post" action=paths::perform(operation) enctype="multipart/form-data">
            <input type="hidden" name=NEXT value=next/>
            <input type="hidden" name=BACK value=back/>
            <aside class="deploy" aria-label="How it runs">
                {problem_place(problem)}
                {about.run()}
                {asked_place(asked)}
                {beside.run()}
            </aside>
            {children()}
            <div class="form-actions deploy-act">
                <Button kind=ButtonKind::Primary icon=Icon::Upload submit=true disabled_because>{submit}</Button>
            </div>
        </form>
    }
    .into_any()
}
