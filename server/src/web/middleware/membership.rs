//! Before a page of an organization or project is drawn, it is known what its reader may do there.

use app::regions;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::Method;
use management_api::Scope;

use crate::{context::RequestContext, may, state::Shared};

pub async fn know(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let context = request.extensions().get::<RequestContext>();
    let signed_in = context.and_then(|context| context.signed_in.clone());
    if let (Some(signed_in), Some(scope)) = (signed_in, scope_of(&request)) {
        may::know(&shared, &signed_in, &scope, may::FRAME).await;
    }
    next.run(request).await
}

/// What a page's address is about; refs and slugs need no encoding.
fn scope_of(request: &Request) -> Option<Scope> {
    // A part of a page that is drawn anew has been through here.
    if request.method() != Method::GET || request.headers().contains_key(regions::HEADER) {
        return None;
    }
    let mut segments = request.uri().path().split('/').skip(1);
    let (area, name) = (segments.next()?, segments.next()?.to_owned());
    match (area, name.as_str()) {
        (_, "" | "new") => None,
        ("organizations", _) => Some(Scope::Organization(name)),
        ("projects", _) => Some(Scope::Project(name)),
        (_, _) => None,
    }
}
