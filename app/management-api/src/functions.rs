//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListFunctionsAnswer {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    #[serde(default)]
    pub verify_jwt: Option<bool>,
    #[serde(default)]
    pub import_map: Option<bool>,
    #[serde(default)]
    pub entrypoint_path: Option<String>,
    #[serde(default)]
    pub import_map_path: Option<String>,
    #[serde(default)]
    pub ezbr_sha256: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListFunctions {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListFunctions {
    const ID: OperationId = OperationId::ListFunctions;
    type Output = Vec<ListFunctionsAnswer>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateFunctionBody {
    pub slug: String,
    pub name: String,
    pub body: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_jwt: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateFunctionAnswer {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    #[serde(default)]
    pub verify_jwt: Option<bool>,
    #[serde(default)]
    pub import_map: Option<bool>,
    #[serde(default)]
    pub entrypoint_path: Option<String>,
    #[serde(default)]
    pub import_map_path: Option<String>,
    #[serde(default)]
    pub ezbr_sha256: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateFunction {
    #[serde(rename = "ref")]
    pub project: String,
    pub function: CreateFunctionBody,
}

impl Operation for CreateFunction {
    const ID: OperationId = OperationId::CreateFunction;
    type Output = CreateFunctionAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkUpdateFunctionsItem {
    pub id: String,
    pub slug: String,
    pub name: String,
    #[schemars(extend("enum" = ["ACTIVE", "REMOVED", "THROTTLED"]))]
    pub status: String,
    pub version: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_jwt: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_map: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrypoint_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_map_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ezbr_sha256: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkUpdateFunctionsAnswerFunction {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    #[serde(default)]
    pub verify_jwt: Option<bool>,
    #[serde(default)]
    pub import_map: Option<bool>,
    #[serde(default)]
    pub entrypoint_path: Option<String>,
    #[serde(default)]
    pub import_map_path: Option<String>,
    #[serde(default)]
    pub ezbr_sha256: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkUpdateFunctionsAnswer {
    pub functions: Vec<BulkUpdateFunctionsAnswerFunction>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkUpdateFunctions {
    #[serde(rename = "ref")]
    pub project: String,
    pub functions: Vec<BulkUpdateFunctionsItem>,
}

impl Operation for BulkUpdateFunctions {
    const ID: OperationId = OperationId::BulkUpdateFunctions;
    type Output = BulkUpdateFunctionsAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeployFunctionMetadata {
    pub entrypoint_path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_map_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub static_patterns: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_jwt: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeployFunctionAnswer {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub version: i64,
    #[serde(default)]
    pub created_at: Option<i64>,
    #[serde(default)]
    pub updated_at: Option<i64>,
    #[serde(default)]
    pub verify_jwt: Option<bool>,
    #[serde(default)]
    pub import_map: Option<bool>,
    #[serde(default)]
    pub entrypoint_path: Option<String>,
    #[serde(default)]
    pub import_map_path: Option<String>,
    #[serde(default)]
    pub ezbr_sha256: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeployFunction {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    #[serde(rename = "bundleOnly", default, skip_serializing_if = "Option::is_none")]
    pub bundle_only: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Vec<String>>,
    pub metadata: DeployFunctionMetadata,
}

impl Operation for DeployFunction {
    const ID: OperationId = OperationId::DeployFunction;
    type Output = DeployFunctionAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteFunction {
    #[serde(rename = "ref")]
    pub project: String,
    pub function_slug: String,
}

impl Operation for DeleteFunction {
    const ID: OperationId = OperationId::DeleteFunction;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionAnswer {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    #[serde(default)]
    pub verify_jwt: Option<bool>,
    #[serde(default)]
    pub import_map: Option<bool>,
    #[serde(default)]
    pub entrypoint_path: Option<String>,
    #[serde(default)]
    pub import_map_path: Option<String>,
    #[serde(default)]
    pub ezbr_sha256: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetFunction {
    #[serde(rename = "ref")]
    pub project: String,
    pub function_slug: String,
}

impl Operation for GetFunction {
    const ID: OperationId = OperationId::GetFunction;
    type Output = FunctionAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateFunctionBody {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_jwt: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateFunctionAnswer {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub status: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    #[serde(default)]
    pub verify_jwt: Option<bool>,
    #[serde(default)]
    pub import_map: Option<bool>,
    #[serde(default)]
    pub entrypoint_path: Option<String>,
    #[serde(default)]
    pub import_map_path: Option<String>,
    #[serde(default)]
    pub ezbr_sha256: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateFunction {
    #[serde(rename = "ref")]
    pub project: String,
    pub function_slug: String,
    pub function: UpdateFunctionBody,
}

impl Operation for UpdateFunction {
    const ID: OperationId = OperationId::UpdateFunction;
    type Output = UpdateFunctionAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetFunctionBody {
    #[serde(rename = "ref")]
    pub project: String,
    pub function_slug: String,
}

impl Operation for GetFunctionBody {
    const ID: OperationId = OperationId::GetFunctionBody;
    type Output = String;
}
