//! Render: drawing the app's pages.

use std::sync::Arc;

use app::backend::BackendHandle;
use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, request::Parts};
use leptos::{config::LeptosOptions, context::provide_context, reactive::owner::with_context};

use crate::{backend::RequestBackend, context::RequestContext, identity::Through, responses, state::Shared};

/// Provides the backend to a page or a server function; Leptos has put the request's parts there before.
pub fn context(shared: Shared) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        let request = with_context(|parts: &Parts| parts.extensions.get::<RequestContext>().cloned());
        let request = request.flatten().unwrap_or_default();
        let backend = RequestBackend::new(shared.clone(), request, Through::Console);
        provide_context::<BackendHandle>(Arc::new(backend));
    }
}

/// Draws the app's own page for a path that leads nowhere; a program that wants no pages is told in a line.
pub async fn not_found(shared: Shared, request: Request<Body>) -> Response {
    if !responses::wants_html(request.headers()) {
        return (
            StatusCode::NOT_FOUND,
            "There is nothing at this address of the console.\n",
        )
            .into_response();
    }
    draw(shared, request, StatusCode::NOT_FOUND).await
}

/// Draws the page at `address` as the answer to a form; `context` holds what it answers with.
pub async fn answer(
    shared: Shared,
    context: RequestContext,
    headers: HeaderMap,
    address: &str,
    status: StatusCode,
) -> Response {
    let mut page = Request::new(Body::empty());
    *page.headers_mut() = headers;
    *page.uri_mut() = address.parse().unwrap_or_default();
    page.extensions_mut().insert(context);
    draw(shared, page, status).await
}

/// Draws the page of the request's path; `status` is the answer's, unless the page has one of its own.
pub async fn draw(shared: Shared, request: Request<Body>, status: StatusCode) -> Response {
    let options = options();
    let draw =
        leptos_axum::render_app_to_stream_in_order_with_context(context(shared), move || app::shell(options.clone()));
    let mut page = draw(request).await;
    if page.status() == StatusCode::OK {
        *page.status_mut() = status;
    }
    page
}

pub fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("steward").build()
}
