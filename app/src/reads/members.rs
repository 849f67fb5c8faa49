//! The members of an organization, by the newer list, and by the older one where that cannot be read.

use management_api::{
    Entity,
    organizations::{ListMembers, ListOrganizationMembers, ListRoles, Member, MemberDetail, MemberRole},
};

use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    server_fns::members::Team,
};

/// Members that one call tells of.
pub const SIZE: i64 = 100;
/// Calls for the list, at most: 500 members.
const CALLS: usize = 5;

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

/// The names of the roles that can be given, as the members of the list have them.
///
/// # Errors
/// Whatever keeps them from being read.
pub async fn roles(backend: &BackendHandle, slug: String) -> Result<Vec<String>, ConsoleError> {
    let page = narrow(backend, &ListRoles { slug }).await?;
    let names = page
        .data
        .into_iter()
        .map(|role| role.attributes.name.trim().to_lowercase());
    Ok(names.filter(|name| !name.is_empty()).collect())
}

/// One call for each hundred of them.
///
/// # Errors
/// Whatever keeps the list from being read.
pub async fn team(backend: &BackendHandle, slug: String) -> Result<Team, ConsoleError> {
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
        match narrow(backend, &list).await {
            Ok(page) => {
                team.members.extend(page.data.iter().cloned());
                list.after = page.links.after();
            }
            // An older token, or a service that does not have the newer list yet.
            Err(ConsoleError::NotFound | ConsoleError::Forbidden { .. }) if team.members.is_empty() => {
                let members = narrow(backend, &ListOrganizationMembers { slug }).await?;
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
