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

/// What stands beside "ready" where nobody can sign in for it.
const APP_REFUSED: &str = "ready\nbut Supabase does not accept the OAuth app: nobody can sign in through it, and no grant is \
                           renewed. Check its client id, secret and redirect address.\n";

/// The database answers. Not upstream: a console that can say "Supabase is down" is worth being reached.
pub async fn ready(State(shared): State<Shared>) -> Response {
    match shared.store.is_ready().await {
        Ok(()) if shared.oauth.as_ref().is_some_and(|oauth| oauth.is_refused()) => APP_REFUSED.into_response(),
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}
