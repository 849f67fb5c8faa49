//! Files that a browser keeps: how one is given, and what stands in the place of one that cannot be.

use app::error::ConsoleError;
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};

use super::sign_in::turn_away::form_to_sign_in;
use crate::responses;

/// A file to be kept as `name`, which is of letters, digits, dots, hyphens and underscores.
pub fn attachment(name: &str, kind: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body.into()).into_response()
}

/// Why there is none, as a line of text; whoever has to sign in is led there, and then to `page`.
pub fn refused(headers: &HeaderMap, error: &ConsoleError, page: &str) -> Response {
    match error {
        ConsoleError::SignedOut | ConsoleError::Reconnect => form_to_sign_in(headers, error, page),
        // A question that is wrong comes with 200, which no file of it should.
        ConsoleError::Refused { status: 200, message } => plain(http::StatusCode::BAD_REQUEST, message),
        error => plain(responses::status(error), &error.to_string()),
    }
}

fn plain(status: http::StatusCode, message: &str) -> Response {
    let kind = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, kind, format!("{message}\n")).into_response()
}
