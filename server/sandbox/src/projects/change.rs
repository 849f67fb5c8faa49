//! Changing a project as a whole: rename, pause, restore, delete.

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
use serde::Deserialize;
use serde_json::json;

use super::{Life, Project, check_name, create::within_plan};
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    branches,
    call::Call,
};

#[derive(Deserialize)]
struct Rename {
    name: String,
}

fn reference(project: &Project) -> Answered {
    Ok(answer(
        StatusCode::OK,
        &json!({ "id": project.id, "ref": project.reference, "name": project.name }),
    ))
}

/// v1-update-a-project
pub fn rename(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let Rename { name } = call.request.json()?;
    check_name(&name)?;
    let taken = |other: &Project| {
        other.organization == project.organization
            && other.reference != project.reference
            && other.name == name
            && other.parts.branches.is_branch() == project.parts.branches.is_branch()
            && !other.is_removed(call.now)
    };
    if call.world.projects.iter().any(taken) {
        return Err(Refusal::Conflict(
            "The organization already has a project of this name.".to_owned(),
        ));
    }
    let project = call.project_mut()?;
    project.name = name;
    reference(project)
}

/// v1-pause-a-project
pub fn pause(call: &mut Call<'_>) -> Answered {
    let (now, half) = (call.now, call.world.rules.coming_up / 2);
    let project = call.project_mut()?;
    match project.status(now) {
        ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy | ProjectStatus::PauseFailed => {
            project.life = Life::planned(ProjectStatus::Pausing, now, [(half, ProjectStatus::Inactive)]);
            Ok(empty(StatusCode::OK))
        }
        other => Err(Refusal::Invalid(format!(
            "Only a running project can be paused; this one is {}.",
            other.as_str()
        ))),
    }
}

/// v1-restore-a-project
pub fn restore(call: &mut Call<'_>) -> Answered {
    let (now, coming_up) = (call.now, call.world.rules.coming_up);
    let project = call.project()?;
    match project.status(now) {
        ProjectStatus::Inactive => {
            within_plan(&call.world.projects, call.home_of(&project.organization)?, now)?;
        }
        // ok: it counts as running already.
        ProjectStatus::RestoreFailed => {}
        other => {
            let message = format!("Only a paused project can be restored; this one is {}.", other.as_str());
            return Err(Refusal::Invalid(message));
        }
    }
    let life = Life::planned(
        ProjectStatus::Restoring,
        now,
        [(coming_up, ProjectStatus::ActiveHealthy)],
    );
    call.project_mut()?.life = life;
    Ok(empty(StatusCode::OK))
}

/// v1-cancel-a-project-restoration
pub fn cancel_restore(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.project_mut()?;
    if *project.status(now) != ProjectStatus::Restoring {
        return Err(Refusal::Invalid("The project is not being restored.".to_owned()));
    }
    project.life = Life::steady(ProjectStatus::Inactive);
    Ok(empty(StatusCode::OK))
}

/// v1-delete-a-project
pub fn delete(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.project_mut()?;
    if matches!(project.status(now), ProjectStatus::ComingUp | ProjectStatus::Unknown) {
        return Err(Refusal::Invalid("Project not ready for deletion.".to_owned()));
    }
    project.life = Life::steady(ProjectStatus::Removed);
    let (gone, answered) = (project.reference.clone(), reference(project));
    branches::forget(call.world, &gone);
    call.world.orphans.push(gone);
    answered
}

/// v1-restart-a-project
pub fn restart(call: &mut Call<'_>) -> Answered {
    let (now, lasting) = (call.now, call.world.rules.coming_up / 2);
    call.running()?.busy(ProjectStatus::Restarting, now, lasting);
    Ok(empty(StatusCode::OK))
}
