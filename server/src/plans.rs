//! Plans: a change of several calls is carried out, call by call, whether or not anybody looks on. A change of settings is
//! held against what they are just before it is sent, and read back after.

use app::{
    backend::BackendHandle,
    error::ConsoleError,
    form::Form,
    plan::{Phase, Plan, State, Step},
    settings::{Area, change::AreaChange, current::Current},
};
use futures::future::join_all;
use http::StatusCode;
use management_api::{Request, Subject, catalogue::Method};

use crate::{
    calls, confirm,
    deployments::Copies,
    error::Error,
    identity::{SignedIn, Through},
    state::Shared,
    store::plans::Run,
};

/// The request of a step that is still to be made.
///
/// # Errors
/// [`ConsoleError::Invalid`], where the plan holds what no call can be made with.
pub fn request(step: &Step) -> Result<Request, ConsoleError> {
    let parameters = step.parameters.as_ref().map(|parameters| parameters.expose());
    Form::of(step.operation).request(parameters.unwrap_or_default())
}

/// Writes down at each step what is asked before it is made, so that the plan's page asks it at once.
pub async fn ask(plan: &mut Plan, backend: &BackendHandle) {
    let requests: Vec<Option<Request>> = plan.steps.iter().map(|step| request(step).ok()).collect();
    let ask = requests.iter().map(|request| async {
        match request {
            Some(request) => confirm::asked(request, backend).await,
            // What is wrong with it is told when it is to be made.
            None => None,
        }
    });
    let asked = join_all(ask).await;
    for (step, asks) in plan.steps.iter_mut().zip(asked) {
        step.asks = asks;
    }
}

/// Makes the calls that are left of `plan`, one after the other, and writes down after each what came of it. What fails
/// keeps those after it from being made that are about the same place; the others go on, and so does what is deleted, of
/// which nothing depends on what went before it.
///
/// # Errors
/// The plan could not be written down, or is carried out elsewhere by now: then no further call is made.
pub async fn carry_out(shared: Shared, me: SignedIn, run: Run, mut plan: Plan) -> Result<(), Error> {
    plan.phase = Phase::Running;
    plan.stopped = false;
    let (mut failed, mut any_failed, mut copies): (Vec<Subject>, _, _) = (Vec::new(), false, Copies::default());
    for at in 0..plan.steps.len() {
        let Some(step) = plan.steps.get(at).filter(|step| step.is_left()) else {
            continue;
        };
        if shared.store.is_stopped(&run).await? {
            plan.stopped = true;
            break;
        }
        let drawn = request(step);
        // Of the call as it was drawn up: what comes of the check below does not change what the call is about.
        let subject = drawn.as_ref().ok().map(Subject::of);
        let depends = step.operation.row().method != Method::Delete;
        let is_held = depends && subject.as_ref().is_some_and(|subject| failed.contains(subject));
        if is_held || (plan.halts && any_failed) {
            set(&mut plan, at, State::Waiting);
            continue;
        }
        let request = match &step.change {
            Some(change) => checked(&shared, &me, step, change).await,
            None => drawn,
        };
        set(&mut plan, at, State::Sending);
        shared.store.save_plan(&run, &plan).await?;
        let from = plan.steps.get(at).and_then(|step| step.files.clone());
        let came = match (request, from) {
            (Ok(request), Some(from)) => copies.deploy(&shared, &me, request, &from).await,
            (Ok(request), None) => calls::send(&shared, &me, Through::Console, request).await.map(drop),
            (Err(error), _) => Err(error),
        };
        let came = match came {
            Ok(()) => {
                read_back(&shared, &me, &mut plan, at).await;
                Ok(())
            }
            // Nobody knows whether it was done; but what the settings are now can be read, and may tell.
            Err(error @ ConsoleError::Uncertain { .. }) => {
                read_back(&shared, &me, &mut plan, at).await;
                let change = plan.steps.get(at).and_then(|step| step.change.as_ref());
                if change.is_some_and(AreaChange::is_as_sent) {
                    Ok(())
                } else {
                    Err(error)
                }
            }
            Err(error) => Err(error),
        };
        set(
            &mut plan,
            at,
            match came {
                Ok(()) => State::Done,
                Err(error) => {
                    any_failed = true;
                    failed.extend(subject);
                    State::Failed(error)
                }
            },
        );
    }
    plan.phase = Phase::Ended;
    shared.store.save_plan(&run, &plan).await
}

/// The request of a change of settings, held against what they are now.
///
/// # Errors
/// Somebody else has changed one of them since the change was drawn up; or what they are cannot be read.
async fn checked(shared: &Shared, me: &SignedIn, step: &Step, change: &AreaChange) -> Result<Request, ConsoleError> {
    let (Some(area), Some(parameters)) = (change.area(), &step.parameters) else {
        return request(step);
    };
    let current = current(shared, me, area, &change.project).await?;
    let overtaken = change.overtaken(&current);
    if !overtaken.is_empty() {
        return Err(ConsoleError::Refused {
            status: StatusCode::CONFLICT.as_u16(),
            message: format!(
                "Nothing was sent: somebody else has changed {} since this was drawn up. Go back to editing and review it anew.",
                overtaken.join(", ")
            ),
        });
    }
    Form::of(step.operation).request(change.refreshed(step.operation, parameters, &current).expose())
}

/// Writes down what Supabase says after a change of settings. Where that cannot be read, the page says so.
async fn read_back(shared: &Shared, me: &SignedIn, plan: &mut Plan, at: usize) {
    let Some(change) = plan.steps.get_mut(at).and_then(|step| step.change.as_mut()) else {
        return;
    };
    let Some(area) = change.area() else { return };
    if let Ok(current) = current(shared, me, area, &change.project).await {
        change.note(&current);
    }
}

async fn current(shared: &Shared, me: &SignedIn, area: &Area, project: &str) -> Result<Current, ConsoleError> {
    let body = calls::send_anew(shared, me, Current::request(area, project)?).await?;
    Current::read_from(area, &body)
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
