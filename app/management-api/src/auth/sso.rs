//! Single sign-on: the companies' identity providers, over SAML 2.0.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Operation, OperationId};

/// An identity provider as the project knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SsoProvider {
    pub id: String,
    #[serde(default)]
    pub saml: Option<Saml>,
    #[serde(default)]
    pub domains: Option<Vec<SsoDomain>>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saml {
    /// The name the provider calls itself, usually an address.
    pub entity_id: String,
    #[serde(default)]
    pub metadata_url: Option<String>,
    #[serde(default)]
    pub metadata_xml: Option<String>,
    #[serde(default)]
    pub attribute_mapping: Option<AttributeMapping>,
    #[serde(default)]
    pub name_id_format: Option<String>,
}

/// An email domain whose people sign in through the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SsoDomain {
    #[serde(default)]
    pub domain: Option<String>,
}

/// What becomes of the attributes that the provider tells of a person, by the name each gets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct AttributeMapping {
    // The real service answers `{}` where there is none.
    #[serde(default)]
    pub keys: BTreeMap<String, AttributeRule>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct AttributeRule {
    /// The provider's own name of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Several names, of which the first that is told counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<String>>,
    /// What it is where the provider says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Whether it is a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub array: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SsoProviders {
    #[serde(default)]
    pub items: Vec<SsoProvider>,
}

/// How a provider may name people.
pub const NAME_ID_FORMATS: &[&str] = &[
    "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
];

/// The identity providers people can sign in through. Answers 404 where SAML is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListSsoProviders {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListSsoProviders {
    const ID: OperationId = OperationId::ListSsoProviders;
    type Output = SsoProviders;
}

/// Adds an identity provider by its metadata: the document itself or where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSsoProvider {
    #[serde(rename = "ref")]
    pub project: String,
    /// SAML is the only kind.
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["saml"]))]
    pub kind: String,
    /// The provider's metadata document. Either this or its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_xml: Option<String>,
    /// The HTTPS address of the provider's metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_url: Option<String>,
    /// Email domains whose people sign in through it; a domain belongs to one provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<String>>,
    /// Which of the provider's attributes become which of the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute_mapping: Option<AttributeMapping>,
    /// How the provider is asked to name people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = NAME_ID_FORMATS))]
    pub name_id_format: Option<String>,
}

impl Operation for CreateSsoProvider {
    const ID: OperationId = OperationId::CreateSsoProvider;
    type Output = SsoProvider;
}

/// Removes an identity provider; nobody can sign in through it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteSsoProvider {
    #[serde(rename = "ref")]
    pub project: String,
    pub provider_id: String,
}

impl Operation for DeleteSsoProvider {
    const ID: OperationId = OperationId::DeleteSsoProvider;
    type Output = SsoProvider;
}

/// One identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetSsoProvider {
    #[serde(rename = "ref")]
    pub project: String,
    pub provider_id: String,
}

impl Operation for GetSsoProvider {
    const ID: OperationId = OperationId::GetSsoProvider;
    type Output = SsoProvider;
}

/// Changes an identity provider; what is not named stays as it is. New domains take the place of all old ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateSsoProvider {
    #[serde(rename = "ref")]
    pub project: String,
    pub provider_id: String,
    /// The provider's metadata document. Either this or its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_xml: Option<String>,
    /// The HTTPS address of the provider's metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata_url: Option<String>,
    /// Email domains whose people sign in through it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<String>>,
    /// Which of the provider's attributes become which of the person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute_mapping: Option<AttributeMapping>,
    /// How the provider is asked to name people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = NAME_ID_FORMATS))]
    pub name_id_format: Option<String>,
}

impl Operation for UpdateSsoProvider {
    const ID: OperationId = OperationId::UpdateSsoProvider;
    type Output = SsoProvider;
}
