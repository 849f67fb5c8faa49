//! The keys that apps call a project's APIs with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Operation, OperationId, Secret};

/// An API key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiKey {
    /// A UUID; the legacy keys have their name here.
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
    /// `publishable`, `secret` or `legacy`.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    /// The key itself; of a secret key, only the beginning unless it was asked to be revealed.
    #[serde(default)]
    pub api_key: Option<Secret>,
    /// The characters it is known by.
    #[serde(default)]
    pub prefix: Option<String>,
    /// SHA-256 of the key, in base64.
    #[serde(default)]
    pub hash: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    /// Claims of the short-lived token that a secret key is exchanged for.
    #[serde(default)]
    pub secret_jwt_template: Option<Map<String, Value>>,
    #[serde(default)]
    pub inserted_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// Whether `anon` and `service_role` still open anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegacyApiKeys {
    pub enabled: bool,
}

/// The project's API keys, old and new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListApiKeys {
    #[serde(rename = "ref")]
    pub project: String,
    /// Answers with secret keys in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
}

impl Operation for ListApiKeys {
    const ID: OperationId = OperationId::ListApiKeys;
    type Output = Vec<ApiKey>;
}

/// Makes an API key: a publishable one for apps in people's hands, or a secret one for servers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateApiKey {
    #[serde(rename = "ref")]
    pub project: String,
    /// Answers with a secret key in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["publishable", "secret"]))]
    pub kind: String,
    /// Lower-case letters, digits and `_`, no digit first.
    #[schemars(length(min = 4, max = 64))]
    pub name: String,
    /// What the key is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Claims of the short-lived token that a secret key is exchanged for, such as its role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_jwt_template: Option<Map<String, Value>>,
}

impl Operation for CreateApiKey {
    const ID: OperationId = OperationId::CreateApiKey;
    type Output = ApiKey;
}

/// Whether the legacy keys `anon` and `service_role` work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetLegacyApiKeys {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetLegacyApiKeys {
    const ID: OperationId = OperationId::GetLegacyApiKeys;
    type Output = LegacyApiKeys;
}

/// Switches the legacy keys `anon` and `service_role` on or off; apps that use them stop working while they are off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateLegacyApiKeys {
    #[serde(rename = "ref")]
    pub project: String,
    /// Whether the legacy keys work.
    pub enabled: bool,
}

impl Operation for UpdateLegacyApiKeys {
    const ID: OperationId = OperationId::UpdateLegacyApiKeys;
    type Output = LegacyApiKeys;
}

/// Deletes an API key; whatever uses it is turned away from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteApiKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
    /// Answers with a secret key in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
    /// Whether it fell into wrong hands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was_compromised: Option<bool>,
    /// Why it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Operation for DeleteApiKey {
    const ID: OperationId = OperationId::DeleteApiKey;
    type Output = ApiKey;
}

/// One API key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetApiKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
    /// Answers with a secret key in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
}

impl Operation for GetApiKey {
    const ID: OperationId = OperationId::GetApiKey;
    type Output = ApiKey;
}

/// Changes what an API key is called and what it says; the key itself stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateApiKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
    /// Answers with a secret key in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
    /// Lower-case letters, digits and `_`, no digit first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 4, max = 64))]
    pub name: Option<String>,
    /// What the key is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Claims of the short-lived token that a secret key is exchanged for, such as its role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_jwt_template: Option<Map<String, Value>>,
}

impl Operation for UpdateApiKey {
    const ID: OperationId = OperationId::UpdateApiKey;
    type Output = ApiKey;
}
