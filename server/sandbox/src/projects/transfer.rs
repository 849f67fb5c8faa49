//! A project goes to another organization (v2).
//!
//! What stands in the way is as Supabase's guide has it: the person owns the one organization and belongs to the other, no
//! GitHub connection, no roles in single projects, no log drains, and room in the other's plan.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::create::within_plan;
use crate::{
    answer::{Answered, Refusal, empty},
    call::Call,
    envelope,
    organizations::Role,
};

const KIND: &str = "project_transfer_input";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    target_organization_slug: String,
}

struct Preview {
    target: String,
    errors: Vec<Value>,
    warnings: Vec<Value>,
}

fn preview_of(call: &Call<'_>) -> Result<Preview, Refusal> {
    let project = call.project()?;
    let Target {
        target_organization_slug: target,
    } = envelope::attributes(call.request, KIND)?;
    let note = |key: &str, message: &str| json!({ "key": key, "message": message });
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    let person = &call.caller.person;
    let organization = |slug: &str| {
        call.world
            .organizations
            .iter()
            .find(|organization| organization.slug == slug)
    };
    let (source, goal) = (organization(&project.organization), organization(&target));
    let goal = goal.filter(|goal| goal.is_member(person));
    if source.and_then(|source| source.role_of(person)) != Some(Role::Owner) {
        errors.push(note(
            "not_owner",
            "Only an owner of the organization can give its projects away.",
        ));
    }
    match goal {
        None => errors.push(note(
            "not_member",
            "You do not belong to the organization that it would go to.",
        )),
        Some(goal) if goal.slug == project.organization => {
            errors.push(note(
                "same_organization",
                "The project belongs to this organization already.",
            ));
        }
        Some(goal) => {
            if within_plan(&call.world.projects, goal, call.now).is_err() {
                errors.push(note(
                    "plan_limit",
                    "The other organization\u{2019}s plan has no room for it.",
                ));
            }
            if source.is_some_and(|source| goal.plan < source.plan) {
                warnings.push(note(
                    "lower_plan",
                    "The other organization\u{2019}s plan is lower: what it lacks is lost.",
                ));
            }
        }
    }
    if project.parts.github.is_some() {
        errors.push(note("github_connection", "The project is connected to GitHub."));
    }
    if !project.parts.drains.is_empty() {
        errors.push(note("log_drains", "The project has log drains."));
    }
    let limited = |source: &crate::organizations::Organization| {
        source
            .limited
            .iter()
            .any(|limited| limited.projects.contains(&project.reference))
    };
    if source.is_some_and(limited) {
        errors.push(note("project_roles", "Somebody has a role in this project alone."));
    }
    Ok(Preview {
        target,
        errors,
        warnings,
    })
}

/// v2-preview-a-project-transfer
pub fn preview(call: &mut Call<'_>) -> Answered {
    let Preview { errors, warnings, .. } = preview_of(call)?;
    let attributes = json!({
        "valid": errors.is_empty(),
        "warnings": warnings,
        "errors": errors,
        "info": [{ "key": "downtime", "message": "The project may be away for one to two minutes." }],
    });
    envelope::one(
        StatusCode::OK,
        json!({ "type": "project_transfer_result", "attributes": attributes }),
    )
}

/// v2-transfer-a-project
pub fn transfer(call: &mut Call<'_>) -> Answered {
    let Preview { target, errors, .. } = preview_of(call)?;
    if let Some(error) = errors.first() {
        return Err(Refusal::Invalid(
            error["message"].as_str().unwrap_or_default().to_owned(),
        ));
    }
    let reference = call.project()?.reference.clone();
    for project in &mut call.world.projects {
        if project.reference == reference || project.parts.branches.is_branch_of(&reference) {
            project.organization.clone_from(&target);
        }
    }
    Ok(empty(StatusCode::OK))
}
