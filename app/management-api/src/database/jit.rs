//! Just-in-time access: who may connect to the database as which role, from where, and until when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId, Secret};

/// Tells which roles you may use yourself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetJitAccess {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetJitAccess {
    const ID: OperationId = OperationId::GetJitAccess;
    type Output = JitAccess;
}

/// A person and the roles they may use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccess {
    #[serde(default)]
    pub user_id: Option<String>,
    #[serde(default)]
    pub user_roles: Vec<JitRole>,
}

/// A role that somebody may connect as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JitRole {
    /// A role of the database, such as postgres.
    #[schemars(length(min = 1))]
    pub role: String,
    /// When the access ends, in seconds since 1970; without it, it does not end by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<f64>,
    /// Where the person may connect from; without it, from anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_networks: Option<JitNetworks>,
    /// Whether only branches may be reached, and not the project itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branches_only: Option<bool>,
}

/// Networks that a connection may come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JitNetworks {
    /// IPv4 networks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_cidrs: Option<Vec<JitNetwork>>,
    /// IPv6 networks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_cidrs_v6: Option<Vec<JitNetwork>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JitNetwork {
    /// An address and the length of its prefix, such as 203.0.113.0/24.
    pub cidr: String,
}

/// Asks whether you may connect as a role from an address, as the database does when you try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorizeJitAccess {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The role to connect as.
    #[schemars(length(min = 1))]
    pub role: String,
    /// The address the connection comes from.
    #[schemars(length(min = 1))]
    pub rhost: String,
}

impl Operation for AuthorizeJitAccess {
    const ID: OperationId = OperationId::AuthorizeJitAccess;
    type Output = JitAuthorization;
}

/// The access that lets a connection through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAuthorization {
    #[serde(default)]
    pub user_id: Option<String>,
    pub user_role: JitRole,
}

/// Sets which roles a person may use, in place of all they had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccess {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The person's id, a UUID.
    #[schemars(length(min = 1), extend("format" = "uuid"))]
    pub user_id: String,
    /// The roles; none takes the access away.
    pub roles: Vec<JitRole>,
}

impl Operation for UpdateJitAccess {
    const ID: OperationId = OperationId::UpdateJitAccess;
    type Output = JitAccess;
}

/// Lists everybody who has just-in-time access, with their roles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListJitAccess {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListJitAccess {
    const ID: OperationId = OperationId::ListJitAccess;
    type Output = JitAccessList;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessList {
    pub items: Vec<JitGrant>,
}

/// What somebody was given: a member, or somebody who was invited and has not come yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JitGrant {
    #[serde(default)]
    pub user_id: Option<String>,
    #[serde(default)]
    pub primary_email: Option<String>,
    /// Of an invitation that is open.
    #[serde(default)]
    pub invite_id: Option<String>,
    #[serde(default)]
    pub user_roles: Vec<JitRole>,
}

/// Takes a person's just-in-time access away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteJitAccess {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The person's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub user_id: String,
}

impl Operation for DeleteJitAccess {
    const ID: OperationId = OperationId::DeleteJitAccess;
    type Output = Nothing;
}

/// Invites somebody from outside the organization to connect to the database as some of its roles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InviteToJit {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// Where the invitation is sent.
    #[schemars(length(min = 1), extend("format" = "email"))]
    pub email: String,
    /// The roles they may use.
    pub roles: Vec<JitRole>,
}

impl Operation for InviteToJit {
    const ID: OperationId = OperationId::InviteToJit;
    type Output = JitInvitation;
}

/// An invitation that is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitInvitation {
    #[serde(default)]
    pub email: String,
    pub invite_id: String,
    #[serde(default)]
    pub user_roles: Vec<JitRole>,
}

/// Accepts an invitation to a project's database, with what its e-mail says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AcceptJitInvitation {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The address that was invited.
    #[schemars(length(min = 1), extend("format" = "email"))]
    pub email: String,
    /// The token of the e-mail.
    #[schemars(extend("minLength" = 1))]
    pub token: Secret,
}

impl Operation for AcceptJitInvitation {
    const ID: OperationId = OperationId::AcceptJitInvitation;
    type Output = JitAccess;
}

/// Takes an invitation back that nobody has accepted yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteJitInvitation {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The invitation's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    pub invite_id: String,
}

impl Operation for DeleteJitInvitation {
    const ID: OperationId = OperationId::DeleteJitInvitation;
    type Output = Nothing;
}

/// Tells whether just-in-time access is on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetJitAccessConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetJitAccessConfig {
    const ID: OperationId = OperationId::GetJitAccessConfig;
    type Output = JitAccessConfig;
}

/// Whether just-in-time access is on, or why it cannot be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessConfig {
    /// enabled, disabled or unavailable.
    pub state: String,
    /// Whether the database has taken the state over.
    #[serde(default, rename = "appliedSuccessfully")]
    pub applied: Option<bool>,
    /// What has to be done first, where it is unavailable.
    #[serde(default, rename = "unavailableReason")]
    pub reason: Option<String>,
}

/// Switches just-in-time access on or off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessConfig {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// On or off.
    #[schemars(extend("enum" = ["enabled", "disabled"]))]
    pub state: String,
}

impl Operation for UpdateJitAccessConfig {
    const ID: OperationId = OperationId::UpdateJitAccessConfig;
    type Output = JitAccessConfig;
}
