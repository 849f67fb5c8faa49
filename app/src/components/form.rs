//! The form shell: every form that changes something. It posts to `/do/<operation-id>` by itself, and the hydrated page
//! sends the same fields without leaving the page.

use std::collections::BTreeMap;

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};
use leptos_router::hooks::use_navigate;
use management_api::OperationId;

use crate::{
    backend::FormOutcome,
    components::{error_view::form_error, page::Page, query::Revision},
    error::ConsoleError,
    paths,
    ui::{
        button::{Button, ButtonKind},
        toast::{Toasts, Tone},
    },
};

/// What the fields of a form need to know of it; lies in the context of the form's children.
#[derive(Clone, Copy)]
pub struct FormState {
    error: RwSignal<Option<ConsoleError>>,
    typed: StoredValue<BTreeMap<String, String>>,
}

impl FormState {
    fn new(operation: OperationId) -> Self {
        let (error, typed) = match Page::current().notice_for(operation) {
            Some(notice) => (notice.outcome.err(), notice.fields),
            None => (None, BTreeMap::new()),
        };
        Self {
            error: RwSignal::new(error),
            typed: StoredValue::new(typed),
        }
    }

    fn current() -> Option<Self> {
        use_context()
    }

    /// What was typed into the field `name` before the form came back, else `initial`.
    pub fn value(name: &str, initial: &str) -> String {
        Self::current()
            .and_then(|state| state.typed.with_value(|typed| typed.get(name).cloned()))
            .unwrap_or_else(|| initial.to_owned())
    }

    /// What is wrong with the field `name`.
    pub fn error(name: &'static str) -> Signal<Option<String>> {
        let state = Self::current();
        Signal::derive(move || {
            state.and_then(|state| {
                state.error.with(|error| match error {
                    Some(ConsoleError::Invalid {
                        field: Some(field),
                        message,
                    }) if field == name => Some(message.clone()),
                    _ => None,
                })
            })
        })
    }
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
    submit: &'static str,
    #[prop(optional)] kind: ButtonKind,
    /// Why the button cannot be used just now.
    #[prop(optional_no_strip)]
    disabled_because: Option<String>,
    children: Children,
) -> impl IntoView {
    let state = FormState::new(operation);
    provide_context(state);
    let pending = RwSignal::new(false);
    let navigate = use_navigate();
    let toasts = Toasts::current();
    let revision = Revision::current();

    let send = move |event: SubmitEvent| {
        let Some(form) = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
        else {
            return;
        };
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let outcome = perform(operation, &form).await;
            pending.try_set(false);
            match outcome {
                FormOutcome::Done { message, next } => {
                    toasts.push(Tone::Success, message);
                    state.error.try_set(None);
                    navigate(&next, Default::default());
                    revision.bump();
                }
                FormOutcome::Failed { error } => {
                    state.error.try_set(Some(error));
                }
            }
        });
    };

    view! {
        <form class="form" method="post" action=paths::perform(operation) on:submit=send>
            <input type="hidden" name="_next" value=next/>
            <input type="hidden" name="_back" value=back/>
            {move || state.error.get().map(form_error)}
            {children()}
            <div class="form-actions">
                <Button kind submit=true pending disabled_because>{submit}</Button>
            </div>
        </form>
    }
}

/// Sends the form's fields as the browser itself would.
async fn perform(operation: OperationId, form: &web_sys::HtmlFormElement) -> FormOutcome {
    match send(operation, form).await {
        Ok(outcome) => outcome,
        Err(error) => FormOutcome::Failed {
            error: ConsoleError::Unreachable {
                message: format!(
                    "Steward gave no answer ({error}), so it is not known whether this was done. Reload before you try again."
                ),
            },
        },
    }
}

async fn send(operation: OperationId, form: &web_sys::HtmlFormElement) -> Result<FormOutcome, gloo_net::Error> {
    let script = gloo_net::Error::GlooError;
    let fields = web_sys::FormData::new_with_form(form)
        .and_then(|fields| web_sys::UrlSearchParams::new_with_str_sequence_sequence(&fields))
        .map_err(|_| script("the form could not be read".to_owned()))?;
    gloo_net::http::Request::post(&paths::perform(operation))
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(fields.to_string())?
        .send()
        .await?
        .json()
        .await
}

/// The project that the form is about, as a hidden field.
#[component]
pub fn ProjectRef(#[prop(into)] reference: String) -> impl IntoView {
    view! { <input type="hidden" name="ref" value=reference/> }
}
