//! The sign-in's endpoints. Every failure leads to the sign-in page, which says what to do.

use std::time::Duration;

use app::{backend::SignInMethod, error::ConsoleError, paths};
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use management_api::{
    Operation, Request,
    organizations::ListOrganizations,
    profile::{GetProfile, Profile},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tower_sessions::Session;

use super::client::Refusal;
use crate::{
    admission::{self, Verdict},
    own_path::after_sign_in,
    plain::Sorry,
    session,
    stack::{AccountKey, Call, PersonId, Through},
    state::{self, Shared},
    store::{
        accounts::{Person, TokenSet},
        crypto::{hashed, random_id},
        sign_ins::SignIn,
    },
    visit::SignedIn,
};

/// Why somebody could not be signed in; the words of `?problem=`.
#[derive(Clone, Copy, Debug)]
enum Problem {
    ConsentDenied,
    WrongState,
    ExpiredCode,
    Unavailable,
    NotConfigured,
    TokenRefused,
    NotAllowed,
}

impl Problem {
    fn as_str(self) -> &'static str {
        match self {
            Self::ConsentDenied => "consent-denied",
            Self::WrongState => "wrong-state",
            Self::ExpiredCode => "expired-code",
            Self::Unavailable => "unavailable",
            Self::NotConfigured => "not-configured",
            Self::TokenRefused => "token-refused",
            Self::NotAllowed => "not-allowed",
        }
    }

    fn page(self, return_to: &str) -> Response {
        tracing::info!(problem = self.as_str(), "a sign-in failed");
        Redirect::to(&paths::sign_in_because(self.as_str(), return_to)).into_response()
    }
}

#[derive(Deserialize)]
pub struct Start {
    return_to: Option<String>,
}

/// POST /sign-in/start: on to Supabase's consent page.
pub async fn start(State(shared): State<Shared>, session: Session, Form(form): Form<Start>) -> Result<Response, Sorry> {
    let return_to = after_sign_in(form.return_to.as_deref());
    let Some(oauth) = &shared.oauth else {
        return Ok(Problem::NotConfigured.page(&return_to));
    };
    let (url, state, verifier) = oauth.authorize();
    let browser = session::mark_browser(&session).await?;
    let sign_in = SignIn {
        pkce_verifier: verifier.into_secret(),
        return_to,
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
    Query(callback): Query<Callback>,
) -> Result<Response, Sorry> {
    let browser = session::browser(&session).await?;
    let sign_in = match (browser, callback.state) {
        (Some(browser), Some(state)) => shared.store.take_sign_in(&browser, &state).await?,
        (None, _) | (_, None) => None,
    };
    let Some(SignIn {
        pkce_verifier,
        return_to,
    }) = sign_in
    else {
        return Ok(Problem::WrongState.page(paths::HOME));
    };
    let Some(oauth) = &shared.oauth else {
        return Ok(Problem::NotConfigured.page(&return_to));
    };
    if let Some(error) = callback.error {
        return Ok(refused_by(&error).page(&return_to));
    }
    let Some(code) = callback.code else {
        return Ok(Problem::WrongState.page(&return_to));
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
            return Ok(problem.page(&return_to));
        }
    };
    let signed_in = admit(&shared, SignInMethod::Oauth, &tokens).await?;
    finish(&shared, &session, signed_in, &return_to).await
}

/// The authorization endpoint's error codes (RFC 6749, 4.1.2.1).
fn refused_by(error: &str) -> Problem {
    match error {
        "access_denied" => Problem::ConsentDenied,
        "invalid_request" | "unauthorized_client" | "unsupported_response_type" | "invalid_scope" => {
            Problem::NotConfigured
        }
        _ => Problem::Unavailable,
    }
}

#[derive(Deserialize)]
pub struct TokenForm {
    token: SecretString,
    return_to: Option<String>,
}

/// POST /sign-in/token: signs in with a personal access token, once the API has accepted it.
pub async fn token(
    State(shared): State<Shared>,
    session: Session,
    Form(form): Form<TokenForm>,
) -> Result<Response, Sorry> {
    let return_to = after_sign_in(form.return_to.as_deref());
    if !shared.pat_sign_in {
        return Ok(Problem::NotConfigured.page(&return_to));
    }
    let token = form.token.expose_secret().trim();
    if token.is_empty() || token.len() > 512 || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Problem::TokenRefused.page(&return_to));
    }
    let tokens = TokenSet {
        access: token.into(),
        refresh: None,
        access_expires_at: None,
    };
    let signed_in = admit(&shared, SignInMethod::PersonalAccessToken, &tokens).await?;
    if let Some(problem) = try_out(&shared, &signed_in).await? {
        shared.store.delete_account(&signed_in.account).await?;
        return Ok(problem.page(&return_to));
    }
    finish(&shared, &session, signed_in, &return_to).await
}

/// Whether the API knows the token. One without the right to list organizations is a token all the same.
async fn try_out(shared: &state::State, signed_in: &SignedIn) -> Result<Option<Problem>, Sorry> {
    Ok(match send(shared, signed_in, &ListOrganizations {}).await {
        Ok(_) | Err(ConsoleError::Forbidden { .. } | ConsoleError::PlanLimit { .. }) => None,
        Err(
            ConsoleError::Reconnect
            | ConsoleError::SignedOut
            | ConsoleError::NotFound
            | ConsoleError::Refused { .. }
            | ConsoleError::Invalid { .. }
            | ConsoleError::Unconfirmed { .. },
        ) => Some(Problem::TokenRefused),
        Err(
            ConsoleError::RateLimited { .. }
            | ConsoleError::Upstream { .. }
            | ConsoleError::Unreachable { .. }
            | ConsoleError::Unreadable { .. }
            | ConsoleError::Busy
            | ConsoleError::Unidentified
            | ConsoleError::Internal { .. },
        ) => Some(Problem::Unavailable),
    })
}

/// POST /sign-out. The session ends at once; that upstream is slow or away does not hold it up.
pub async fn sign_out(State(shared): State<Shared>, session: Session) -> Result<Response, Sorry> {
    let account = session::account(&session).await?;
    session.flush().await?;
    if let Some(account) = account {
        // ok: running out of time only means that the task goes on alone.
        let _ = tokio::time::timeout(Duration::from_secs(5), shared.keeper.end(account)).await;
    }
    Ok(Redirect::to(&format!("{}?signed_out=1", paths::SIGN_IN)).into_response())
}

/// Stores the tokens under a new key, and finds out whose they are, as far as Supabase tells.
async fn admit(shared: &state::State, method: SignInMethod, tokens: &TokenSet) -> Result<SignedIn, Sorry> {
    let key = random_id();
    let person = Person {
        id: PersonId::from(hashed(&key)),
        email: None,
        username: None,
        method,
    };
    let mut signed_in = SignedIn {
        account: AccountKey::from(key),
        person,
    };
    shared
        .store
        .add_account(&signed_in.account, &signed_in.person, tokens)
        .await?;
    let profile = tokio::time::timeout(Duration::from_secs(5), send(shared, &signed_in, &GetProfile {})).await;
    if let Ok(Ok(body)) = profile
        && let Ok(Profile {
            primary_email,
            username,
        }) = serde_json::from_slice(&body)
    {
        signed_in.person.id = PersonId::from(hashed(&format!("person {}", primary_email.to_lowercase())));
        signed_in.person.email = Some(primary_email);
        signed_in.person.username = Some(username).filter(|name| !name.is_empty());
        shared.store.name_account(&signed_in.account, &signed_in.person).await?;
    }
    Ok(signed_in)
}

/// Signs in whoever may be; the grant of anybody else is given back.
async fn finish(
    shared: &state::State,
    session: &Session,
    signed_in: SignedIn,
    return_to: &str,
) -> Result<Response, Sorry> {
    let problem = match admission::ask(shared, &signed_in).await? {
        Verdict::Admitted => None,
        Verdict::Refused => Some(Problem::NotAllowed),
        Verdict::Unknown => Some(Problem::Unavailable),
    };
    if let Some(problem) = problem {
        shared.keeper.end(signed_in.account);
        return Ok(problem.page(return_to));
    }
    if let Some(before) = session::sign_in(session, &signed_in.account).await? {
        shared.store.delete_account(&before).await?;
    }
    tracing::info!(person = %signed_in.person.id, method = ?signed_in.person.method, "signed in");
    Ok(Redirect::to(return_to).into_response())
}

async fn send<O: Operation>(
    shared: &state::State,
    signed_in: &SignedIn,
    operation: &O,
) -> Result<Vec<u8>, ConsoleError> {
    let request = Request::of(operation)?;
    let answer = shared
        .stack
        .send(Call::new(signed_in.caller(Through::Console), request))
        .await?;
    Ok(answer.body.to_vec())
}
