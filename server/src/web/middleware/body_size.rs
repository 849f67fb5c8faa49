//! How much a request may carry: little, but where files are passed on.

use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower::{ServiceBuilder, ServiceExt};
use tower_http::limit::RequestBodyLimitLayer;

use crate::web::deploy;

/// Bytes of a request's body, at most.
const BODY: usize = 1024 * 1024;

pub async fn bound(request: Request, next: Next) -> Response {
    let most = match request.uri().path() {
        deploy::ROUTE => deploy::BODY,
        _ => BODY,
    };
    let limited = ServiceBuilder::new()
        .layer(RequestBodyLimitLayer::new(most))
        .map_request(|request: http::Request<_>| request.map(Body::new))
        .service(next);
    match limited.oneshot(request).await {
        Ok(response) => response.into_response(),
        Err(never) => match never {},
    }
}
