//! Compute: programs of one's own beside the database. In private alpha, where every part of it may change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, One, Operation, OperationId, Page, Secret};

/// How a program is to run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComputeSpec {
    /// What runs it, where it is built from no context of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime: Option<String>,
    /// The size of each machine.
    pub size: String,
    /// Who can reach it.
    pub exposure: String,
    /// How many of it run.
    pub instances: i64,
    /// Which secrets it sees: `all`, `supabase`, `none`, or a list such as `[{"secret_name": "KEY"}]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrets_scope: Option<Value>,
}

/// A program. The id beside it is its name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ComputeInstance {
    #[serde(default)]
    pub spec: Option<ComputeSpec>,
    /// `building`, `active`, `failed`, or a word that came later.
    pub build_state: String,
    /// Why, where it failed.
    #[serde(default)]
    pub state_reason: Option<String>,
    #[serde(default)]
    pub image_version: Option<String>,
    /// Whether it is on its way out.
    #[serde(default)]
    pub deleting: Option<bool>,
    #[serde(default)]
    pub instances: Option<Counts>,
    /// Why they could not be counted.
    #[serde(default)]
    pub instances_error: Option<String>,
}

/// How many of it there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    #[serde(default)]
    pub declared: f64,
    #[serde(default)]
    pub live: f64,
    #[serde(default)]
    pub ready: f64,
    #[serde(default)]
    pub stale: f64,
}

/// The programs of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListCompute {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListCompute {
    const ID: OperationId = OperationId::ListCompute;
    type Output = Page<ComputeInstance>;
}

/// One program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetCompute {
    #[serde(rename = "ref")]
    pub project: String,
    /// Its name.
    #[schemars(regex(pattern = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"))]
    pub name: String,
}

impl Operation for GetCompute {
    const ID: OperationId = OperationId::GetCompute;
    type Output = One<ComputeInstance>;
}

/// Ends a program and takes it away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteCompute {
    #[serde(rename = "ref")]
    pub project: String,
    /// Its name.
    #[schemars(regex(pattern = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"))]
    pub name: String,
}

impl Operation for DeleteCompute {
    const ID: OperationId = OperationId::DeleteCompute;
    type Output = Nothing;
}

/// Asks for a place to send the sources of a program to, packed as `.tar.gz`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreateComputeUpload {
    #[serde(rename = "ref")]
    pub project: String,
    /// The program's name.
    #[schemars(regex(pattern = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"))]
    pub name: String,
}

impl Operation for CreateComputeUpload {
    const ID: OperationId = OperationId::CreateComputeUpload;
    type Output = One<ComputeUpload>;
}

/// Where the sources go. Whoever has the address can put something there until it ends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ComputeUpload {
    pub url: Secret,
    #[serde(default)]
    pub method: Option<String>,
    /// RFC 3339.
    #[serde(default)]
    pub expires_at: Option<String>,
}

/// Builds a program from what was sent to its upload, and runs it; a program that is there already is replaced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeployCompute {
    #[serde(rename = "ref")]
    pub project: String,
    /// The program's name: lower-case letters, digits and inner hyphens.
    #[schemars(regex(pattern = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"))]
    pub name: String,
    /// How it is to run.
    pub spec: ComputeSpec,
    /// The id of the upload that holds its sources; needed unless a runtime is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context_upload_id: Option<String>,
}

impl Operation for DeployCompute {
    const ID: OperationId = OperationId::DeployCompute;
    type Output = One<ComputeInstance>;
}
