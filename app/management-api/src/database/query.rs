//! SQL: queries and migrations.

use std::fmt;

use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

/// Runs SQL in the project's database, as the role `postgres`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunQuery {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// One or more statements. The answer has the rows of the last one that gave any.
    #[schemars(length(min = 1))]
    pub query: String,
    /// Values for $1, $2 and so on; then the query is a single statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<Value>>,
    /// Whether to run it as a role that may only read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<bool>,
}

impl Operation for RunQuery {
    const ID: OperationId = OperationId::RunQuery;
    type Output = QueryAnswer;
}

/// Runs SQL in the project's database, as a role that may only read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunReadOnlyQuery {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// One or more statements that read. The answer has the rows of the last one that gave any.
    #[schemars(length(min = 1))]
    pub query: String,
    /// Values for $1, $2 and so on; then the query is a single statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Vec<Value>>,
}

impl Operation for RunReadOnlyQuery {
    const ID: OperationId = OperationId::RunReadOnlyQuery;
    type Output = QueryAnswer;
}

/// What a query answers. The document leaves it open, so whatever are no rows is kept as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum QueryAnswer {
    Rows(Vec<QueryRow>),
    Other(Value),
}

impl QueryAnswer {
    /// The rows; none if the answer is something else.
    pub fn rows(&self) -> &[QueryRow] {
        match self {
            Self::Rows(rows) => rows,
            Self::Other(_) => &[],
        }
    }
}

/// A row: each column's name and value, in the order of the query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryRow(pub Vec<(String, Value)>);

impl QueryRow {
    /// The value of the column with this name.
    pub fn get(&self, column: &str) -> Option<&Value> {
        self.0.iter().find(|(name, _)| name == column).map(|(_, value)| value)
    }
}

impl Serialize for QueryRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for QueryRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Columns;

        impl<'de> Visitor<'de> for Columns {
            type Value = QueryRow;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<QueryRow, A::Error> {
                let mut columns = Vec::new();
                while let Some(column) = map.next_entry()? {
                    columns.push(column);
                }
                Ok(QueryRow(columns))
            }
        }

        deserializer.deserialize_map(Columns)
    }
}

/// Lists the migrations that were applied to a project's database, the oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListMigrations {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListMigrations {
    const ID: OperationId = OperationId::ListMigrations;
    type Output = Vec<MigrationRow>;
}

/// A migration in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MigrationRow {
    /// Digits; by convention the time it was made, such as 20260131120000.
    pub version: String,
    #[serde(default)]
    pub name: Option<String>,
}

/// Runs SQL as a migration, all or nothing, and writes it into the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplyMigration {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The statements to run.
    #[schemars(length(min = 1))]
    pub query: String,
    /// What the history calls it, such as create_invoices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The statements that would undo it; a rollback runs them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
    /// Names the request, so that it is done once however often it is sent: letters, digits, hyphens and underscores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
}

impl Operation for ApplyMigration {
    const ID: OperationId = OperationId::ApplyMigration;
    type Output = Nothing;
}

/// Writes a migration into the history without running it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpsertMigration {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The statements it stands for.
    #[schemars(length(min = 1))]
    pub query: String,
    /// What the history calls it, such as create_invoices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The statements that would undo it; a rollback runs them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
    /// Names the request, so that it is done once however often it is sent: letters, digits, hyphens and underscores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
}

impl Operation for UpsertMigration {
    const ID: OperationId = OperationId::UpsertMigration;
    type Output = Nothing;
}

/// Opens a migration of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetMigration {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The migration's version.
    #[schemars(regex(pattern = r"^\d+$"))]
    pub version: String,
}

impl Operation for GetMigration {
    const ID: OperationId = OperationId::GetMigration;
    type Output = Migration;
}

/// A migration with its statements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Migration {
    pub version: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub statements: Option<Vec<String>>,
    /// The statements that undo it.
    #[serde(default)]
    pub rollback: Option<Vec<String>>,
    #[serde(default)]
    pub created_by: Option<String>,
    #[serde(default)]
    pub idempotency_key: Option<String>,
}

/// Changes the name or the rollback of a migration in the history. What it did to the database stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatchMigration {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The migration's version.
    #[schemars(regex(pattern = r"^\d+$"))]
    pub version: String,
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The statements that would undo it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<String>,
}

impl Operation for PatchMigration {
    const ID: OperationId = OperationId::PatchMigration;
    type Output = Nothing;
}

/// Undoes migrations, the newest first, and takes them out of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RollbackMigrations {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The version to undo, with every one after it.
    #[schemars(regex(pattern = r"^\d+$"))]
    pub gte: String,
}

impl Operation for RollbackMigrations {
    const ID: OperationId = OperationId::RollbackMigrations;
    type Output = Nothing;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_in_the_order_of_the_query() {
        let text = r#"[{"z":1,"a":"x"},{}]"#;
        let answer: QueryAnswer = serde_json::from_str(text).unwrap();
        assert_eq!(answer.rows()[0].0[0].0, "z");
        assert_eq!(serde_json::to_string(&answer).unwrap(), text);
    }

    #[test]
    fn what_are_no_rows_is_kept() {
        for text in ["null", "{\"message\":\"ok\"}", "[1]"] {
            let answer: QueryAnswer = serde_json::from_str(text).unwrap();
            assert_eq!(
                (answer.rows().len(), serde_json::to_string(&answer).unwrap()),
                (0, text.to_owned())
            );
        }
    }
}
