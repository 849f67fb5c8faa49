//! The sign-in's endpoints. Every failure leads to the sign-in page, which says what to do.

pub mod admitted;
pub mod connect;
pub mod identify;
pub mod turn_away;

use app::{backend::SignInMethod, error::ConsoleError, paths};
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, header::USER_AGENT};
use management_api::organizations::Organization;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tower_sessions::Session;

use super::{own_path::after_sign_in, session, user_agent};
use crate::{
    admission::{self, Verdict},
    ahead, connections,
    identity::{AccountKey, Known, Person, SignedIn},
    oauth::{
        client::{Asks, Refusal},
        tokens::TokenKeeper,
        trial::Tried,
    },
    request_id::RequestId,
    responses::Unavailable,
    state::{self, Shared},
    store::{
        accounts::{Details, NewAccount, TokenSet, scopes},
        sign_ins::SignIn,
    },
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
    /// A grant that Supabase refuses as soon as it was given.
    Revoked,
    NotAllowed,
}

impl Problem {
    /// Where it is told: the sign-in page, or the page of the connections that were to be added to.
    fn told(self, shared: &state::State, return_to: &str, connects: bool) -> Response {
        if connects {
            shared.failures.count(self.as_str());
            Redirect::to(&paths::connections_told(self.as_str())).into_response()
        } else {
            self.page(shared, return_to)
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::ConsentDenied => "consent-denied",
            Self::WrongState => "wrong-state",
            Self::ExpiredCode => "expired-code",
            Self::Unavailable => "unavailable",
            Self::NotConfigured => "not-configured",
            Self::TokenRefused => "token-refused",
            Self::Revoked => "revoked",
            Self::NotAllowed => "not-allowed",
        }
    }

    /// The sign-in page, which says what to do. Counted: see [`crate::oauth::failures`].
    fn page(self, shared: &state::State, return_to: &str) -> Response {
        shared.failures.count(self.as_str());
        Redirect::to(&paths::sign_in_because(self.as_str(), return_to)).into_response()
    }
}

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
fn personal(pasted: &SecretString) -> Option<TokenSet> {
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

/// What is kept of tokens beside themselves.
fn details(method: SignInMethod, tokens: &TokenSet, listed: Result<&[Organization], &ConsoleError>) -> Details {
    let token = match method {
        SignInMethod::Oauth => None,
        SignInMethod::PersonalAccessToken => Some(tokens.access.expose_secret()),
    };
    let listed = listed.ok();
    Details {
        organizations: listed.map(|list| list.iter().map(|one| one.slug.clone()).collect()),
        names: listed
            .unwrap_or_default()
            .iter()
            .map(|one| (one.slug.clone(), one.name.clone()))
            .collect(),
        mark: token.and_then(connections::mark),
        scoped: token.is_some_and(connections::is_scoped),
        ..Details::default()
    }
}

/// The one way in: tokens are tried, their owner admitted, and only then is anything of them stored.
async fn enter(
    shared: &Shared,
    session: &Session,
    headers: &HeaderMap,
    (method, tokens): (SignInMethod, TokenSet),
    return_to: &str,
) -> Result<Response, Unavailable> {
    let mut unless_admitted = GiveBack {
        keeper: &shared.keeper,
        refresh: tokens.refresh.clone(),
    };
    let Tried {
        key,
        person,
        organizations,
    } = shared.trials.try_out(method, &tokens).await;
    let found = details(method, &tokens, organizations.as_deref());
    let slugs = organizations.map(|list| list.into_iter().map(|one| one.slug).collect::<Vec<_>>());
    let details = Details {
        browser: user_agent::in_words(
            headers
                .get(USER_AGENT)
                .and_then(|agent| agent.to_str().ok())
                .unwrap_or_default(),
        ),
        ..found
    };
    if let Some(problem) = refused_with(method, slugs.as_ref().err()) {
        return Ok(problem.page(shared, return_to));
    }
    match admission::judge(&shared.admission, person.email.as_deref(), async { slugs }).await {
        Verdict::Admitted => {}
        Verdict::Refused => return Ok(Problem::NotAllowed.page(shared, return_to)),
        Verdict::Unknown => return Ok(Problem::Unavailable.page(shared, return_to)),
    }
    identify::keep_names(shared, &person).await?;
    let mark = shared.admission.mark();
    let account = NewAccount {
        key: &key,
        person: &person,
        tokens: &tokens,
        details: &details,
        admitted_as: mark.as_deref(),
    };
    shared.store.add_account(account).await?;
    unless_admitted.refresh = None;
    if let Some(before) = session::sign_in(session, &key).await? {
        end_before(shared, before, &person, &details).await?;
    }
    tracing::info!(person = %person.id, ?method, "signed in");
    let me = SignedIn {
        account: key,
        person,
        scopes: tokens.scopes.as_deref().map(scopes),
        request: RequestId::current(),
    };
    ahead::ask(shared, &me, details.organizations.as_deref().unwrap_or_default()).await;
    Ok(Redirect::to(return_to).into_response())
}

/// Gives the grant back unless its owner is let in, even where their browser goes away meanwhile.
struct GiveBack<'a> {
    keeper: &'a TokenKeeper,
    refresh: Option<SecretString>,
}

impl Drop for GiveBack<'_> {
    fn drop(&mut self) {
        if let Some(refresh) = self.refresh.take() {
            self.keeper.give_back(refresh);
        }
    }
}

/// Whether the API knows the tokens, by what came of asking for organizations. Some that it knows may not list them.
fn refused_with(method: SignInMethod, error: Option<&ConsoleError>) -> Option<Problem> {
    match (error?, method) {
        (ConsoleError::Forbidden { .. } | ConsoleError::PlanLimit { .. }, _) => None,
        (ConsoleError::Reconnect, SignInMethod::Oauth) => Some(Problem::Revoked),
        (
            ConsoleError::Reconnect
            | ConsoleError::SignedOut
            | ConsoleError::NotFound
            | ConsoleError::Refused { .. }
            | ConsoleError::Invalid { .. },
            SignInMethod::PersonalAccessToken,
        ) => Some(Problem::TokenRefused),
        (
            ConsoleError::RateLimited { .. }
            | ConsoleError::Upstream { .. }
            | ConsoleError::Uncertain { .. }
            | ConsoleError::Unreachable { .. }
            | ConsoleError::Unreadable { .. }
            | ConsoleError::Unconfirmed { .. }
            | ConsoleError::Busy
            | ConsoleError::Unidentified
            | ConsoleError::NotConnected { .. }
            | ConsoleError::Internal { .. },
            SignInMethod::PersonalAccessToken,
        ) => Some(Problem::Unavailable),
        // Supabase has just given the grant: it is good, whatever became of this call.
        (
            ConsoleError::SignedOut
            | ConsoleError::NotFound
            | ConsoleError::Refused { .. }
            | ConsoleError::Invalid { .. }
            | ConsoleError::RateLimited { .. }
            | ConsoleError::Upstream { .. }
            | ConsoleError::Uncertain { .. }
            | ConsoleError::Unreachable { .. }
            | ConsoleError::Unreadable { .. }
            | ConsoleError::Unconfirmed { .. }
            | ConsoleError::Busy
            | ConsoleError::Unidentified
            | ConsoleError::NotConnected { .. }
            | ConsoleError::Internal { .. },
            SignInMethod::Oauth,
        ) => None,
    }
}

/// Ends the sign-in that this browser had before.
async fn end_before(
    shared: &state::State,
    before: AccountKey,
    person: &Person,
    details: &Details,
) -> Result<(), Unavailable> {
    for one in shared.store.connections_of(&before).await? {
        if may_be_one_grant(&one.person, Some(&one.details), person, details) {
            shared.store.delete_account(&one.key).await?;
        }
    }
    shared.keeper.end(before);
    Ok(())
}

/// Whether the grant of before and the new one may be the same one at Supabase. A grant is of one app, one person and one
/// organization, and whether giving it anew leaves the older tokens alive is not documented: revoking those could then end
/// the tokens just received. In doubt the old ones are forgotten; grants that are surely two are told apart and the first
/// is revoked.
fn may_be_one_grant(before: &Person, kept: Option<&Details>, person: &Person, details: &Details) -> bool {
    let by_app = |person: &Person| match person.method {
        SignInMethod::Oauth => true,
        SignInMethod::PersonalAccessToken => false,
    };
    let two_people = before.known == Known::Profile && person.known == Known::Profile && before.id != person.id;
    let organizations = |details: Option<&Details>| details.and_then(|details| details.organizations.clone());
    let two_places = match (organizations(kept), organizations(Some(details))) {
        (Some(before), Some(now)) => !before.iter().any(|slug| now.contains(slug)),
        (None, _) | (_, None) => false,
    };
    by_app(before) && by_app(person) && !two_people && !two_places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::PersonId;

    fn person(id: &str, method: SignInMethod, known: Known) -> Person {
        Person {
            id: PersonId::from(id.to_owned()),
            email: None,
            username: None,
            label: None,
            method,
            known,
        }
    }

    fn details(organizations: Option<&[&str]>) -> Details {
        Details {
            organizations: organizations.map(|slugs| slugs.iter().map(|slug| (*slug).to_owned()).collect()),
            ..Details::default()
        }
    }

    #[test]
    fn only_grants_that_are_surely_two_are_told_apart() {
        use SignInMethod::{Oauth, PersonalAccessToken};
        let ada = || person("ada", Oauth, Known::Profile);
        for (before, organizations, one) in [
            (ada(), Some(&["acme"][..]), true),
            (ada(), Some(&["acme", "globex"]), true),
            (ada(), None, true),
            (ada(), Some(&["globex"]), false),
            (person("grace", Oauth, Known::Profile), Some(&["acme"]), false),
            // Who it was is not known, so they may be the same.
            (person("x", Oauth, Known::SignIn), Some(&["acme"]), true),
            (person("x", Oauth, Known::SignIn), Some(&["globex"]), false),
            (
                person("ada", PersonalAccessToken, Known::Profile),
                Some(&["acme"]),
                false,
            ),
        ] {
            let kept = details(organizations);
            let found = may_be_one_grant(&before, Some(&kept), &ada(), &details(Some(&["acme"])));
            assert_eq!(found, one, "{before:?}");
        }
    }
}
