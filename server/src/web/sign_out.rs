//! The way out: of this browser, of another one, and of all at once. Each says what has become of the grants.

use std::time::Duration;

use app::paths;
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use futures::future::join_all;
use serde::Deserialize;
use tower_sessions::Session;

use super::session;
use crate::{
    identity::AccountKey,
    oauth::ending::Ended,
    responses::Unavailable,
    sessions::mark,
    state::{self, Shared},
};

/// How long somebody waits for Supabase; what takes longer goes on alone.
const PATIENCE: Duration = Duration::from_secs(5);

/// POST /sign-out. The session ends at once; that upstream is slow or away does not hold it up.
pub async fn sign_out(State(shared): State<Shared>, session: Session) -> Result<Response, Unavailable> {
    let account = session::account(&session).await?;
    session.flush().await?;
    let ended = end(&shared, account.into_iter().collect()).await;
    Ok(Redirect::to(&paths::signed_out(&word(&ended))).into_response())
}

#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    session: String,
}

/// POST /sessions/end: ends one of the person's own sign-ins.
pub async fn end_one(
    State(shared): State<Shared>,
    session: Session,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Unavailable> {
    let Some((here, own)) = own(&shared, &session).await? else {
        return Ok(Redirect::to(&paths::sign_in_then(paths::SESSIONS)).into_response());
    };
    let Some(account) = own.into_iter().find(|account| mark(account) == chosen.session) else {
        // It has ended meanwhile; somebody else's is never found.
        return Ok(Redirect::to(paths::SESSIONS).into_response());
    };
    if account == here {
        return sign_out(State(shared), session).await;
    }
    let ended = end(&shared, vec![account]).await;
    Ok(Redirect::to(&paths::session_ended(&word(&ended))).into_response())
}

/// POST /sessions/end-all: ends all of the person's sign-ins, this one too.
pub async fn end_all(State(shared): State<Shared>, session: Session) -> Result<Response, Unavailable> {
    let Some((_, own)) = own(&shared, &session).await? else {
        return Ok(Redirect::to(&paths::sign_in_then(paths::SESSIONS)).into_response());
    };
    session.flush().await?;
    let ended = end(&shared, own).await;
    Ok(Redirect::to(&paths::signed_out(&word(&ended))).into_response())
}

/// The account of this browser, and all of its person's.
async fn own(shared: &state::State, session: &Session) -> Result<Option<(AccountKey, Vec<AccountKey>)>, Unavailable> {
    let Some(here) = session::account(session).await? else {
        return Ok(None);
    };
    let Some(standing) = shared.store.account(&here).await? else {
        return Ok(None);
    };
    let listed = shared.store.accounts_of(&standing.person.id).await?;
    let mut own: Vec<AccountKey> = listed.into_iter().map(|listed| listed.key).collect();
    if !own.contains(&here) {
        // Of before people were found by their accounts.
        own.push(here.clone());
    }
    Ok(Some((here, own)))
}

async fn end(shared: &state::State, accounts: Vec<AccountKey>) -> Vec<Ended> {
    let count = accounts.len();
    let tasks = accounts.into_iter().map(|account| shared.keeper.end(account));
    match tokio::time::timeout(PATIENCE, join_all(tasks)).await {
        // A task that broke off has left its grant to those that are tried again.
        Ok(ended) => ended.into_iter().map(|one| one.unwrap_or(Ended::Later)).collect(),
        Err(_) => vec![Ended::Later; count],
    }
}

/// What has become of the grants, for the page that tells: the words that are true of some of them, joined by a dash.
fn word(ended: &[Ended]) -> String {
    let words: Vec<&str> = [
        (Ended::Later, "later"),
        (Ended::Token, "token"),
        (Ended::Revoked, "revoked"),
    ]
    .iter()
    .filter(|(kind, _)| ended.contains(kind))
    .map(|(_, word)| *word)
    .collect();
    if words.is_empty() {
        "done".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_the_grants_is_told_as_it_is() {
        for (ended, expected) in [
            (&[Ended::Revoked, Ended::Nothing][..], "revoked"),
            (&[Ended::Later, Ended::Revoked], "later-revoked"),
            (&[Ended::Token], "token"),
            (&[Ended::Nothing], "done"),
            (&[], "done"),
        ] {
            assert_eq!(word(ended), expected, "{ended:?}");
        }
    }
}
