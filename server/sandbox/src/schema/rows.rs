//! Rows of the catalogue's queries, and how they are fetched.

use std::collections::HashMap;

use serde::{Deserialize, de::DeserializeOwned};
use sqlx::{AssertSqlSafe, PgConnection};

use super::model::TypeName;
use crate::answer::Refusal;

/// An object with its number within the database.
#[derive(Deserialize)]
pub struct Numbered<T> {
    pub oid: i64,
    #[serde(flatten)]
    pub value: T,
}

#[derive(Deserialize)]
pub struct NamespaceRow {
    pub oid: i64,
    pub name: String,
}

#[derive(Deserialize)]
pub struct RelationRow<T> {
    pub row_type: i64,
    #[serde(flatten)]
    pub value: T,
}

#[derive(Deserialize)]
pub struct ColumnRow<T> {
    pub relation: i64,
    pub type_oid: i64,
    pub expression_oid: Option<i64>,
    #[serde(flatten)]
    pub value: T,
}

#[derive(Deserialize)]
pub struct TypeRow<T> {
    pub array_oid: i64,
    pub multirange: i64,
    pub relation: i64,
    #[serde(flatten)]
    pub value: T,
}

#[derive(Deserialize)]
pub struct RoutineRow<T> {
    pub names: Vec<String>,
    pub modes: Vec<String>,
    pub types: Vec<i64>,
    pub return_oid: i64,
    pub inputs: usize,
    #[serde(flatten)]
    pub value: T,
}

#[derive(Deserialize)]
pub struct ConstraintRow<T> {
    pub index_oid: i64,
    #[serde(flatten)]
    pub value: T,
}

#[derive(Deserialize)]
pub struct RuleRow {
    pub oid: i64,
    pub relation: i64,
    pub schema: String,
    pub table: String,
    pub name: String,
    /// `None` for a view's query.
    pub definition: Option<String>,
    pub enabled: String,
}

#[derive(Deserialize)]
pub struct DependRow {
    pub class: String,
    pub object: i64,
    pub part: i32,
    pub on_class: String,
    pub on_object: i64,
    pub on_part: i32,
    pub kind: String,
}

#[derive(Deserialize)]
pub struct CommentRow {
    pub class: String,
    pub object: i64,
    pub part: i32,
    pub text: String,
}

#[derive(Deserialize)]
pub struct GrantRow {
    pub class: String,
    pub object: i64,
    /// Where it is only for this column.
    pub column: Option<String>,
    pub grantee: String,
    #[serde(flatten)]
    pub rights: Rights,
}

#[derive(Deserialize)]
pub struct Rights {
    pub privileges: Vec<String>,
    /// Those of them that may be passed on.
    pub passed_on: Vec<String>,
}

impl Rights {
    pub fn each(self) -> impl Iterator<Item = (String, bool)> {
        let Self { privileges, passed_on } = self;
        privileges.into_iter().map(move |privilege| {
            let passed_on = passed_on.contains(&privilege);
            (privilege, passed_on)
        })
    }
}

#[derive(Deserialize)]
pub struct InitialGrantRow {
    pub letter: String,
    pub schema: Option<String>,
    pub grantee: String,
    #[serde(flatten)]
    pub rights: Rights,
}

#[derive(Deserialize)]
struct NameRow {
    oid: i64,
    schema: String,
    name: String,
    element: i64,
    base: i64,
    row: bool,
    composite: bool,
    labels: Vec<String>,
}

/// The rows of a query, by the names of its columns. The query's only parameter is the list of schemas.
pub async fn rows<T: DeserializeOwned>(
    connection: &mut PgConnection,
    query: &'static str,
    schemas: &[&str],
) -> Result<Vec<T>, Refusal> {
    // The text is one of this crate's own queries.
    let query = AssertSqlSafe(format!("select coalesce(json_agg(r), '[]')::text from ({query}) r"));
    let schemas: Vec<String> = schemas.iter().map(|schema| (*schema).to_owned()).collect();
    let text: String = sqlx::query_scalar(query)
        .persistent(false)
        .bind(schemas)
        .fetch_one(connection)
        .await
        .map_err(super::failed)?;
    serde_json::from_str(&text).map_err(|error| Refusal::Invalid(format!("The catalogue was not understood: {error}")))
}

/// All types of a database, to look the names of columns and arguments up.
pub struct Names(HashMap<i64, NameRow>);

impl Names {
    pub async fn read(connection: &mut PgConnection) -> Result<Self, Refusal> {
        let rows: Vec<NameRow> = rows(connection, include_str!("catalog/names.sql"), &[]).await?;
        Ok(Self(rows.into_iter().map(|row| (row.oid, row)).collect()))
    }

    /// A type's own word, such as `_int4`.
    pub fn word(&self, oid: i64) -> String {
        self.0.get(&oid).map(|row| row.name.clone()).unwrap_or_default()
    }

    /// What a type is made of, through domains and arrays.
    pub fn of(&self, oid: i64) -> TypeName {
        let Some(row) = self.0.get(&oid) else {
            return TypeName::default();
        };
        if row.base != 0 {
            return self.of(row.base);
        }
        if row.element != 0 {
            return TypeName {
                array: true,
                ..self.of(row.element)
            };
        }
        TypeName {
            schema: row.schema.clone(),
            name: row.name.clone(),
            array: false,
            row: row.row,
            composite: row.composite,
            labels: row.labels.clone(),
        }
    }
}
