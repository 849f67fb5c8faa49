//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Operation, OperationId};

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetAuthConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetAuthConfig {
    const ID: OperationId = OperationId::GetAuthConfig;
    type Output = Map<String, Value>;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateAuthConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(flatten)]
    pub changes: Map<String, Value>,
}

impl Operation for UpdateAuthConfig {
    const ID: OperationId = OperationId::UpdateAuthConfig;
    type Output = Map<String, Value>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSigningKeysAnswerKey {
    pub id: String,
    pub algorithm: String,
    pub status: String,
    #[serde(default)]
    pub public_jwk: Value,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSigningKeysAnswer {
    pub keys: Vec<ListSigningKeysAnswerKey>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSigningKeys {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListSigningKeys {
    const ID: OperationId = OperationId::ListSigningKeys;
    type Output = ListSigningKeysAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateSigningKeyAnswer {
    pub id: String,
    pub algorithm: String,
    pub status: String,
    #[serde(default)]
    pub public_jwk: Value,
    pub created_at: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSigningKey {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(extend("enum" = ["EdDSA", "ES256", "RS256", "HS256"]))]
    pub algorithm: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["in_use", "standby"]))]
    pub status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_jwk: Option<Value>,
}

impl Operation for CreateSigningKey {
    const ID: OperationId = OperationId::CreateSigningKey;
    type Output = CreateSigningKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegacySigningKeyAnswer {
    pub id: String,
    pub algorithm: String,
    pub status: String,
    #[serde(default)]
    pub public_jwk: Value,
    pub created_at: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetLegacySigningKey {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetLegacySigningKey {
    const ID: OperationId = OperationId::GetLegacySigningKey;
    type Output = LegacySigningKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateLegacySigningKeyAnswer {
    pub id: String,
    pub algorithm: String,
    pub status: String,
    #[serde(default)]
    pub public_jwk: Value,
    pub created_at: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateLegacySigningKey {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for CreateLegacySigningKey {
    const ID: OperationId = OperationId::CreateLegacySigningKey;
    type Output = CreateLegacySigningKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoveSigningKeyAnswer {
    pub id: String,
    pub algorithm: String,
    pub status: String,
    #[serde(default)]
    pub public_jwk: Value,
    pub created_at: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoveSigningKey {
    pub id: String,
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for RemoveSigningKey {
    const ID: OperationId = OperationId::RemoveSigningKey;
    type Output = RemoveSigningKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SigningKeyAnswer {
    pub id: String,
    pub algorithm: String,
    pub status: String,
    #[serde(default)]
    pub public_jwk: Value,
    pub created_at: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSigningKey {
    pub id: String,
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetSigningKey {
    const ID: OperationId = OperationId::GetSigningKey;
    type Output = SigningKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateSigningKeyAnswer {
    pub id: String,
    pub algorithm: String,
    pub status: String,
    #[serde(default)]
    pub public_jwk: Value,
    pub created_at: String,
    pub updated_at: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateSigningKey {
    pub id: String,
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(extend("enum" = ["in_use", "previously_used", "revoked", "standby"]))]
    pub status: String,
}

impl Operation for UpdateSigningKey {
    const ID: OperationId = OperationId::UpdateSigningKey;
    type Output = UpdateSigningKeyAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSsoProvidersAnswerItemSamlAttributeMapping {
    pub keys: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSsoProvidersAnswerItemSaml {
    pub id: String,
    pub entity_id: String,
    #[serde(default)]
    pub metadata_url: Option<String>,
    #[serde(default)]
    pub metadata_xml: Option<String>,
    #[serde(default)]
    pub attribute_mapping: Option<ListSsoProvidersAnswerItemSamlAttributeMapping>,
    #[serde(default)]
    pub name_id_format: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSsoProvidersAnswerItemDomain {
    pub id: String,
    #[serde(default)]
    pub domain: Option<String>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSsoProvidersAnswerItem {
    pub id: String,
    #[serde(default)]
    pub saml: Option<ListSsoProvidersAnswerItemSaml>,
    #[serde(default)]
    pub domains: Option<Vec<ListSsoProvidersAnswerItemDomain>>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListSsoProvidersAnswer {
    pub items: Vec<ListSsoProvidersAnswerItem>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListSsoProviders {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListSsoProviders {
    const ID: OperationId = OperationId::ListSsoProviders;
    type Output = ListSsoProvidersAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSsoProviderAttributeMapping {
    pub keys: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateSsoProviderAnswerSamlAttributeMapping {
    pub keys: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateSsoProviderAnswerSaml {
    pub id: String,
    pub entity_id: String,
    #[serde(default)]
    pub metadata_url: Option<String>,
    #[serde(default)]
    pub metadata_xml: Option<String>,
    #[serde(default)]
    pub attribute_mapping: Option<CreateSsoProviderAnswerSamlAttributeMapping>,
    #[serde(default)]
    pub name_id_format: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateSsoProviderAnswerDomain {
    pub id: String,
    #[serde(default)]
    pub domain: Option<String>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateSsoProviderAnswer {
    pub id: String,
    #[serde(default)]
    pub saml: Option<CreateSsoProviderAnswerSaml>,
    #[serde(default)]
    pub domains: Option<Vec<CreateSsoProviderAnswerDomain>>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSsoProvider {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["saml"]))]
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_xml: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute_mapping: Option<CreateSsoProviderAttributeMapping>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"]))]
    pub name_id_format: Option<String>,
}

impl Operation for CreateSsoProvider {
    const ID: OperationId = OperationId::CreateSsoProvider;
    type Output = CreateSsoProviderAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteSsoProviderAnswerSamlAttributeMapping {
    pub keys: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteSsoProviderAnswerSaml {
    pub id: String,
    pub entity_id: String,
    #[serde(default)]
    pub metadata_url: Option<String>,
    #[serde(default)]
    pub metadata_xml: Option<String>,
    #[serde(default)]
    pub attribute_mapping: Option<DeleteSsoProviderAnswerSamlAttributeMapping>,
    #[serde(default)]
    pub name_id_format: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteSsoProviderAnswerDomain {
    pub id: String,
    #[serde(default)]
    pub domain: Option<String>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteSsoProviderAnswer {
    pub id: String,
    #[serde(default)]
    pub saml: Option<DeleteSsoProviderAnswerSaml>,
    #[serde(default)]
    pub domains: Option<Vec<DeleteSsoProviderAnswerDomain>>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteSsoProvider {
    #[serde(rename = "ref")]
    pub project: String,
    pub provider_id: String,
}

impl Operation for DeleteSsoProvider {
    const ID: OperationId = OperationId::DeleteSsoProvider;
    type Output = DeleteSsoProviderAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SsoProviderAnswerSamlAttributeMapping {
    pub keys: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SsoProviderAnswerSaml {
    pub id: String,
    pub entity_id: String,
    #[serde(default)]
    pub metadata_url: Option<String>,
    #[serde(default)]
    pub metadata_xml: Option<String>,
    #[serde(default)]
    pub attribute_mapping: Option<SsoProviderAnswerSamlAttributeMapping>,
    #[serde(default)]
    pub name_id_format: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SsoProviderAnswerDomain {
    pub id: String,
    #[serde(default)]
    pub domain: Option<String>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SsoProviderAnswer {
    pub id: String,
    #[serde(default)]
    pub saml: Option<SsoProviderAnswerSaml>,
    #[serde(default)]
    pub domains: Option<Vec<SsoProviderAnswerDomain>>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSsoProvider {
    #[serde(rename = "ref")]
    pub project: String,
    pub provider_id: String,
}

impl Operation for GetSsoProvider {
    const ID: OperationId = OperationId::GetSsoProvider;
    type Output = SsoProviderAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateSsoProviderAttributeMapping {
    pub keys: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateSsoProviderAnswerSamlAttributeMapping {
    pub keys: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateSsoProviderAnswerSaml {
    pub id: String,
    pub entity_id: String,
    #[serde(default)]
    pub metadata_url: Option<String>,
    #[serde(default)]
    pub metadata_xml: Option<String>,
    #[serde(default)]
    pub attribute_mapping: Option<UpdateSsoProviderAnswerSamlAttributeMapping>,
    #[serde(default)]
    pub name_id_format: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateSsoProviderAnswerDomain {
    pub id: String,
    #[serde(default)]
    pub domain: Option<String>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateSsoProviderAnswer {
    pub id: String,
    #[serde(default)]
    pub saml: Option<UpdateSsoProviderAnswerSaml>,
    #[serde(default)]
    pub domains: Option<Vec<UpdateSsoProviderAnswerDomain>>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateSsoProvider {
    #[serde(rename = "ref")]
    pub project: String,
    pub provider_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_xml: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute_mapping: Option<UpdateSsoProviderAttributeMapping>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"]))]
    pub name_id_format: Option<String>,
}

impl Operation for UpdateSsoProvider {
    const ID: OperationId = OperationId::UpdateSsoProvider;
    type Output = UpdateSsoProviderAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListThirdPartyAuthAnswer {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub oidc_issuer_url: Option<String>,
    #[serde(default)]
    pub jwks_url: Option<String>,
    #[serde(default)]
    pub custom_jwks: Value,
    #[serde(default)]
    pub resolved_jwks: Value,
    pub inserted_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub resolved_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListThirdPartyAuth {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListThirdPartyAuth {
    const ID: OperationId = OperationId::ListThirdPartyAuth;
    type Output = Vec<ListThirdPartyAuthAnswer>;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateThirdPartyAuthAnswer {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub oidc_issuer_url: Option<String>,
    #[serde(default)]
    pub jwks_url: Option<String>,
    #[serde(default)]
    pub custom_jwks: Value,
    #[serde(default)]
    pub resolved_jwks: Value,
    pub inserted_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub resolved_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateThirdPartyAuth {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oidc_issuer_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_jwks: Option<Value>,
}

impl Operation for CreateThirdPartyAuth {
    const ID: OperationId = OperationId::CreateThirdPartyAuth;
    type Output = CreateThirdPartyAuthAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeleteThirdPartyAuthAnswer {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub oidc_issuer_url: Option<String>,
    #[serde(default)]
    pub jwks_url: Option<String>,
    #[serde(default)]
    pub custom_jwks: Value,
    #[serde(default)]
    pub resolved_jwks: Value,
    pub inserted_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub resolved_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteThirdPartyAuth {
    #[serde(rename = "ref")]
    pub project: String,
    pub tpa_id: String,
}

impl Operation for DeleteThirdPartyAuth {
    const ID: OperationId = OperationId::DeleteThirdPartyAuth;
    type Output = DeleteThirdPartyAuthAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThirdPartyAuthAnswer {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub oidc_issuer_url: Option<String>,
    #[serde(default)]
    pub jwks_url: Option<String>,
    #[serde(default)]
    pub custom_jwks: Value,
    #[serde(default)]
    pub resolved_jwks: Value,
    pub inserted_at: String,
    pub updated_at: String,
    #[serde(default)]
    pub resolved_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetThirdPartyAuth {
    #[serde(rename = "ref")]
    pub project: String,
    pub tpa_id: String,
}

impl Operation for GetThirdPartyAuth {
    const ID: OperationId = OperationId::GetThirdPartyAuth;
    type Output = ThirdPartyAuthAnswer;
}
