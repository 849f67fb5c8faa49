//! GET /files/<project>/runs/<run>: what a run has logged, as a file.

use app::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    paths,
};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use management_api::branches::GetActionRunLogs;
use std::sync::Arc;

use crate::{
    backend::RequestBackend, context::RequestContext, identity::Through, responses, state::Shared,
    web::sign_in::turn_away::form_to_sign_in,
};

/// The router's path; see [`paths::run_log`].
pub const ROUTE: &str = "/files/{project}/runs/{run}";

pub async fn file(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path((project, run_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let name = name(&run_id);
    let here = paths::run_log(&project, &run_id);
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    match narrow(&backend, &GetActionRunLogs { project, run_id }).await {
        Ok(log) => {
            let kept = format!("attachment; filename=\"{name}\"");
            let headers = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, kept),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, log).into_response()
        }
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => form_to_sign_in(&headers, &error, &here),
        Err(error) => {
            let status = responses::status(&error);
            (
                status,
                [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
                format!("{error}\n"),
            )
                .into_response()
        }
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
