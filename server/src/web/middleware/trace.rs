//! A number for every request, and one line in the log: no query, no headers, no body, since they may hold secrets.

use std::time::Instant;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::HeaderValue;
use tracing::Instrument;

use crate::{
    metrics::Route,
    request_id::{self, RequestId},
    state::Shared,
};

/// Bytes of a path that are logged: else anybody could fill the log.
const LONGEST: usize = 300;

pub async fn log(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = Route::of(&request);
    // Only a proxy of ours gives numbers; anybody else could write another's into our log.
    let given = shared
        .trusts_proxy
        .then(|| RequestId::given(request.headers()))
        .flatten();
    let id = given.unwrap_or_else(RequestId::random);
    let path = request.uri().path();
    let path = &path[..path.floor_char_boundary(LONGEST)];
    let span = tracing::info_span!("request", request_id = id.as_str(), method = %request.method(), path);
    async move {
        let mut response = id.clone().scope(next.run(request)).await;
        // For pages that stream this is the time to the first byte.
        let (status, took) = (response.status().as_u16(), started.elapsed());
        shared.metrics.request(route, status, took);
        tracing::info!(status, ms = took.as_millis(), "answered");
        if let Ok(id) = HeaderValue::from_str(id.as_str()) {
            response.headers_mut().insert(request_id::HEADER, id);
        }
        response
    }
    .instrument(span)
    .await
}
