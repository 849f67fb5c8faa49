//! Reading projects: all, one, those of an organization a page at a time, and what a paused one can be restored with.

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::Project;
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
};

/// v1-list-all-projects
///
/// Without branches: nothing in this answer would tell that they are some.
pub fn all(call: &mut Call<'_>) -> Answered {
    let person = &call.caller.person;
    let organizations: Vec<_> = call.world.memberships(person).collect();
    let reached = |project: &&Project| {
        let mut owners = organizations
            .iter()
            .filter(|organization| organization.slug == project.organization);
        owners.any(|organization| organization.role_in(person, &project.reference).is_some())
    };
    let reach = &call.caller.reach;
    let projects = call.world.projects.iter();
    let mine = projects
        .filter(reached)
        .filter(|project| reach.opens_project(&project.organization, &project.reference, None))
        .filter(|project| !project.is_removed(call.now) && !project.parts.branches.is_branch())
        .map(|project| project.detail(call.now));
    Ok(answer(StatusCode::OK, &mine.collect::<Vec<_>>()))
}

/// v1-get-project
pub fn get(call: &mut Call<'_>) -> Answered {
    Ok(answer(StatusCode::OK, &call.project()?.detail(call.now)))
}

/// v1-get-all-projects-for-organization
pub fn of_organization(call: &mut Call<'_>) -> Answered {
    let organization = call.organization()?;
    let slug = &organization.slug;
    let request = call.request;
    let limit = request.number("limit", 1..=100, 100)?;
    let offset = request.number("offset", 0..=usize::MAX, 0)?;
    let search = request.query("search").unwrap_or_default().to_lowercase();
    let statuses = statuses(request.query("statuses"))?;

    let mut projects: Vec<_> = call
        .world
        .projects
        .iter()
        .filter(|project| {
            let status = project.status(call.now);
            project.organization == *slug
                && organization.role_in(&call.caller.person, &project.reference).is_some()
                && *status != ProjectStatus::Removed
                && (statuses.is_empty() || statuses.contains(&status.as_str()))
                && project.name.to_lowercase().contains(&search)
        })
        .collect();
    match request.query("sort").unwrap_or("name_asc") {
        "name_asc" => projects.sort_by_key(|project| project.name.to_lowercase()),
        "name_desc" => projects.sort_by_key(|project| std::cmp::Reverse(project.name.to_lowercase())),
        "created_asc" => projects.sort_by_key(|project| project.created_at),
        "created_desc" => projects.sort_by_key(|project| std::cmp::Reverse(project.created_at)),
        _ => {
            let message = "sort: expected name_asc, name_desc, created_asc or created_desc.";
            return Err(Refusal::Invalid(message.to_owned()));
        }
    }
    let page: Vec<_> = projects
        .iter()
        .skip(offset)
        .take(limit)
        .map(|project| entry(project, call.now))
        .collect();
    let pagination = json!({ "count": projects.len(), "limit": limit, "offset": offset });
    Ok(answer(
        StatusCode::OK,
        &json!({ "projects": page, "pagination": pagination }),
    ))
}

/// The API filters by these two statuses and refuses others.
fn statuses(given: Option<&str>) -> Result<Vec<&str>, Refusal> {
    let given: Vec<_> = given
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    if given.iter().all(|word| matches!(*word, "ACTIVE_HEALTHY" | "INACTIVE")) {
        Ok(given)
    } else {
        Err(Refusal::Invalid(
            "statuses: expected ACTIVE_HEALTHY, INACTIVE or both, joined by a comma.".to_owned(),
        ))
    }
}

/// A project with its machines, as lists of an organization have it.
pub fn entry(project: &Project, now: OffsetDateTime) -> Value {
    let disk = project.parts.disk.attributes(now);
    let database = |identifier: &str, kind: &str, region: &str, status: &str| {
        let mut database = json!({
            "infra_compute_size": project.size,
            "region": region,
            "status": status,
            "cloud_provider": "AWS",
            "identifier": identifier,
            "type": kind,
            "disk_volume_size_gb": disk.size_gb,
            "disk_type": disk.kind,
        });
        if let Some(throughput) = disk.throughput_mibps {
            database["disk_throughput_mbps"] = json!(throughput);
        }
        if let Some(modified) = project.parts.disk.modified() {
            database["disk_last_modified_at"] = json!(modified);
        }
        database
    };
    let mut databases = Vec::new();
    if let Some(status) = database_status(project.status(now)) {
        databases.push(database(&project.reference, "PRIMARY", &project.region, status));
        let replicas = project.parts.database.replicas.all(now);
        databases.extend(
            replicas.map(|(replica, status)| database(&replica.identifier, "READ_REPLICA", &replica.region, status)),
        );
    }
    json!({
        "ref": project.reference,
        "name": project.name,
        "cloud_provider": "AWS",
        "region": project.region,
        "is_branch": project.parts.branches.is_branch(),
        "status": project.status(now),
        "inserted_at": project.created(),
        "databases": databases,
    })
}

/// The status of the project's machine, in the narrower list of words the API has for it; a stopped project has none.
fn database_status(status: &ProjectStatus) -> Option<&str> {
    match status {
        ProjectStatus::Inactive | ProjectStatus::Pausing | ProjectStatus::Removed => None,
        ProjectStatus::PauseFailed => Some("ACTIVE_UNHEALTHY"),
        ProjectStatus::RestoreFailed => Some("INIT_FAILED"),
        ProjectStatus::Promoting | ProjectStatus::Upgrading => Some("RESTARTING"),
        ProjectStatus::ActiveHealthy
        | ProjectStatus::ActiveUnhealthy
        | ProjectStatus::ComingUp
        | ProjectStatus::GoingDown
        | ProjectStatus::InitFailed
        | ProjectStatus::Resizing
        | ProjectStatus::Restarting
        | ProjectStatus::Restoring
        | ProjectStatus::Unknown
        | ProjectStatus::Other(_) => Some(status.as_str()),
    }
}

/// v1-list-available-restore-versions
pub fn restore_versions(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let version = |version, engine| json!({ "version": version, "release_channel": "ga", "postgres_engine": engine });
    let versions = [version(super::NEWEST_VERSION, "17"), version("15.8.1.121", "15")];
    Ok(answer(StatusCode::OK, &json!({ "available_versions": versions })))
}
