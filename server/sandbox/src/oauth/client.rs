//! Whether the OAuth app is who it says it is.

use base64::{Engine, prelude::BASE64_STANDARD};
use url::form_urlencoded;

use crate::{
    DEMO_CLIENT_ID, DEMO_CLIENT_SECRET,
    answer::Refusal,
    request::{Request, first},
};

/// What the service says of an app that it does not know.
pub const UNKNOWN: &str = "Unrecognized client_id";

/// Checks id and secret, given either by Basic authentication or as fields of the body (RFC 6749, 2.3.1).
pub fn authenticate(request: &Request, fields: &[(String, String)]) -> Result<(), Refusal> {
    let body = first(fields, "client_id").zip(first(fields, "client_secret"));
    let given = match (basic(request), body) {
        (Some(_), Some(_)) => {
            let both = "client_secret: give it either by Basic or in the body, not both.";
            return Err(Refusal::Invalid(both.to_owned()));
        }
        (Some(basic), None) => Some(basic),
        (None, body) => body.map(|(id, secret)| (id.to_owned(), secret.to_owned())),
    };
    check(given.as_ref().map(|(id, secret)| (id.as_str(), secret.as_str())))
}

/// Whether id and secret are the demo app's.
pub fn check(given: Option<(&str, &str)>) -> Result<(), Refusal> {
    match given {
        Some((DEMO_CLIENT_ID, DEMO_CLIENT_SECRET)) => Ok(()),
        Some((DEMO_CLIENT_ID, _)) => Err(Refusal::Client("Invalid client_secret")),
        Some(_) | None => Err(Refusal::Client(UNKNOWN)),
    }
}

/// Both parts are form-encoded within the header.
fn basic(request: &Request) -> Option<(String, String)> {
    let encoded = request
        .header(axum::http::header::AUTHORIZATION)?
        .strip_prefix("Basic ")?;
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |part: &str| {
        // ok: a part without `=` or `&` is one field's name.
        form_urlencoded::parse(part.as_bytes())
            .next()
            .map(|(part, _)| part.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}
