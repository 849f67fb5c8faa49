//! What a schema looks like from outside: types, documents, metadata, snippets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseMetadataAnswerDatabaseSchema {
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseMetadataAnswerDatabase {
    pub name: String,
    pub schemas: Vec<DatabaseMetadataAnswerDatabaseSchema>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseMetadataAnswer {
    pub databases: Vec<DatabaseMetadataAnswerDatabase>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDatabaseMetadata {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDatabaseMetadata {
    const ID: OperationId = OperationId::GetDatabaseMetadata;
    type Output = DatabaseMetadataAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDatabaseOpenapi {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
}

impl Operation for GetDatabaseOpenapi {
    const ID: OperationId = OperationId::GetDatabaseOpenapi;
    type Output = Map<String, Value>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GenerateTypescriptTypesAnswer {
    pub types: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GenerateTypescriptTypes {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included_schemas: Option<String>,
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GenerateTypescriptTypes {
    const ID: OperationId = OperationId::GenerateTypescriptTypes;
    type Output = GenerateTypescriptTypesAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswerDataProject {
    pub id: f64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswerDataOwner {
    pub id: f64,
    pub username: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswerDataUpdatedBy {
    pub id: f64,
    pub username: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswerData {
    pub id: String,
    pub inserted_at: String,
    pub updated_at: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub visibility: String,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    pub project: ListSnippetsAnswerDataProject,
    pub owner: ListSnippetsAnswerDataOwner,
    pub updated_by: ListSnippetsAnswerDataUpdatedBy,
    pub favorite: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSnippetsAnswer {
    pub data: Vec<ListSnippetsAnswerData>,
    #[serde(default)]
    pub cursor: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSnippets {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 20, max = 20))]
    pub project_ref: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["name", "inserted_at"]))]
    pub sort_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["asc", "desc"]))]
    pub sort_order: Option<String>,
}

impl Operation for ListSnippets {
    const ID: OperationId = OperationId::ListSnippets;
    type Output = ListSnippetsAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswerProject {
    pub id: f64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswerOwner {
    pub id: f64,
    pub username: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswerUpdatedBy {
    pub id: f64,
    pub username: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswerContent {
    #[serde(default)]
    pub favorite: Option<bool>,
    pub schema_version: String,
    pub sql: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnippetAnswer {
    pub id: String,
    pub inserted_at: String,
    pub updated_at: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub visibility: String,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    pub project: SnippetAnswerProject,
    pub owner: SnippetAnswerOwner,
    pub updated_by: SnippetAnswerUpdatedBy,
    pub favorite: bool,
    pub content: SnippetAnswerContent,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSnippet {
    pub id: String,
}

impl Operation for GetSnippet {
    const ID: OperationId = OperationId::GetSnippet;
    type Output = SnippetAnswer;
}
