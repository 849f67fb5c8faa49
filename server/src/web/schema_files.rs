//! GET /files/<project>/types.ts and /files/<project>/data-api.json: the TypeScript types of some schemas, and the document
//! of the Data API of one.

use std::sync::Arc;

use app::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    paths,
    server_fns::database::included,
};
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use management_api::database::{GenerateTypescriptTypes, GetDatabaseOpenapi};

use crate::{
    backend::RequestBackend, context::RequestContext, identity::Through, responses, state::Shared,
    web::sign_in::turn_away::form_to_sign_in,
};

/// The router's path; see [`paths::types_file`] and [`paths::document_file`].
pub const ROUTE: &str = "/files/{project}/database/{file}";

pub async fn file(
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
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, content_type.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"database.{file}\""),
                ),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, text).into_response()
        }
        Err(error @ (ConsoleError::SignedOut | ConsoleError::Reconnect)) => form_to_sign_in(&headers, &error, &page),
        Err(error) => {
            let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (responses::status(&error), plain, format!("{error}\n")).into_response()
        }
    }
}
