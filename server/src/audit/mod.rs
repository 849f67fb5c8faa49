//! Audit: what its pages and exports hand out, and to whom.

pub mod others;
pub mod visibility;

use app::{
    audit::{AuditCall, AuditFilter, AuditPage, Cursor, EffectChoice},
    error::ConsoleError,
};

use management_api::{Area, OperationId, Scope};
use time::{Duration, OffsetDateTime};

use self::visibility::View;
use crate::{error::Error, identity::SignedIn, state::Shared, store::audit::find::Visibility};

/// Calls on a page.
const PAGE: usize = 50;

/// A page of the calls that the person may see.
pub async fn page(
    shared: &Shared,
    signed_in: &SignedIn,
    filter: &AuditFilter,
    cursor: Cursor,
) -> Result<AuditPage, ConsoleError> {
    let View {
        visible,
        places,
        missing,
    } = visibility::of(shared, signed_in).await?;
    // Reads are written down behind the calls' back; whoever looks finds what they have just done, these two included.
    shared.audit.flush().await;
    // One more than is shown tells whether it goes on.
    let mut calls = shared
        .store
        .audit_page(&visible, filter, cursor, PAGE as u32 + 1)
        .await
        .map_err(|error| unreadable(&error))?;
    let goes_on = calls.len() > PAGE;
    let (newer, older) = match cursor {
        Cursor::Newest => (false, goes_on),
        Cursor::Before(_) => (true, goes_on),
        Cursor::After(_) => (goes_on, true),
    };
    if goes_on {
        let extra = if matches!(cursor, Cursor::After(_)) { 0 } else { PAGE };
        calls.remove(extra);
    }
    others::shorten_for(&mut calls, shared, signed_in).await;
    Ok(AuditPage {
        calls,
        newer,
        older,
        places,
        own_only: missing,
    })
}

/// Calls of an organization's area that may have invited people of late, read at once, at most.
const INVITING: u32 = 200;
/// For how long invitations are remembered: they end after a day, and can be sent anew.
const REMEMBERED: Duration = Duration::days(7);

/// Calls of the last week that invited people into the organization, or withdrew that, the newest first. The person must
/// have read the organization's members: whoever can do that may know.
pub async fn invitations(shared: &Shared, signed_in: &SignedIn, slug: String) -> Result<Vec<AuditCall>, ConsoleError> {
    let people = shared.store.names_in_audit(&signed_in.person.id).await;
    let visible = Visibility {
        people: people.map_err(|error| unreadable(&error))?,
        places: vec![Scope::Organization(slug.clone())],
    };
    let since = OffsetDateTime::now_utc() - REMEMBERED;
    let filter = AuditFilter {
        place: slug,
        area: Some(Area::Organizations),
        effect: EffectChoice::Changes,
        from: since.date().to_string(),
        ..AuditFilter::default()
    };
    let calls = shared
        .store
        .audit_page(&visible, &filter, Cursor::Newest, INVITING)
        .await;
    let mut calls = calls.map_err(|error| unreadable(&error))?;
    let inviting = [OperationId::InviteMembers, OperationId::WithdrawInvitations];
    calls.retain(|call| inviting.iter().any(|id| id.as_str() == call.operation));
    Ok(calls)
}

/// One call, if the person may see it.
pub async fn call(shared: &Shared, signed_in: &SignedIn, id: i64) -> Result<AuditCall, ConsoleError> {
    let visible = visibility::of(shared, signed_in).await?.visible;
    let call = shared.store.audit_call(&visible, id).await;
    let mut call = call
        .map_err(|error| unreadable(&error))?
        .ok_or(ConsoleError::NotFound)?;
    others::shorten_for(std::slice::from_mut(&mut call), shared, signed_in).await;
    Ok(call)
}

fn unreadable(error: &Error) -> ConsoleError {
    tracing::error!(%error, "the audit could not be read");
    ConsoleError::Internal {
        message: "The audit could not be read from the database.".to_owned(),
    }
}
