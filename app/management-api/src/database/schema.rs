//! What a schema looks like from outside: types, documents and metadata.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Operation, OperationId};

/// A schema of a database. The service may tell more of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchemaName {
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseSchemas {
    pub name: String,
    pub schemas: Vec<SchemaName>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseMetadata {
    pub databases: Vec<DatabaseSchemas>,
}

/// Reads which databases and schemas the project has. At most one call a second and ten a minute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDatabaseMetadata {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDatabaseMetadata {
    const ID: OperationId = OperationId::GetDatabaseMetadata;
    type Output = DatabaseMetadata;
}

/// Reads the OpenAPI 2 document of the Data API for one schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDatabaseOpenapi {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The schema; `public` if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
}

impl Operation for GetDatabaseOpenapi {
    const ID: OperationId = OperationId::GetDatabaseOpenapi;
    type Output = Map<String, Value>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypescriptTypes {
    /// A whole TypeScript file.
    pub types: String,
}

/// Writes the TypeScript types of the project's tables, views, functions and enums, for use with supabase-js.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GenerateTypescriptTypes {
    /// Schemas, with commas between them; `public` if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included_schemas: Option<String>,
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GenerateTypescriptTypes {
    const ID: OperationId = OperationId::GenerateTypescriptTypes;
    type Output = TypescriptTypes;
}
