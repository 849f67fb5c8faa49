//! Branches: what their pages read. A branch is known by the ref of its own project, which stays when it is renamed, and
//! found in its production's list, which tells more of it than anything that is asked of the branch itself.

mod changes;
mod runs;

use futures::future::OptionFuture;
use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    branches::{ActionRun, Branch, GetBranchConfig, ListActionRuns, ListBranches},
    database::{ListMigrations, MigrationRow},
    projects::{AvailableRegions, GetProject, ListAvailableRegions, Project},
};
use serde::{Deserialize, Serialize};

pub use self::{
    changes::{Carried, Differences, FunctionPair, branch_changes},
    runs::{RUNS, RunFacts, RunList, branch_run, branch_runs},
};
use crate::{backend, call::call, error::ConsoleError};

/// Runs that a list of branches is read with: the latest of each is among them, unless one of them runs all the time.
const LATEST: u64 = 100;
/// Runs of what shows some.
const FEW: u64 = 10;

/// What is asked of one part of a page: where it failed, the page says so and shows the rest.
pub type Part<T> = Result<T, ConsoleError>;

/// The branches of a project.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Branches {
    /// `None`: branching is off.
    pub branches: Option<Vec<Branch>>,
    /// The newest first.
    pub runs: Part<Vec<ActionRun>>,
    pub production: Part<Project>,
}

fn all(project: &str) -> ListBranches {
    ListBranches {
        project: project.to_owned(),
    }
}

fn runs(project: &str, limit: u64) -> ListActionRuns {
    ListActionRuns {
        project: project.to_owned(),
        offset: None,
        limit: Some(limit),
    }
}

/// What Supabase answers where branching is off: no list of branches, but 422.
pub(super) fn or_off(branches: Part<Vec<Branch>>) -> Part<Option<Vec<Branch>>> {
    match branches {
        Ok(branches) => Ok(Some(branches)),
        Err(ConsoleError::Refused { status: 422, .. }) => Ok(None),
        Err(other) => Err(other),
    }
}

fn find(branches: Vec<Branch>, branch: &str) -> Result<Branch, ConsoleError> {
    let found = branches.into_iter().find(|one| one.project_ref == branch);
    found.ok_or(ConsoleError::NotFound)
}

/// Three calls side by side.
#[server(prefix = "/api", endpoint = "branches", input = Json, output = Json)]
pub async fn branch_list(project: String) -> Result<Branches, ConsoleError> {
    let production = GetProject {
        project: project.clone(),
    };
    let (branches, runs, production) =
        futures::join!(call(all(&project)), call(runs(&project, LATEST)), call(production));
    Ok(Branches {
        branches: or_off(branches)?,
        runs,
        production,
    })
}

/// Where branches can stand, and how many there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Offer {
    pub production: Project,
    pub branches: Vec<Branch>,
    pub regions: Option<AvailableRegions>,
}

/// Three calls side by side. The regions need the organization: where it is not known yet, the project tells it first.
#[server(prefix = "/api", endpoint = "branch-offer", input = Json, output = Json)]
pub async fn branch_offer(project: String) -> Result<Offer, ConsoleError> {
    let production = GetProject {
        project: project.clone(),
    };
    let regions = |slug: String| async { call(ListAvailableRegions::of(slug)).await.ok() };
    let known = backend::handle()?.organization_of(&project).map(regions);
    let (production, branches, known) =
        futures::join!(call(production), call(all(&project)), OptionFuture::from(known));
    let production = production?;
    let regions = match known {
        Some(known) => known,
        None => regions(production.organization_slug.clone()).await,
    };
    Ok(Offer {
        production,
        branches: or_off(branches)?.unwrap_or_default(),
        regions,
    })
}

/// How to reach a branch's database, without its secrets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Connection {
    pub host: String,
    pub port: i64,
    pub user: Option<String>,
    pub version: String,
    pub has_password: bool,
}

/// One branch.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OneBranch {
    pub branch: Branch,
    pub connection: Part<Connection>,
    pub runs: Part<Vec<ActionRun>>,
    /// Migrations of the branch and of production.
    pub own: Part<Vec<MigrationRow>>,
    pub parents: Part<Vec<MigrationRow>>,
}

/// Five calls side by side.
#[server(prefix = "/api", endpoint = "branch", input = Json, output = Json)]
pub async fn branch_facts(project: String, branch: String) -> Result<OneBranch, ConsoleError> {
    let config = GetBranchConfig {
        branch_id_or_ref: branch.clone(),
    };
    let (branches, config, runs, own, parents) = futures::join!(
        call(all(&project)),
        call(config),
        call(runs(&branch, FEW)),
        call(ListMigrations {
            project: branch.clone()
        }),
        call(ListMigrations {
            project: project.clone()
        }),
    );
    let connection = config.map(|config| Connection {
        host: config.db_host,
        port: config.db_port,
        user: config.db_user,
        version: config.postgres_version,
        has_password: config.db_pass.is_some(),
    });
    Ok(OneBranch {
        branch: find(branches?, &branch)?,
        connection,
        runs,
        own,
        parents,
    })
}

/// The branch alone, for its settings.
#[server(prefix = "/api", endpoint = "branch-settings", input = Json, output = Json)]
pub async fn branch_settings(project: String, branch: String) -> Result<Branch, ConsoleError> {
    find(call(all(&project)).await?, &branch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branching_that_is_off_is_no_error() {
        let refused = |status| ConsoleError::Refused {
            status,
            message: String::new(),
        };
        assert!(or_off(Err(refused(422))).unwrap().is_none());
        assert!(or_off(Err(refused(400))).is_err());
        assert!(or_off(Ok(Vec::new())).unwrap().is_some());
    }
}
