//! Deploying functions, and changing what is known of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Function;
use crate::{Operation, OperationId, Upload};

/// What a deployment tells of the function beside its files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeployMetadata {
    /// The file that answers requests, by the name it is uploaded under.
    pub entrypoint_path: String,
    /// The import map or `deno.json`, by the name it is uploaded under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_map_path: Option<String>,
    /// Patterns of the files that are put beside the function unchanged, such as `assets/*.html`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub static_patterns: Option<Vec<String>>,
    /// Lets only requests with a valid JWT of the project through. On unless it is turned off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_jwt: Option<bool>,
    /// The function's name; its slug where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Bundles files into a function and puts it online: a new one, or the next version of the one with this slug.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeployFunction {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The function's slug: a letter, then letters, digits, `-` and `_`. The name serves where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9_-]*$"))]
    pub slug: Option<String>,
    /// Only bundles, without putting anything online. A bulk update then publishes the bundle.
    #[serde(rename = "bundleOnly", default, skip_serializing_if = "Option::is_none")]
    pub bundle_only: Option<bool>,
    /// The function's files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file: Vec<Upload>,
    pub metadata: DeployMetadata,
}

impl Operation for DeployFunction {
    const ID: OperationId = OperationId::DeployFunction;
    type Output = Function;
}

/// A function of a single file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NewFunction {
    /// A letter, then letters, digits, `-` and `_`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9_-]*$"))]
    pub slug: String,
    pub name: String,
    /// The source.
    pub body: String,
    /// Lets only requests with a valid JWT of the project through. On unless it is turned off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_jwt: Option<bool>,
}

/// Creates a function from the text of a single file. Deploying does the same and more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateFunction {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    pub function: NewFunction,
}

impl Operation for CreateFunction {
    const ID: OperationId = OperationId::CreateFunction;
    type Output = Function;
}

/// What becomes of a function; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FunctionChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The source, of one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Lets only requests with a valid JWT of the project through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_jwt: Option<bool>,
}

/// Changes a function: its name, its source, where it begins, or who may call it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateFunction {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The function's slug.
    pub function_slug: String,
    /// The file that answers requests, by its path in the bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrypoint_path: Option<String>,
    /// The import map, by its path in the bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_map_path: Option<String>,
    pub function: FunctionChange,
}

impl Operation for UpdateFunction {
    const ID: OperationId = OperationId::UpdateFunction;
    type Output = Function;
}

/// One function of a bulk update.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FunctionUpdate {
    /// The function's id, as a bundle-only deployment answered it.
    pub id: String,
    /// A letter, then letters, digits, `-` and `_`.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9_-]*$"))]
    pub slug: String,
    pub name: String,
    #[schemars(extend("enum" = ["ACTIVE", "REMOVED", "THROTTLED"]))]
    pub status: String,
    /// The version it has from now on; it does not count up by itself here.
    pub version: i64,
    /// Milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<i64>,
    /// Lets only requests with a valid JWT of the project through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_jwt: Option<bool>,
    /// Whether the source uses an import map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_map: Option<bool>,
    /// The path of the file that answers requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrypoint_path: Option<String>,
    /// The path of the import map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_map_path: Option<String>,
    /// SHA-256 of the bundle, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ezbr_sha256: Option<String>,
}

/// Creates or replaces several functions in one go; functions that are not listed stay as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkUpdateFunctions {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    pub functions: Vec<FunctionUpdate>,
}

/// The functions of a bulk update, as they are now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionUpdates {
    pub functions: Vec<Function>,
}

impl Operation for BulkUpdateFunctions {
    const ID: OperationId = OperationId::BulkUpdateFunctions;
    type Output = FunctionUpdates;
}
