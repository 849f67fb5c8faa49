//! Signing in with a personal access token.

use app::backend::SignInMethod;
use axum::{Form, extract::State, response::Response};
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tower_sessions::Session;

use super::{enter::enter, problem::Problem};
use crate::{responses::Unavailable, state::Shared, store::tokens::TokenSet, web::own_path::after_sign_in};

#[derive(Deserialize)]
pub struct TokenForm {
    token: SecretString,
    return_to: Option<String>,
}

/// POST /sign-in/token: signs in with a personal access token, once the API has accepted it.
pub async fn token(
    State(shared): State<Shared>,
    session: Session,
    headers: HeaderMap,
    Form(form): Form<TokenForm>,
) -> Result<Response, Unavailable> {
    let return_to = after_sign_in(form.return_to.as_deref());
    if !shared.pat_sign_in {
        return Ok(Problem::NotConfigured.page(&shared, &return_to));
    }
    let Some(tokens) = personal(&form.token) else {
        return Ok(Problem::TokenRefused.page(&shared, &return_to));
    };
    let method = SignInMethod::PersonalAccessToken;
    enter(&shared, &session, &headers, (method, tokens), &return_to).await
}

/// A personal token as somebody pasted it; `None`: it cannot be one.
pub(super) fn personal(pasted: &SecretString) -> Option<TokenSet> {
    let token = pasted.expose_secret().trim();
    let fits = !token.is_empty() && token.len() <= 512 && token.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| TokenSet {
        access: token.into(),
        refresh: None,
        access_expires_at: None,
        scopes: None,
        projects: None,
    })
}
