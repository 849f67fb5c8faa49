//! The form shell's half in the browser: sends the same fields as the form itself would, without leaving the page, so
//! that whatever goes wrong, what was typed stays.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};

use super::submit::{in_place, mark_field};
use crate::{
    outcome::{FormOutcome, Problem, Question},
    regions,
    ui::{Button, ButtonKind, problem_notice, sure_box},
};

#[island]
pub fn FormShell(
    /// Where it is sent: `/do/<operation-id>`.
    action: String,
    next: String,
    back: String,
    submit: String,
    kind: ButtonKind,
    small: bool,
    disabled_because: Option<String>,
    /// What went wrong when it was sent without JavaScript.
    problem: Option<Problem>,
    children: Children,
) -> impl IntoView {
    let problem = RwSignal::new(problem);
    let pending = RwSignal::new(false);
    let target = action.clone();
    let send = in_place(pending, async move |form| match perform(&target, &form).await {
        FormOutcome::Done { next } => {
            problem.set(None);
            close_panel(&form);
            if go_on(&next).await {
                // What was typed is done: the form is again as the server drew it.
                form.reset();
            }
        }
        FormOutcome::SignedOut { sign_in } => regions::visit(&sign_in),
        FormOutcome::Failed { problem: what } => {
            mark_field(&form, Some(&what));
            problem.set(Some(what));
        }
    });
    view! {
        <form class="form" class:form-small=small method="post" action=action on:submit=send>
            <input type="hidden" name="_next" value=next/>
            <input type="hidden" name="_back" value=back/>
            <div class="form-problem">{move || problem.get().map(problem_notice)}</div>
            {children()}
            {move || problem.get().and_then(|problem| problem.question).and_then(asked)}
            <div class="form-actions">
                <Button kind small submit=true pending disabled_because>{submit}</Button>
            </div>
        </form>
    }
}

/// The box for a question that came of what was filled in. One that the operation alone asks stands there already.
fn asked(question: Question) -> Option<AnyView> {
    let told = question.ticks.iter().any(|tick| tick.sure != Question::ALWAYS);
    told.then(|| sure_box(question, "sure-told", None).into_any())
}

/// Closes the panel that asked: what is around an open one is not drawn anew.
fn close_panel(form: &web_sys::HtmlFormElement) {
    let panel = form.closest("[popover]").ok().flatten();
    if let Some(panel) = panel.and_then(|panel| panel.dyn_into::<web_sys::HtmlElement>().ok()) {
        // ok: refused only where it is closed already.
        let _ = panel.hide_popover();
    }
}

/// To the page that shows what was done: drawn anew where it is this one, which is then true, else visited.
async fn go_on(next: &str) -> bool {
    let path = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
    let stays = path(next) == path(&regions::here()) && regions::refresh(next, &[]).await.is_ok();
    if !stays {
        regions::visit(next);
    }
    stays
}

/// Sends the form's fields as the browser itself would.
async fn perform(action: &str, form: &web_sys::HtmlFormElement) -> FormOutcome {
    send(action, form).await.unwrap_or_else(|error| FormOutcome::Failed {
        problem: Problem {
            title: "No answer".to_owned(),
            text: format!(
                "Steward gave no answer ({error}), so it is not known whether this was done. Look before you send it again."
            ),
            field: None,
            question: None,
        },
    })
}

async fn send(action: &str, form: &web_sys::HtmlFormElement) -> Result<FormOutcome, gloo_net::Error> {
    gloo_net::http::Request::post(action)
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(regions::fields(form)?)?
        .send()
        .await?
        .json()
        .await
}
