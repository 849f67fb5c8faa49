//! The health of a project's services.

use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

/// The health of each service of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetServicesHealth {
    #[serde(rename = "ref")]
    pub project: String,
}

/// The services the health page asks about; the API answers only for those that are named.
pub const SERVICES: &[&str] = &["auth", "db", "pooler", "realtime", "rest", "storage"];

impl Operation for GetServicesHealth {
    const ID: OperationId = OperationId::GetServicesHealth;
    type Output = Vec<ServiceHealth>;

    fn path(&self) -> Vec<(&'static str, &str)> {
        vec![("ref", &self.project)]
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        SERVICES
            .iter()
            .map(|service| ("services", (*service).to_owned()))
            .collect()
    }
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
