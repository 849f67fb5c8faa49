//! Audit: what its pages and exports hand out, and to whom.

pub mod export;
mod others;
mod sight;

use app::{
    audit::{AuditCall, AuditFilter, AuditPage, Turn},
    error::ConsoleError,
};

use self::sight::View;
use crate::{error::Error, state::State, store::audit::find::Side, visit::SignedIn};

/// Calls on a page.
const PAGE: usize = 50;

/// A page of the calls that the person may see.
pub async fn page(
    shared: &State,
    signed_in: &SignedIn,
    filter: &AuditFilter,
    turn: Turn,
) -> Result<AuditPage, ConsoleError> {
    let View { sight, places, missing } = sight::of(shared, signed_in).await?;
    // Reads are written down behind the calls' back; whoever looks finds what they have just done, these two included.
    shared.audit.flush().await;
    let side = match turn {
        Turn::Newest => None,
        Turn::Before(id) => Some(Side::Before(id)),
        Turn::After(id) => Some(Side::After(id)),
    };
    // One more than is shown tells whether it goes on.
    let mut calls = shared
        .store
        .audit_page(&sight, filter, side, PAGE as u32 + 1)
        .await
        .map_err(|error| unreadable(&error))?;
    let goes_on = calls.len() > PAGE;
    let (newer, older) = match turn {
        Turn::Newest => (false, goes_on),
        Turn::Before(_) => (true, goes_on),
        Turn::After(_) => (goes_on, true),
    };
    if goes_on {
        let extra = if matches!(turn, Turn::After(_)) { 0 } else { PAGE };
        calls.remove(extra);
    }
    calls.iter_mut().for_each(|call| others::shorten(call, &shared.store));
    Ok(AuditPage {
        calls,
        newer,
        older,
        places,
        own_only: missing,
    })
}

/// One call, if the person may see it.
pub async fn call(shared: &State, signed_in: &SignedIn, id: i64) -> Result<AuditCall, ConsoleError> {
    let sight = sight::of(shared, signed_in).await?.sight;
    let call = shared.store.audit_call(&sight, id).await;
    let mut call = call
        .map_err(|error| unreadable(&error))?
        .ok_or(ConsoleError::NotFound)?;
    others::shorten(&mut call, &shared.store);
    Ok(call)
}

fn unreadable(error: &Error) -> ConsoleError {
    tracing::error!(%error, "the audit could not be read");
    ConsoleError::Internal {
        message: "The audit could not be read from the database.".to_owned(),
    }
}
