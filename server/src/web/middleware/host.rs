//! One name for this machine: `localhost` and `127.0.0.1` don't share cookies, so a sign-in begun under one would come
//! back to the other as a stranger.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{Method, header::HOST};
use url::Url;

use crate::{config::is_loopback, state::Shared};

/// Sends a page opened under another name of this machine to the public one. Other hosts are a proxy's business.
pub async fn unify(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let asked = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let asked = asked.and_then(|host| Url::parse(&format!("http://{host}")).ok());
    let public = &shared.public_url;
    let other_name = asked.is_some_and(|asked| {
        is_loopback(public) && is_loopback(&asked) && asked.port() == public.port() && asked.host() != public.host()
    });
    match request.uri().path_and_query().filter(|_| other_name) {
        Some(wish) => {
            let mut url = public.clone();
            url.set_path(wish.path());
            url.set_query(wish.query());
            Redirect::temporary(url.as_str()).into_response()
        }
        None => next.run(request).await,
    }
}
