//! Refuses what another site makes a browser send here: the cookie would come along.

use axum::{body::Body, response::Response};
use http::StatusCode;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use url::Url;

use crate::{error::Error, responses};

type Refuse = fn(ProtectionError) -> Response<Body>;

/// Judges every POST, PUT, PATCH and DELETE by `Sec-Fetch-Site` and `Origin`. Programs that send neither hold no cookie
/// of a person, so they pass.
pub fn layer(public_url: &Url) -> Result<CsrfLayer<Refuse>, Error> {
    // Trusted by name as well, for proxies that change the Host header.
    let layer = CsrfLayer::new()
        .add_trusted_origin(public_url.origin().ascii_serialization())
        .map_err(|error| Error::Configuration(format!("STEWARD_PUBLIC_URL: {error}")))?;
    Ok(layer.with_rejection_response(refuse as Refuse))
}

fn refuse(error: ProtectionError) -> Response<Body> {
    tracing::warn!(%error, "a request from another site was refused");
    responses::page(
        StatusCode::FORBIDDEN,
        "This form was sent from another site",
        "Steward takes forms from its own pages only, and nothing was changed. If you sent it from one of them, open \
         that page anew, under the address that this console is set up for, and try again.",
    )
}
