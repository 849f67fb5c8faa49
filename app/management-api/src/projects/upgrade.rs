//! Upgrading Postgres.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradePostgresAnswer {
    pub tracking_id: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpgradePostgres {
    #[serde(rename = "ref")]
    pub project: String,
    pub target_version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["internal", "alpha", "beta", "ga", "withdrawn", "preview"]))]
    pub release_channel: Option<String>,
}

impl Operation for UpgradePostgres {
    const ID: OperationId = OperationId::UpgradePostgres;
    type Output = UpgradePostgresAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeEligibilityAnswerTargetUpgradeVersion {
    pub postgres_version: String,
    pub release_channel: String,
    pub app_version: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeEligibilityAnswer {
    pub eligible: bool,
    pub current_app_version: String,
    pub current_app_version_release_channel: String,
    pub latest_app_version: String,
    pub target_upgrade_versions: Vec<UpgradeEligibilityAnswerTargetUpgradeVersion>,
    pub duration_estimate_hours: f64,
    pub legacy_auth_custom_roles: Vec<String>,
    pub objects_to_be_dropped: Vec<String>,
    pub unsupported_extensions: Vec<String>,
    pub user_defined_objects_in_internal_schemas: Vec<String>,
    pub validation_errors: Vec<Value>,
    pub warnings: Vec<Value>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetUpgradeEligibility {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetUpgradeEligibility {
    const ID: OperationId = OperationId::GetUpgradeEligibility;
    type Output = UpgradeEligibilityAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeStatusAnswerDatabaseUpgradeStatus {
    pub initiated_at: String,
    pub latest_status_at: String,
    pub target_version: f64,
    #[serde(default)]
    pub error: Option<String>,
    #[serde(default)]
    pub progress: Option<String>,
    pub status: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeStatusAnswer {
    #[serde(rename = "databaseUpgradeStatus", default)]
    pub database_upgrade_status: Option<UpgradeStatusAnswerDatabaseUpgradeStatus>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetUpgradeStatus {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<String>,
}

impl Operation for GetUpgradeStatus {
    const ID: OperationId = OperationId::GetUpgradeStatus;
    type Output = UpgradeStatusAnswer;
}
