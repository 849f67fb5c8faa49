//! The list of a person's own connections, as their page shows it.

use std::collections::BTreeMap;

use app::{
    connections::{Connection as Shown, Kind, Missing, State as Health, Used},
    error::ConsoleError,
};
use management_api::{OperationId, Scope};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{connections::Connection, identity::SignedIn, sessions::mark, state::State};

/// The person's own connections.
pub async fn list(shared: &State, me: &SignedIn) -> Result<Vec<Shown>, ConsoleError> {
    let all = shared.connections.of(&me.account).await?;
    let today = OffsetDateTime::now_utc().replace_time(time::Time::MIDNIGHT);
    let used = shared.store.calls_by_connection(&me.person.id, today).await;
    let used = used.unwrap_or_else(|error| {
        tracing::warn!(%error, "how connections are used could not be read");
        BTreeMap::new()
    });
    Ok(all.iter().map(|one| shown(shared, me, one, &used)).collect())
}

/// Those of them that do not work, where there are several.
pub async fn missing(shared: &State, me: &SignedIn) -> Result<Option<Missing>, ConsoleError> {
    let all = shared.connections.of(&me.account).await?;
    let organizations = all.iter().all(|one| one.is_grant() && one.organization().is_some());
    let each = all.iter().map(|one| (one.name(), health(shared, one))).collect();
    Ok(Missing::of(each, organizations))
}

fn health(shared: &State, one: &Connection) -> Health {
    match (one.dead, shared.connections.failure(&one.key)) {
        (true, _) => Health::Dead,
        (false, Some(why)) => Health::Failing(why),
        (false, None) => Health::Works,
    }
}

fn shown(shared: &State, me: &SignedIn, one: &Connection, used: &BTreeMap<String, Used>) -> Shown {
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
    let organization = one.organization().cloned();
    let membership = organization
        .as_ref()
        .and_then(|slug| shared.directory.memberships.of(person, slug));
    Shown {
        id: mark(&one.key),
        name: one.name(),
        mark: one.details.mark.clone(),
        organization: organization.filter(|_| one.is_grant()),
        kind: match (one.is_grant(), one.details.scoped) {
            (true, _) => Kind::Grant,
            (false, true) => Kind::ScopedToken,
            (false, false) => Kind::Token,
        },
        state: health(shared, one),
        projects: one.details.projects.clone(),
        limited_to: one.limited_to.as_ref().map(|refs| refs.to_vec()),
        covered,
        scopes: one.scopes.as_ref().map(|scopes| scopes.to_vec()),
        role: membership
            .and_then(|membership| membership.role)
            .map(|role| role.to_string()),
        used: used.get(&one.told()).cloned(),
        ends: one.details.ends.clone(),
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
