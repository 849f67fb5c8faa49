//! Creating a project.

use axum::http::StatusCode;
use management_api::projects::{ProjectStatus, SIZES};
use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use super::{Life, NEWEST_VERSION, Parts, Project, check_name, regions};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    organizations::{Organization, Plan},
    token,
};

/// Projects of one world, removed ones included.
const MOST: usize = 2000;

/// Running projects that a free organization may have.
pub const FREE_PROJECTS: usize = 2;

/// The document's fields; those it calls ignored are taken and ignored.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewProject {
    name: String,
    organization_slug: String,
    db_pass: String,
    region: Option<String>,
    region_selection: Option<RegionSelection>,
    desired_instance_size: Option<String>,
    #[serde(rename = "organization_id")]
    _organization_id: Option<String>,
    #[serde(rename = "plan")]
    _plan: Option<String>,
    #[serde(rename = "kps_enabled")]
    _kps_enabled: Option<bool>,
    #[serde(rename = "template_url")]
    _template_url: Option<Value>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum RegionSelection {
    Specific { code: String },
    SmartGroup { code: String },
}

/// v1-create-a-project
pub fn create(call: &mut Call<'_>) -> Answered {
    let new: NewProject = call.request.json()?;
    check_name(&new.name)?;
    if new.db_pass.is_empty() {
        return Err(Refusal::Invalid("db_pass: expected at least one character.".to_owned()));
    }
    let region = region(new.region, new.region_selection)?;
    let size = size(new.desired_instance_size)?;
    let organization = call.organization_of(&new.organization_slug)?;
    let size = match (size, organization.plan) {
        (None, Plan::Free) => "nano".to_owned(),
        (None, Plan::Pro | Plan::Team | Plan::Enterprise) => "micro".to_owned(),
        (Some(size), Plan::Free) if size != "nano" && size != "micro" => {
            return Err(Refusal::PlanLimit(format!("The free plan has no {size} instances.")));
        }
        (Some(size), Plan::Free | Plan::Pro | Plan::Team | Plan::Enterprise) => size,
    };
    within_plan(&call.world.projects, organization, call.now)?;
    let projects = &call.world.projects;
    if projects.len() >= MOST {
        return Err(Refusal::PlanLimit(format!(
            "A sandbox world holds at most {MOST} projects."
        )));
    }
    let same_name = |project: &&Project| {
        project.organization == organization.slug
            && project.name == new.name
            && !project.is_removed(call.now)
            && !project.parts.branches.is_branch()
    };
    if projects.iter().any(|project| same_name(&project)) {
        return Err(Refusal::Conflict(
            "The organization already has a project of this name.".to_owned(),
        ));
    }

    call.world.last_project += 1;
    let project = Project {
        id: call.world.last_project,
        reference: token::letters(&token::random()),
        organization: new.organization_slug,
        name: new.name,
        region,
        size,
        version: NEWEST_VERSION.to_owned(),
        created_at: call.now,
        life: Life::created(call.now, call.world.rules.coming_up),
        parts: Parts::default(),
    };
    let brief = project.brief(call.now);
    call.world.projects.push(project);
    Ok(answer(StatusCode::CREATED, &brief))
}

/// Whether the organization's plan lets one more project run.
pub fn within_plan(projects: &[Project], organization: &Organization, now: OffsetDateTime) -> Result<(), Refusal> {
    let running = projects.iter().filter(|project| {
        project.organization == organization.slug
            && !matches!(project.status(now), ProjectStatus::Inactive | ProjectStatus::Removed)
    });
    if organization.plan == Plan::Free && running.count() >= FREE_PROJECTS {
        return Err(Refusal::PlanLimit(format!(
            "The free plan lets {FREE_PROJECTS} projects run at a time. Pause one or move to a paid plan."
        )));
    }
    Ok(())
}

fn region(region: Option<String>, selection: Option<RegionSelection>) -> Result<String, Refusal> {
    let code = match (region, selection) {
        (Some(code), None) | (None, Some(RegionSelection::Specific { code })) => {
            regions::is_known(&code).then_some(code)
        }
        (None, Some(RegionSelection::SmartGroup { code })) => regions::chosen_in(&code).map(str::to_owned),
        (None, None) => return Err(Refusal::Invalid("region_selection: expected a region.".to_owned())),
        (Some(_), Some(_)) => {
            return Err(Refusal::Invalid(
                "Expected either region or region_selection, not both.".to_owned(),
            ));
        }
    };
    code.ok_or_else(|| Refusal::Invalid("region_selection: there is no such region.".to_owned()))
}

fn size(size: Option<String>) -> Result<Option<String>, Refusal> {
    match size {
        Some(size) if !SIZES.contains(&size.as_str()) => Err(Refusal::Invalid(
            "desired_instance_size: there is no such size.".to_owned(),
        )),
        known => Ok(known),
    }
}
