//! GET /files/<project>/runs/<run>: what a run has logged, as a file.

use app::{
    backend::{BackendHandle, narrow},
    paths,
};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use http::HeaderMap;
use management_api::branches::GetActionRunLogs;
use std::sync::Arc;

use super::file;
use crate::{backend::RequestBackend, context::RequestContext, identity::Through, state::Shared};

/// The router's path; see [`paths::run_log`].
pub const ROUTE: &str = "/files/{project}/runs/{run}";

pub async fn answer(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path((project, run_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let name = name(&run_id);
    let here = paths::run_log(&project, &run_id);
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    match narrow(&backend, &GetActionRunLogs { project, run_id }).await {
        Ok(log) => file::attachment(&name, "text/plain; charset=utf-8", log),
        Err(error) => file::refused(&headers, &error, &here),
    }
}

/// The file's name: letters and digits of the run's id.
fn name(run: &str) -> String {
    let id: String = run
        .chars()
        .filter(|one| one.is_ascii_alphanumeric() || *one == '-')
        .take(40)
        .collect();
    format!("run-{id}.log")
}
