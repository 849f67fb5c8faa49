//! Members and their roles (v2): a role holds in all of the organization, or in some of its projects.
//!
//! Guesses: that nobody removes themselves, that the last owner stays one, and that a role in some projects leaves the one
//! that holds everywhere.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Limited, Organization, Plan, Role};
use crate::{
    answer::{Answered, Refusal, empty},
    call::Call,
    envelope::{self, entity},
    world::World,
};

/// v2's word for a role.
pub fn word(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Administrator => "administrator",
        Role::Developer => "developer",
        Role::ReadOnly => "read-only",
    }
}

/// What somebody is given: `None` for `no-access`.
pub fn read(role: &str) -> Result<Option<Role>, Refusal> {
    if role == "no-access" {
        return Ok(None);
    }
    let known = Role::ALL.into_iter().find(|known| word(*known) == role);
    let known = known.ok_or_else(|| Refusal::Coded {
        status: StatusCode::BAD_REQUEST,
        code: "organization_role_name_invalid",
        message: "role: expected owner, administrator, developer, read-only or no-access.".to_owned(),
    })?;
    Ok(Some(known))
}

/// Roles and invitations over the API take the Enterprise plan.
pub fn entitled(organization: &Organization) -> Result<(), Refusal> {
    match organization.plan {
        Plan::Enterprise => Ok(()),
        Plan::Free | Plan::Pro | Plan::Team => Err(Refusal::PlanLimit(
            "Members are managed over the API on the Enterprise plan only.".to_owned(),
        )),
    }
}

/// The projects that a role is limited to, all of which must be the organization's.
pub fn check_projects(world: &World, organization: &Organization, projects: &[String]) -> Result<(), Refusal> {
    let now = world.now();
    let is_ours = |reference: &String| {
        let mut all = world.projects.iter();
        all.any(|project| {
            project.reference == *reference && project.organization == organization.slug && !project.is_removed(now)
        })
    };
    match projects.iter().find(|reference| !is_ours(reference)) {
        Some(other) => Err(Refusal::Invalid(format!(
            "projects: the organization has no project {other}."
        ))),
        None => Ok(()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectRef {
    #[serde(rename = "ref")]
    pub reference: String,
}

/// The refs in `projects`; `None` where none is named. An empty list is none of the API's.
pub fn refs(projects: Option<Vec<ProjectRef>>) -> Result<Vec<String>, Refusal> {
    match projects {
        Some(projects) if projects.is_empty() => Err(Refusal::Invalid("projects: expected at least one.".to_owned())),
        projects => Ok(projects
            .into_iter()
            .flatten()
            .map(|project| project.reference)
            .collect()),
    }
}

fn role_body(world: &World, name: &str, projects: &[String]) -> Value {
    let named = projects.iter().map(|reference| {
        let project = world.projects.iter().find(|project| project.reference == *reference);
        json!({ "ref": reference, "name": project.map(|project| project.name.as_str()).unwrap_or_default() })
    });
    let scope = if projects.is_empty() { "organization" } else { "project" };
    json!({ "name": name, "scope": scope, "projects": named.collect::<Vec<_>>() })
}

/// v2-list-organization-members
pub fn list(call: &mut Call<'_>) -> Answered {
    let organization = call.organization()?;
    let username = call.request.query("filter[username]");
    let address = call.request.query("filter[primary_email]");
    let mut people: Vec<_> = organization.people().filter_map(|id| call.world.person(id)).collect();
    people.sort_by_key(|person| &person.id);
    people.retain(|person| {
        username.is_none_or(|wanted| person.username() == wanted)
            && address.is_none_or(|wanted| person.email.eq_ignore_ascii_case(wanted))
    });
    let members = people.into_iter().map(|person| {
        let everywhere = organization.role_of(&person.id).map(word);
        let limited = organization
            .limited
            .iter()
            .filter(|limited| limited.person == person.id);
        let mut roles: Vec<_> = everywhere
            .map(|role| role_body(call.world, role, &[]))
            .into_iter()
            .collect();
        roles.extend(limited.map(|limited| role_body(call.world, word(limited.role), &limited.projects)));
        if roles.is_empty() {
            roles.push(role_body(call.world, "no-access", &[]));
        }
        entity(
            "organization_member",
            &person.id,
            json!({
                "username": person.username(),
                "primary_email": person.email,
                "mfa_enabled": person.mfa_enabled,
                "is_sso_user": false,
                "avatar_url": null,
                "roles": roles,
            }),
        )
    });
    envelope::page(call.request, members.collect())
}

/// v2-list-organization-roles
pub fn roles(call: &mut Call<'_>) -> Answered {
    let plan = call.organization()?.plan;
    let mut names = vec!["owner", "administrator", "developer"];
    names.extend((plan >= Plan::Team).then_some("read-only"));
    names.extend((plan >= Plan::Enterprise).then_some("no-access"));
    let roles = names
        .into_iter()
        .map(|name| json!({ "type": "organization_role", "attributes": { "name": name } }));
    envelope::all(roles.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assignment {
    role: String,
    projects: Option<Vec<ProjectRef>>,
}

fn not_the_last(organization: &Organization, person: &str) -> Result<(), Refusal> {
    let mut others = organization.members.iter().filter(|(member, _)| member != person);
    let is_owner = organization.role_of(person) == Some(Role::Owner);
    if is_owner && !others.any(|(_, role)| *role == Role::Owner) {
        return Err(Refusal::Invalid("An organization keeps at least one owner.".to_owned()));
    }
    Ok(())
}

/// v2-assign-organization-member-role
pub fn assign(call: &mut Call<'_>) -> Answered {
    let organization = call.organization()?;
    entitled(organization)?;
    let person = call.request.uuid("user_id")?.to_owned();
    if !organization.is_member(&person) {
        return Err(Refusal::NotFound("Member"));
    }
    let Assignment { role, projects } = envelope::attributes(call.request, "organization_member_role")?;
    let (given, projects) = (read(&role)?, refs(projects)?);
    check_projects(call.world, organization, &projects)?;
    if projects.is_empty() && given != Some(Role::Owner) {
        not_the_last(organization, &person)?;
    }
    let slug = organization.slug.clone();
    let changed = call
        .world
        .organization_mut(&slug)
        .ok_or(Refusal::NotFound("Organization"))?;
    match (given, projects.as_slice()) {
        (Some(role), []) => {
            changed.leave(&person);
            changed.members.push((person, role));
        }
        (None, []) => {
            changed.members.retain(|(member, _)| *member != person);
            changed.outside.retain(|member| *member != person);
            changed.outside.push(person);
        }
        (given, _) => {
            let mine = |limited: &&mut Limited| limited.person == person;
            for limited in changed.limited.iter_mut().filter(mine) {
                limited.projects.retain(|project| !projects.contains(project));
            }
            changed.limited.retain(|limited| !limited.projects.is_empty());
            if let Some(role) = given {
                let same = |limited: &&mut Limited| limited.person == person && limited.role == role;
                match changed.limited.iter_mut().find(same) {
                    Some(limited) => limited.projects.extend(projects.iter().cloned()),
                    None => changed.limited.push(Limited {
                        person,
                        role,
                        projects: projects.clone(),
                    }),
                }
            }
        }
    }
    let body = role_body(call.world, &role, &projects);
    envelope::one(
        StatusCode::OK,
        json!({ "type": "organization_member_role", "attributes": body }),
    )
}

/// v2-remove-organization-members
pub fn remove(call: &mut Call<'_>) -> Answered {
    let organization = call.organization()?;
    let person = call.request.uuid("user_id")?.to_owned();
    if !organization.is_member(&person) {
        return Err(Refusal::NotFound("Member"));
    }
    if person == call.caller.person {
        return Err(Refusal::Invalid("Nobody removes themselves over the API.".to_owned()));
    }
    not_the_last(organization, &person)?;
    let slug = organization.slug.clone();
    if let Some(changed) = call.world.organization_mut(&slug) {
        changed.leave(&person);
    }
    Ok(empty(StatusCode::NO_CONTENT))
}
