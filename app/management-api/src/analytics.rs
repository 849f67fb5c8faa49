//! How much a project's API is used.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Operation, OperationId};

/// API requests over time. The API allows 30 of these calls a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetApiUsage {
    #[serde(rename = "ref")]
    pub project: String,
    /// Length of the window: `15min`, `30min`, `1hr`, `3hr`, `1day`, `3day` or `7day`.
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionStatsAnswer {
    #[serde(default)]
    pub result: Option<Vec<Value>>,
    #[serde(default)]
    pub error: Value,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetFunctionStats {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(extend("enum" = ["15min", "1hr", "3hr", "1day"]))]
    pub interval: String,
    pub function_id: String,
}

impl Operation for GetFunctionStats {
    const ID: OperationId = OperationId::GetFunctionStats;
    type Output = FunctionStatsAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueryLogsAnswer {
    #[serde(default)]
    pub result: Option<Vec<Value>>,
    #[serde(default)]
    pub error: Value,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QueryLogs {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso_timestamp_start: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso_timestamp_end: Option<String>,
}

impl Operation for QueryLogs {
    const ID: OperationId = OperationId::QueryLogs;
    type Output = QueryLogsAnswer;
}
