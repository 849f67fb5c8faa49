//! SQL: the statements that people saved in Supabase's dashboard.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::database::{GetSnippet, ListSnippets};
use serde::{Deserialize, Serialize};

use crate::{call::call, error::ConsoleError};

/// How many are listed at once, as the API wants it written.
const PAGE: &str = "50";

/// A saved statement, by what people know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedRow {
    pub id: String,
    pub name: String,
    /// Who may see it, by the API's word: `user`, `project`, `org` or `public`.
    pub visibility: String,
    pub owner: Option<String>,
    pub favorite: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Favourites first, then by name.
    pub rows: Vec<SavedRow>,
    /// Where those after them begin.
    pub more: Option<String>,
}

/// A saved statement with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedStatement {
    pub name: String,
    pub sql: String,
}

/// Statements of the project that the person can see, a page of them. One call.
#[server(prefix = "/api", endpoint = "sql-saved", input = Json, output = Json)]
pub async fn saved_statements(project: String, cursor: Option<String>) -> Result<Saved, ConsoleError> {
    let page = call(ListSnippets {
        project_ref: Some(project),
        cursor,
        limit: Some(PAGE.to_owned()),
        sort_by: Some("name".to_owned()),
        sort_order: Some("asc".to_owned()),
    })
    .await?;
    let mut rows: Vec<SavedRow> = page
        .data
        .into_iter()
        .map(|row| SavedRow {
            id: row.id,
            name: row.name,
            visibility: row.visibility,
            owner: row.owner.map(|owner| owner.username),
            favorite: row.favorite,
        })
        .collect();
    rows.sort_by_key(|row| !row.favorite);
    Ok(Saved {
        rows,
        more: page.cursor,
    })
}

/// One of them. One call.
#[server(prefix = "/api", endpoint = "sql-saved-one", input = Json, output = Json)]
pub async fn saved_statement(id: String) -> Result<OpenedStatement, ConsoleError> {
    let snippet = call(GetSnippet { id }).await.map_err(|error| match error {
        // The service's own status for one that is not there.
        ConsoleError::Refused { status: 406, .. } => ConsoleError::NotFound,
        other => other,
    })?;
    Ok(OpenedStatement {
        name: snippet.name,
        sql: snippet.content.map(|content| content.sql).unwrap_or_default(),
    })
}
