//! Logs: their lines, how many there are, and rows of a question in SQL. The service takes 30 questions a minute.

use leptos::{prelude::*, server_fn::codec::Json};

use crate::{
    backend::handle,
    error::ConsoleError,
    logs::line::{Count, Line},
    reads::logs::ask,
    sql::rows::{Table, row},
};

/// Rows that are shown of a question in SQL; the service gives no more than a thousand.
const ROWS: usize = 500;

/// The lines that `sql` gives; see [`Question::lines`](crate::logs::question::Question::lines). One call.
#[server(prefix = "/api", endpoint = "logs-lines", input = Json, output = Json)]
pub async fn log_lines(project: String, sql: String, span: (String, String)) -> Result<Vec<Line>, ConsoleError> {
    let rows = ask(&handle()?, project, sql, span).await?;
    Ok(rows.iter().map(Line::read).collect())
}

/// How many lines there are; see [`Question::counts`](crate::logs::question::Question::counts). One call.
#[server(prefix = "/api", endpoint = "logs-counts", input = Json, output = Json)]
pub async fn log_counts(project: String, sql: String, span: (String, String)) -> Result<Vec<Count>, ConsoleError> {
    let rows = ask(&handle()?, project, sql, span).await?;
    Ok(rows.iter().map(Count::read).collect())
}

/// The rows of a question that somebody has written. One call.
#[server(prefix = "/api", endpoint = "logs-rows", input = Json, output = Json)]
pub async fn log_rows(project: String, sql: String, span: (String, String)) -> Result<Table, ConsoleError> {
    let rows = ask(&handle()?, project, sql, span).await?;
    Ok(Table::of(rows.into_iter().map(row).collect(), ROWS))
}
