//! How much a project's API is used, its logs, where they are sent, and its metrics.

mod drains;
pub mod metrics;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::drains::*;
use crate::{Nothing, Operation, OperationId};

/// API requests over time. The API allows 30 of these calls a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetApiUsage {
    #[serde(rename = "ref")]
    pub project: String,
    /// Length of the window.
    #[schemars(extend("enum" = ["15min", "30min", "1hr", "3hr", "1day", "3day", "7day"]))]
    pub interval: String,
}

impl Operation for GetApiUsage {
    const ID: OperationId = OperationId::GetApiUsage;
    type Output = ApiUsage;
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ApiUsage {
    #[serde(default)]
    pub result: Vec<ApiUsagePoint>,
}

/// Requests since the previous point, by service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiUsagePoint {
    /// RFC 3339.
    pub timestamp: String,
    #[serde(default, rename = "total_auth_requests")]
    pub auth: f64,
    #[serde(default, rename = "total_realtime_requests")]
    pub realtime: f64,
    #[serde(default, rename = "total_rest_requests")]
    pub rest: f64,
    #[serde(default, rename = "total_storage_requests")]
    pub storage: f64,
}

/// API requests in all. The API allows 30 of these calls a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetApiRequestCount {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetApiRequestCount {
    const ID: OperationId = OperationId::GetApiRequestCount;
    type Output = ApiRequestCount;
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ApiRequestCount {
    #[serde(default)]
    pub result: Vec<Count>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    pub count: f64,
}

/// Calls of one Edge Function over time, with the time and memory they took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetFunctionStats {
    #[serde(rename = "ref")]
    pub project: String,
    /// Length of the window.
    #[schemars(extend("enum" = ["15min", "1hr", "3hr", "1day"]))]
    pub interval: String,
    /// The function's id, a UUID, and not its slug.
    pub function_id: String,
}

impl Operation for GetFunctionStats {
    const ID: OperationId = OperationId::GetFunctionStats;
    type Output = AnalyticsRows;
}

/// What the project's machine and services measure of themselves, as Prometheus reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScrapeMetrics {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ScrapeMetrics {
    const ID: OperationId = OperationId::ScrapeMetrics;
    type Output = String;
}

/// Asked the logs in SQL of another kind until September 2026. It is gone, and the service says so whatever is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueryLogsBefore {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for QueryLogsBefore {
    const ID: OperationId = OperationId::QueryLogsBefore;
    type Output = Nothing;
}

/// Asks the project's logs with SQL, of at most 24 hours at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueryLogs {
    #[serde(rename = "ref")]
    pub project: String,
    /// A query in ClickHouse's SQL over the one table `logs`: `id`, `timestamp`, `event_message`, `severity_text`, `source`
    /// (`edge_logs`, `postgres_logs`, `auth_logs`, `function_logs` and others) and `log_attributes`, a map of texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
    /// Begin of the window, RFC 3339. Without begin and end it is the last minute; it is at most 24 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub iso_timestamp_start: Option<String>,
    /// End of the window, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub iso_timestamp_end: Option<String>,
}

impl Operation for QueryLogs {
    const ID: OperationId = OperationId::QueryLogs;
    type Output = AnalyticsRows;
}

/// Rows whose columns depend on what was asked, or what is wrong with the question: that comes with status 200, too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AnalyticsRows {
    #[serde(default)]
    pub result: Option<Vec<Value>>,
    #[serde(default)]
    pub error: Option<AnalyticsError>,
}

/// A sentence, or an object around one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnalyticsError {
    Text(String),
    Details {
        message: String,
        #[serde(default)]
        code: f64,
        /// Such as `INVALID_ARGUMENT`.
        #[serde(default)]
        status: String,
    },
    Other(Value),
}

impl AnalyticsError {
    /// What went wrong, in the service's words.
    pub fn message(&self) -> String {
        match self {
            Self::Text(message) | Self::Details { message, .. } => message.clone(),
            Self::Other(value) => value.to_string(),
        }
    }
}
