//! The token endpoint: a code or a refresh token for an access token and the next refresh token.

use axum::http::{HeaderValue, StatusCode, header};

use super::{SignIn, client};
use crate::{
    answer::{Answered, Refusal, json},
    request::{Request, first},
    token::{self, WorldId},
};

/// The document's fields; any other is refused.
const FIELDS: &[&str] = &[
    "grant_type",
    "client_id",
    "client_secret",
    "code",
    "code_verifier",
    "redirect_uri",
    "refresh_token",
    "resource",
    "scope",
];

pub fn world_of(request: &Request) -> Option<WorldId> {
    let fields = request.form();
    first(&fields, "code")
        .or_else(|| first(&fields, "refresh_token"))
        .and_then(token::world_of)
}

/// v1-exchange-oauth-token
pub fn exchange(sign_in: &mut SignIn<'_>) -> Answered {
    let invalid = |message: &str| Refusal::Invalid(message.to_owned());
    let is_form = sign_in
        .request
        .header(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if !is_form {
        return Err(invalid("The body must be a form (application/x-www-form-urlencoded)."));
    }
    let fields = sign_in.request.form();
    if !fields.iter().all(|(name, _)| FIELDS.contains(&name.as_str())) {
        return Err(invalid("The form has a field that this endpoint does not know."));
    }
    client::authenticate(sign_in.request, &fields)?;
    let field = |name| first(&fields, name);
    let mint = sign_in.world.mint();
    let (grants, counters) = (&mut sign_in.world.grants, &mut sign_in.world.counters);
    let tokens = match field("grant_type") {
        Some("authorization_code") => {
            counters.exchanges += 1;
            let code = field("code").ok_or_else(|| invalid("code: expected a text."))?;
            grants.exchange(
                mint,
                code,
                field("redirect_uri").unwrap_or_default(),
                field("code_verifier"),
            )?
        }
        Some("refresh_token") => {
            counters.refreshes += 1;
            grants.refresh(
                mint,
                field("refresh_token").ok_or_else(|| invalid("refresh_token: expected a text."))?,
            )?
        }
        Some(_) | None => {
            return Err(invalid("grant_type: expected authorization_code or refresh_token."));
        }
    };
    let mut answer = json(StatusCode::CREATED, &tokens);
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}
