//! Logs: their lines, how many there are, and rows of a question in SQL. The service takes 30 questions a minute.

use futures::future::try_join_all;
use leptos::{prelude::*, server_fn::codec::Json};

use super::branches::Part;
use crate::{
    backend::handle,
    error::ConsoleError,
    logs::{
        line::{Count, Line},
        question::MOST,
    },
    reads::logs::{ask, ask_slices},
    sql::rows::{Table, row},
};

/// Rows that are shown of a question in SQL; the service gives no more than a thousand.
const ROWS: usize = 500;

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
