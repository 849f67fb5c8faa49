//! How often one address may ask for the sign-in: everything there writes to the database or asks Supabase, and nobody has
//! to be signed in for it.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

use crate::{responses, state::Shared};

/// Refuses who asks too often.
pub async fn bound(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let address = shared
        .sign_in_limit
        .address(peer.map(|ConnectInfo(peer)| peer.ip()), request.headers());
    match take(&shared, address).await {
        Ok(()) => next.run(request).await,
        Err(seconds) => {
            tracing::warn!(%address, "too many sign-ins; the request was refused");
            let mut refusal = responses::page(
                StatusCode::TOO_MANY_REQUESTS,
                "Too many sign-ins",
                "There were too many attempts to sign in from your address, and nothing was done. Wait a minute, then \
                 try again. If a whole team meets this behind one proxy, the person who runs this console finds what \
                 to set under STEWARD_TRUSTED_PROXY_HEADER.",
            );
            refusal.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            refusal
        }
    }
}

/// Takes one request of the address, here first: whoever asks too often is not to ask the database either.
async fn take(shared: &Shared, address: IpAddr) -> Result<(), u64> {
    let limit = &shared.sign_in_limit;
    limit.take(address)?;
    shared
        .store
        .count_sign_in(address, limit.a_minute())
        .await
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "sign-ins at other instances could not be counted");
            // What is counted here holds all the same.
            Ok(())
        })
}
