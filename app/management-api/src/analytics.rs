//! How much a project's API is used.

use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

/// API requests over time. The API allows 30 of these calls a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetApiUsage {
    #[serde(rename = "ref")]
    pub project: String,
    /// Length of the window: `15min`, `30min`, `1hr`, `3hr`, `1day`, `3day` or `7day`.
    pub interval: String,
}

impl Operation for GetApiUsage {
    const ID: OperationId = OperationId::GetApiUsage;
    type Output = ApiUsage;

    fn path(&self) -> Vec<(&'static str, &str)> {
        vec![("ref", &self.project)]
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("interval", self.interval.clone())]
    }
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetApiRequestCount {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetApiRequestCount {
    const ID: OperationId = OperationId::GetApiRequestCount;
    type Output = ApiRequestCount;

    fn path(&self) -> Vec<(&'static str, &str)> {
        vec![("ref", &self.project)]
    }
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
