//! Who may reach the database: passwords, login roles, just-in-time access, webhooks, read-only mode.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteLoginRolesAnswer {
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteLoginRoles {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DeleteLoginRoles {
    const ID: OperationId = OperationId::DeleteLoginRoles;
    type Output = DeleteLoginRolesAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateLoginRoleAnswer {
    pub role: String,
    pub password: String,
    pub ttl_seconds: i64,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateLoginRole {
    #[serde(rename = "ref")]
    pub project: String,
    pub read_only: bool,
}

impl Operation for CreateLoginRole {
    const ID: OperationId = OperationId::CreateLoginRole;
    type Output = CreateLoginRoleAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswerUserRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswerUserRoleAllowedNetworks {
    #[serde(default)]
    pub allowed_cidrs: Option<Vec<JitAccessAnswerUserRoleAllowedNetworksAllowedCidr>>,
    #[serde(default)]
    pub allowed_cidrs_v6: Option<Vec<JitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswerUserRole {
    pub role: String,
    #[serde(default)]
    pub expires_at: Option<f64>,
    #[serde(default)]
    pub allowed_networks: Option<JitAccessAnswerUserRoleAllowedNetworks>,
    #[serde(default)]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JitAccessAnswer {
    pub user_id: String,
    pub user_roles: Vec<JitAccessAnswerUserRole>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetJitAccess {
    const ID: OperationId = OperationId::GetJitAccess;
    type Output = JitAccessAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswerUserRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswerUserRoleAllowedNetworks {
    #[serde(default)]
    pub allowed_cidrs: Option<Vec<AuthorizeJitAccessAnswerUserRoleAllowedNetworksAllowedCidr>>,
    #[serde(default)]
    pub allowed_cidrs_v6: Option<Vec<AuthorizeJitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswerUserRole {
    pub role: String,
    #[serde(default)]
    pub expires_at: Option<f64>,
    #[serde(default)]
    pub allowed_networks: Option<AuthorizeJitAccessAnswerUserRoleAllowedNetworks>,
    #[serde(default)]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizeJitAccessAnswer {
    pub user_id: String,
    pub user_role: AuthorizeJitAccessAnswerUserRole,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorizeJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub role: String,
    #[schemars(length(min = 1))]
    pub rhost: String,
}

impl Operation for AuthorizeJitAccess {
    const ID: OperationId = OperationId::AuthorizeJitAccess;
    type Output = AuthorizeJitAccessAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessRoleAllowedNetworks {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_cidrs: Option<Vec<UpdateJitAccessRoleAllowedNetworksAllowedCidr>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_cidrs_v6: Option<Vec<UpdateJitAccessRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessRole {
    #[schemars(length(min = 1))]
    pub role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_networks: Option<UpdateJitAccessRoleAllowedNetworks>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswerUserRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswerUserRoleAllowedNetworks {
    #[serde(default)]
    pub allowed_cidrs: Option<Vec<UpdateJitAccessAnswerUserRoleAllowedNetworksAllowedCidr>>,
    #[serde(default)]
    pub allowed_cidrs_v6: Option<Vec<UpdateJitAccessAnswerUserRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswerUserRole {
    pub role: String,
    #[serde(default)]
    pub expires_at: Option<f64>,
    #[serde(default)]
    pub allowed_networks: Option<UpdateJitAccessAnswerUserRoleAllowedNetworks>,
    #[serde(default)]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateJitAccessAnswer {
    pub user_id: String,
    pub user_roles: Vec<UpdateJitAccessAnswerUserRole>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1))]
    pub user_id: String,
    pub roles: Vec<UpdateJitAccessRole>,
}

impl Operation for UpdateJitAccess {
    const ID: OperationId = OperationId::UpdateJitAccess;
    type Output = UpdateJitAccessAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItemUserRoleAllowedNetworksAllowedCidr {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItemUserRoleAllowedNetworksAllowedCidrsV6 {
    pub cidr: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItemUserRoleAllowedNetworks {
    #[serde(default)]
    pub allowed_cidrs: Option<Vec<ListJitAccessAnswerItemUserRoleAllowedNetworksAllowedCidr>>,
    #[serde(default)]
    pub allowed_cidrs_v6: Option<Vec<ListJitAccessAnswerItemUserRoleAllowedNetworksAllowedCidrsV6>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItemUserRole {
    pub role: String,
    #[serde(default)]
    pub expires_at: Option<f64>,
    #[serde(default)]
    pub allowed_networks: Option<ListJitAccessAnswerItemUserRoleAllowedNetworks>,
    #[serde(default)]
    pub branches_only: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswerItem {
    pub user_id: String,
    pub user_roles: Vec<ListJitAccessAnswerItemUserRole>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListJitAccessAnswer {
    pub items: Vec<ListJitAccessAnswerItem>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListJitAccess {
    const ID: OperationId = OperationId::ListJitAccess;
    type Output = ListJitAccessAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteJitAccess {
    #[serde(rename = "ref")]
    pub project: String,
    pub user_id: String,
}

impl Operation for DeleteJitAccess {
    const ID: OperationId = OperationId::DeleteJitAccess;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateDatabasePasswordAnswer {
    pub message: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateDatabasePassword {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 4))]
    pub password: String,
}

impl Operation for UpdateDatabasePassword {
    const ID: OperationId = OperationId::UpdateDatabasePassword;
    type Output = UpdateDatabasePasswordAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnableDatabaseWebhooks {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for EnableDatabaseWebhooks {
    const ID: OperationId = OperationId::EnableDatabaseWebhooks;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetJitAccessConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetJitAccessConfig {
    const ID: OperationId = OperationId::GetJitAccessConfig;
    type Output = Value;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateJitAccessConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(extend("enum" = ["enabled", "disabled"]))]
    pub state: String,
}

impl Operation for UpdateJitAccessConfig {
    const ID: OperationId = OperationId::UpdateJitAccessConfig;
    type Output = Value;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadonlyModeAnswer {
    pub enabled: bool,
    pub override_enabled: bool,
    pub override_active_until: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetReadonlyMode {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetReadonlyMode {
    const ID: OperationId = OperationId::GetReadonlyMode;
    type Output = ReadonlyModeAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DisableReadonlyMode {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DisableReadonlyMode {
    const ID: OperationId = OperationId::DisableReadonlyMode;
    type Output = Nothing;
}
