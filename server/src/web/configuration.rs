//! GET /files/<project>/configuration/<format>: a project's whole configuration as a file, without its secrets.

use std::sync::Arc;

use app::{backend::BackendHandle, paths, reads, settings::document};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};

use super::file;
use crate::{backend::RequestBackend, context::RequestContext, identity::Through, responses, state::Shared};

/// The router's path; see [`paths::configuration_file`].
pub const ROUTE: &str = "/files/{project}/configuration/{format}";

pub async fn answer(
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
            let name = format!("supabase-{}.{format}", letters(&project));
            file::attachment(&name, content_type, text)
        }
        Err(error) => file::refused(&headers, &error, &paths::configuration(&project)),
    }
}

/// What of a ref can stand in a file's name.
fn letters(reference: &str) -> String {
    let fits = |one: &char| one.is_ascii_alphanumeric();
    reference.chars().filter(fits).take(40).collect()
}
