//! SQL: queries and migrations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RollbackMigrations {
    #[serde(rename = "ref")]
    pub project: String,
    pub gte: String,
}

impl Operation for RollbackMigrations {
    const ID: OperationId = OperationId::RollbackMigrations;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListMigrationsAnswer {
    pub version: String,
    #[serde(default)]
    pub name: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListMigrations {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListMigrations {
    const ID: OperationId = OperationId::ListMigrations;
    type Output = Vec<ListMigrationsAnswer>;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplyMigration {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
}

impl Operation for ApplyMigration {
    const ID: OperationId = OperationId::ApplyMigration;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpsertMigration {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
}

impl Operation for UpsertMigration {
    const ID: OperationId = OperationId::UpsertMigration;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MigrationAnswer {
    pub version: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub statements: Option<Vec<String>>,
    #[serde(default)]
    pub rollback: Option<Vec<String>>,
    #[serde(default)]
    pub created_by: Option<String>,
    #[serde(default)]
    pub idempotency_key: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetMigration {
    #[serde(rename = "ref")]
    pub project: String,
    pub version: String,
}

impl Operation for GetMigration {
    const ID: OperationId = OperationId::GetMigration;
    type Output = MigrationAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatchMigration {
    #[serde(rename = "ref")]
    pub project: String,
    pub version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
}

impl Operation for PatchMigration {
    const ID: OperationId = OperationId::PatchMigration;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunQuery {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<bool>,
}

impl Operation for RunQuery {
    const ID: OperationId = OperationId::RunQuery;
    type Output = Value;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunReadOnlyQuery {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub query: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<Value>>,
}

impl Operation for RunReadOnlyQuery {
    const ID: OperationId = OperationId::RunReadOnlyQuery;
    type Output = Value;
}
