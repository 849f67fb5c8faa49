//! Links to organizations and their members.

use management_api::organizations::Invitation;

use super::{encoded, under, with_choices};

pub const ORGANIZATIONS: &str = "/organizations";
pub const NEW_ORGANIZATION: &str = "/organizations/new";

pub fn organization(slug: &str) -> String {
    under(ORGANIZATIONS, slug)
}

pub fn organization_projects(slug: &str) -> String {
    format!("{}/projects", organization(slug))
}

pub fn organization_members(slug: &str) -> String {
    format!("{}/members", organization(slug))
}

pub fn member(slug: &str, id: &str) -> String {
    format!("{}/{}", organization_members(slug), encoded(id))
}

/// The member's page with a role in this project to be chosen.
pub fn member_in(slug: &str, id: &str, project: &str) -> String {
    with_choices(&member(slug, id), &[("project", project)])
}

/// The members who have no second factor.
pub fn members_without_factor(slug: &str) -> String {
    with_choices(&organization_members(slug), &[("factor", "off")])
}

pub fn invite(slug: &str) -> String {
    format!("{}/invite", organization_members(slug))
}

/// The form that invites, filled in for an invitation that is sent anew.
pub fn invite_again(slug: &str, invitation: &Invitation) -> String {
    let sso = if invitation.require_sso == Some(true) {
        "true"
    } else {
        ""
    };
    let mut choices = vec![
        ("to", invitation.email.as_str()),
        ("role", invitation.role.as_str()),
        ("sso", sso),
    ];
    choices.extend(invitation.projects.iter().map(|project| ("project", project.as_str())));
    with_choices(&invite(slug), &choices)
}

/// Who has no second factor, and who may do what where.
pub fn members_report(slug: &str) -> String {
    format!("{}/report", organization_members(slug))
}

/// The members as CSV.
pub fn members_file(slug: &str) -> String {
    format!("/files/{}/members", encoded(slug))
}

/// Machines, repositories and maintenance windows of an organization.
pub fn estate(slug: &str) -> String {
    format!("{}/estate", organization(slug))
}

/// Where the organization takes over a project of another.
pub fn claim_project(slug: &str) -> String {
    format!("{}/claim", organization(slug))
}

pub fn organization_entitlements(slug: &str) -> String {
    format!("{}/entitlements", organization(slug))
}

/// A page of an organization's projects, with its choices.
pub fn organization_projects_at(slug: &str, offset: u64, search: &str, statuses: &str) -> String {
    let offset = offset.to_string();
    let offset = if offset == "0" { "" } else { offset.as_str() };
    let choices = [("offset", offset), ("search", search), ("statuses", statuses)];
    with_choices(&organization_projects(slug), &choices)
}
