//! Scrape: /metrics on a listener of its own, so that no proxy leads strangers there.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{
    HeaderMap, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE},
};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::state::Shared;

/// The format's name and version.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

struct Asked {
    shared: Shared,
    /// SHA-256 of what whoever asks must know, if anything.
    token: Option<[u8; 32]>,
}

/// Tells the numbers to whoever holds the token, or to everybody where there is none.
pub fn router(shared: Shared, token: Option<&SecretString>) -> Router {
    let token = token.map(|token| Sha256::digest(token.expose_secret()).into());
    Router::new()
        .route("/metrics", get(tell))
        .with_state(Arc::new(Asked { shared, token }))
}

async fn tell(State(asked): State<Arc<Asked>>, headers: HeaderMap) -> Response {
    // Digests of secrets may be compared in any time.
    if asked.token.is_some_and(|token| digest_of(&headers) != Some(token)) {
        let challenge = [(WWW_AUTHENTICATE, "Bearer")];
        return (
            StatusCode::UNAUTHORIZED,
            challenge,
            "The token is STEWARD_METRICS_TOKEN.\n",
        )
            .into_response();
    }
    let (shared, metrics) = (&asked.shared, &asked.shared.metrics);
    let began = Instant::now();
    let answers = shared.store.is_ready().await.is_ok();
    let took = began.elapsed();
    let sessions = shared.store.count_sessions().await.ok();
    metrics.database(answers, took, shared.audit.waiting(), sessions);
    ([(CONTENT_TYPE, TEXT)], metrics.text()).into_response()
}

fn digest_of(headers: &HeaderMap) -> Option<[u8; 32]> {
    let token = headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    Some(Sha256::digest(token).into())
}
