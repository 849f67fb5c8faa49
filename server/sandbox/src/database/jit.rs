//! Just-in-time access: who may connect as which role, from where, and until when by the world's clock.

use std::{collections::BTreeMap, net::IpAddr};

use axum::http::StatusCode;
use management_api::database::{JitNetworks, JitRole};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::network::Network;
use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::Call,
};

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    enabled: bool,
    /// Roles by person.
    people: BTreeMap<String, Vec<JitRole>>,
}

/// Roles that one person may have.
const MOST_ROLES: usize = 50;

fn access(person: &str, roles: &[JitRole]) -> Value {
    json!({ "user_id": person, "user_roles": roles })
}

/// v1-get-jit-access
pub fn get(call: &mut Call<'_>) -> Answered {
    let state = &call.project()?.parts.database.jit;
    let person = &call.caller.person;
    let roles = state.people.get(person).map_or(&[][..], Vec::as_slice);
    Ok(answer(StatusCode::OK, &access(person, roles)))
}

/// v1-list-jit-access
pub fn list(call: &mut Call<'_>) -> Answered {
    let people = &call.project()?.parts.database.jit.people;
    let items: Vec<_> = people.iter().map(|(person, roles)| access(person, roles)).collect();
    Ok(answer(StatusCode::OK, &json!({ "items": items })))
}

#[derive(Deserialize)]
struct Attempt {
    role: String,
    rhost: String,
}

/// v1-authorize-jit-access
pub fn authorize(call: &mut Call<'_>) -> Answered {
    let state = &call.project()?.parts.database.jit;
    let Attempt { role, rhost } = call.request.json()?;
    let from: IpAddr = rhost
        .parse()
        .map_err(|_| Refusal::Invalid("rhost: expected an IP address.".to_owned()))?;
    if role.is_empty() {
        return Err(Refusal::Invalid("role: expected at least one character.".to_owned()));
    }
    if !state.enabled {
        return Err(Refusal::Forbidden(
            "Just-in-time access is not enabled for this project.".to_owned(),
        ));
    }
    let person = &call.caller.person;
    let lets_in = |granted: &&JitRole| {
        granted.role == role
            && granted.expires_at.is_none_or(|end| end > seconds(call.now))
            // A branch is a project of its own, whose access is kept apart.
            && granted.branches_only != Some(true)
            && granted.allowed_networks.as_ref().is_none_or(|allowed| reaches(allowed, from))
    };
    let granted = state.people.get(person).and_then(|roles| roles.iter().find(lets_in));
    let granted = granted
        .ok_or_else(|| Refusal::Forbidden(format!("You have no just-in-time access as {role} from {from} now.")))?;
    Ok(answer(
        StatusCode::OK,
        &json!({ "user_id": person, "user_role": granted }),
    ))
}

/// Seconds since 1970, as the API counts.
fn seconds(time: OffsetDateTime) -> f64 {
    time.unix_timestamp() as f64
}

/// Whether an address is in one of the networks; lists that are both empty restrict nothing.
fn reaches(allowed: &JitNetworks, from: IpAddr) -> bool {
    let mut networks = networks(allowed).peekable();
    networks.peek().is_none() || networks.any(|(cidr, _)| Network::parse(cidr).is_some_and(|it| it.contains(from)))
}

/// All networks, and whether each is meant to be IPv4.
fn networks(allowed: &JitNetworks) -> impl Iterator<Item = (&str, bool)> {
    let v4 = allowed.allowed_cidrs.iter().flatten().map(|network| (network, true));
    let v6 = allowed
        .allowed_cidrs_v6
        .iter()
        .flatten()
        .map(|network| (network, false));
    v4.chain(v6).map(|(network, v4)| (network.cidr.as_str(), v4))
}

#[derive(Deserialize)]
struct Grant {
    user_id: String,
    roles: Vec<JitRole>,
}

/// v1-update-jit-access
pub fn update(call: &mut Call<'_>) -> Answered {
    let organization = call.home_of(&call.project()?.organization)?;
    let Grant { user_id, roles } = call.request.json()?;
    if organization.role_of(&user_id).is_none() {
        return Err(Refusal::Invalid(
            "user_id: expected a member of the organization.".to_owned(),
        ));
    }
    check(&roles, call.now)?;
    let body = access(&user_id, &roles);
    let people = &mut call.project_mut()?.parts.database.jit.people;
    if roles.is_empty() {
        people.remove(&user_id);
    } else {
        people.insert(user_id, roles);
    }
    Ok(answer(StatusCode::OK, &body))
}

fn check(roles: &[JitRole], now: OffsetDateTime) -> Result<(), Refusal> {
    let wrong = |what: String| Err(Refusal::Invalid(what));
    if roles.len() > MOST_ROLES {
        return wrong(format!("roles: expected at most {MOST_ROLES}."));
    }
    for role in roles {
        if role.role.is_empty() || role.role.len() > 63 {
            return wrong("role: expected 1 to 63 characters.".to_owned());
        }
        if role.expires_at.is_some_and(|end| end <= seconds(now)) {
            return wrong("expires_at: expected a time to come, in seconds since 1970.".to_owned());
        }
        let mut networks = role.allowed_networks.iter().flat_map(networks);
        let bad = networks.find(|(cidr, v4)| Network::parse(cidr).is_none_or(|network| network.is_v4() != *v4));
        if let Some((cidr, v4)) = bad {
            let kind = if v4 { "IPv4" } else { "IPv6" };
            return wrong(format!("cidr: expected an {kind} network, not {cidr}."));
        }
    }
    Ok(())
}

/// v1-delete-jit-access
pub fn delete(call: &mut Call<'_>) -> Answered {
    let person = call.request.path("user_id").to_owned();
    let people = &mut call.project_mut()?.parts.database.jit.people;
    people.remove(&person).ok_or(Refusal::NotFound("Access"))?;
    Ok(empty(StatusCode::OK))
}

fn config(state: &State) -> Value {
    json!({ "state": if state.enabled { "enabled" } else { "disabled" } })
}

/// v1-get-jit-access-config
pub fn get_config(call: &mut Call<'_>) -> Answered {
    Ok(answer(StatusCode::OK, &config(&call.project()?.parts.database.jit)))
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    Enabled,
    Disabled,
}

#[derive(Deserialize)]
struct Change {
    state: Switch,
}

/// v1-update-jit-access-config
pub fn update_config(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let Change { state } = call.request.json()?;
    let jit = &mut call.project_mut()?.parts.database.jit;
    jit.enabled = matches!(state, Switch::Enabled);
    let mut config = config(jit);
    config["appliedSuccessfully"] = json!(true);
    Ok(answer(StatusCode::OK, &config))
}
