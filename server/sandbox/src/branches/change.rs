//! Changing a branch as a whole: its settings, deleting it now or later, bringing it back, turning branching off.

use std::time::Duration;

use axum::http::StatusCode;
use management_api::{branches::BranchStatus, projects::ProjectStatus};
use serde::Deserialize;
use serde_json::json;

use super::{
    create::{check_name, check_url},
    locate, row, sweep, take_away,
};
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::Call,
    projects::Life,
};

/// How long a branch that was not deleted by force can be brought back.
const GRACE: Duration = Duration::from_secs(60 * 60);

/// `reset_on_push` is taken and ignored, as by the real service.
#[derive(Deserialize)]
struct Changes {
    branch_name: Option<String>,
    git_branch: Option<String>,
    persistent: Option<bool>,
    status: Option<BranchStatus>,
    request_review: Option<bool>,
    notify_url: Option<String>,
}

/// v1-update-a-branch-config
pub fn update(call: &mut Call<'_>) -> Answered {
    let place = locate(call)?;
    let now = call.now;
    let changes: Changes = call.request.json()?;
    let mut branch = place.branch(call.world).clone();
    if let Some(name) = changes.branch_name.filter(|name| *name != branch.name) {
        check_name(&name)?;
        let state = &call.world.projects[place.production].parts.branches;
        if state.named(&name).is_some() {
            return Err(Refusal::Conflict(format!(
                "The project already has a branch named {name}."
            )));
        }
        let own = place.project(call.world)?;
        if !branch.is_default {
            call.world.projects[own].name.clone_from(&name);
        }
        branch.name = name;
    }
    match changes.status {
        Some(BranchStatus::Other(word)) => {
            return Err(Refusal::Invalid(format!("status: there is no status {word}.")));
        }
        Some(status) => branch.status = Some((now, status)),
        None => {}
    }
    if let Some(address) = changes.notify_url {
        check_url(&address)?;
        branch.notify_url = Some(address);
    }
    if let Some(wanted) = changes.request_review {
        branch.review_requested_at = wanted.then_some(now);
    }
    branch.git_branch = changes.git_branch.or(branch.git_branch);
    branch.persistent = changes.persistent.unwrap_or(branch.persistent);
    branch.updated_at = now;
    *place.branch_mut(call.world) = branch;
    Ok(answer(StatusCode::OK, &row(call.world, place, now)))
}

/// v1-delete-a-branch
pub fn delete(call: &mut Call<'_>) -> Answered {
    let place = locate(call)?;
    let now = call.now;
    if place.branch(call.world).is_default {
        return Err(Refusal::Invalid(
            "The default branch is production itself; turn branching off instead.".to_owned(),
        ));
    }
    if call.request.flag("force")? == Some(false) {
        let half = call.world.rules.coming_up / 2;
        let own = place.project(call.world)?;
        // ok: a second request does not make the hour longer.
        if place.branch(call.world).deletion_scheduled_at.is_none() {
            call.world.projects[own].life = Life::planned(
                ProjectStatus::Pausing,
                now,
                [(half, ProjectStatus::Inactive), (GRACE, ProjectStatus::Removed)],
            );
            place.branch_mut(call.world).deletion_scheduled_at = Some(now + GRACE);
        }
    } else {
        let id = place.branch(call.world).id.clone();
        take_away(call.world, place.production, |branch| branch.id == id);
    }
    Ok(answer(StatusCode::OK, &json!({ "message": "ok" })))
}

/// v1-restore-a-branch
pub fn restore(call: &mut Call<'_>) -> Answered {
    let place = locate(call)?;
    let (now, coming_up) = (call.now, call.world.rules.coming_up);
    let branch = place.branch_mut(call.world);
    if branch.deletion_scheduled_at.take().is_none() {
        return Err(Refusal::Invalid("The branch is not about to be deleted.".to_owned()));
    }
    branch.updated_at = now;
    let own = place.project(call.world)?;
    call.world.projects[own].life = Life::planned(
        ProjectStatus::Restoring,
        now,
        [(coming_up, ProjectStatus::ActiveHealthy)],
    );
    Ok(answer(
        StatusCode::OK,
        &json!({ "message": "Branch restoration initiated" }),
    ))
}

/// v1-disable-preview-branching
pub fn disable(call: &mut Call<'_>) -> Answered {
    let production = call.position_of(call.request.path("ref"))?;
    sweep(call.world, call.now);
    take_away(call.world, production, |_| true);
    Ok(empty(StatusCode::OK))
}
