//! Who may reach the database: passwords, login roles, webhooks, read-only mode.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId, Secret};

/// Makes a role with a password that lasts some minutes, for a tool that connects to the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateLoginRole {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// Whether the role may only read.
    pub read_only: bool,
}

impl Operation for CreateLoginRole {
    const ID: OperationId = OperationId::CreateLoginRole;
    type Output = LoginRole;
}

/// A role to connect with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoginRole {
    pub role: String,
    pub password: Secret,
    /// Seconds until the password is good for nothing.
    pub ttl_seconds: i64,
}

/// Deletes the roles that were made for tools, before their time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteLoginRoles {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DeleteLoginRoles {
    const ID: OperationId = OperationId::DeleteLoginRoles;
    type Output = Done;
}

/// An answer that says that something was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    pub message: String,
}

/// Changes the password of the role postgres. Whatever connects with the old one is locked out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateDatabasePassword {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The new password. It cannot be read again.
    #[schemars(length(min = 4))]
    pub password: Secret,
}

impl Operation for UpdateDatabasePassword {
    const ID: OperationId = OperationId::UpdateDatabasePassword;
    type Output = Done;
}

/// Lets the database call web addresses when rows change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnableDatabaseWebhooks {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for EnableDatabaseWebhooks {
    const ID: OperationId = OperationId::EnableDatabaseWebhooks;
    type Output = Nothing;
}

/// Tells whether the database takes no writes, as it does when its disk is nearly full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetReadonlyMode {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetReadonlyMode {
    const ID: OperationId = OperationId::GetReadonlyMode;
    type Output = ReadonlyMode;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadonlyMode {
    /// Whether the database takes no writes.
    pub enabled: bool,
    /// Whether writes are let through for now all the same.
    pub override_enabled: bool,
    /// Until when; in the past, or nothing, where they are not.
    #[serde(default)]
    pub override_active_until: Option<String>,
}

/// Lets writes through for 15 minutes while the database is read-only, to make room on its disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DisableReadonlyMode {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DisableReadonlyMode {
    const ID: OperationId = OperationId::DisableReadonlyMode;
    type Output = Nothing;
}
