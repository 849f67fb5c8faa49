//! Advice on a project's database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{One, Operation, OperationId};

/// What a piece of advice is about, as far as it says so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LintMetadata {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// `table`, `view`, `function`, `auth` and so on.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fkey_name: Option<String>,
    /// Numbers of the columns within their table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fkey_columns: Option<Vec<f64>>,
}

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lint {
    /// The rule, such as `rls_disabled_in_public`.
    pub name: String,
    pub title: String,
    /// `ERROR`, `WARN` or `INFO`.
    pub level: String,
    /// `PERFORMANCE`, `SECURITY`, `HEALTH`.
    pub categories: Vec<String>,
    /// What the rule is about.
    pub description: String,
    /// What was found.
    pub detail: String,
    /// The address of a page that says what to do.
    pub remediation: String,
    #[serde(default)]
    pub metadata: Option<LintMetadata>,
    /// When it was seen, RFC 3339; told of what was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<String>,
    /// Tells this finding from all others of the project.
    pub cache_key: String,
}

/// All that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lints {
    pub lints: Vec<Lint>,
}

/// Looks for what makes the database slower than it need be, such as foreign keys without an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPerformanceAdvisors {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPerformanceAdvisors {
    const ID: OperationId = OperationId::GetPerformanceAdvisors;
    type Output = Lints;
}

/// Looks for what leaves the project open, such as tables without row level security.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSecurityAdvisors {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// `sql` leaves out what does not come from the database itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["sql"]))]
    pub lint_type: Option<String>,
}

impl Operation for GetSecurityAdvisors {
    const ID: OperationId = OperationId::GetSecurityAdvisors;
    type Output = Lints;
}

/// Checks that can be run by name (v2).
pub const CHECKS: &[&str] = &[
    "unindexed_foreign_keys",
    "auth_users_exposed",
    "auth_rls_initplan",
    "no_primary_key",
    "unused_index",
    "multiple_permissive_policies",
    "policy_exists_rls_disabled",
    "rls_enabled_no_policy",
    "duplicate_index",
    "security_definer_view",
    "function_search_path_mutable",
    "rls_disabled_in_public",
    "extension_in_public",
    "rls_references_user_metadata",
    "materialized_view_in_api",
    "foreign_table_in_api",
    "unsupported_reg_types",
    "auth_otp_long_expiry",
    "auth_otp_short_length",
    "ssl_not_enforced",
    "log_connections_not_enabled",
    "network_restrictions_not_set",
    "password_requirements_min_length",
    "pitr_not_enabled",
    "auth_leaked_password_protection",
    "auth_insufficient_mfa_options",
    "auth_password_policy_missing",
    "leaked_service_key",
    "no_backup_admin",
    "vulnerable_postgres_version",
    "db_not_reachable",
    "db_connection_failing",
    "db_connection_limit_reached",
    "instance_telemetry_lost",
    "instance_db_down",
    "instance_alert_firing",
    "log_data_api_error_rate_high",
    "log_auth_error_rate_high",
    "log_storage_error_rate_high",
    "log_edge_function_error_rate_high",
    "realtime_authorization_timeouts",
    "realtime_postgres_changes_spike",
    "realtime_concurrent_users_near_limit",
];

/// Runs checks by name, as many as 15 of them: those of the two lists of advice, and others of the project's health.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunAdvisors {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The checks.
    #[schemars(length(min = 1, max = 15), extend("items" = { "type": "string", "enum": CHECKS }))]
    pub lints: Vec<String>,
}

impl Operation for RunAdvisors {
    const ID: OperationId = OperationId::RunAdvisors;
    type Output = One<Lints>;

    fn shape(body: &mut Map<String, Value>) {
        let lints = body
            .get_mut("data")
            .and_then(|data| data.pointer_mut("/attributes/lints"));
        for lint in lints.and_then(Value::as_array_mut).into_iter().flatten() {
            *lint = json!({ "name": lint.take() });
        }
    }
}
