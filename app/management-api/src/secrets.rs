//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListApiKeysAnswer {
    #[serde(default)]
    pub api_key: Option<String>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub prefix: Option<String>,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub hash: Option<String>,
    #[serde(default)]
    pub secret_jwt_template: Option<Map<String, Value>>,
    #[serde(default)]
    pub inserted_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListApiKeys {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
}

impl Operation for ListApiKeys {
    const ID: OperationId = OperationId::ListApiKeys;
    type Output = Vec<ListApiKeysAnswer>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateApiKeyAnswer {
    #[serde(default)]
    pub api_key: Option<String>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub prefix: Option<String>,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub hash: Option<String>,
    #[serde(default)]
    pub secret_jwt_template: Option<Map<String, Value>>,
    #[serde(default)]
    pub inserted_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateApiKey {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["publishable", "secret"]))]
    pub kind: String,
    #[schemars(length(min = 4, max = 64))]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_jwt_template: Option<Map<String, Value>>,
}

impl Operation for CreateApiKey {
    const ID: OperationId = OperationId::CreateApiKey;
    type Output = CreateApiKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegacyApiKeysAnswer {
    pub enabled: bool,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetLegacyApiKeys {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetLegacyApiKeys {
    const ID: OperationId = OperationId::GetLegacyApiKeys;
    type Output = LegacyApiKeysAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateLegacyApiKeysAnswer {
    pub enabled: bool,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateLegacyApiKeys {
    #[serde(rename = "ref")]
    pub project: String,
    pub enabled: bool,
}

impl Operation for UpdateLegacyApiKeys {
    const ID: OperationId = OperationId::UpdateLegacyApiKeys;
    type Output = UpdateLegacyApiKeysAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteApiKeyAnswer {
    #[serde(default)]
    pub api_key: Option<String>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub prefix: Option<String>,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub hash: Option<String>,
    #[serde(default)]
    pub secret_jwt_template: Option<Map<String, Value>>,
    #[serde(default)]
    pub inserted_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteApiKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was_compromised: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Operation for DeleteApiKey {
    const ID: OperationId = OperationId::DeleteApiKey;
    type Output = DeleteApiKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiKeyAnswer {
    #[serde(default)]
    pub api_key: Option<String>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub prefix: Option<String>,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub hash: Option<String>,
    #[serde(default)]
    pub secret_jwt_template: Option<Map<String, Value>>,
    #[serde(default)]
    pub inserted_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetApiKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
}

impl Operation for GetApiKey {
    const ID: OperationId = OperationId::GetApiKey;
    type Output = ApiKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateApiKeyAnswer {
    #[serde(default)]
    pub api_key: Option<String>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub prefix: Option<String>,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub hash: Option<String>,
    #[serde(default)]
    pub secret_jwt_template: Option<Map<String, Value>>,
    #[serde(default)]
    pub inserted_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateApiKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 4, max = 64))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_jwt_template: Option<Map<String, Value>>,
}

impl Operation for UpdateApiKey {
    const ID: OperationId = OperationId::UpdateApiKey;
    type Output = UpdateApiKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EncryptionKeyAnswer {
    pub root_key: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetEncryptionKey {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetEncryptionKey {
    const ID: OperationId = OperationId::GetEncryptionKey;
    type Output = EncryptionKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateEncryptionKeyAnswer {
    pub root_key: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateEncryptionKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub root_key: String,
}

impl Operation for UpdateEncryptionKey {
    const ID: OperationId = OperationId::UpdateEncryptionKey;
    type Output = UpdateEncryptionKeyAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteSecrets {
    #[serde(rename = "ref")]
    pub project: String,
    pub names: Vec<String>,
}

impl Operation for DeleteSecrets {
    const ID: OperationId = OperationId::DeleteSecrets;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSecretsAnswer {
    pub name: String,
    pub value: String,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSecrets {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListSecrets {
    const ID: OperationId = OperationId::ListSecrets;
    type Output = Vec<ListSecretsAnswer>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSecretsItem {
    #[schemars(length(max = 256))]
    pub name: String,
    #[schemars(length(max = 24576))]
    pub value: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSecrets {
    #[serde(rename = "ref")]
    pub project: String,
    pub secrets: Vec<CreateSecretsItem>,
}

impl Operation for CreateSecrets {
    const ID: OperationId = OperationId::CreateSecrets;
    type Output = Nothing;
}
