//! POST /faults: a page tells that something of Steward broke off in its browser, which is counted and nothing else. Nobody has
//! to be signed in for it: the sign-in page may break, too.

use std::net::SocketAddr;

use axum::{
    Extension, Form,
    extract::{ConnectInfo, State},
};
use http::{HeaderMap, StatusCode, header::ORIGIN};
use serde::Deserialize;
use url::Url;

use crate::{
    metrics::{Fault, Part},
    state::Shared,
};

/// The router's path; `app/src/faults.js` names it, too.
pub const ROUTE: &str = "/faults";
/// Bytes of what is told, at most: two words.
pub const BODY: usize = 128;
/// What one address may tell in a minute. A page tells three.
pub const A_MINUTE: u32 = 30;

#[derive(Deserialize)]
pub struct Told {
    part: String,
    kind: String,
}

pub async fn note(
    State(shared): State<Shared>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(told): Form<Told>,
) -> StatusCode {
    if !is_of_our_page(&headers, &shared.public_url) {
        return StatusCode::FORBIDDEN;
    }
    let address = shared
        .fault_limit
        .address(peer.map(|Extension(ConnectInfo(peer))| peer.ip()), &headers);
    if shared.fault_limit.take(address).is_err() {
        return StatusCode::TOO_MANY_REQUESTS;
    }
    let Some(fault) = Fault::read(&told.kind) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    let part = Part::read(&told.part);
    shared.metrics.broke_off(part, fault);
    tracing::warn!(
        part = part.as_str(),
        kind = fault.as_str(),
        "something of a page broke off in a browser"
    );
    StatusCode::NO_CONTENT
}

/// Whether a page of this console has sent it. Forms may come from programs that say nothing of where from; this may not.
fn is_of_our_page(headers: &HeaderMap, public_url: &Url) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text(ORIGIN.as_str()) == Some(&public_url.origin().ascii_serialization()),
    }
}
