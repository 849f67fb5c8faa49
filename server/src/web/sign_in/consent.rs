//! Signing in on Supabase's consent page: on to it, and back from it with a code.

use app::{backend::SignInMethod, paths};
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use http::HeaderMap;
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    connect,
    enter::enter,
    problem::{Problem, refused_by},
};
use crate::{
    identity::AccountKey,
    oauth::{answer::Refusal, client::Asks},
    responses::Unavailable,
    state::Shared,
    store::sign_ins::SignIn,
    web::{own_path::after_sign_in, session},
};

#[derive(Deserialize)]
pub struct Start {
    return_to: Option<String>,
}

/// POST /sign-in/start: on to Supabase's consent page.
pub async fn start(
    State(shared): State<Shared>,
    session: Session,
    Form(form): Form<Start>,
) -> Result<Response, Unavailable> {
    let return_to = after_sign_in(form.return_to.as_deref());
    let Some(oauth) = &shared.oauth else {
        return Ok(Problem::NotConfigured.page(&shared, &return_to));
    };
    let (url, state, verifier) = oauth.authorize(Asks::Anything);
    let browser = session::mark_browser(&session).await?;
    let sign_in = SignIn {
        pkce_verifier: verifier.into_secret(),
        return_to,
        connects: None,
    };
    shared.store.begin_sign_in(&browser, state.secret(), &sign_in).await?;
    Ok(Redirect::to(url.as_str()).into_response())
}

/// What Supabase sends back with the browser.
#[derive(Deserialize)]
pub struct Callback {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// GET /sign-in/callback. The state is taken out first: whatever comes of the rest, it is used.
pub async fn callback(
    State(shared): State<Shared>,
    session: Session,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Result<Response, Unavailable> {
    let browser = session::browser(&session).await?;
    let sign_in = match (browser, callback.state) {
        (Some(browser), Some(state)) => shared.store.take_sign_in(&browser, &state).await?,
        (None, _) | (_, None) => None,
    };
    let Some(SignIn {
        pkce_verifier,
        return_to,
        connects,
    }) = sign_in
    else {
        return Ok(Problem::WrongState.page(&shared, paths::HOME));
    };
    let Some(oauth) = &shared.oauth else {
        return Ok(Problem::NotConfigured.told(&shared, &return_to, connects.is_some()));
    };
    if let Some(error) = callback.error {
        return Ok(refused_by(&error).told(&shared, &return_to, connects.is_some()));
    }
    let Some(code) = callback.code else {
        return Ok(Problem::WrongState.told(&shared, &return_to, connects.is_some()));
    };
    let tokens = match oauth.exchange(code, pkce_verifier).await {
        Ok(tokens) => tokens,
        Err(refusal) => {
            tracing::warn!(%refusal, "a code was not exchanged");
            let problem = match refusal {
                Refusal::Grant => Problem::ExpiredCode,
                Refusal::App(_) => Problem::NotConfigured,
                Refusal::Unavailable(_) => Problem::Unavailable,
            };
            return Ok(problem.told(&shared, &return_to, connects.is_some()));
        }
    };
    let given = (SignInMethod::Oauth, tokens);
    match connects {
        Some(to) => {
            connect::join(
                &shared,
                &session,
                &AccountKey::from(to),
                given,
                connect::Said::default(),
                &return_to,
            )
            .await
        }
        None => enter(&shared, &session, &headers, given, &return_to).await,
    }
}
