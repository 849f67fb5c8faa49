//! Letting somebody in with the tokens that they brought.

use app::{backend::SignInMethod, error::ConsoleError};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, header::USER_AGENT};
use management_api::organizations::Organization;
use secrecy::{ExposeSecret, SecretString};
use tower_sessions::Session;

use super::{
    before::end_before,
    identify,
    problem::{Problem, refused_with},
};
use crate::{
    admission::{self, Verdict},
    ahead, connections,
    identity::SignedIn,
    oauth::{tokens::TokenKeeper, trial::Tried},
    request_id::RequestId,
    responses::Unavailable,
    state::Shared,
    store::{
        accounts::{Details, NewAccount},
        tokens::{TokenSet, scopes},
    },
    web::{session, user_agent},
};

/// The one way in: tokens are tried, their owner admitted, and only then is anything of them stored.
pub(super) async fn enter(
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
pub(super) struct GiveBack<'a> {
    pub(super) keeper: &'a TokenKeeper,
    pub(super) refresh: Option<SecretString>,
}

impl Drop for GiveBack<'_> {
    fn drop(&mut self) {
        if let Some(refresh) = self.refresh.take() {
            self.keeper.give_back(refresh);
        }
    }
}

/// What is kept of tokens beside themselves.
pub(super) fn details(
    method: SignInMethod,
    tokens: &TokenSet,
    listed: Result<&[Organization], &ConsoleError>,
) -> Details {
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
