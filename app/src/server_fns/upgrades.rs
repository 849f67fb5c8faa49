//! What a project's database runs on: its machine and its read replicas, its version, and what it can be upgraded to.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    database::{Backups, ListBackups},
    organizations::{Machine, SearchProjects},
    projects::{
        GetProject, GetUpgradeEligibility, GetUpgradeStatus, Project, ProjectStatus, Upgrade, UpgradeEligibility,
    },
};
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{
    backend,
    call::call,
    error::ConsoleError,
    reads::projects::{each, running, runs},
};

/// A project's database and its read replicas. One call; two, one after the other, where it is not known yet to which
/// organization the project belongs.
#[server(prefix = "/api", endpoint = "machines", input = Json, output = Json)]
pub async fn machines_of(project: String) -> Result<Vec<Machine>, ConsoleError> {
    let seen = backend::handle()?;
    let (slug, name) = match (seen.organization_of(&project), seen.name_of(&project)) {
        (Some(slug), name) => (slug, name),
        (None, _) => {
            let found = call(GetProject {
                project: project.clone(),
            })
            .await?;
            (found.organization_slug, Some(found.name))
        }
    };
    let search = SearchProjects {
        slug,
        size: Some(100),
        // A large organization would not fit one answer.
        search: name.filter(|name| !name.is_empty()),
        ..SearchProjects::default()
    };
    let found = call(search).await?.data.into_iter().find(|one| one.id == project);
    Ok(found.ok_or(ConsoleError::NotFound)?.attributes.databases)
}

/// What is known before an upgrade and while it runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Upgradable {
    pub eligibility: Part<UpgradeEligibility>,
    /// The latest upgrade; `None` where there was none.
    pub latest: Part<Option<Upgrade>>,
    pub backups: Part<Backups>,
}

/// Three calls side by side; each may fail by itself.
#[server(prefix = "/api", endpoint = "upgrade", input = Json, output = Json)]
pub async fn upgrade_of(project: String) -> Result<Upgradable, ConsoleError> {
    let of = || project.clone();
    let status = GetUpgradeStatus {
        project: of(),
        tracking_id: None,
    };
    let (eligibility, latest, backups) = futures::join!(
        call(GetUpgradeEligibility { project: of() }),
        call(status),
        call(ListBackups { project: of() }),
    );
    Ok(Upgradable {
        eligibility,
        latest: latest.map(|status| status.upgrade),
        backups,
    })
}

/// So many projects are asked what they can be upgraded to, one call each.
pub const PROJECTS: usize = 100;

/// A project among all, with its version.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VersionRow {
    pub reference: String,
    pub name: String,
    /// The organization's slug.
    pub organization: String,
    pub status: ProjectStatus,
    /// The image's full version, such as `17.6.1.084`; empty where it is not told.
    pub version: String,
    /// `None` where it was not asked: the project does not run, or there are too many.
    pub eligibility: Option<Part<UpgradeEligibility>>,
}

/// The versions of all projects.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Versions {
    pub rows: Vec<VersionRow>,
    /// Projects that run and were not asked, past [`PROJECTS`].
    pub beyond: usize,
}

/// The version of every project, and what each one that runs can be upgraded to, up to [`PROJECTS`] of them, side by side.
#[server(prefix = "/api", endpoint = "versions", input = Json, output = Json)]
pub async fn versions_everywhere() -> Result<Versions, ConsoleError> {
    let told = |project| call(GetUpgradeEligibility { project });
    let mut versions = Versions::default();
    for (project, eligibility) in each(|all| running(all, PROJECTS), told).await? {
        versions.beyond += usize::from(eligibility.is_none() && runs(&project.status));
        versions.rows.push(row(project, eligibility));
    }
    Ok(versions)
}

fn row(project: Project, eligibility: Option<Part<UpgradeEligibility>>) -> VersionRow {
    VersionRow {
        reference: project.reference,
        name: project.name,
        organization: project.organization_slug,
        status: project.status,
        version: project.database.map(|database| database.version).unwrap_or_default(),
        eligibility,
    }
}
