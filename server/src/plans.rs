//! Plans: a change of several calls is carried out, call by call, whether or not anybody looks on.

use app::{
    error::ConsoleError,
    form::Form,
    plan::{Phase, Plan, State, Step},
};
use management_api::{Request, Subject};

use crate::{
    calls,
    error::Error,
    identity::{SignedIn, Through},
    state::Shared,
};

/// The request of a step that is still to be made.
///
/// # Errors
/// [`ConsoleError::Invalid`], where the plan holds what no call can be made with.
pub fn request(step: &Step) -> Result<Request, ConsoleError> {
    let parameters = step.parameters.as_ref().map(|parameters| parameters.expose());
    Form::of(step.operation).request(parameters.unwrap_or_default())
}

/// Makes the calls that are left of `plan`, one after the other, and writes down after each what came of it. What fails
/// keeps those after it from being made that are about the same place; the others go on.
///
/// # Errors
/// The plan could not be written down: then no further call is made.
pub async fn carry_out(shared: Shared, me: SignedIn, id: String, mut plan: Plan) -> Result<(), Error> {
    plan.phase = Phase::Running;
    let mut failed: Vec<Option<Subject>> = Vec::new();
    for at in 0..plan.steps.len() {
        let Some(step) = plan.steps.get(at).filter(|step| step.is_left()) else {
            continue;
        };
        let request = request(step);
        let subject = request.as_ref().ok().map(Subject::of);
        if failed.contains(&subject) {
            set(&mut plan, at, State::Waiting);
            continue;
        }
        set(&mut plan, at, State::Sending);
        shared.store.save_plan(&id, &plan).await?;
        let came = match request {
            Ok(request) => calls::send(&shared, &me, Through::Console, request).await,
            Err(error) => Err(error),
        };
        set(
            &mut plan,
            at,
            match came {
                Ok(_) => State::Done,
                Err(error) => {
                    failed.push(subject);
                    State::Failed(error)
                }
            },
        );
    }
    plan.phase = Phase::Ended;
    shared.store.save_plan(&id, &plan).await
}

/// Once it was made, nothing is kept of what it was made with.
fn set(plan: &mut Plan, at: usize, state: State) {
    if let Some(step) = plan.steps.get_mut(at) {
        if state == State::Done {
            step.parameters = None;
        }
        step.state = state;
    }
}
