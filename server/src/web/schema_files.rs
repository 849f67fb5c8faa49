//! GET /files/<project>/types.ts and /files/<project>/data-api.json: the TypeScript types of some schemas, and the document
//! of the Data API of one.

use std::sync::Arc;

use app::{
    backend::{BackendHandle, narrow},
    paths,
    server_fns::database::included,
};
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};
use management_api::database::{GenerateTypescriptTypes, GetDatabaseOpenapi};

use super::file;
use crate::{backend::RequestBackend, context::RequestContext, identity::Through, responses, state::Shared};

/// The router's path; see [`paths::types_file`] and [`paths::document_file`].
pub const ROUTE: &str = "/files/{project}/database/{file}";

pub async fn answer(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path((project, file)): Path<(String, String)>,
    Query(choices): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let schemas: Vec<String> = choices
        .into_iter()
        .filter(|(name, value)| name == "schema" && !value.is_empty())
        .map(|(_, value)| value)
        .collect();
    let backend: BackendHandle = Arc::new(RequestBackend::new(shared, context, Through::Console));
    let (content_type, page, read) = match file.as_str() {
        "types.ts" => {
            let generate = GenerateTypescriptTypes {
                included_schemas: included(&schemas),
                project: project.clone(),
            };
            let types = narrow(&backend, &generate).await;
            (
                "text/plain; charset=utf-8",
                paths::types(&project),
                types.map(|types| types.types),
            )
        }
        "data-api.json" => {
            let read = GetDatabaseOpenapi {
                project: project.clone(),
                schema: schemas.into_iter().next(),
            };
            let document = narrow(&backend, &read).await;
            let text = document.map(|document| format!("{:#}\n", serde_json::Value::Object(document)));
            ("application/json", paths::data_api_document(&project, ""), text)
        }
        _ => return responses::not_understood(StatusCode::NOT_FOUND),
    };
    match read {
        Ok(text) => file::attachment(&format!("database.{file}"), content_type, text),
        Err(error) => file::refused(&headers, &error, &page),
    }
}
