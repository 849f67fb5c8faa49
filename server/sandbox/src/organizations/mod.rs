//! Organizations: list, create, members, entitlements.

mod entitlements;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use management_api::Role;

pub use self::entitlements::entitlements;
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    projects, token,
};

/// Organizations of one world.
const MOST: usize = 1000;

#[derive(Clone, Serialize, Deserialize)]
pub struct Organization {
    pub slug: String,
    pub name: String,
    pub plan: Plan,
    /// A person's id, and the role here.
    pub members: Vec<(String, Role)>,
}

/// In the order of what they allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    Free,
    Pro,
    Team,
}

impl Organization {
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
    let organization = Organization {
        slug: token::letters(&token::random()),
        name,
        plan: Plan::Free,
        members: vec![(call.caller.person.clone(), Role::Owner)],
    };
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
pub fn members(call: &mut Call<'_>) -> Answered {
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
            }))
        })
        .collect();
    Ok(answer(StatusCode::OK, &members))
}
