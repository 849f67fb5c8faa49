//! What came of a form: drawn in its own page where it is sent without scripts, and else alone, for the page that is there.

use leptos::prelude::*;
use management_api::OperationId;

use super::{FormState, confirmation};
use crate::{
    error::ConsoleError,
    outcome::{Problem, Question},
    ui::problem_notice,
};

/// What went wrong, above the fields.
pub fn problem_place(problem: Option<Problem>) -> impl IntoView {
    view! { <div class="form-problem" role="status">{problem.map(problem_notice)}</div> }
}

/// What must be said yes to, above the button.
pub(super) fn asked_place(asked: Option<AnyView>) -> impl IntoView {
    view! { <div class="form-asked">{asked}</div> }
}

/// Both for a form that stays on its page (`frame::forms`): why the form `id` of `operation` was not done.
pub fn in_place(operation: OperationId, id: &str, error: ConsoleError) -> String {
    let state = FormState::failed(error);
    let depends = |question: &Question| question.ticks.iter().any(|tick| tick.sure != Question::ALWAYS);
    // What the operation asks whatever is filled in stands there already.
    let asked = state
        .question()
        .filter(depends)
        .map(|_| asked_place(confirmation(operation, id, None, None, &state)));
    drawn(state.problem(), asked)
}

/// The same for what no form has brought about.
pub fn refused(problem: Problem) -> String {
    drawn(Some(problem), None::<()>)
}

fn drawn(problem: Option<Problem>, asked: Option<impl IntoView>) -> String {
    let wrong = problem
        .as_ref()
        .and_then(|problem| Some((problem.field.clone()?, problem.text.clone())));
    let wrong = wrong.map(|(field, says)| view! { <div data-field=field data-says=says></div> });
    view! { {problem_place(problem)} {asked} {wrong} }.to_html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_from_outside_stay_texts() {
        let hostile = "\"><img src=x>";
        let error = ConsoleError::invalid(hostile, hostile);
        let html = in_place(OperationId::CreateOrganization, "", error);
        assert!(html.contains("data-field=\"&quot;") && !html.contains("<img"), "{html}");
    }
}
