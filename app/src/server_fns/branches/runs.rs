//! The runs of a branch, and what one has logged.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::branches::{ActionRun, Branch, CountActionRuns, GetActionRun, GetActionRunLogs, ListActionRuns};
use serde::{Deserialize, Serialize};

use super::{Part, all, find};
use crate::{call::call, error::ConsoleError};

/// Runs of one page of the runs' list.
pub const RUNS: u64 = 20;

/// A page of a branch's runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunList {
    pub branch: Branch,
    pub runs: Vec<ActionRun>,
    pub count: Part<u64>,
}

/// Three calls side by side.
#[server(prefix = "/api", endpoint = "branch-runs", input = Json, output = Json)]
pub async fn branch_runs(project: String, branch: String, offset: u64) -> Result<RunList, ConsoleError> {
    let list = ListActionRuns {
        project: branch.clone(),
        offset: Some(offset),
        limit: Some(RUNS),
    };
    let count = CountActionRuns {
        project: branch.clone(),
    };
    let (branches, runs, count) = futures::join!(call(all(&project)), call(list), call(count));
    Ok(RunList {
        branch: find(branches?, &branch)?,
        runs: runs?,
        count,
    })
}

/// One run, and what it has logged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunFacts {
    pub branch: Option<Branch>,
    pub run: ActionRun,
    pub log: Part<String>,
    /// The ref of the project among whose runs it is: a merge of the branch is production's.
    pub on: String,
}

async fn run_of(project: &str, run: &str) -> (Part<ActionRun>, Part<String>) {
    let log = GetActionRunLogs {
        project: project.to_owned(),
        run_id: run.to_owned(),
    };
    let one = GetActionRun {
        project: project.to_owned(),
        run_id: run.to_owned(),
    };
    futures::join!(call(one), call(log))
}

/// Three calls side by side, and two more where the run is not the branch's own, but production's.
#[server(prefix = "/api", endpoint = "branch-run", input = Json, output = Json)]
pub async fn branch_run(project: String, branch: String, run: String) -> Result<RunFacts, ConsoleError> {
    let (branches, (mut one, mut log)) = futures::join!(call(all(&project)), run_of(&branch, &run));
    let mut on = branch.clone();
    if one == Err(ConsoleError::NotFound) && branch != project {
        (one, log) = run_of(&project, &run).await;
        on.clone_from(&project);
    }
    let branch = branches.ok().and_then(|branches| find(branches, &branch).ok());
    Ok(RunFacts {
        branch,
        run: one?,
        log,
        on,
    })
}
