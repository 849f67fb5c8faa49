//! Branches: copies of a project, each a project of its own, to try changes in before production gets them.

mod config;
mod runs;
mod sync;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::{
    config::{BranchConfig, GetBranchConfig, UpdateBranch},
    runs::{
        ActionRun, CountActionRuns, GetActionRun, GetActionRunLogs, ListActionRuns, RunStep, StepName, StepStatus,
        UpdateActionRunStatus,
    },
    sync::{DiffBranch, MergeBranch, PushBranch, ResetBranch, StartedRun},
};
use crate::{
    Nothing, One, Operation, OperationId, Secret,
    projects::{ProjectStatus, SIZES},
    words::words,
};

words! {
    /// How far the work on a branch has come. Its action runs tell the same in more detail.
    BranchStatus {
        CreatingProject = "CREATING_PROJECT",
        RunningMigrations = "RUNNING_MIGRATIONS",
        MigrationsPassed = "MIGRATIONS_PASSED",
        MigrationsFailed = "MIGRATIONS_FAILED",
        FunctionsDeployed = "FUNCTIONS_DEPLOYED",
        FunctionsFailed = "FUNCTIONS_FAILED",
    }
}

impl BranchStatus {
    /// Whether the status is going to change by itself, so that it is worth watching.
    pub fn is_changing(&self) -> bool {
        match self {
            Self::CreatingProject | Self::RunningMigrations | Self::MigrationsPassed => true,
            Self::MigrationsFailed | Self::FunctionsDeployed | Self::FunctionsFailed | Self::Other(_) => false,
        }
    }
}

/// A branch. Times are RFC 3339 texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    pub id: String,
    pub name: String,
    /// The ref of the branch's own project; the default branch's is production's.
    pub project_ref: String,
    /// The ref of production.
    pub parent_project_ref: String,
    /// Whether this is production itself.
    pub is_default: bool,
    #[serde(default)]
    pub git_branch: Option<String>,
    #[serde(default)]
    pub pr_number: Option<i64>,
    /// Whether it lives on after its pull request is closed.
    pub persistent: bool,
    pub status: BranchStatus,
    pub created_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub review_requested_at: Option<String>,
    /// Whether it was made with production's data, not only its schema.
    pub with_data: bool,
    #[serde(default)]
    pub notify_url: Option<String>,
    /// When it is going to be deleted, if it is; until then it can be brought back.
    #[serde(default)]
    pub deletion_scheduled_at: Option<String>,
    #[serde(default)]
    pub preview_project_status: Option<ProjectStatus>,
}

/// Lists the branches of a project; none until the first one is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListBranches {
    /// The ref of production.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListBranches {
    const ID: OperationId = OperationId::ListBranches;
    type Output = Vec<Branch>;
}

/// Makes a branch: a project of its own with production's schema, billed by the hour.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateBranch {
    /// The ref of production.
    #[serde(rename = "ref")]
    pub project: String,
    /// Unlike the names of the project's other branches.
    #[schemars(length(min = 1))]
    pub branch_name: String,
    /// The branch in the Git repository that it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_branch: Option<String>,
    /// Makes no copy, but the entry for production itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_default: Option<bool>,
    /// Lives on after its pull request is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistent: Option<bool>,
    /// Where its servers stand, such as `eu-central-1`; where production's do if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// How large its machine is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["pico", "nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "24xlarge_optimized_memory", "24xlarge_optimized_cpu", "24xlarge_high_memory", "48xlarge", "48xlarge_optimized_memory", "48xlarge_optimized_cpu", "48xlarge_high_memory"]))]
    pub desired_instance_size: Option<String>,
    /// How well tried the database's version is; generally available (`ga`) if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["internal", "alpha", "beta", "ga", "withdrawn", "preview"]))]
    pub release_channel: Option<String>,
    /// Major version of PostgreSQL; the newest if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["15", "17", "17-oriole"]))]
    pub postgres_engine: Option<String>,
    /// Secrets for the branch's Edge Functions, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrets: Option<BTreeMap<String, Secret>>,
    /// Copies production's data as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_data: Option<bool>,
    /// The address that is told when the branch's status changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(url)]
    pub notify_url: Option<String>,
}

impl Operation for CreateBranch {
    const ID: OperationId = OperationId::CreateBranch;
    type Output = Branch;
}

/// Reads one branch, by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetBranch {
    /// The ref of production.
    #[serde(rename = "ref")]
    pub project: String,
    pub name: String,
}

impl Operation for GetBranch {
    const ID: OperationId = OperationId::GetBranch;
    type Output = Branch;
}

/// Deletes a branch with its database: at once, or in an hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteBranch {
    /// The ref of the branch's project, or its older id.
    pub branch_id_or_ref: String,
    /// Deletes at once. Turned off, the branch can be brought back for an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
}

impl Operation for DeleteBranch {
    const ID: OperationId = OperationId::DeleteBranch;
    type Output = Nothing;
}

/// Brings back a branch that is about to be deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestoreBranch {
    /// The ref of the branch's project, or its older id.
    pub branch_id_or_ref: String,
}

impl Operation for RestoreBranch {
    const ID: OperationId = OperationId::RestoreBranch;
    type Output = Nothing;
}

/// Turns branching off: all branches of the project are deleted, production stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DisableBranching {
    /// The ref of production.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DisableBranching {
    const ID: OperationId = OperationId::DisableBranching;
    type Output = Nothing;
}

/// Makes a branch whose machine and disk have a size of their own from the start (v2).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSizedBranch {
    /// The ref of the project to branch from.
    #[serde(rename = "ref")]
    pub project: String,
    /// A name unlike those of the project's other branches.
    #[schemars(length(min = 1))]
    pub name: String,
    /// The branch in the connected Git repository that it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub git_branch: Option<String>,
    /// The region's code; the parent's if none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Lives on after its pull request is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistent: Option<bool>,
    /// Begins with the data of the parent's latest physical backup, and not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_data: Option<bool>,
    /// The size of its machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = SIZES))]
    pub desired_instance_size: Option<String>,
    /// The size of its disk in GB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 8, max = 61440))]
    pub desired_disk_size_gb: Option<i64>,
    /// The address that is told when the branch's status changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(url)]
    pub notify_url: Option<String>,
}

impl Operation for CreateSizedBranch {
    const ID: OperationId = OperationId::CreateSizedBranch;
    type Output = One<SizedBranch>;
}

/// A branch as v2 tells it: without its status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizedBranch {
    pub name: String,
    /// The ref of its own project.
    #[serde(default)]
    pub project_ref: Option<String>,
    #[serde(default)]
    pub parent_project_ref: Option<String>,
}
