//! Invitations into an organization (v2). They last 24 hours, and the service lists none of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::members::by_ref;
use crate::{Entity, Operation, OperationId};

/// Addresses that one call invites, at most.
pub const MOST_INVITED: usize = 50;
/// Invitations that one call withdraws, at most.
pub const MOST_WITHDRAWN: usize = 100;

/// Somebody to be invited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Invitation {
    /// Where the link is sent, which is good for 24 hours.
    #[schemars(extend("format" = "email"))]
    pub email: String,
    /// What they become. With `no-access` they see nothing until they have a role in a project.
    #[schemars(extend("enum" = ["owner", "administrator", "developer", "read-only", "no-access"]))]
    pub role: String,
    /// The refs of the projects that the role is limited to; without any it holds in all of the organization.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
    /// Whether it can only be accepted by somebody who signs in through the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub require_sso: Option<bool>,
}

/// Sends invitations to as many as 50 addresses. Some of them may fail while others are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InviteMembers {
    pub slug: String,
    #[schemars(length(min = 1, max = 50))]
    pub invitations: Vec<Invitation>,
}

impl Operation for InviteMembers {
    const ID: OperationId = OperationId::InviteMembers;
    type Output = Invited;

    fn shape(body: &mut Map<String, Value>) {
        each(body, by_ref);
    }
}

/// Does something with the attributes of each thing in a list.
fn each(body: &mut Map<String, Value>, change: fn(&mut Value)) {
    let things = body.get_mut("data").and_then(Value::as_array_mut);
    let attributes = things
        .into_iter()
        .flatten()
        .filter_map(|thing| thing.get_mut("attributes"));
    attributes.for_each(change);
}

/// An address that is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    pub email: String,
}

/// Who was invited, and who was not: both may stand in one answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Invited {
    #[serde(default)]
    pub data: Vec<Entity<Invitee>>,
    /// Why some were not.
    #[serde(default)]
    pub error: Option<Partly>,
}

/// What went wrong with some of several things.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Partly {
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub issues: Vec<Issue>,
}

/// One of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub meta: Option<Value>,
}

impl Issue {
    /// The address that it is about.
    pub fn email(&self) -> Option<&str> {
        self.meta.as_ref()?.get("email")?.as_str()
    }
}

/// Takes invitations back that nobody has accepted yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WithdrawInvitations {
    pub slug: String,
    /// The addresses that they were sent to.
    #[schemars(length(min = 1, max = 100))]
    pub emails: Vec<String>,
}

impl Operation for WithdrawInvitations {
    const ID: OperationId = OperationId::WithdrawInvitations;
    type Output = Invited;

    fn shape(body: &mut Map<String, Value>) {
        each(body, |email| *email = json!({ "email": email.take() }));
    }
}
