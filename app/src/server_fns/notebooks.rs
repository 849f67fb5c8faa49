//! Notebooks: what their pages read, and the run of one cell.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Entity, One, Page,
    analytics::QueryLogs,
    database::RunReadOnlyQuery,
    notebooks::{GetNotebook, ListNotebooks, Notebook},
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use super::branches::Part;
use crate::{
    call::call,
    error::ConsoleError,
    notebooks::{Cell, Kind, Span},
    reads,
    sql::rows::{Table, row},
};

/// Notebooks on a page.
const SIZE: i64 = 25;
/// Rows of a cell's answer that are shown, at most.
const ROWS: usize = 500;

/// Those of one page, the newest first, without what stands in them. `name`: part of the name; `cursors`: the one behind
/// which the page begins, and the one before which it ends. All of them may be empty. One call.
#[server(prefix = "/api", endpoint = "notebooks", input = Json, output = Json)]
pub async fn notebooks_of(
    project: String,
    name: String,
    cursors: (String, String),
) -> Result<Page<Notebook>, ConsoleError> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    call(ListNotebooks {
        project,
        size: Some(SIZE),
        after: some(cursors.0),
        before: some(cursors.1),
        name: some(name),
        sort: None,
    })
    .await
}

/// A notebook, and what came of the cell that was run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Opened {
    pub notebook: Entity<Notebook>,
    /// The cell's id, and its answer.
    pub ran: Option<(String, Part<Table>)>,
}

/// `run`: the id of a cell to run, read-only; empty for none. One call, and a second after it for the cell.
#[server(prefix = "/api", endpoint = "notebook", input = Json, output = Json)]
pub async fn notebook_of(project: String, id: String, run: String) -> Result<Opened, ConsoleError> {
    let asked = GetNotebook {
        project: project.clone(),
        id,
    };
    let One { data: notebook } = call(asked).await?;
    let cells = notebook.content.as_ref().map_or(&[][..], |content| &content.cells);
    let cell = cells
        .iter()
        .map(Cell::read)
        .find(|cell| !run.is_empty() && cell.id == run);
    let ran = match cell {
        Some(cell) => Some((run, ran(project, cell).await)),
        None => None,
    };
    Ok(Opened { notebook, ran })
}

async fn ran(project: String, cell: Cell) -> Part<Table> {
    let most = cell.rows.min(ROWS);
    match cell.kind {
        Kind::Database => {
            let query = RunReadOnlyQuery {
                project,
                query: cell.text,
                parameters: None,
            };
            Ok(Table::of(call(query).await?.rows().to_vec(), most))
        }
        Kind::Log => {
            let (start, end) = span(cell.span);
            let answer = call(QueryLogs {
                project,
                sql: Some(cell.text),
                iso_timestamp_start: start,
                iso_timestamp_end: end,
            })
            .await?;
            let rows = reads::logs::rows(answer)?.into_iter().map(row).collect();
            Ok(Table::of(rows, most))
        }
        Kind::Text | Kind::Other(_) => Err(ConsoleError::invalid(None, "There is nothing to run in this cell.")),
    }
}

/// From and to, where they are told.
fn span(span: Option<Span>) -> (Option<String>, Option<String>) {
    match span {
        Some(Span::Between(start, end)) => (Some(start), Some(end)),
        Some(Span::Last(seconds, _)) => {
            let end = OffsetDateTime::now_utc();
            let start = end.checked_sub(Duration::seconds(seconds));
            (
                start.and_then(|start| start.format(&Rfc3339).ok()),
                end.format(&Rfc3339).ok(),
            )
        }
        None => (None, None),
    }
}
