//! Who may reach the database and for how long, and what gives a project away: what their pages read.

use futures::FutureExt;
use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    database::{
        AuthorizeJitAccess, GetJitAccess, GetJitAccessConfig, GetReadonlyMode, JitAccessConfig, JitGrant, JitRole,
        ListJitAccess, ReadonlyMode,
    },
    organizations::{ListOrganizationMembers, Member},
    projects::{ClaimToken, DiskUtilization, GetClaimToken, GetDiskUtilization},
};
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{backend, call::call, error::ConsoleError};

/// Whether the database takes writes, and how full its disk is, which decides that.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Writes {
    pub mode: ReadonlyMode,
    pub room: Part<DiskUtilization>,
}

/// Two calls side by side.
#[server(prefix = "/api", endpoint = "readonly", input = Json, output = Json)]
pub async fn writes_of(project: String) -> Result<Writes, ConsoleError> {
    let of = || project.clone();
    let (mode, room) = futures::join!(
        call(GetReadonlyMode { project: of() }),
        call(GetDiskUtilization { project: of() })
    );
    Ok(Writes { mode: mode?, room })
}

/// The project's claim token; `None` where there is none. One call.
#[server(prefix = "/api", endpoint = "claim-token", input = Json, output = Json)]
pub async fn claim_token_of(project: String) -> Result<Option<ClaimToken>, ConsoleError> {
    match call(GetClaimToken { project }).await {
        Ok(token) => Ok(Some(token)),
        Err(ConsoleError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Somebody with just-in-time access.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitPerson {
    /// `None` of somebody who was invited and has not come yet.
    pub id: Option<String>,
    /// The id of an invitation that is open.
    pub invitation: Option<String>,
    /// As far as that is known: their e-mail address, else their name, else their id.
    pub name: String,
    pub roles: Vec<JitRole>,
}

/// Just-in-time access to a project's database.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Jit {
    pub config: Part<JitAccessConfig>,
    pub people: Part<Vec<JitPerson>>,
    /// Roles that whoever asks may use.
    pub mine: Part<Vec<JitRole>>,
    /// Whether they get in as a role from an address, where that was asked.
    pub tried: Option<Part<JitRole>>,
}

/// The members of the organization that the project belongs to; nothing where that is not known, or they may not be read.
async fn members(project: &str) -> Vec<Member> {
    let slug = backend::handle()
        .ok()
        .and_then(|backend| backend.organization_of(project));
    match slug {
        // ok: without them people go by what else is told of them.
        Some(slug) => call(ListOrganizationMembers { slug }).await.unwrap_or_default(),
        None => Vec::new(),
    }
}

fn named(grants: Vec<JitGrant>, members: &[Member]) -> Vec<JitPerson> {
    let one = |grant: JitGrant| {
        let member = members
            .iter()
            .find(|member| Some(&member.user_id) == grant.user_id.as_ref());
        let known = member.map(|member| member.email.clone().unwrap_or_else(|| member.user_name.clone()));
        let name = grant.primary_email.or(known).or_else(|| grant.user_id.clone());
        JitPerson {
            name: name.unwrap_or_else(|| "Not known".to_owned()),
            id: grant.user_id,
            invitation: grant.invite_id,
            roles: grant.user_roles,
        }
    };
    let mut people: Vec<JitPerson> = grants.into_iter().map(one).collect();
    people.sort_by(|one, other| one.name.cmp(&other.name));
    people
}

/// Three calls side by side, with the organization's members four; and one more where it is tried as `role` from `address`.
#[server(prefix = "/api", endpoint = "jit", input = Json, output = Json)]
pub async fn jit_of(project: String, role: String, address: String) -> Result<Jit, ConsoleError> {
    let of = || project.clone();
    let tried = async {
        let asked = !role.is_empty() && !address.is_empty();
        let attempt = AuthorizeJitAccess {
            project: of(),
            role,
            rhost: address,
        };
        match asked {
            true => Some(call(attempt).await.map(|lets_in| lets_in.user_role)),
            false => None,
        }
    };
    let (config, people, mine, members, tried) = futures::join!(
        call(GetJitAccessConfig { project: of() }),
        call(ListJitAccess { project: of() }),
        call(GetJitAccess { project: of() }),
        members(&project),
        tried,
    );
    Ok(Jit {
        config,
        people: people.map(|list| named(list.items, &members)),
        mine: mine.map(|mine| mine.user_roles),
        tried,
    })
}

/// Who can be given access, and what they have.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JitChoice {
    pub people: Vec<JitPerson>,
    /// Members by their ids; empty where they are not known.
    pub members: Vec<(String, String)>,
}

/// Two calls side by side.
#[server(prefix = "/api", endpoint = "jit-choice", input = Json, output = Json)]
pub async fn jit_choice_of(project: String) -> Result<JitChoice, ConsoleError> {
    let list = call(ListJitAccess {
        project: project.clone(),
    });
    let (list, members) = futures::join!(list.boxed(), members(&project));
    let people = named(list?.items, &members);
    let name = |member: Member| {
        let name = member.email.unwrap_or(member.user_name);
        (member.user_id, name)
    };
    Ok(JitChoice {
        people,
        members: members.into_iter().map(name).collect(),
    })
}
