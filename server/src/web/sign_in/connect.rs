//! Connecting: one grant or token more for somebody who is signed in, and one less.

use app::{backend::SignInMethod, connections::CLAIM, paths};
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use secrecy::SecretString;
use serde::Deserialize;
use time::{Date, format_description::BorrowedFormatItem, macros::format_description};
use tower_sessions::Session;

use super::{
    enter::{GiveBack, details},
    identify,
    personal_token::personal,
    problem::{Problem, refused_with},
};
use crate::{
    identity::{AccountKey, Known, Person},
    oauth::{client::Asks, ending::Ended, trial::Tried},
    responses::Unavailable,
    sessions::mark,
    state::{self, Shared},
    store::{
        accounts::{NewAccount, Standing},
        connections::Kept,
        sign_ins::SignIn,
        tokens::TokenSet,
    },
    web::{
        own_path::{after_sign_in, with_parameter},
        session,
    },
};

/// How a day is written.
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
/// Characters of what was typed in the place of a ref that its page shows again.
const LONGEST_SHOWN: usize = 60;
/// Refs that may be typed for one token.
const TYPED: usize = 20;

#[derive(Deserialize)]
pub struct Start {
    return_to: Option<String>,
    /// The slug that it is for.
    organization: Option<String>,
    /// The ref of a project that is to be claimed on the way.
    claim: Option<String>,
}

/// POST /connections/connect: on to Supabase's consent page.
pub async fn start(
    State(shared): State<Shared>,
    session: Session,
    Form(form): Form<Start>,
) -> Result<Response, Unavailable> {
    let Some((here, _)) = standing(&shared, &session).await? else {
        return Ok(Redirect::to(&paths::sign_in_then(paths::CONNECTIONS)).into_response());
    };
    let Some(oauth) = &shared.oauth else {
        return Ok(told("not-configured"));
    };
    let return_to = after_sign_in(form.return_to.as_deref());
    let slug = form.organization.as_deref().filter(|slug| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (1..=64).contains(&slug.len()) && slug.bytes().all(fits)
    });
    let claim = form.claim.as_deref().map(str::trim).filter(|text| is_ref(text));
    if let (None, Some(typed)) = (claim, &form.claim) {
        // The page says on the field what is wrong with it.
        let typed: String = typed.trim().chars().take(LONGEST_SHOWN).collect();
        let back = with_parameter(&return_to, CLAIM, &typed);
        return Ok(Redirect::to(&back).into_response());
    }
    let asks = match (claim, slug) {
        (Some(project), _) => Asks::Claim(project),
        (None, Some(slug)) => Asks::Organization(slug),
        (None, None) => Asks::Anything,
    };
    let (url, state, verifier) = oauth.authorize(asks);
    let browser = session::mark_browser(&session).await?;
    let sign_in = SignIn {
        pkce_verifier: verifier.into_secret(),
        return_to,
        connects: Some(here.as_str().to_owned()),
    };
    shared.store.begin_sign_in(&browser, state.secret(), &sign_in).await?;
    Ok(Redirect::to(url.as_str()).into_response())
}

/// Whether the text may be a project's ref.
fn is_ref(text: &str) -> bool {
    text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[derive(Deserialize)]
pub struct Token {
    token: SecretString,
    #[serde(default)]
    projects: String,
    /// The day on which it ends, `YYYY-MM-DD`.
    #[serde(default)]
    ends: String,
    /// The mark of the one whose place it takes; empty: it is one more.
    #[serde(default)]
    replaces: String,
}

/// What a person says of a token that they give.
#[derive(Default)]
pub(super) struct Said {
    projects: Vec<String>,
    ends: Option<String>,
    /// The connection whose place it takes.
    replaces: Option<AccountKey>,
}

/// POST /connections/token: adds a personal token, or puts it in the place of an older one, once the API has accepted it.
pub async fn token(
    State(shared): State<Shared>,
    session: Session,
    Form(form): Form<Token>,
) -> Result<Response, Unavailable> {
    let Some((here, _)) = standing(&shared, &session).await? else {
        return Ok(Redirect::to(&paths::sign_in_then(paths::CONNECTIONS)).into_response());
    };
    if !shared.pat_sign_in {
        return Ok(told("not-configured"));
    }
    let refs: Vec<String> = form
        .projects
        .split([' ', ',', '\n', '\r', '\t'])
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect();
    let all_fit = refs.len() <= TYPED && refs.iter().all(|text| is_ref(text));
    let Some(tokens) = personal(&form.token).filter(|_| all_fit) else {
        return Ok(Problem::TokenRefused.told(&shared, paths::CONNECTIONS, true));
    };
    let ends = form.ends.trim();
    if !ends.is_empty() && Date::parse(ends, &DAY).is_err() {
        return Ok(told("end-refused"));
    }
    let replaces = match form.replaces.as_str() {
        "" => None,
        chosen => {
            let all = shared.store.connections_of(&here).await?;
            let of_tokens = |one: &Kept| one.person.method == SignInMethod::PersonalAccessToken;
            let Some(one) = all.into_iter().find(|one| of_tokens(one) && mark(&one.key) == chosen) else {
                return Ok(told("gone"));
            };
            Some(one.key)
        }
    };
    let said = Said {
        projects: refs,
        ends: Some(ends.to_owned()).filter(|ends| !ends.is_empty()),
        replaces,
    };
    let given = (SignInMethod::PersonalAccessToken, tokens);
    join(&shared, &session, &here, given, said, paths::CONNECTIONS).await
}

/// Adds what was given to the sign-in `to`, which must still be that of this browser. The same organization again replaces
/// the older pair, and a token the one that it was given for.
pub(super) async fn join(
    shared: &Shared,
    session: &Session,
    to: &AccountKey,
    (method, tokens): (SignInMethod, TokenSet),
    said: Said,
    return_to: &str,
) -> Result<Response, Unavailable> {
    let mut unless_kept = GiveBack {
        keeper: &shared.keeper,
        refresh: tokens.refresh.clone(),
    };
    let Some((_, standing)) = standing(shared, session).await?.filter(|(here, _)| here == to) else {
        return Ok(Problem::WrongState.page(shared, paths::CONNECTIONS));
    };
    let Tried {
        key,
        person,
        organizations,
    } = shared.trials.try_out(method, &tokens).await;
    if let Some(problem) = refused_with(method, organizations.as_ref().err()) {
        return Ok(problem.told(shared, return_to, true));
    }
    let known = |person: &Person| person.known == Known::Profile;
    if known(&standing.person) && known(&person) && standing.person.id != person.id {
        return Ok(told("another-person"));
    }
    let mut found = details(method, &tokens, organizations.as_deref());
    (found.projects, found.ends) = (said.projects, said.ends);
    let before = shared.store.connections_of(to).await?;
    let again = before.iter().find(|one| match &said.replaces {
        Some(replaced) => one.key == *replaced,
        None => is_same(one, method, found.organizations.as_deref()),
    });
    if said.replaces.is_some() && again.is_none() {
        return Ok(told("gone"));
    }
    match again {
        Some(one) => shared.store.renew_connection(&one.key, &tokens, &found).await?,
        None => {
            let account = NewAccount {
                key: &key,
                person: &person,
                tokens: &tokens,
                details: &found,
                admitted_as: None,
            };
            shared.store.add_connection(to, account).await?;
        }
    }
    unless_kept.refresh = None;
    if !known(&standing.person) && known(&person) {
        identify::become_known(shared, to, &standing.person, person).await?;
    }
    shared.connections.changed().await;
    tracing::info!(person = %standing.person.id, ?method, "connected");
    if return_to == paths::CONNECTIONS {
        return Ok(told(match (again, said.replaces) {
            (Some(_), Some(_)) => "replaced",
            (Some(_), None) => "again",
            (None, _) => "connected",
        }));
    }
    Ok(Redirect::to(return_to).into_response())
}

/// Whether a grant is for the organization of an earlier one.
fn is_same(before: &Kept, method: SignInMethod, organizations: Option<&[String]>) -> bool {
    let of_before = before.details.organizations.as_deref().unwrap_or_default();
    let shared = organizations
        .unwrap_or_default()
        .iter()
        .any(|slug| of_before.contains(slug));
    method == SignInMethod::Oauth && before.person.method == method && shared
}

#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    connection: String,
}

/// POST /connections/disconnect: forgets one and has Supabase end it. Without the last one nobody is signed in.
pub async fn end(
    State(shared): State<Shared>,
    session: Session,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Unavailable> {
    let Some((here, _)) = standing(&shared, &session).await? else {
        return Ok(Redirect::to(&paths::sign_in_then(paths::CONNECTIONS)).into_response());
    };
    let all = shared.store.connections_of(&here).await?;
    let Some(one) = all.iter().find(|one| mark(&one.key) == chosen.connection) else {
        return Ok(Redirect::to(paths::CONNECTIONS).into_response());
    };
    if all.len() == 1 {
        return crate::web::sign_out::sign_out(State(shared), session).await;
    }
    let ended = shared.keeper.disconnect(here.clone(), one.key.clone());
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), ended).await;
    shared.connections.changed().await;
    Ok(told(match ended {
        Ok(Ok(Ended::Revoked | Ended::Nothing)) => "removed",
        Ok(Ok(Ended::Token)) => "removed-token",
        Ok(Ok(Ended::Later) | Err(_)) | Err(_) => "removed-later",
    }))
}

#[derive(Deserialize)]
pub struct Name {
    #[serde(default)]
    name: String,
}

/// POST /connections/name: how somebody is to be called whom Supabase does not name. It is a label: who they are stays
/// what their sign-in is.
pub async fn name(
    State(shared): State<Shared>,
    session: Session,
    Form(form): Form<Name>,
) -> Result<Response, Unavailable> {
    let Some((here, standing)) = standing(&shared, &session).await? else {
        return Ok(Redirect::to(&paths::sign_in_then(paths::CONNECTIONS)).into_response());
    };
    let name = form.name.trim();
    let fits = (1..=80).contains(&name.chars().count()) && !name.chars().any(|c| c.is_control() || c == '@');
    if !fits || standing.person.known != Known::SignIn {
        return Ok(told("name-refused"));
    }
    let id = &standing.person.id;
    let person = Person {
        label: Some(format!("{name} (sign-in {})", id.as_str().get(..4).unwrap_or_default())),
        ..standing.person.clone()
    };
    shared.store.name_account(&here, &person).await?;
    Ok(told("named"))
}

/// The sign-in of this browser.
async fn standing(shared: &state::State, session: &Session) -> Result<Option<(AccountKey, Standing)>, Unavailable> {
    let Some(here) = session::account(session).await? else {
        return Ok(None);
    };
    Ok(shared.store.account(&here).await?.map(|standing| (here, standing)))
}

fn told(word: &str) -> Response {
    Redirect::to(&paths::connections_told(word)).into_response()
}
