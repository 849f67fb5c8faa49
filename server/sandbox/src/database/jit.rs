//! Just-in-time access: who may connect as which role, from where, and until when by the world's clock.

use std::{collections::BTreeMap, net::IpAddr};

use axum::http::StatusCode;
use management_api::database::{JitNetworks, JitRole};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::network::Network;
use crate::{
    answer::{Answered, Refusal, empty, json as answer, moment},
    call::Call,
    token,
};

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    enabled: bool,
    /// Roles by person.
    people: BTreeMap<String, Vec<JitRole>>,
    invitations: Vec<Invitation>,
}

/// Somebody from outside who was invited and has not come yet.
#[derive(Clone, Serialize, Deserialize)]
struct Invitation {
    id: String,
    email: String,
    roles: Vec<JitRole>,
    until: OffsetDateTime,
}

/// How long an invitation can be accepted: a guess.
const LASTS: time::Duration = time::Duration::WEEK;
/// Invitations of one project.
const MOST_INVITED: usize = 100;

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
    let jit = &call.project()?.parts.database.jit;
    let members = jit.people.iter().map(|(person, roles)| {
        let mut member = access(person, roles);
        member["invite_id"] = Value::Null;
        member["expires_at"] = Value::Null;
        member["primary_email"] = json!(call.world.person(person).map(|person| &person.email));
        member
    });
    let open = jit.invitations.iter().filter(|invitation| invitation.until > call.now);
    let invited = open.map(|invitation| {
        json!({
            "user_id": null,
            "invite_id": invitation.id,
            "primary_email": invitation.email,
            "expires_at": moment(invitation.until),
            "user_roles": invitation.roles,
        })
    });
    let items: Vec<_> = members.chain(invited).collect();
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

#[derive(Deserialize)]
struct Invite {
    email: String,
    roles: Vec<JitRole>,
}

/// v1-invite-external-jit-access
pub fn invite(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let Invite { email, roles } = call.request.json()?;
    if !email.contains('@') {
        return Err(Refusal::Invalid("email: expected an e-mail address.".to_owned()));
    }
    check(&roles, call.now)?;
    let organization = call.organization_of(&call.project()?.organization)?;
    let mut members = organization.people().filter_map(|id| call.world.person(id));
    let is_member = members.any(|person| person.email.eq_ignore_ascii_case(&email));
    if is_member {
        return Err(Refusal::Conflict(
            "This person is a member of the organization.".to_owned(),
        ));
    }
    drop(members);
    let now = call.now;
    let invitations = &mut call.project_mut()?.parts.database.jit.invitations;
    invitations.retain(|invitation| invitation.until > now && invitation.email != email);
    if invitations.len() >= MOST_INVITED {
        return Err(Refusal::Invalid(format!(
            "There are at most {MOST_INVITED} invitations."
        )));
    }
    let invitation = Invitation {
        id: token::uuid(&token::random()),
        email,
        roles,
        until: now + LASTS,
    };
    let body = json!({ "email": invitation.email, "invite_id": invitation.id, "user_roles": invitation.roles });
    invitations.push(invitation);
    Ok(answer(StatusCode::CREATED, &body))
}

#[derive(Deserialize)]
struct Accept {
    email: String,
    token: String,
}

/// v1-accept-invite-external-jit-access
///
/// The token would stand in the e-mail; here it is the invitation's id.
pub fn accept(call: &mut Call<'_>) -> Answered {
    let (now, person) = (call.now, call.caller.person.clone());
    let reference = call.request.path("ref");
    if reference.len() != 20 {
        return Err(Refusal::Invalid("ref: expected 20 lower-case letters.".to_owned()));
    }
    // Whoever is invited does not belong to the organization, so the project is looked for without asking that.
    let mut projects = call.world.projects.iter();
    let at = projects.position(|project| project.reference == reference && !project.is_removed(now));
    let at = at.ok_or(Refusal::NotFound("Project"))?;
    let Accept { email, token } = call.request.json()?;
    let mine = call.world.person(&person).map(|person| person.email.as_str());
    if !mine.is_some_and(|mine| mine.eq_ignore_ascii_case(&email)) {
        return Err(Refusal::NotFound("Invitation"));
    }
    let jit = &mut call.world.projects[at].parts.database.jit;
    let fits = |open: &Invitation| open.id == token && open.email == email && open.until > now;
    let at = jit
        .invitations
        .iter()
        .position(fits)
        .ok_or(Refusal::NotFound("Invitation"))?;
    let Invitation { roles, .. } = jit.invitations.remove(at);
    let body = access(&person, &roles);
    jit.people.insert(person, roles);
    Ok(answer(StatusCode::CREATED, &body))
}

/// v1-delete-invite-external-jit-access
pub fn withdraw(call: &mut Call<'_>) -> Answered {
    let id = call.request.uuid("invite_id")?.to_owned();
    let invitations = &mut call.project_mut()?.parts.database.jit.invitations;
    let before = invitations.len();
    invitations.retain(|invitation| invitation.id != id);
    if invitations.len() == before {
        return Err(Refusal::NotFound("Invitation"));
    }
    Ok(empty(StatusCode::OK))
}
