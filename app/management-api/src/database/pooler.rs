//! The connection poolers.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Operation, OperationId};

/// Settings of the project's own PgBouncer; a field is missing where the service does not tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PgbouncerConfig {
    #[serde(default)]
    pub default_pool_size: Option<i64>,
    #[serde(default)]
    pub ignore_startup_parameters: Option<String>,
    #[serde(default)]
    pub max_client_conn: Option<i64>,
    /// `transaction`, `session` or `statement`.
    #[serde(default)]
    pub pool_mode: Option<String>,
    #[serde(default)]
    pub connection_string: Option<String>,
    /// Seconds.
    #[serde(default)]
    pub server_idle_timeout: Option<i64>,
    /// Seconds.
    #[serde(default)]
    pub server_lifetime: Option<i64>,
    /// Seconds.
    #[serde(default)]
    pub query_wait_timeout: Option<i64>,
    #[serde(default)]
    pub reserve_pool_size: Option<i64>,
}

/// Shows the settings of the project's dedicated pooler, PgBouncer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPgbouncerConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPgbouncerConfig {
    const ID: OperationId = OperationId::GetPgbouncerConfig;
    type Output = PgbouncerConfig;
}

/// How one database is reached through the shared pooler.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pooler {
    /// The project's ref, or the replica's identifier.
    pub identifier: String,
    /// `PRIMARY` or `READ_REPLICA`.
    pub database_type: String,
    pub is_using_scram_auth: bool,
    pub db_user: String,
    pub db_host: String,
    pub db_port: i64,
    pub db_name: String,
    /// With a placeholder where the password belongs.
    pub connection_string: String,
    /// `None`: as the compute size has it.
    #[serde(default)]
    pub default_pool_size: Option<i64>,
    /// `None`: as the compute size has it.
    #[serde(default)]
    pub max_client_conn: Option<i64>,
    /// `transaction` or `session`.
    pub pool_mode: String,
}

/// Shows how each of the project's databases is reached through the pooler.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPoolerConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPoolerConfig {
    const ID: OperationId = OperationId::GetPoolerConfig;
    type Output = Vec<Pooler>;
}

/// The pooler's settings after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolerSettings {
    #[serde(default)]
    pub default_pool_size: Option<i64>,
    pub pool_mode: String,
}

/// Changes the pool's size and the dedicated pooler's mode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdatePoolerConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// Connections to Postgres for each user and database. `null` goes back to what the compute size has.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 3000))]
    pub default_pool_size: Option<Option<i64>>,
    /// Whether a connection is lent for a transaction or for a whole session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["transaction", "session"]))]
    pub pool_mode: Option<String>,
}

/// Tells `null` from a field that is missing.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Operation for UpdatePoolerConfig {
    const ID: OperationId = OperationId::UpdatePoolerConfig;
    type Output = PoolerSettings;
}
