//! Who belongs to an organization, as which role, and in which projects (v2).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{Nothing, One, Operation, OperationId, Page};

/// Roles that somebody can be given, the lowest first. The service may refuse some of them for want of a plan.
pub const ROLES: &[&str] = &["no-access", "read-only", "developer", "administrator", "owner"];

/// Everybody who belongs to an organization, with second factor, roles, and the projects that a role is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListMembers {
    pub slug: String,
    /// Members on a page.
    #[serde(rename = "page[size]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub size: Option<i64>,
    /// The cursor of the page before: this one begins behind it.
    #[serde(rename = "page[after]", default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The cursor of the page behind: this one ends before it.
    #[serde(rename = "page[before]", default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Only the member with this user name.
    #[serde(rename = "filter[username]", default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Only the member with this address.
    #[serde(rename = "filter[primary_email]", default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "email"))]
    pub primary_email: Option<String>,
}

impl Operation for ListMembers {
    const ID: OperationId = OperationId::ListMembers;
    type Output = Page<MemberDetail>;
}

/// A member. The id beside it is that of the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDetail {
    #[serde(default)]
    pub username: Option<String>,
    #[serde(default)]
    pub primary_email: Option<String>,
    /// Whether a second factor is asked for at sign-in; `None` where it is not told.
    #[serde(default)]
    pub mfa_enabled: Option<bool>,
    /// Whether they sign in through their company.
    #[serde(default)]
    pub is_sso_user: Option<bool>,
    #[serde(default)]
    pub roles: Vec<MemberRole>,
}

/// A role that somebody has, everywhere or in some projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRole {
    /// One of [`ROLES`], or a role of the organization's own.
    pub name: String,
    /// `organization` or `project`.
    #[serde(default)]
    pub scope: String,
    /// Where it holds, if it is limited to projects.
    #[serde(default)]
    pub projects: Vec<ProjectName>,
}

impl MemberRole {
    /// Whether it holds in some projects only.
    pub fn is_limited(&self) -> bool {
        self.scope == "project" || !self.projects.is_empty()
    }
}

/// A project by its ref, with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectName {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default)]
    pub name: String,
}

/// The roles that somebody can have in an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListRoles {
    pub slug: String,
}

impl Operation for ListRoles {
    const ID: OperationId = OperationId::ListRoles;
    type Output = Page<RoleName>;
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleName {
    pub name: String,
}

/// Gives a member a role, everywhere or in some projects. What other roles say of the same projects is taken away, and a
/// role that is left without projects goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AssignMemberRole {
    pub slug: String,
    /// The person's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub user_id: String,
    /// The role.
    #[schemars(extend("enum" = ["owner", "administrator", "developer", "read-only", "no-access"]))]
    pub role: String,
    /// The refs of the projects that it is limited to; without any it holds in all of the organization.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
}

impl Operation for AssignMemberRole {
    const ID: OperationId = OperationId::AssignMemberRole;
    type Output = One<MemberRole>;

    fn shape(body: &mut Map<String, Value>) {
        if let Some(attributes) = body.get_mut("data").and_then(|data| data.get_mut("attributes")) {
            by_ref(attributes);
        }
    }
}

/// Makes the projects of `attributes` what the API takes for them: objects around their refs.
pub(super) fn by_ref(attributes: &mut Value) {
    if let Some(Value::Array(projects)) = attributes.get_mut("projects") {
        for project in projects {
            *project = json!({ "ref": project.take() });
        }
    }
}

/// Takes somebody out of an organization, with all roles they have there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemoveMember {
    pub slug: String,
    /// The person's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub user_id: String,
}

impl Operation for RemoveMember {
    const ID: OperationId = OperationId::RemoveMember;
    type Output = Nothing;
}
