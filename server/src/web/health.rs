//! /healthz and /readyz: whether the process lives, and whether it can serve.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;

use crate::state::Shared;

/// The process answers. No I/O, so that a slow database restarts nobody.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers. Not upstream: a console that can say "Supabase is down" is worth being reached.
pub async fn ready(State(shared): State<Shared>) -> Response {
    match shared.store.is_ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}
