//! The keys a project signs its access tokens with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Operation, OperationId, SecretJson, words::words};

words! {
    /// Where a key is in its life.
    SigningKeyStatus {
        /// Known to everybody who checks tokens, and next in turn.
        Standby = "standby",
        /// New tokens are signed with it; one key at a time.
        InUse = "in_use",
        /// Tokens signed with it are still good.
        PreviouslyUsed = "previously_used",
        /// Tokens signed with it are refused.
        Revoked = "revoked",
    }
}

/// A key; the private half never leaves Supabase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SigningKey {
    pub id: String,
    /// `ES256`, `RS256`, `EdDSA` or `HS256`.
    pub algorithm: String,
    pub status: SigningKeyStatus,
    /// The public half as a JSON web key; `null` for `HS256`, which has none.
    #[serde(default)]
    pub public_jwk: Value,
    pub created_at: String,
    /// When the status last changed.
    pub updated_at: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SigningKeys {
    #[serde(default)]
    pub keys: Vec<SigningKey>,
}

/// The keys that access tokens are, were and will be signed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListSigningKeys {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListSigningKeys {
    const ID: OperationId = OperationId::ListSigningKeys;
    type Output = SigningKeys;
}

/// Adds a key: on standby, unless it is to be used at once. There is room for one on standby.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSigningKey {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(extend("enum" = ["EdDSA", "ES256", "RS256", "HS256"]))]
    pub algorithm: String,
    /// Standby if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["in_use", "standby"]))]
    pub status: Option<String>,
    /// A private key of your own as a JSON web key; without one, Supabase makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_jwk: Option<SecretJson>,
}

impl Operation for CreateSigningKey {
    const ID: OperationId = OperationId::CreateSigningKey;
    type Output = SigningKey;
}

/// The key that the project's old JWT secret became. There is none (404) until it has been taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetLegacySigningKey {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetLegacySigningKey {
    const ID: OperationId = OperationId::GetLegacySigningKey;
    type Output = SigningKey;
}

/// Takes the project's old JWT secret over as a signing key, which is in use from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreateLegacySigningKey {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for CreateLegacySigningKey {
    const ID: OperationId = OperationId::CreateLegacySigningKey;
    type Output = SigningKey;
}

/// Removes a key for good, which takes that it has been revoked for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemoveSigningKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
}

impl Operation for RemoveSigningKey {
    const ID: OperationId = OperationId::RemoveSigningKey;
    type Output = SigningKey;
}

/// One signing key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetSigningKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
}

impl Operation for GetSigningKey {
    const ID: OperationId = OperationId::GetSigningKey;
    type Output = SigningKey;
}

/// Moves a key on. The key on standby comes into use in place of the one that is, which counts as previously used from
/// then on; a revoked key's tokens are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateSigningKey {
    #[serde(rename = "ref")]
    pub project: String,
    pub id: String,
    #[schemars(extend("enum" = SigningKeyStatus::KNOWN))]
    pub status: String,
}

impl Operation for UpdateSigningKey {
    const ID: OperationId = OperationId::UpdateSigningKey;
    type Output = SigningKey;
}
