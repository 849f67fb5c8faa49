//! The revocation endpoint: ends a grant with all its tokens.

use axum::http::StatusCode;
use serde::Deserialize;

use super::{SignIn, client};
use crate::{
    answer::{Answered, empty},
    request::Request,
    token::{self, WorldId},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revocation {
    client_id: String,
    client_secret: String,
    refresh_token: String,
}

pub fn world_of(request: &Request) -> Option<WorldId> {
    let revocation: Revocation = request.json().ok()?;
    token::world_of(&revocation.refresh_token)
}

/// v1-revoke-token. An unknown token is answered like a known one (RFC 7009, 2.2): it is not valid either way.
pub fn revoke(sign_in: &mut SignIn<'_>) -> Answered {
    let Revocation {
        client_id,
        client_secret,
        refresh_token,
    } = sign_in.request.json()?;
    client::check(Some((&client_id, &client_secret)))?;
    if sign_in.world.grants.revoke(&refresh_token) {
        sign_in.world.counters.revocations += 1;
    }
    Ok(empty(StatusCode::NO_CONTENT))
}
