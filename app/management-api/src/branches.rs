//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteBranchAnswer {
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteBranch {
    pub branch_id_or_ref: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
}

impl Operation for DeleteBranch {
    const ID: OperationId = OperationId::DeleteBranch;
    type Output = DeleteBranchAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BranchConfigAnswer {
    #[serde(rename = "ref")]
    pub project: String,
    pub postgres_version: String,
    pub postgres_engine: String,
    pub release_channel: String,
    pub status: String,
    pub db_host: String,
    pub db_port: i64,
    #[serde(default)]
    pub db_user: Option<String>,
    #[serde(default)]
    pub db_pass: Option<String>,
    #[serde(default)]
    pub jwt_secret: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetBranchConfig {
    pub branch_id_or_ref: String,
}

impl Operation for GetBranchConfig {
    const ID: OperationId = OperationId::GetBranchConfig;
    type Output = BranchConfigAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateBranchAnswer {
    pub id: String,
    pub name: String,
    pub project_ref: String,
    pub parent_project_ref: String,
    pub is_default: bool,
    #[serde(default)]
    pub git_branch: Option<String>,
    #[serde(default)]
    pub pr_number: Option<i64>,
    #[serde(default)]
    pub latest_check_run_id: Option<f64>,
    pub persistent: bool,
    pub status: String,
    pub created_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub review_requested_at: Option<String>,
    pub with_data: bool,
    #[serde(default)]
    pub notify_url: Option<String>,
    #[serde(default)]
    pub deletion_scheduled_at: Option<String>,
    #[serde(default)]
    pub preview_project_status: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateBranch {
    pub branch_id_or_ref: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_branch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset_on_push: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistent: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATING_PROJECT", "RUNNING_MIGRATIONS", "MIGRATIONS_PASSED", "MIGRATIONS_FAILED", "FUNCTIONS_DEPLOYED", "FUNCTIONS_FAILED"]))]
    pub status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_review: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notify_url: Option<String>,
}

impl Operation for UpdateBranch {
    const ID: OperationId = OperationId::UpdateBranch;
    type Output = UpdateBranchAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiffBranch {
    pub branch_id_or_ref: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included_schemas: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pgdelta: Option<bool>,
}

impl Operation for DiffBranch {
    const ID: OperationId = OperationId::DiffBranch;
    type Output = String;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MergeBranchAnswer {
    pub workflow_run_id: String,
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MergeBranch {
    pub branch_id_or_ref: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migration_version: Option<String>,
}

impl Operation for MergeBranch {
    const ID: OperationId = OperationId::MergeBranch;
    type Output = MergeBranchAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PushBranchAnswer {
    pub workflow_run_id: String,
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PushBranch {
    pub branch_id_or_ref: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migration_version: Option<String>,
}

impl Operation for PushBranch {
    const ID: OperationId = OperationId::PushBranch;
    type Output = PushBranchAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResetBranchAnswer {
    pub workflow_run_id: String,
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResetBranch {
    pub branch_id_or_ref: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migration_version: Option<String>,
}

impl Operation for ResetBranch {
    const ID: OperationId = OperationId::ResetBranch;
    type Output = ResetBranchAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestoreBranchAnswer {
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestoreBranch {
    pub branch_id_or_ref: String,
}

impl Operation for RestoreBranch {
    const ID: OperationId = OperationId::RestoreBranch;
    type Output = RestoreBranchAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListActionRunsAnswerRunStep {
    pub name: String,
    pub status: String,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListActionRunsAnswer {
    pub id: String,
    pub branch_id: String,
    pub run_steps: Vec<ListActionRunsAnswerRunStep>,
    #[serde(default)]
    pub git_config: Value,
    #[serde(default)]
    pub workdir: Option<String>,
    #[serde(default)]
    pub check_run_id: Option<f64>,
    pub created_at: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListActionRuns {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0))]
    pub offset: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 10))]
    pub limit: Option<f64>,
}

impl Operation for ListActionRuns {
    const ID: OperationId = OperationId::ListActionRuns;
    type Output = Vec<ListActionRunsAnswer>;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountActionRuns {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for CountActionRuns {
    const ID: OperationId = OperationId::CountActionRuns;
    type Output = u64;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionRunAnswerRunStep {
    pub name: String,
    pub status: String,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionRunAnswer {
    pub id: String,
    pub branch_id: String,
    pub run_steps: Vec<ActionRunAnswerRunStep>,
    #[serde(default)]
    pub git_config: Value,
    #[serde(default)]
    pub workdir: Option<String>,
    #[serde(default)]
    pub check_run_id: Option<f64>,
    pub created_at: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetActionRun {
    #[serde(rename = "ref")]
    pub project: String,
    pub run_id: String,
}

impl Operation for GetActionRun {
    const ID: OperationId = OperationId::GetActionRun;
    type Output = ActionRunAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetActionRunLogs {
    #[serde(rename = "ref")]
    pub project: String,
    pub run_id: String,
}

impl Operation for GetActionRunLogs {
    const ID: OperationId = OperationId::GetActionRunLogs;
    type Output = String;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateActionRunStatusAnswer {
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateActionRunStatus {
    #[serde(rename = "ref")]
    pub project: String,
    pub run_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub clone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub pull: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub health: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub configure: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub migrate: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub seed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["CREATED", "DEAD", "EXITED", "PAUSED", "REMOVING", "RESTARTING", "RUNNING"]))]
    pub deploy: Option<String>,
}

impl Operation for UpdateActionRunStatus {
    const ID: OperationId = OperationId::UpdateActionRunStatus;
    type Output = UpdateActionRunStatusAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DisableBranching {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DisableBranching {
    const ID: OperationId = OperationId::DisableBranching;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBranchesAnswer {
    pub id: String,
    pub name: String,
    pub project_ref: String,
    pub parent_project_ref: String,
    pub is_default: bool,
    #[serde(default)]
    pub git_branch: Option<String>,
    #[serde(default)]
    pub pr_number: Option<i64>,
    #[serde(default)]
    pub latest_check_run_id: Option<f64>,
    pub persistent: bool,
    pub status: String,
    pub created_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub review_requested_at: Option<String>,
    pub with_data: bool,
    #[serde(default)]
    pub notify_url: Option<String>,
    #[serde(default)]
    pub deletion_scheduled_at: Option<String>,
    #[serde(default)]
    pub preview_project_status: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListBranches {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListBranches {
    const ID: OperationId = OperationId::ListBranches;
    type Output = Vec<ListBranchesAnswer>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateBranchAnswer {
    pub id: String,
    pub name: String,
    pub project_ref: String,
    pub parent_project_ref: String,
    pub is_default: bool,
    #[serde(default)]
    pub git_branch: Option<String>,
    #[serde(default)]
    pub pr_number: Option<i64>,
    #[serde(default)]
    pub latest_check_run_id: Option<f64>,
    pub persistent: bool,
    pub status: String,
    pub created_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub review_requested_at: Option<String>,
    pub with_data: bool,
    #[serde(default)]
    pub notify_url: Option<String>,
    #[serde(default)]
    pub deletion_scheduled_at: Option<String>,
    #[serde(default)]
    pub preview_project_status: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateBranch {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub branch_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_branch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_default: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistent: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["pico", "nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "24xlarge_optimized_memory", "24xlarge_optimized_cpu", "24xlarge_high_memory", "48xlarge", "48xlarge_optimized_memory", "48xlarge_optimized_cpu", "48xlarge_high_memory"]))]
    pub desired_instance_size: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["internal", "alpha", "beta", "ga", "withdrawn", "preview"]))]
    pub release_channel: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["15", "17", "17-oriole"]))]
    pub postgres_engine: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrets: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_data: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notify_url: Option<String>,
}

impl Operation for CreateBranch {
    const ID: OperationId = OperationId::CreateBranch;
    type Output = CreateBranchAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BranchAnswer {
    pub id: String,
    pub name: String,
    pub project_ref: String,
    pub parent_project_ref: String,
    pub is_default: bool,
    #[serde(default)]
    pub git_branch: Option<String>,
    #[serde(default)]
    pub pr_number: Option<i64>,
    #[serde(default)]
    pub latest_check_run_id: Option<f64>,
    pub persistent: bool,
    pub status: String,
    pub created_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub review_requested_at: Option<String>,
    pub with_data: bool,
    #[serde(default)]
    pub notify_url: Option<String>,
    #[serde(default)]
    pub deletion_scheduled_at: Option<String>,
    #[serde(default)]
    pub preview_project_status: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetBranch {
    #[serde(rename = "ref")]
    pub project: String,
    pub name: String,
}

impl Operation for GetBranch {
    const ID: OperationId = OperationId::GetBranch;
    type Output = BranchAnswer;
}
