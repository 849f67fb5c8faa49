//! The members of an organization: who they are, what they may, and where.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Entity, Page,
    organizations::{MemberDetail, MemberRole, ProjectEstate, ProjectName, SearchProjects},
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::branches::Part;
use crate::{
    backend::handle,
    call::call,
    error::ConsoleError,
    members::{Sent, sent},
    reads::members::{roles, team},
};

/// Projects that one call tells of.
const SIZE: i64 = 100;

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

/// The members, and the invitations that were sent from here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Members {
    pub team: Team,
    /// Of the last week, the newest first.
    pub sent: Part<Vec<Sent>>,
    /// The roles that the organization's plan has.
    pub roles: Part<Vec<String>>,
}

/// One call for each hundred of them, and one for the roles beside.
#[server(prefix = "/api", endpoint = "members", input = Json, output = Json)]
pub async fn members_of(slug: String) -> Result<Members, ConsoleError> {
    let backend = handle()?;
    let (team, roles, calls) = futures::join!(
        team(&backend, slug.clone()),
        roles(&backend, slug.clone()),
        backend.invitations(&slug)
    );
    // Whoever reads the members may know who was invited.
    let team = team?;
    let sent = calls.map(|calls| sent(&calls, &team.members, OffsetDateTime::now_utc()));
    Ok(Members { team, sent, roles })
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
    let backend = handle()?;
    let search = SearchProjects {
        slug: slug.clone(),
        size: Some(SIZE),
        ..SearchProjects::default()
    };
    let (team, projects) = futures::join!(team(&backend, slug), call(search));
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

/// What it takes to give somebody a role.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Giving {
    pub roster: Roster,
    /// The roles that the organization's plan has.
    pub roles: Part<Vec<String>>,
}

/// Three calls side by side.
#[server(prefix = "/api", endpoint = "roles_to_give", input = Json, output = Json)]
pub async fn roles_to_give(slug: String) -> Result<Giving, ConsoleError> {
    let backend = handle()?;
    let (roster, roles) = futures::join!(roster_of(slug.clone()), roles(&backend, slug));
    Ok(Giving { roster: roster?, roles })
}
