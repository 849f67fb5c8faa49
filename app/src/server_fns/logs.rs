//! Logs: their lines, how many there are, and rows of a question in SQL. The service takes 30 questions a minute.

use futures::future::try_join_all;
use leptos::{prelude::*, server_fn::codec::Json};
use management_api::projects::GetProject;
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{
    backend::handle,
    call::call,
    error::ConsoleError,
    logs::{
        line::{Count, Line},
        question::MOST,
    },
    reads::logs::{ask, ask_slices},
    sql::{
        kept::Snippet,
        rows::{Table, row},
    },
};

/// Rows that are shown of a question in SQL; the service gives no more than a thousand.
const ROWS: usize = 500;

/// What is kept of questions, each with the end of its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogQuestions {
    pub rows: Vec<(Snippet, String)>,
    /// Whether those that others share are left out, since Supabase did not say that the person sees the project.
    pub unread: bool,
}

/// The person's own questions and those that others share with the organization. One call, and only where others share any:
/// it tells whether the person sees the project.
#[server(prefix = "/api", endpoint = "logs-kept", input = Json, output = Json)]
pub async fn kept_questions(project: String) -> Result<LogQuestions, ConsoleError> {
    let mut rows = handle()?.kept_questions(&project).await?;
    let unread = rows.iter().any(|(one, _)| !one.own) && call(GetProject { project }).await.is_err();
    if unread {
        rows.retain(|(one, _)| one.own);
    }
    Ok(LogQuestions { rows, unread })
}

/// The newest `most` lines that `sql` gives; see [`Question::lines`](crate::logs::question::Question::lines). One call, or one
/// for each of the slices, the newest first, until there are as many. Why there are none is told beside whatever else the page
/// has to say: a page that follows the logs goes on.
#[server(prefix = "/api", endpoint = "logs-lines", input = Json, output = Json)]
pub async fn log_lines(
    project: String,
    sql: String,
    slices: Vec<(String, String)>,
    most: usize,
) -> Result<Part<Vec<Line>>, ConsoleError> {
    let rows = ask_slices(&handle()?, &project, &sql, slices, most.min(MOST)).await;
    Ok(rows.map(|rows| rows.iter().map(Line::read).collect()))
}

/// How many lines there are; see [`Question::counts`](crate::logs::question::Question::counts). A call for each slice, side by
/// side.
#[server(prefix = "/api", endpoint = "logs-counts", input = Json, output = Json)]
pub async fn log_counts(
    project: String,
    sql: String,
    slices: Vec<(String, String)>,
) -> Result<Vec<Count>, ConsoleError> {
    let backend = handle()?;
    let each = slices
        .into_iter()
        .map(|slice| ask(&backend, project.clone(), sql.clone(), slice));
    let rows = try_join_all(each).await?;
    Ok(rows.iter().flatten().map(Count::read).collect())
}

/// The rows of a question that somebody has written. One call.
#[server(prefix = "/api", endpoint = "logs-rows", input = Json, output = Json)]
pub async fn log_rows(project: String, sql: String, span: (String, String)) -> Result<Table, ConsoleError> {
    let rows = ask(&handle()?, project, sql, span).await?;
    Ok(Table::of(rows.into_iter().map(row).collect(), ROWS))
}
