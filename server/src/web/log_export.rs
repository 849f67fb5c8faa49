//! GET /files/<project>/logs: the lines of a question, or the rows of one in SQL, as a file.

use std::sync::Arc;

use app::{
    backend::BackendHandle,
    logs::{
        question::{MOST, Question},
        span::Span,
    },
    paths,
    reads::logs::{ask, ask_slices},
    sql::export::Format,
};
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use http::HeaderMap;
use serde_json::Value;
use time::OffsetDateTime;

use super::file;
use crate::{backend::RequestBackend, context::RequestContext, identity::Through, state::Shared};

/// The router's path; see [`paths::logs_file`].
pub const ROUTE: &str = "/files/{project}/logs";

pub async fn answer(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(project): Path<String>,
    Query(choices): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let all = |name: &str| -> Vec<String> {
        let named = choices.iter().filter(|(one, _)| one == name);
        named.map(|(_, value)| value.clone()).collect()
    };
    let one = |name: &str| all(name).pop().unwrap_or_default();
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    let here = paths::logs_of(&project);
    let rows = async {
        let now = OffsetDateTime::now_utc();
        match one("sql") {
            sql if sql.trim().is_empty() => {
                let slices = Span::read_long(one, now)?.slices();
                let slices = slices.iter().map(Span::written).collect();
                ask_slices(&backend, &project, &Question::read(all).lines(MOST), slices, MOST).await
            }
            // What it gives for each slice cannot be put together.
            sql => ask(&backend, project, sql, Span::read(one, now)?.written()).await,
        }
    };
    match rows.await {
        Ok(rows) => written(&rows, &one("as")),
        Err(error) => file::refused(&headers, &error, &here),
    }
}

fn written(rows: &[Value], format: &str) -> Response {
    let (ending, kind, text) = match format {
        "csv" => {
            // ok: rows that were JSON are JSON again.
            let body = serde_json::to_vec(rows).unwrap_or_default();
            let (ending, kind) = Format::Csv.file();
            (ending, kind, Format::Csv.write(&body).unwrap_or_default())
        }
        _ => {
            let lines = rows.iter().map(|row| format!("{row}\n"));
            ("jsonl", "application/jsonl", lines.collect())
        }
    };
    file::attachment(&format!("logs.{ending}"), kind, text)
}
