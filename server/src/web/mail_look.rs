//! POST /mail-look/<setting>: an e-mail's text as it would look. Nothing is sent to Supabase.

use app::settings::mail::example;
use axum::{
    extract::{Path, Request},
    response::{Html, IntoResponse, Response},
};
use http::header::{CONTENT_SECURITY_POLICY, X_FRAME_OPTIONS};

use super::sent;

/// See [`app::paths::mail_look`].
pub const ROUTE: &str = "/mail-look/{setting}";

/// What somebody typed is drawn on our origin: it runs nothing, loads nothing, leads nowhere, and stands in our own pages
/// only.
const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; \
                      base-uri 'none'; frame-ancestors 'self'";

pub async fn look(Path(setting): Path<String>, request: Request) -> Response {
    let sent = match sent::read(request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let mail = example(sent.text(&setting).unwrap_or_default());
    let html = format!("<!DOCTYPE html><meta charset=\"utf-8\"><title>E-mail</title><body bgcolor=\"#ffffff\">{mail}");
    let headers = [(CONTENT_SECURITY_POLICY, POLICY), (X_FRAME_OPTIONS, "SAMEORIGIN")];
    (headers, Html(html)).into_response()
}
