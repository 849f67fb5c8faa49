//! SQL: the statements that people ran, and those that they saved, here and in Supabase's dashboard.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::database::{GetSnippet, ListSnippets};
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{
    backend,
    call::call,
    error::ConsoleError,
    sql::kept::{Past, Snippet},
};

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

/// What is saved, here and there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AllSaved {
    /// Steward's: the person's own and, where Supabase answers, those that others share.
    pub kept: Vec<Snippet>,
    pub supabase: Part<Saved>,
}

/// A saved statement with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedStatement {
    pub sql: String,
    /// Of one that Steward keeps under a name.
    pub kept: Option<Snippet>,
}

/// What the person ran in the project, the latest first; only what holds `find`, where it is not empty. No call.
#[server(prefix = "/api", endpoint = "sql-history", input = Json, output = Json)]
pub async fn past_statements(project: String, find: String) -> Result<Vec<Past>, ConsoleError> {
    backend::handle()?.past_statements(&project, &find).await
}

/// One of them. No call.
#[server(prefix = "/api", endpoint = "sql-history-one", input = Json, output = Json)]
pub async fn past_statement(project: String, id: String) -> Result<OpenedStatement, ConsoleError> {
    let sql = backend::handle()?.past_statement(&project, &id).await?;
    let sql = sql.ok_or(ConsoleError::NotFound)?;
    Ok(OpenedStatement { sql, kept: None })
}

/// One that Steward keeps under a name. One call, where it is not the person's own: that tells whether they see the project.
#[server(prefix = "/api", endpoint = "sql-kept-one", input = Json, output = Json)]
pub async fn kept_statement(project: String, id: String) -> Result<OpenedStatement, ConsoleError> {
    let backend = backend::handle()?;
    let found = match backend.snippet(None, &id).await? {
        Some(own) => Some(own),
        None => {
            supabases(project.clone(), None).await?;
            backend.snippet(Some(project), &id).await?
        }
    };
    let (kept, sql) = found.ok_or(ConsoleError::NotFound)?;
    Ok(OpenedStatement { sql, kept: Some(kept) })
}

/// What the person kept and can see, and a page of what they can see of Supabase's. One call.
#[server(prefix = "/api", endpoint = "sql-saved", input = Json, output = Json)]
pub async fn saved_statements(project: String, cursor: Option<String>) -> Result<AllSaved, ConsoleError> {
    let supabase = supabases(project.clone(), cursor).await;
    // Who sees the project may read what its organization shares.
    let shared = supabase.is_ok().then_some(project);
    let kept = backend::handle()?.snippets(shared).await?;
    Ok(AllSaved { kept, supabase })
}

async fn supabases(project: String, cursor: Option<String>) -> Result<Saved, ConsoleError> {
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
        sql: snippet.content.map(|content| content.sql).unwrap_or_default(),
        kept: None,
    })
}
