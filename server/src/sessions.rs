//! Sessions: the list of a person's own sign-ins.

use app::{
    error::ConsoleError,
    sessions::{Session, Sessions},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    error::Error,
    identity::{AccountKey, Known, SignedIn},
    state::State,
    store::crypto::hashed,
};

/// What stands for an account in a form.
pub fn mark(account: &AccountKey) -> String {
    hashed(account.as_str())
}

/// The person's own sign-ins.
pub async fn list(shared: &State, signed_in: &SignedIn) -> Result<Sessions, ConsoleError> {
    let listed = shared.store.accounts_of(&signed_in.person.id).await;
    let listed = listed.map_err(|error| unreadable(&error))?;
    Ok(Sessions {
        list: listed
            .into_iter()
            .map(|one| Session {
                id: mark(&one.key),
                since: moment(one.signed_in_at),
                used: moment(one.used_at),
                method: one.method,
                browser: one.browser,
                here: one.key == signed_in.account,
            })
            .collect(),
        complete: signed_in.person.known == Known::Profile,
    })
}

fn moment(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|moment| moment.format(&Rfc3339).ok())
        .unwrap_or_default()
}

fn unreadable(error: &Error) -> ConsoleError {
    tracing::error!(%error, "sign-ins could not be read");
    ConsoleError::Internal {
        message: "The sign-ins could not be read from the database.".to_owned(),
    }
}
