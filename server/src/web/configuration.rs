//! GET /files/<project>/configuration/<format>: a project's whole configuration as a file, without its secrets.

use std::sync::Arc;

use app::{backend::BackendHandle, error::ConsoleError, paths, reads, settings::document};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};

use crate::{
    backend::RequestBackend, context::RequestContext, identity::Through, responses, state::Shared,
    web::sign_in::turn_away::form_to_sign_in,
};

/// The router's path; see [`paths::configuration_file`].
pub const ROUTE: &str = "/files/{project}/configuration/{format}";

pub async fn file(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path((project, format)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let content_type = match format.as_str() {
        "toml" => "application/toml; charset=utf-8",
        "json" => "application/json",
        _ => return responses::not_understood(StatusCode::NOT_FOUND),
    };
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    match reads::settings::all(&backend.anew(), &project).await {
        Ok(read) => {
            let tree = document::of(&read);
            let name = backend.name_of(&project).unwrap_or_else(|| project.clone());
            let text = match format.as_str() {
                "json" => document::to_json(&tree),
                _ => document::to_toml_of(&name, &project, &tree),
            };
            let kept = format!("attachment; filename=\"supabase-{}.{format}\"", letters(&project));
            let headers = [
                (header::CONTENT_TYPE, content_type.to_owned()),
                (header::CONTENT_DISPOSITION, kept),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, text).into_response()
        }
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => {
            form_to_sign_in(&headers, &error, &paths::configuration(&project))
        }
        Err(error) => {
            let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (responses::status(&error), plain, format!("{error}\n")).into_response()
        }
    }
}

/// What of a ref can stand in a file's name.
fn letters(reference: &str) -> String {
    let fits = |one: &char| one.is_ascii_alphanumeric();
    reference.chars().filter(fits).take(40).collect()
}
