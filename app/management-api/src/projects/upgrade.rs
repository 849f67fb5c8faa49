//! Upgrading Postgres.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Operation, OperationId};

/// Upgrades Postgres to another version. The project is down until it is done, and there is no way back but a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpgradePostgres {
    #[serde(rename = "ref")]
    pub project: String,
    /// One of the versions that the project is eligible for: a major version such as `17`, or an image's full version.
    pub target_version: String,
    /// How mature the version is; `ga` where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["internal", "alpha", "beta", "ga", "withdrawn", "preview"]))]
    pub release_channel: Option<String>,
}

impl Operation for UpgradePostgres {
    const ID: OperationId = OperationId::UpgradePostgres;
    type Output = UpgradeStarted;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeStarted {
    /// To ask for this upgrade's status.
    pub tracking_id: String,
}

/// Which versions the project's Postgres can be upgraded to, and what stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetUpgradeEligibility {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetUpgradeEligibility {
    const ID: OperationId = OperationId::GetUpgradeEligibility;
    type Output = UpgradeEligibility;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeEligibility {
    pub eligible: bool,
    /// The running image, such as `supabase-postgres-15.8.1.121`.
    pub current_app_version: String,
    #[serde(default)]
    pub current_app_version_release_channel: String,
    /// The newest image there is.
    #[serde(default)]
    pub latest_app_version: String,
    /// The images it can be upgraded to; empty where it runs the newest.
    #[serde(default)]
    pub target_upgrade_versions: Vec<UpgradeTarget>,
    #[serde(default)]
    pub duration_estimate_hours: f64,
    /// Roles that must be moved to another way of storing passwords first.
    #[serde(default)]
    pub legacy_auth_custom_roles: Vec<String>,
    /// What stands in the way.
    #[serde(default)]
    pub validation_errors: Vec<UpgradeFinding>,
    /// What will work differently afterwards.
    #[serde(default)]
    pub warnings: Vec<UpgradeFinding>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeTarget {
    /// Major version, such as `17` or `17-oriole`.
    pub postgres_version: String,
    #[serde(default)]
    pub release_channel: String,
    pub app_version: String,
}

/// One finding of the check: its kind, and the names of what is concerned, which differ from kind to kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeFinding {
    #[serde(rename = "type")]
    pub kind: String,
    /// Such as `extension_name`, or `schema_name` with `table_name`.
    #[serde(flatten)]
    pub details: Map<String, Value>,
}

/// How far the latest upgrade is, or the one with this tracking id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetUpgradeStatus {
    #[serde(rename = "ref")]
    pub project: String,
    /// From the answer that started the upgrade; leave it out for the latest one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<String>,
}

impl Operation for GetUpgradeStatus {
    const ID: OperationId = OperationId::GetUpgradeStatus;
    type Output = UpgradeStatus;
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpgradeStatus {
    /// `None` where nothing was ever upgraded.
    #[serde(rename = "databaseUpgradeStatus", default)]
    pub upgrade: Option<Upgrade>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Upgrade {
    /// RFC 3339.
    pub initiated_at: String,
    /// When the progress changed last, RFC 3339.
    pub latest_status_at: String,
    /// Major version of PostgreSQL; a number until the autumn of 2026, a text since.
    #[serde(default, deserialize_with = "crate::tolerant::text")]
    pub target_version: String,
    /// A numbered word such as `5_data_upgrade_completion_failed`.
    #[serde(default)]
    pub error: Option<String>,
    /// A numbered word from `0_requested` to `10_completed_post_physical_backup`.
    #[serde(default)]
    pub progress: Option<String>,
    /// See [`Upgrade::RUNNING`] and the two after it.
    pub status: f64,
}

impl Upgrade {
    /// The three numbers of `status`, as Supabase's own dashboard reads them; the API document names none.
    pub const RUNNING: f64 = 0.0;
    pub const DONE: f64 = 1.0;
    pub const FAILED: f64 = 2.0;
}
