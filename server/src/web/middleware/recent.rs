//! Takes down which page somebody was on.

use app::{page::Page, regions};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::Method;

use crate::{context::RequestContext, responses::wants_html, state::Shared};

pub async fn note(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let person = match request.extensions().get::<RequestContext>() {
        Some(RequestContext {
            signed_in: Some(signed_in),
            ..
        }) if is_a_visit(&request) => Some(signed_in.person.id.clone()),
        Some(_) | None => None,
    };
    let path = request.uri().path().to_owned();
    let answer = next.run(request).await;
    if let Some(person) = person.filter(|_| answer.status().is_success() && Page::at(&path).is_some()) {
        shared.recent.note(&person, &path);
    }
    answer
}

/// A part of a page that is drawn anew is no visit.
fn is_a_visit(request: &Request) -> bool {
    request.method() == Method::GET
        && !request.headers().contains_key(regions::HEADER)
        && request.uri().path() != app::paths::FIND
        && wants_html(request.headers())
}
