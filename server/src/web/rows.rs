//! GET /rows/<id>: the rows of a run, for the grid on the page that answered it; a piece on each line.

use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use futures::stream;
use http::{StatusCode, header};

use crate::{context::RequestContext, state::Shared};

/// The router's path; see [`app::paths::sql_rows`].
pub const ROUTE: &str = "/rows/{id}";

pub async fn give(
    State(shared): State<Shared>,
    Extension(context): Extension<RequestContext>,
    Path(id): Path<String>,
) -> Response {
    let me = context.signed_in.as_ref();
    let Some(me) = me else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Some(pieces) = shared.windows.take(&me.account, &id).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Piece by piece, so that the rows do not lie in memory once more.
    let pieces = (0..pieces.len()).map(move |at| {
        let piece = pieces.get(at).map(String::as_str).unwrap_or_default();
        Ok::<_, std::convert::Infallible>(Bytes::from(format!("{piece}\n")))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(stream::iter(pieces))).into_response()
}
