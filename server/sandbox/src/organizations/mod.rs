//! Organizations: list, create, members, entitlements.

mod entitlements;
pub mod estate;
pub mod invitations;
pub mod members;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use management_api::Role;

pub use self::entitlements::entitlements;
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    projects, token, webhooks,
};

/// Organizations of one world.
const MOST: usize = 1000;

#[derive(Clone, Serialize, Deserialize)]
pub struct Organization {
    pub slug: String,
    pub name: String,
    pub plan: Plan,
    /// A person's id, and the role that holds everywhere.
    pub members: Vec<(String, Role)>,
    /// Roles that hold in some projects.
    #[serde(default)]
    pub limited: Vec<Limited>,
    /// Members who see nothing but the projects in which they have a role.
    #[serde(default)]
    pub outside: Vec<String>,
    #[serde(default)]
    pub invitations: Vec<invitations::Open>,
    #[serde(default)]
    pub webhooks: webhooks::State,
}

/// A role of a person in these projects only.
#[derive(Clone, Serialize, Deserialize)]
pub struct Limited {
    pub person: String,
    pub role: Role,
    /// Refs.
    pub projects: Vec<String>,
}

/// In the order of what they allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    Free,
    Pro,
    Team,
    Enterprise,
}

impl Organization {
    pub fn new(slug: String, name: String, plan: Plan, members: Vec<(String, Role)>) -> Self {
        Self {
            slug,
            name,
            plan,
            members,
            limited: Vec::new(),
            outside: Vec::new(),
            invitations: Vec::new(),
            webhooks: webhooks::State::default(),
        }
    }

    /// The ids of everybody who belongs to it, each once.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let everywhere = self.members.iter().map(|(member, _)| member.as_str());
        let limited = self.limited.iter().map(|limited| limited.person.as_str());
        let mut people: Vec<_> = everywhere
            .chain(limited)
            .chain(self.outside.iter().map(String::as_str))
            .collect();
        people.sort_unstable();
        people.dedup();
        people.into_iter()
    }

    pub fn is_member(&self, person: &str) -> bool {
        self.people().any(|member| member == person)
    }

    /// Takes all that somebody has here.
    pub fn leave(&mut self, person: &str) {
        self.members.retain(|(member, _)| member != person);
        self.limited.retain(|limited| limited.person != person);
        self.outside.retain(|member| member != person);
    }

    /// The highest role that somebody has in a project.
    pub fn role_in(&self, person: &str, project: &str) -> Option<Role> {
        let limited = self.limited.iter().filter(|limited| limited.person == person);
        let here = limited.filter(|limited| limited.projects.iter().any(|known| known == project));
        here.map(|limited| limited.role).chain(self.role_of(person)).max()
    }

    /// The role that holds everywhere.
    pub fn role_of(&self, person: &str) -> Option<Role> {
        self.members
            .iter()
            .find(|(member, _)| member == person)
            .map(|(_, role)| *role)
    }

    fn brief(&self) -> Value {
        json!({ "id": self.slug, "slug": self.slug, "name": self.name })
    }
}

/// v1-list-all-organizations
pub fn list(call: &mut Call<'_>) -> Answered {
    let all: Vec<_> = call.world.reached(&call.caller).map(Organization::brief).collect();
    Ok(answer(StatusCode::OK, &all))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewOrganization {
    name: String,
}

/// v1-create-an-organization
pub fn create(call: &mut Call<'_>) -> Answered {
    let NewOrganization { name } = call.request.json()?;
    projects::check_name(&name)?;
    if call.world.organizations.len() >= MOST {
        return Err(Refusal::PlanLimit(format!(
            "A sandbox world holds at most {MOST} organizations."
        )));
    }
    let slug = token::letters(&token::random());
    let members = vec![(call.caller.person.clone(), Role::Owner)];
    let organization = Organization::new(slug, name, Plan::Free, members);
    let brief = organization.brief();
    call.world.organizations.push(organization);
    Ok(answer(StatusCode::CREATED, &brief))
}

/// v1-get-an-organization
pub fn get(call: &mut Call<'_>) -> Answered {
    let organization = call.organization()?;
    let detail = json!({
        "id": organization.slug,
        "name": organization.name,
        "plan": organization.plan,
        "opt_in_tags": if organization.plan == Plan::Free { vec![] } else { vec!["AI_SQL_GENERATOR_OPT_IN"] },
        "allowed_release_channels": ["ga", "preview"],
    });
    Ok(answer(StatusCode::OK, &detail))
}

/// v1-list-organization-members
pub fn all_members(call: &mut Call<'_>) -> Answered {
    let members: Vec<_> = call
        .organization()?
        .members
        .iter()
        .filter_map(|(id, role)| {
            let person = call.world.person(id)?;
            Some(json!({
                "user_id": person.id,
                "user_name": person.name,
                "email": person.email,
                "role_name": role.as_str(),
                "mfa_enabled": person.mfa_enabled,
                "avatar_url": null,
            }))
        })
        .collect();
    Ok(answer(StatusCode::OK, &members))
}
