//! Plain answers for where no page of the app can be drawn: refusals and Steward's own failures.

use app::error::ConsoleError;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, StatusCode, header::ACCEPT};

/// A page of a heading and a paragraph. Both are our own words, so nothing is escaped.
pub fn page(status: StatusCode, title: &'static str, text: &'static str) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title} \u{b7} Steward</title></head>\
         <body><main><h1>{title}</h1><p>{text}</p><p><a href=\"/\">Go to the start page</a></p></main></body></html>"
    );
    (status, Html(html)).into_response()
}

/// Steward's own failure: the log is told why, the person that trying again may help.
pub struct Sorry;

impl<E: std::fmt::Display> From<E> for Sorry {
    fn from(error: E) -> Self {
        tracing::error!(%error, "a request failed");
        Self
    }
}

impl IntoResponse for Sorry {
    fn into_response(self) -> Response {
        page(
            StatusCode::SERVICE_UNAVAILABLE,
            "Steward could not do this",
            "Its database did not answer. Nothing was sent to Supabase. Try again in a moment; if it stays so, the \
             person who runs this console finds the reason in its log.",
        )
    }
}

/// Whether the request comes from the hydrated page, which reads JSON.
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"))
}

/// Whether the request is somebody opening a page.
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The status that goes with an error.
pub fn status(error: &ConsoleError) -> StatusCode {
    match error {
        ConsoleError::SignedOut | ConsoleError::Reconnect => StatusCode::UNAUTHORIZED,
        ConsoleError::PlanLimit { .. } => StatusCode::PAYMENT_REQUIRED,
        ConsoleError::Forbidden { .. } => StatusCode::FORBIDDEN,
        ConsoleError::NotFound => StatusCode::NOT_FOUND,
        ConsoleError::Refused { status, .. } => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
        ConsoleError::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        ConsoleError::Upstream { .. } | ConsoleError::Unreadable { .. } => StatusCode::BAD_GATEWAY,
        ConsoleError::Unreachable { .. } => StatusCode::GATEWAY_TIMEOUT,
        ConsoleError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        ConsoleError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
