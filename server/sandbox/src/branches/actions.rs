//! Action runs: listing, reading and setting them. Production's list has the runs of all its branches.

use axum::http::{HeaderValue, StatusCode};
use management_api::branches::{StepName, StepStatus};
use serde_json::{Map, Value, json};

use super::{Run, State};
use crate::{
    answer::{Answered, Refusal, empty, json as answer, text},
    call::Call,
};

/// How many runs a list has, unless it is told.
const PAGE: usize = 20;

/// The place of the project that keeps the runs, and the ref of the project whose runs are meant, if not all.
fn keeper(call: &Call<'_>) -> Result<(usize, Option<String>), Refusal> {
    let place = call.position_of(call.request.path("ref"))?;
    let project = &call.world.projects[place];
    match &project.parts.branches.parent {
        Some(parent) => Ok((call.position_of(parent)?, Some(project.reference.clone()))),
        None => Ok((place, None)),
    }
}

/// The runs that the path's project has, the newest first.
fn runs<'a>(state: &'a State, only: Option<&'a str>) -> impl Iterator<Item = &'a Run> {
    let runs = state.runs.iter().rev();
    runs.filter(move |run| only.is_none_or(|only| run.project == only))
}

fn found<'a>(call: &'a Call<'_>) -> Result<&'a Run, Refusal> {
    let (keeper, only) = keeper(call)?;
    let state = &call.world.projects[keeper].parts.branches;
    let mut runs = state
        .runs
        .iter()
        .filter(|run| only.as_ref().is_none_or(|only| run.project == *only));
    let id = call.request.path("run_id");
    runs.find(|run| run.id == id).ok_or(Refusal::NotFound("Action run"))
}

/// v1-list-action-runs
pub fn list(call: &mut Call<'_>) -> Answered {
    let (keeper, only) = keeper(call)?;
    let offset = call.request.number("offset", 0..=usize::MAX, 0)?;
    let limit = call.request.number("limit", 10..=1000, PAGE)?;
    let state = &call.world.projects[keeper].parts.branches;
    let page = runs(state, only.as_deref()).skip(offset).take(limit);
    let rows: Vec<_> = page.map(|run| run.row(call.now)).collect();
    Ok(answer(StatusCode::OK, &rows))
}

/// v1-count-action-runs
pub fn count(call: &mut Call<'_>) -> Answered {
    let (keeper, only) = keeper(call)?;
    let state = &call.world.projects[keeper].parts.branches;
    let count = runs(state, only.as_deref()).count();
    let mut answer = empty(StatusCode::OK);
    let headers = answer.headers_mut();
    headers.insert("x-total-count", HeaderValue::from(count));
    Ok(answer)
}

/// v1-get-action-run
pub fn get(call: &mut Call<'_>) -> Answered {
    Ok(answer(StatusCode::OK, &found(call)?.row(call.now)))
}

/// v1-get-action-run-logs
pub fn logs(call: &mut Call<'_>) -> Answered {
    Ok(text(found(call)?.log(call.now)))
}

/// v1-update-action-run-status
pub fn update(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let run = found(call)?;
    if run.is_over(now) {
        return Err(Refusal::Invalid("The run is over.".to_owned()));
    }
    let id = run.id.clone();
    let given: Map<String, Value> = call.request.json()?;
    let mut steps = Vec::with_capacity(given.len());
    for (name, status) in &given {
        let step = StepName::from(name.as_str());
        let status = StepStatus::from(status.as_str().unwrap_or_default());
        match (&step, &status) {
            (StepName::Other(name), _) => {
                return Err(Refusal::Invalid(format!("{name}: there is no such step.")));
            }
            (_, StepStatus::Other(word)) => {
                return Err(Refusal::Invalid(format!("{name}: there is no status {word}.")));
            }
            (_, _) => steps.push((step, status)),
        }
    }
    let (keeper, _) = keeper(call)?;
    let runs = &mut call.world.projects[keeper].parts.branches.runs;
    for run in runs.iter_mut().filter(|run| run.id == id) {
        for (step, status) in &steps {
            run.set(step, status.clone(), now);
        }
    }
    Ok(answer(StatusCode::OK, &json!({ "message": "ok" })))
}
