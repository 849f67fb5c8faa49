//! The list of a person's own connections, as their page shows it.

use app::{
    connections::{Connection as Shown, Kind, State as Health},
    error::ConsoleError,
};
use management_api::{OperationId, Scope};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{connections::Connection, identity::SignedIn, sessions::mark, state::State};

/// The person's own connections.
pub async fn list(shared: &State, me: &SignedIn) -> Result<Vec<Shown>, ConsoleError> {
    let all = shared.connections.of(&me.account).await?;
    Ok(all.iter().map(|one| shown(shared, me, one)).collect())
}

fn shown(shared: &State, me: &SignedIn, one: &Connection) -> Shown {
    let organizations = one.details.organizations.as_deref();
    let person = &me.person.id;
    let listed = shared
        .directory
        .lists
        .get(person, OperationId::ListProjects, &Scope::Account);
    let covered = organizations.zip(listed).map(|(slugs, listed)| {
        let of_these = |reference: &str| {
            let project = Scope::Project(reference.to_owned());
            let organization = shared.directory.organization_of(person, &project);
            organization.is_some_and(|slug| slugs.contains(&slug))
        };
        listed.iter().filter(|named| of_these(&named.key)).count()
    });
    Shown {
        id: mark(&one.key),
        name: one.name(),
        organization: match organizations {
            Some([slug]) if one.is_grant() => Some(slug.clone()),
            Some(_) | None => None,
        },
        kind: match (one.is_grant(), one.details.scoped) {
            (true, _) => Kind::Grant,
            (false, true) => Kind::ScopedToken,
            (false, false) => Kind::Token,
        },
        state: match (one.dead, shared.connections.failure(&one.key)) {
            (true, _) => Health::Dead,
            (false, Some(why)) => Health::Failing(why),
            (false, None) => Health::Works,
        },
        projects: one.details.projects.clone(),
        covered,
        scopes: one.scopes.as_ref().map(|scopes| scopes.to_vec()),
        lacks: one.details.lacks.iter().cloned().collect(),
        since: moment(one.since),
        refreshed: one.refreshed_at.map(moment),
    }
}

fn moment(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|moment| moment.format(&Rfc3339).ok())
        .unwrap_or_default()
}
