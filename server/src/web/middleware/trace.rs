//! A number for every request, and one line in the log: no query, no headers, no body, since they may hold secrets.

use std::time::Instant;

use axum::{extract::Request, middleware::Next, response::Response};
use http::HeaderValue;
use tracing::Instrument;

use crate::store::crypto::random_id;

/// Bytes of a path that are logged: else anybody could fill the log.
const LONGEST: usize = 300;

pub async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = random_id();
    let path = request.uri().path();
    let path = &path[..path.floor_char_boundary(LONGEST)];
    let span = tracing::info_span!("request", id, method = %request.method(), path);
    async move {
        let mut response = next.run(request).await;
        let (status, ms) = (response.status().as_u16(), started.elapsed().as_millis());
        // For pages that stream this is the time to the first byte.
        tracing::info!(status, ms, "answered");
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", id);
        }
        response
    }
    .instrument(span)
    .await
}
