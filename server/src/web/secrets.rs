//! Secrets beside their forms: a typed value that is compared, and the names as a file.

use std::sync::Arc;

use app::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    paths,
    secrets::{digest, dotenv::skeleton, is_reserved, name_fault},
};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};
use management_api::secrets::ListSecrets;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{file, sign_in::turn_away::form_to_sign_in};
use crate::{backend::RequestBackend, context::RequestContext, identity::Through, render, responses, state::Shared};

/// The page of a project's secrets, to which the value is posted.
pub const COMPARE: &str = "/projects/{ref}/secrets";
/// See [`paths::secrets_file`].
pub const NAMES: &str = "/projects/{ref}/secrets/names";

#[derive(Deserialize)]
pub struct Typed {
    value: SecretString,
}

/// Answers with the page, which finds the secrets whose digest is that of the value. The value goes no further than this.
pub async fn compare(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(project): Path<String>,
    headers: HeaderMap,
    axum::Form(typed): axum::Form<Typed>,
) -> Response {
    let address = paths::secrets(&project);
    if context.signed_in.is_none() {
        return form_to_sign_in(&headers, &ConsoleError::SignedOut, &address);
    }
    // Browsers end lines in their own way.
    let value = SecretString::from(typed.value.expose_secret().replace("\r\n", "\n"));
    let typed_digest = Some(digest(value.expose_secret()));
    let context = RequestContext {
        typed_digest,
        ..context
    };
    render::answer(shared, context, headers, &address, StatusCode::OK).await
}

/// The names of a project's secrets as a `.env` file without values.
pub async fn names(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(project): Path<String>,
) -> Response {
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    match narrow(&backend, &ListSecrets { project }).await {
        Ok(all) => {
            let mut names: Vec<&str> = all.iter().map(|secret| secret.name.as_str()).collect();
            // A name that a file cannot hold would become another one, or a line of its own.
            names.retain(|name| !is_reserved(name) && name_fault(name).is_none());
            names.sort_unstable();
            file::attachment("secrets.env", "text/plain; charset=utf-8", skeleton(names))
        }
        Err(error) => responses::page(
            responses::status(&error),
            "The names could not be exported",
            "Supabase did not give the list of secrets. Open the page of the project\u{2019}s secrets, which says why, and try \
             again.",
        ),
    }
}
