//! May: what somebody may do, as far as it is known from answers that passed by. What is not known is allowed where Supabase
//! decides after it, since every call is refused there if it has to be; what Steward keeps itself is closed to whoever is not
//! known to have the right.

use std::{sync::Arc, time::Duration};

use app::{
    error::ConsoleError,
    may::{Colleague, Why},
};
use futures::future::join_all;
use management_api::{
    Lacking, OperationId, Role, Row, Scope, lowest_role,
    organizations::{GetOrganizationEntitlements, ListOrganizationMembers},
    projects::GetProject,
};

use crate::{
    calls,
    directory::{Membership, Place},
    identity::SignedIn,
    state::{Shared, State},
};

/// A page waits no longer than this for it to be known what its reader may do: its frame is to be read at once.
pub const FRAME: Duration = Duration::from_millis(25);
/// What is told of others' calls waits longer: it depends on it.
pub const CONTENT: Duration = Duration::from_secs(2);

/// What is known of whether somebody may do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Their role has the permission, and nothing else is known to be in the way.
    Allowed,
    Refused(Why),
    Unknown,
}

/// What is known of whether the person may call the operation in this scope. It asks nobody.
pub fn judge(shared: &State, signed_in: &SignedIn, operation: OperationId, scope: &Scope) -> Verdict {
    let row = operation.row();
    let (directory, person) = (&shared.directory, &signed_in.person.id);
    let membership = membership(shared, signed_in, scope);
    let role = membership.as_deref().and_then(|membership| role_in(membership, scope));
    let refused = by_role(operation, role, membership.as_deref())
        .or_else(|| by_connection(shared, signed_in, scope))
        .or_else(|| by_token(shared, signed_in, operation, scope))
        .or_else(|| by_scope(row, signed_in.scopes.as_deref()))
        .or_else(|| by_plan(row, membership.as_deref()))
        .or_else(|| match scope {
            Scope::Project(reference) => by_status(operation, directory.status(person, reference)),
            Scope::Organization(_) | Scope::Account => None,
        });
    match (refused, role) {
        (Some(why), _) => Verdict::Refused(why),
        (None, Some(_)) => Verdict::Allowed,
        (None, None) => Verdict::Unknown,
    }
}

fn membership(shared: &State, signed_in: &SignedIn, scope: &Scope) -> Option<Arc<Membership>> {
    let (directory, person) = (&shared.directory, &signed_in.person.id);
    let slug = directory.organization_of(person, scope)?;
    directory.memberships.of(person, &slug)
}

/// Lets somebody decide on what Steward itself keeps of the project, where they hold the right to the operation. No Supabase
/// decides after it, so it is waited for what is not known yet.
///
/// # Errors
/// [`ConsoleError::Refused`] with 403, and what is missing in words; with 503 where nobody could tell what they may do.
pub async fn decide(
    shared: &Shared,
    signed_in: &SignedIn,
    operation: OperationId,
    project: &str,
) -> Result<(), ConsoleError> {
    let scope = Scope::Project(project.to_owned());
    know(shared, signed_in, &scope, CONTENT).await;
    let refused = |status, message| Err(ConsoleError::Refused { status, message });
    // It was asked a while ago, and did not come: a page does without it, this does not. And what other instances have
    // changed since is not known where they are not heard.
    let is_deaf = !shared.instances.hears();
    if (is_deaf || judge_closed(shared, signed_in, operation, &scope) == Verdict::Unknown)
        && let Some(slug) = organization(shared, signed_in, &scope).await
        && let Err(error) = calls::read(shared, signed_in, &ListOrganizationMembers { slug }).await
    {
        tracing::info!(%error, "what somebody may decide on stays unknown");
        if is_deaf {
            return refused(503, UNTOLD.to_owned());
        }
    }
    match judge_closed(shared, signed_in, operation, &scope) {
        Verdict::Allowed => Ok(()),
        Verdict::Refused(why) => refused(403, why.sentence()),
        Verdict::Unknown => refused(503, UNTOLD.to_owned()),
    }
}

const UNTOLD: &str = "Nothing was done: Supabase did not tell your role in the organization, and this is for whoever may change \
                      the project. Try again in a moment; a token that may not read the members never tells it.";

/// The same as [`judge`] for what Steward keeps itself: where single projects may have other roles, which nobody tells, the
/// organization's own role counts.
pub fn judge_closed(shared: &State, signed_in: &SignedIn, operation: OperationId, scope: &Scope) -> Verdict {
    let verdict = judge(shared, signed_in, operation, scope);
    if verdict != Verdict::Unknown {
        return verdict;
    }
    let membership = membership(shared, signed_in, scope);
    let Some(role) = membership.as_deref().and_then(|membership| membership.role) else {
        return Verdict::Unknown;
    };
    by_role(operation, Some(role), membership.as_deref()).map_or(Verdict::Allowed, Verdict::Refused)
}

/// The role that counts in this scope: where members may have other roles in single projects, the list of members does
/// not tell theirs.
fn role_in(membership: &Membership, scope: &Scope) -> Option<Role> {
    match scope {
        Scope::Project(_) if membership.project_roles => None,
        Scope::Project(_) | Scope::Organization(_) => membership.role,
        Scope::Account => None,
    }
}

/// What it takes to write by running SQL. Whoever may read may call the operation, too, and Supabase lets nothing be
/// written; here it is for writing alone.
const WRITES: &str = "database_write";

fn by_role(operation: OperationId, role: Option<Role>, membership: Option<&Membership>) -> Option<Why> {
    let role = role?;
    let to_write = || {
        let lowest = lowest_role(WRITES).filter(|lowest| operation == OperationId::RunQuery && *lowest > role)?;
        Some(Lacking {
            permission: WRITES,
            lowest,
        })
    };
    let Lacking { permission, lowest } = operation.row().lacking(role).or_else(to_write)?;
    let higher = |colleague: &&Colleague| colleague.role >= lowest;
    let colleagues = membership.map(|membership| membership.colleagues.as_slice());
    let ask = colleagues
        .unwrap_or_default()
        .iter()
        .filter(higher)
        .take(ASKED)
        .cloned();
    Some(Why::Role {
        permission,
        lowest,
        ask: ask.collect(),
    })
}

/// Colleagues named, at most.
const ASKED: usize = 3;

/// Whoever may write may read: whether Supabase sees it so is not documented, so a reading scope that is missing beside the
/// writing one says nothing.
fn by_scope(row: &Row, given: Option<&[String]>) -> Option<Why> {
    let (scope, given) = (row.scope?, given?);
    let writes = scope.strip_suffix(":read").map(|area| format!("{area}:write"));
    let covers = |word: &String| word == scope || writes.as_ref() == Some(word);
    (!given.iter().any(covers)).then_some(Why::Scope { scope })
}

/// A grant may be limited to some of its organization's projects.
fn by_connection(shared: &State, signed_in: &SignedIn, scope: &Scope) -> Option<Why> {
    let place = shared.directory.place_of(&signed_in.person.id, scope);
    let left_out = shared.connections.leave_out(&signed_in.account, &place);
    left_out.then_some(Why::NotConnected)
}

/// What a token was seen not to do, it does not do the next time either: its permissions cannot be edited.
fn by_token(shared: &State, signed_in: &SignedIn, operation: OperationId, scope: &Scope) -> Option<Why> {
    let place = Place {
        organization: shared.directory.organization_of(&signed_in.person.id, scope),
        ..Place::from(scope.clone())
    };
    let (token, permission) = shared.connections.lacking(&signed_in.account, operation, &place)?;
    Some(Why::Token { token, permission })
}

fn by_plan(row: &Row, membership: Option<&Membership>) -> Option<Why> {
    let feature = row.feature()?;
    membership?.left_out.contains(&feature).then_some(Why::Plan { feature })
}

/// Pausing and restoring turn one status into another. What else a paused project refuses is not documented.
fn by_status(operation: OperationId, status: Option<String>) -> Option<Why> {
    let status = status?;
    let (pauses, restores) = (
        operation == OperationId::PauseProject,
        operation == OperationId::RestoreProject,
    );
    let in_the_way = match status.as_str() {
        "INACTIVE" | "PAUSING" => pauses,
        "ACTIVE_HEALTHY" | "RESTORING" => restores,
        _ => false,
    };
    in_the_way.then_some(Why::Status { status })
}

/// Sees to it that the person's role in the scope's organization and its plan are known, for all that a page of it asks.
/// Supabase is asked once for all who want to know, and again now and then, behind the page's back: what it tells in time
/// is on this page, the rest on the next one.
pub async fn know(shared: &Shared, signed_in: &SignedIn, scope: &Scope, patience: Duration) {
    let (directory, person) = (&shared.directory, &signed_in.person.id);
    let slug = directory.organization_of(person, scope);
    let asked = |slug: &String| directory.memberships.was_asked(person, slug);
    if slug.as_ref().is_some_and(asked) {
        return;
    }
    // An answer that passes by may tell the plan before the role.
    let known = membership(shared, signed_in, scope).is_some_and(|membership| membership.role.is_some());
    let asking = {
        let (shared, signed_in, scope) = (shared.clone(), signed_in.clone(), scope.clone());
        tokio::spawn(async move {
            if let Some(slug) = organization(&shared, &signed_in, &scope).await {
                ask(&shared, &signed_in, &slug).await;
            }
        })
    };
    if !known {
        // ok: what is not known in time is allowed.
        let _ = tokio::time::timeout(patience, asking).await;
    }
}

/// The same for several organizations, side by side, for what is told of others' calls and settings there.
pub async fn know_all(shared: &Shared, signed_in: &SignedIn, slugs: impl IntoIterator<Item = String>) {
    let knowing = slugs.into_iter().map(async |slug| {
        know(shared, signed_in, &Scope::Organization(slug), CONTENT).await;
    });
    join_all(knowing).await;
}

/// What the answers tell is learned on their way through the stack; a failure leaves it unknown for a while.
async fn ask(shared: &State, signed_in: &SignedIn, slug: &str) {
    let memberships = &shared.directory.memberships;
    let asking = async {
        let (members, entitlements) = (
            ListOrganizationMembers { slug: slug.to_owned() },
            GetOrganizationEntitlements { slug: slug.to_owned() },
        );
        let (members, entitlements) = futures::join!(
            calls::read(shared, signed_in, &members),
            calls::read(shared, signed_in, &entitlements)
        );
        for error in [members.err(), entitlements.err()].into_iter().flatten() {
            tracing::info!(%error, "a part of what somebody may do stays unknown");
        }
    };
    memberships.once(&signed_in.person.id, slug, asking).await;
}

async fn organization(shared: &State, signed_in: &SignedIn, scope: &Scope) -> Option<String> {
    let (directory, person) = (&shared.directory, &signed_in.person.id);
    if let Scope::Project(reference) = scope
        && directory.organization_of(person, scope).is_none()
    {
        let project = GetProject {
            project: reference.clone(),
        };
        // The page reads it too, and gets this answer. What it tells is learned on its way.
        let _ = calls::read(shared, signed_in, &project).await;
    }
    directory.organization_of(person, scope)
}
