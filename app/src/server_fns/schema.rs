//! What a database holds, read from its catalogue by queries that only read: its objects, and one table with its parts.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::database::{QueryAnswer, RunReadOnlyQuery};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{call::call, error::ConsoleError, schema::relations::Relations};

/// A table, view, function, type or extension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchemaObject {
    pub schema: String,
    pub name: String,
    /// `table`, `view`, `function`, `type` or `extension`.
    pub kind: String,
    /// What PostgreSQL says of it beside: a function's arguments, the values of an enumeration, an extension's version, that a
    /// table is foreign.
    pub detail: String,
    /// Rows by the planner's estimate; `None` where nothing was counted yet, and for what has none.
    pub rows: Option<i64>,
    /// Bytes on the disk, indexes included.
    pub bytes: Option<i64>,
    /// Whether row level security is on, of tables.
    pub rls: Option<bool>,
    pub policies: i64,
}

impl SchemaObject {
    /// Whether it is Supabase's own. Which extensions there are is told of all schemas, for they lie in Supabase's by custom.
    pub fn is_internal(&self) -> bool {
        self.kind != "extension" && INTERNAL.contains(&self.schema.as_str())
    }
}

/// Schemas that Supabase sets up.
const INTERNAL: &[&str] = &[
    "_realtime",
    "auth",
    "cron",
    "extensions",
    "graphql",
    "graphql_public",
    "net",
    "pgbouncer",
    "pgmq",
    "pgsodium",
    "pgsodium_masks",
    "pgtle",
    "realtime",
    "storage",
    "supabase_functions",
    "supabase_migrations",
    "vault",
];

/// Of tables with columns, indexes and the like under one name each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchemaTable {
    /// What it is, as [`SchemaObject::kind`] and its detail.
    pub table: SchemaObject,
    pub comment: Option<String>,
    pub columns: Vec<SchemaColumn>,
    pub keys: Vec<SchemaPart>,
    pub indexes: Vec<SchemaIndex>,
    pub policies: Vec<SchemaPolicy>,
    pub triggers: Vec<SchemaPart>,
    /// Foreign keys of other tables that point here.
    pub pointed_at: Vec<SchemaPart>,
    /// What a view selects.
    pub definition: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchemaColumn {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub not_null: bool,
    /// Its default, that it counts up by itself, or what it is made from.
    pub value: Option<String>,
    pub comment: Option<String>,
}

/// Something with a name and PostgreSQL's own words for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchemaPart {
    pub name: String,
    pub definition: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchemaIndex {
    pub name: String,
    pub definition: String,
    pub bytes: i64,
    /// How often it was read since the statistics began.
    pub scans: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchemaPolicy {
    pub name: String,
    /// `ALL`, `SELECT` and so on.
    pub command: String,
    pub permissive: bool,
    pub roles: String,
    #[serde(rename = "using")]
    pub lets_pass: Option<String>,
    pub check: Option<String>,
}

/// All objects but PostgreSQL's own, as one JSON value.
const OBJECTS: &str = include_str!("schema/objects.sql");
/// The columns of all tables, as one JSON value.
const COLUMNS: &str = include_str!("schema/columns.sql");
/// One table, view or foreign table: `$1` its schema, `$2` its name.
const TABLE: &str = include_str!("schema/table.sql");
/// The foreign keys, and what they lie between.
const RELATIONS: &str = include_str!("schema/relations.sql");

/// Everything that the database holds: one call.
#[server(prefix = "/api", endpoint = "schema", input = Json, output = Json)]
pub async fn schema_of(project: String) -> Result<Vec<SchemaObject>, ConsoleError> {
    ask(project, OBJECTS, None).await?.ok_or(ConsoleError::NotFound)
}

/// The columns of each table and view, by names such as `public.invoices`; what the editor of SQL proposes. One call, for
/// which the editor asks when it is used, and not again for minutes.
#[server(prefix = "/api", endpoint = "columns", input = Json, output = Json)]
pub async fn columns_of(project: String) -> Result<BTreeMap<String, Vec<String>>, ConsoleError> {
    Ok(ask(project, COLUMNS, None).await?.unwrap_or_default())
}

/// One table with its parts: one call.
#[server(prefix = "/api", endpoint = "table", input = Json, output = Json)]
pub async fn table_of(project: String, schema: String, table: String) -> Result<SchemaTable, ConsoleError> {
    let named = vec![Value::String(schema), Value::String(table)];
    ask(project, TABLE, Some(named)).await?.ok_or(ConsoleError::NotFound)
}

/// How the tables of the database point at each other: one call.
#[server(prefix = "/api", endpoint = "relations", input = Json, output = Json)]
pub async fn relations_of(project: String) -> Result<Relations, ConsoleError> {
    ask(project, RELATIONS, None).await?.ok_or(ConsoleError::NotFound)
}

/// Asks for one value, called `found`; `None` where it is null or there is no row.
async fn ask<T: DeserializeOwned>(
    project: String,
    query: &str,
    parameters: Option<Vec<Value>>,
) -> Result<Option<T>, ConsoleError> {
    let answer = call(RunReadOnlyQuery {
        project,
        query: query.to_owned(),
        parameters,
    })
    .await?;
    found(&answer).map_err(|error| ConsoleError::Unreadable {
        message: format!("The catalogue of the database was not understood: {error}"),
    })
}

fn found<T: DeserializeOwned>(answer: &QueryAnswer) -> Result<Option<T>, serde_json::Error> {
    match answer.rows().first().and_then(|row| row.get("found")) {
        None | Some(Value::Null) => Ok(None),
        // JSON may come as text.
        Some(Value::String(text)) => serde_json::from_str(text).map(Some),
        Some(value) => serde_json::from_value(value.clone()).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_catalogue_is_read_as_value_and_as_text() {
        let objects = json!([{ "schema": "public", "name": "wheels", "kind": "table", "rows": null, "more": 1 }]);
        for value in [objects.clone(), Value::String(objects.to_string())] {
            let answer: QueryAnswer = serde_json::from_value(json!([{ "found": value }])).unwrap();
            let objects: Vec<SchemaObject> = found(&answer).unwrap().unwrap();
            assert_eq!((objects[0].name.as_str(), objects[0].rows), ("wheels", None));
        }
        let none: QueryAnswer = serde_json::from_value(json!([])).unwrap();
        assert_eq!(found::<SchemaTable>(&none).unwrap(), None);
    }
}
