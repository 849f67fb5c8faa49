//! Third-party auth: issuers whose tokens the project takes as if they were its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Operation, OperationId};

/// An issuer the project trusts. One of issuer URL, JWKS URL and own keys is set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThirdPartyAuth {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub oidc_issuer_url: Option<String>,
    #[serde(default)]
    pub jwks_url: Option<String>,
    #[serde(default)]
    pub custom_jwks: Value,
    /// The keys found there; `null` until Supabase has looked.
    #[serde(default)]
    pub resolved_jwks: Value,
    #[serde(default)]
    pub resolved_at: Option<String>,
    pub inserted_at: String,
    pub updated_at: String,
}

/// The issuers whose tokens the project takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListThirdPartyAuth {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListThirdPartyAuth {
    const ID: OperationId = OperationId::ListThirdPartyAuth;
    type Output = Vec<ThirdPartyAuth>;
}

/// Trusts an issuer, which is told in one of three ways.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateThirdPartyAuth {
    #[serde(rename = "ref")]
    pub project: String,
    /// The issuer, if it tells its keys as OpenID Connect has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oidc_issuer_url: Option<String>,
    /// Where the issuer's keys are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_url: Option<String>,
    /// The issuer's public keys themselves, as a JSON web key set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_jwks: Option<Value>,
}

impl Operation for CreateThirdPartyAuth {
    const ID: OperationId = OperationId::CreateThirdPartyAuth;
    type Output = ThirdPartyAuth;
}

/// Stops trusting an issuer: its tokens are refused from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteThirdPartyAuth {
    #[serde(rename = "ref")]
    pub project: String,
    pub tpa_id: String,
}

impl Operation for DeleteThirdPartyAuth {
    const ID: OperationId = OperationId::DeleteThirdPartyAuth;
    type Output = ThirdPartyAuth;
}

/// One issuer the project trusts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetThirdPartyAuth {
    #[serde(rename = "ref")]
    pub project: String,
    pub tpa_id: String,
}

impl Operation for GetThirdPartyAuth {
    const ID: OperationId = OperationId::GetThirdPartyAuth;
    type Output = ThirdPartyAuth;
}
