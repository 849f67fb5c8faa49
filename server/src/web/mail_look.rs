//! POST /mail-look/<setting>: an e-mail's text as it would look. Nothing is sent to Supabase.

use app::settings::mail::example;
use axum::{
    extract::{Path, Request},
    response::{Html, IntoResponse, Response},
};
use http::header::CONTENT_SECURITY_POLICY;

use super::sent;

/// See [`app::paths::mail_look`].
pub const ROUTE: &str = "/mail-look/{setting}";

/// What somebody typed is drawn on our origin: it runs nothing, loads nothing, and sends nothing.
const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; \
                      base-uri 'none'; frame-ancestors 'none'";

pub async fn look(Path(setting): Path<String>, request: Request) -> Response {
    let sent = match sent::read(request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let mail = example(sent.text(&setting).unwrap_or_default());
    let html = format!("<!DOCTYPE html><meta charset=\"utf-8\"><title>E-mail</title><body bgcolor=\"#ffffff\">{mail}");
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response()
}
