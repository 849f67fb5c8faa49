//! The members of an organization: who they are, what they may, and where.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Entity, Page,
    organizations::{
        ListMembers, ListOrganizationMembers, Member, MemberDetail, MemberRole, ProjectEstate, ProjectName,
        SearchProjects,
    },
};
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{call::call, error::ConsoleError};

/// Members or projects that one call tells of.
const SIZE: i64 = 100;
/// Calls for one list, at most: 500 members, or projects.
const CALLS: usize = 5;

/// Everybody who belongs to an organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Team {
    pub members: Vec<Entity<MemberDetail>>,
    /// Whether there are more, which were not asked for.
    pub more: bool,
    /// Whether only the older list could be read, which tells of no role in single projects.
    pub brief: bool,
}

impl Team {
    pub fn member(&self, id: &str) -> Option<&Entity<MemberDetail>> {
        self.members.iter().find(|member| member.id == id)
    }

    /// Whether nobody else owns the organization.
    pub fn is_last_owner(&self, id: &str) -> bool {
        let owns = |member: &&Entity<MemberDetail>| member.roles.iter().any(is_owner);
        let mut owners = self.members.iter().filter(owns);
        owners.next().is_some_and(|owner| owner.id == id) && owners.next().is_none()
    }
}

fn is_owner(role: &MemberRole) -> bool {
    !role.is_limited() && role.name.eq_ignore_ascii_case("owner")
}

/// What the older list tells of a member.
fn from_before(member: Member) -> Entity<MemberDetail> {
    let role = MemberRole {
        name: member.role_name.to_lowercase(),
        scope: "organization".to_owned(),
        projects: Vec::new(),
    };
    Entity {
        id: member.user_id,
        attributes: MemberDetail {
            username: Some(member.user_name),
            primary_email: member.email,
            mfa_enabled: Some(member.mfa_enabled),
            is_sso_user: None,
            roles: vec![role],
        },
    }
}

async fn team(slug: String) -> Result<Team, ConsoleError> {
    let mut list = ListMembers {
        slug: slug.clone(),
        size: Some(SIZE),
        ..ListMembers::default()
    };
    let mut team = Team {
        members: Vec::new(),
        more: false,
        brief: false,
    };
    for _ in 0..CALLS {
        match call(list.clone()).await {
            Ok(page) => {
                team.members.extend(page.data.iter().cloned());
                list.after = page.links.after();
            }
            // An older token, or a service that does not have the newer list yet.
            Err(ConsoleError::NotFound | ConsoleError::Forbidden { .. }) if team.members.is_empty() => {
                let members = call(ListOrganizationMembers { slug }).await?;
                team.members = members.into_iter().map(from_before).collect();
                team.brief = true;
                return Ok(team);
            }
            Err(error) => return Err(error),
        }
        team.more = list.after.is_some();
        if !team.more {
            break;
        }
    }
    Ok(team)
}

/// One call for each hundred of them.
#[server(prefix = "/api", endpoint = "members", input = Json, output = Json)]
pub async fn members_of(slug: String) -> Result<Team, ConsoleError> {
    team(slug).await
}

/// What it takes to say who may do what where.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Roster {
    pub team: Team,
    /// The organization's projects, by name.
    pub projects: Part<Vec<ProjectName>>,
}

/// Two calls side by side.
#[server(prefix = "/api", endpoint = "roster", input = Json, output = Json)]
pub async fn roster_of(slug: String) -> Result<Roster, ConsoleError> {
    let search = SearchProjects {
        slug: slug.clone(),
        size: Some(SIZE),
        ..SearchProjects::default()
    };
    let (team, projects) = futures::join!(team(slug), call(search));
    let named = |page: Page<ProjectEstate>| {
        let names = page.data.into_iter().map(|project| ProjectName {
            project: project.id,
            name: project.attributes.name,
        });
        let mut names: Vec<_> = names.collect();
        names.sort_by_key(|project| project.name.to_lowercase());
        names
    };
    Ok(Roster {
        team: team?,
        projects: projects.map(named),
    })
}
