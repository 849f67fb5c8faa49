//! Action runs: the work on a branch, step by step.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId, words::words};

words! {
    /// The steps of a run, in the order they are taken.
    StepName {
        Clone = "clone",
        Pull = "pull",
        Health = "health",
        Configure = "configure",
        Migrate = "migrate",
        Seed = "seed",
        Deploy = "deploy",
    }
}

words! {
    /// Where a step is: in the words of the container that does it.
    StepStatus {
        /// Not begun.
        Created = "CREATED",
        /// Failed.
        Dead = "DEAD",
        /// Done.
        Exited = "EXITED",
        Paused = "PAUSED",
        Removing = "REMOVING",
        Restarting = "RESTARTING",
        Running = "RUNNING",
    }
}

/// One step of a run. Times are texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunStep {
    pub name: StepName,
    pub status: StepStatus,
    pub created_at: String,
    pub updated_at: String,
}

/// A run. Times are texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionRun {
    pub id: String,
    pub branch_id: String,
    pub run_steps: Vec<RunStep>,
    /// The folder of the repository it works in.
    #[serde(default)]
    pub workdir: Option<String>,
    pub created_at: String,
    pub updated_at: String,
}

impl ActionRun {
    /// Whether the run has come to its end, well or badly.
    pub fn is_over(&self) -> bool {
        self.run_steps.iter().any(|step| step.status == StepStatus::Dead)
            || self.run_steps.iter().all(|step| step.status == StepStatus::Exited)
    }
}

/// Lists a project's action runs, the newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListActionRuns {
    /// The project's ref, or that of one of its branches.
    #[serde(rename = "ref")]
    pub project: String,
    /// How many to pass over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// How many to list, at least 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 10))]
    pub limit: Option<u64>,
}

impl Operation for ListActionRuns {
    const ID: OperationId = OperationId::ListActionRuns;
    type Output = Vec<ActionRun>;
}

/// Counts a project's action runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountActionRuns {
    /// The project's ref, or that of one of its branches.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for CountActionRuns {
    const ID: OperationId = OperationId::CountActionRuns;
    type Output = u64;
}

/// Reads how far an action run has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetActionRun {
    /// The project's ref, or that of one of its branches.
    #[serde(rename = "ref")]
    pub project: String,
    pub run_id: String,
}

impl Operation for GetActionRun {
    const ID: OperationId = OperationId::GetActionRun;
    type Output = ActionRun;
}

/// Reads what an action run has logged up to now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetActionRunLogs {
    /// The project's ref, or that of one of its branches.
    #[serde(rename = "ref")]
    pub project: String,
    pub run_id: String,
}

impl Operation for GetActionRunLogs {
    const ID: OperationId = OperationId::GetActionRunLogs;
    type Output = String;
}

/// Sets steps of a run by hand, for programs that run them themselves. What is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateActionRunStatus {
    /// The project's ref, or that of one of its branches.
    #[serde(rename = "ref")]
    pub project: String,
    pub run_id: String,
    /// Fetching the repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub clone: Option<String>,
    /// Fetching production's migrations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub pull: Option<String>,
    /// Waiting until the services are up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub health: Option<String>,
    /// Writing the configuration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub configure: Option<String>,
    /// Running migrations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub migrate: Option<String>,
    /// Filling the database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub seed: Option<String>,
    /// Deploying the functions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub deploy: Option<String>,
}

impl Operation for UpdateActionRunStatus {
    const ID: OperationId = OperationId::UpdateActionRunStatus;
    type Output = Nothing;
}
