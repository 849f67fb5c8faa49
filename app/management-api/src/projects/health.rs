//! The health of a project's services.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

/// The health of each service of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetServicesHealth {
    #[serde(rename = "ref")]
    pub project: String,
    /// The API answers only for those that are named.
    pub services: Vec<String>,
    /// Milliseconds each service is waited for, at most 10,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10000))]
    pub timeout_ms: Option<u32>,
}

impl GetServicesHealth {
    /// Asks about all [`SERVICES`].
    pub fn of(project: String) -> Self {
        Self {
            project,
            services: all(),
            timeout_ms: None,
        }
    }
}

fn all() -> Vec<String> {
    SERVICES.iter().map(|service| (*service).to_owned()).collect()
}

/// The services the health page asks about.
pub const SERVICES: &[&str] = &["auth", "db", "pooler", "realtime", "rest", "storage"];

impl Operation for GetServicesHealth {
    const ID: OperationId = OperationId::GetServicesHealth;
    type Output = Vec<ServiceHealth>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceHealth {
    pub name: String,
    /// `COMING_UP`, `ACTIVE_HEALTHY` or `UNHEALTHY`.
    pub status: String,
    #[serde(default)]
    pub info: Option<ServiceInfo>,
    #[serde(default)]
    pub error: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceInfo {
    #[serde(default)]
    pub version: Option<String>,
}
