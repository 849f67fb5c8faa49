//! The Data API: PostgREST and its settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId, Secret};

/// Settings of the Data API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostgrestConfig {
    /// Names of the exposed schemas, joined by commas; empty where the Data API is off.
    pub db_schema: String,
    /// The most rows of one answer.
    pub max_rows: i64,
    /// Names of further schemas that are searched, joined by commas.
    pub db_extra_search_path: String,
    /// `None`: as the compute size has it.
    #[serde(default)]
    pub db_pool: Option<i64>,
    /// Seconds; `None`: as PostgREST has it.
    #[serde(default)]
    pub db_pool_acquisition_timeout: Option<i64>,
    /// Seconds; `None`: as PostgREST has it.
    #[serde(default)]
    pub db_pool_max_idletime: Option<i64>,
    /// Seconds; `None`: as PostgREST has it.
    #[serde(default)]
    pub db_pool_max_lifetime: Option<i64>,
    /// What the project's legacy tokens are signed with; the answer to a change leaves it out.
    #[serde(default)]
    pub jwt_secret: Option<Secret>,
}

/// Shows the settings of the Data API, and the secret that legacy tokens are signed with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPostgrestConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPostgrestConfig {
    const ID: OperationId = OperationId::GetPostgrestConfig;
    type Output = PostgrestConfig;
}

/// Changes which schemas the Data API exposes, and how much it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdatePostgrestConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// Names of further schemas that are searched, such as `public, extensions`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub db_extra_search_path: Option<String>,
    /// Names of the exposed schemas, such as `public,graphql_public`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub db_schema: Option<String>,
    /// The most rows of one answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1000000))]
    pub max_rows: Option<i64>,
    /// Connections that the Data API keeps to Postgres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1000))]
    pub db_pool: Option<i64>,
    /// Seconds that a request waits for a free connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 60))]
    pub db_pool_acquisition_timeout: Option<i64>,
    /// Seconds after which a connection that is not used is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 60))]
    pub db_pool_max_idletime: Option<i64>,
    /// Seconds after which a connection is closed, used or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 3600))]
    pub db_pool_max_lifetime: Option<i64>,
}

impl Operation for UpdatePostgrestConfig {
    const ID: OperationId = OperationId::UpdatePostgrestConfig;
    type Output = PostgrestConfig;
}
