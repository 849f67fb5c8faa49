//! Branches: what a project has of them, how one is found, and what is told of it.
//!
//! A branch is a project of its own; production keeps the list. Production stands in it as the default branch, from the
//! first branch on. What the real service would send to a `notify_url`, the sandbox sends to nobody.

pub mod actions;
pub mod change;
pub mod create;
mod migrations;
pub mod read;
mod run;
pub mod sync;

use std::time::Duration;

use management_api::{
    branches::{BranchStatus, StepName, StepStatus},
    projects::ProjectStatus,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use self::run::{Kind, Run};
use crate::{
    answer::{Refusal, moment},
    call::Call,
    projects::Life,
    token,
    world::World,
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Production's ref, where the project is a branch.
    parent: Option<String>,
    /// The default branch first.
    branches: Vec<Branch>,
    /// Of all branches, the oldest first.
    runs: Vec<Run>,
}

/// Runs that are remembered.
const RUNS: usize = 200;

impl State {
    pub fn is_branch(&self) -> bool {
        self.parent.is_some()
    }

    /// Production's ref, where the project is a branch.
    pub fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    pub fn is_branch_of(&self, production: &str) -> bool {
        self.parent.as_deref() == Some(production)
    }

    /// What a branch's own project has of this.
    pub fn of_branch(production: &str) -> Self {
        Self {
            parent: Some(production.to_owned()),
            ..Self::default()
        }
    }

    /// Branching turned on long ago, with one branch whose run has passed.
    pub fn seeded(production: &str, branch: &str, name: &str, since: OffsetDateTime, pace: Duration) -> Self {
        let id = |of: &str| token::uuid(&format!("{production} branch {of}"));
        let entry = |name: &str, project: &str| Branch {
            id: id(name),
            name: name.to_owned(),
            project: project.to_owned(),
            is_default: project == production,
            git_branch: Some(if project == production {
                name.to_owned()
            } else {
                format!("feat/{name}")
            }),
            persistent: project == production,
            with_data: project == production,
            created_at: since,
            updated_at: since,
            review_requested_at: None,
            notify_url: None,
            deletion_scheduled_at: None,
            status: None,
        };
        Self {
            parent: None,
            branches: vec![entry("main", production), entry(name, branch)],
            runs: vec![Run::new(Kind::Create, &id(name), branch, since, pace)],
        }
    }

    fn start(&mut self, run: Run) {
        self.runs.push(run);
        let surplus = self.runs.len().saturating_sub(RUNS);
        self.runs.drain(..surplus);
    }

    fn named(&self, name: &str) -> Option<&Branch> {
        self.branches.iter().find(|branch| branch.name == name)
    }

    /// What last happened to a branch.
    fn last_run(&self, branch: &Branch) -> Option<&Run> {
        self.runs.iter().rev().find(|run| run.project == branch.project)
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Branch {
    id: String,
    name: String,
    /// The ref of its project; the default branch's is production's.
    project: String,
    is_default: bool,
    git_branch: Option<String>,
    persistent: bool,
    with_data: bool,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
    review_requested_at: Option<OffsetDateTime>,
    notify_url: Option<String>,
    deletion_scheduled_at: Option<OffsetDateTime>,
    /// As set by hand, and when.
    status: Option<(OffsetDateTime, BranchStatus)>,
}

impl Branch {
    /// How far the last run has come, unless somebody said otherwise since.
    fn status(&self, run: Option<&Run>, now: OffsetDateTime) -> BranchStatus {
        match (&self.status, run) {
            (Some((at, status)), run) if run.is_none_or(|run| run.started <= *at) => status.clone(),
            (_, None) => BranchStatus::FunctionsDeployed,
            (_, Some(run)) => status_of(run, now),
        }
    }
}

fn status_of(run: &Run, now: OffsetDateTime) -> BranchStatus {
    let steps = run.steps(now);
    let is = |name: StepName, status: StepStatus| {
        let mut found = steps.iter().filter(|step| step.name == name);
        found.any(|step| step.status == status)
    };
    if is(StepName::Deploy, StepStatus::Dead) {
        BranchStatus::FunctionsFailed
    } else if steps.iter().any(|step| step.status == StepStatus::Dead) {
        BranchStatus::MigrationsFailed
    } else if is(StepName::Deploy, StepStatus::Exited) {
        BranchStatus::FunctionsDeployed
    } else if is(StepName::Seed, StepStatus::Exited) {
        BranchStatus::MigrationsPassed
    } else if run.kind == Kind::Create && !is(StepName::Health, StepStatus::Exited) {
        BranchStatus::CreatingProject
    } else {
        BranchStatus::RunningMigrations
    }
}

/// A branch as it is answered.
fn row(world: &World, at: Place, now: OffsetDateTime) -> Value {
    let production = &world.projects[at.production];
    let state = &production.parts.branches;
    let branch = &state.branches[at.branch];
    let run = state.last_run(branch);
    let updated_at = run.map_or(branch.updated_at, |run| branch.updated_at.max(run.updated_at(now)));
    let mut row = json!({
        "id": branch.id,
        "name": branch.name,
        "project_ref": branch.project,
        "parent_project_ref": production.reference,
        "is_default": branch.is_default,
        "persistent": branch.persistent,
        "status": branch.status(run, now),
        "created_at": moment(branch.created_at),
        "updated_at": moment(updated_at),
        "with_data": branch.with_data,
    });
    let mut also = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            row[name] = json!(value);
        }
    };
    also("git_branch", branch.git_branch.clone());
    also("notify_url", branch.notify_url.clone());
    also("review_requested_at", branch.review_requested_at.map(moment));
    also("deletion_scheduled_at", branch.deletion_scheduled_at.map(moment));
    let project = world
        .projects
        .iter()
        .find(|project| project.reference == branch.project);
    let status = project.map(|project| project.status(now).as_str().to_owned());
    also("preview_project_status", status);
    row
}

/// Where a branch is: the place of production among the world's projects, and that of the branch among its branches.
#[derive(Clone, Copy)]
struct Place {
    production: usize,
    branch: usize,
}

impl Place {
    fn branch(self, world: &World) -> &Branch {
        &world.projects[self.production].parts.branches.branches[self.branch]
    }

    fn branch_mut(self, world: &mut World) -> &mut Branch {
        &mut world.projects[self.production].parts.branches.branches[self.branch]
    }

    /// The place of the branch's own project.
    fn project(self, world: &World) -> Result<usize, Refusal> {
        let reference = &self.branch(world).project;
        let mut projects = world.projects.iter();
        let place = projects.position(|project| project.reference == *reference);
        place.ok_or(Refusal::NotFound("Branch"))
    }
}

/// The branch that the path names by its project's ref or by its id.
fn locate(call: &mut Call<'_>) -> Result<Place, Refusal> {
    let wanted = call.request.path("branch_id_or_ref");
    let is_ref = wanted.len() == 20 && wanted.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_id = wanted.len() == 36 && wanted.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if !is_ref && !is_id {
        return Err(Refusal::Invalid(
            "branch_id_or_ref: expected 20 lower-case letters or a UUID.".to_owned(),
        ));
    }
    sweep(call.world, call.now);
    let places = call.world.projects.iter().enumerate();
    let mut found = places.filter_map(|(production, project)| {
        let mut branches = project.parts.branches.branches.iter();
        let branch = branches.position(|branch| branch.id == wanted || branch.project == wanted)?;
        Some((Place { production, branch }, project.reference.clone()))
    });
    let (place, production) = found.next().ok_or(Refusal::NotFound("Branch"))?;
    drop(found);
    match call.position_of(&production) {
        Ok(_) => Ok(place),
        Err(Refusal::NotFound(_)) => Err(Refusal::NotFound("Branch")),
        Err(other) => Err(other),
    }
}

/// Takes away the branches whose hour is over.
fn sweep(world: &mut World, now: OffsetDateTime) {
    let over = |branch: &Branch| branch.deletion_scheduled_at.is_some_and(|at| at <= now);
    for place in 0..world.projects.len() {
        if world.projects[place].parts.branches.branches.iter().any(over) {
            take_away(world, place, over);
        }
    }
}

/// Takes branches of a project away, each with its project; their databases follow when the call is over.
fn take_away(world: &mut World, production: usize, which: impl Fn(&Branch) -> bool) {
    let branches = &mut world.projects[production].parts.branches.branches;
    let (gone, kept): (Vec<_>, Vec<_>) = branches.drain(..).partition(which);
    *branches = kept;
    for branch in gone.into_iter().filter(|branch| !branch.is_default) {
        let mut projects = world.projects.iter_mut();
        if let Some(project) = projects.find(|project| project.reference == branch.project) {
            project.life = Life::steady(ProjectStatus::Removed);
        }
        world.orphans.push(branch.project);
    }
}

/// A project is being deleted: its branches go with it, and if it is one, production forgets it.
pub fn forget(world: &mut World, reference: &str) {
    for place in 0..world.projects.len() {
        let is_production = world.projects[place].reference == reference;
        let all_or_one = |branch: &Branch| is_production || branch.project == reference && !branch.is_default;
        if world.projects[place].parts.branches.branches.iter().any(all_or_one) {
            take_away(world, place, all_or_one);
        }
    }
}
