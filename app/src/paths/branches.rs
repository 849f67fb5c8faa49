//! Links to the branches of a project and their runs.

use super::{encoded, with_choices};

pub fn branches(project: &str) -> String {
    format!("{}/branches", super::project(project))
}

pub fn new_sized_branch(reference: &str) -> String {
    format!("{}/new-sized", branches(reference))
}

pub fn new_branch(project: &str) -> String {
    format!("{}/new", branches(project))
}

/// A branch of a project, by the ref of the branch's own project; production's is the project's own.
pub fn branch(project: &str, branch: &str) -> String {
    format!("{}/{}", branches(project), encoded(branch))
}

pub fn branch_changes(project: &str, of: &str) -> String {
    format!("{}/changes", branch(project, of))
}

pub fn branch_runs(project: &str, of: &str) -> String {
    format!("{}/runs", branch(project, of))
}

/// A page of a branch's runs.
pub fn branch_runs_at(project: &str, of: &str, offset: u64) -> String {
    let offset = offset.to_string();
    let offset = if offset == "0" { "" } else { offset.as_str() };
    with_choices(&branch_runs(project, of), &[("offset", offset)])
}

pub fn branch_run(project: &str, of: &str, run: &str) -> String {
    format!("{}/{}", branch_runs(project, of), encoded(run))
}

/// The run that a form has started, whose id its answer tells.
pub fn started_run(project: &str, of: &str) -> String {
    format!("{}/{{workflow_run_id}}", branch_runs(project, of))
}

pub fn branch_settings(project: &str, of: &str) -> String {
    format!("{}/settings", branch(project, of))
}

/// What a run has logged, as a file. The project is that whose run it is.
pub fn run_log(project: &str, run: &str) -> String {
    format!("/files/{}/runs/{}", encoded(project), encoded(run))
}
