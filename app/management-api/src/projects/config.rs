//! Every setting of a project in one answer. In alpha.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{One, Operation, OperationId};

/// Reads all settings of a project at once, those that were never set with the platform's own values. Secrets come as
/// digests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetProjectConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetProjectConfig {
    const ID: OperationId = OperationId::GetProjectConfig;
    type Output = One<ProjectConfig>;
}

/// The settings by area, as they came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProjectConfig {
    #[serde(default)]
    pub database: Option<Value>,
    #[serde(default)]
    pub pooler: Option<Value>,
    /// By the names of the v1 operation, in lower case.
    #[serde(default)]
    pub auth: Option<Value>,
    #[serde(default)]
    pub api: Option<Value>,
    #[serde(default)]
    pub realtime: Option<Value>,
    #[serde(default)]
    pub storage: Option<Value>,
}
