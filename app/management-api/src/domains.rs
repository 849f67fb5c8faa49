//! A project's own address: a custom hostname, or a vanity subdomain of Supabase's domain.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Nothing, Operation, OperationId};

/// Removes the custom hostname; clients that use it stop reaching the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteHostnameConfig {
    #[serde(rename = "ref")]
    pub project: String,
    /// Ends the paid add-on as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_addon: Option<bool>,
}

impl Operation for DeleteHostnameConfig {
    const ID: OperationId = OperationId::DeleteHostnameConfig;
    type Output = Nothing;
}

/// The custom hostname, how far it is, and the DNS records it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetHostnameConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetHostnameConfig {
    const ID: OperationId = OperationId::GetHostnameConfig;
    type Output = HostnameConfig;
}

/// Puts the custom hostname to use. Its DNS records must have been verified before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActivateCustomHostname {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ActivateCustomHostname {
    const ID: OperationId = OperationId::ActivateCustomHostname;
    type Output = HostnameConfig;
}

/// Begins to set up a custom hostname. The answer lists the DNS records to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InitializeCustomHostname {
    #[serde(rename = "ref")]
    pub project: String,
    /// A subdomain of a domain of yours, such as `api.example.com`.
    #[schemars(length(min = 1, max = 253))]
    pub custom_hostname: String,
}

impl Operation for InitializeCustomHostname {
    const ID: OperationId = OperationId::InitializeCustomHostname;
    type Output = HostnameConfig;
}

/// Looks at the DNS records again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReverifyCustomHostname {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ReverifyCustomHostname {
    const ID: OperationId = OperationId::ReverifyCustomHostname;
    type Output = HostnameConfig;
}

/// How far a custom hostname is. The service promises next to nothing of it: whatever it leaves out is empty here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostnameConfig {
    /// A numbered word from `1_not_started` to `5_services_reconfigured`.
    #[serde(deserialize_with = "or_empty")]
    pub status: String,
    #[serde(deserialize_with = "or_empty")]
    pub custom_hostname: String,
    #[serde(deserialize_with = "or_empty")]
    pub data: HostnameData,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostnameData {
    #[serde(deserialize_with = "or_empty")]
    pub result: Hostname,
}

/// What the certificate authority's side knows of the hostname.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hostname {
    #[serde(deserialize_with = "or_empty")]
    pub id: String,
    #[serde(deserialize_with = "or_empty")]
    pub hostname: String,
    #[serde(deserialize_with = "or_empty")]
    pub ssl: Certificate,
    #[serde(deserialize_with = "or_empty")]
    pub ownership_verification: DnsRecord,
    /// What the hostname's `CNAME` record points to.
    #[serde(deserialize_with = "or_empty")]
    pub custom_origin_server: String,
    pub verification_errors: Option<Vec<String>>,
    /// Such as `pending` or `active`.
    #[serde(deserialize_with = "or_empty")]
    pub status: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Certificate {
    /// Such as `pending_validation` or `active`.
    #[serde(deserialize_with = "or_empty")]
    pub status: String,
    /// `TXT` records to make.
    #[serde(deserialize_with = "or_empty")]
    pub validation_records: Vec<TxtRecord>,
    pub validation_errors: Option<Vec<CertificateError>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TxtRecord {
    #[serde(deserialize_with = "or_empty")]
    pub txt_name: String,
    #[serde(deserialize_with = "or_empty")]
    pub txt_value: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateError {
    pub message: String,
}

/// All three are empty where nothing is left to be proved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DnsRecord {
    #[serde(rename = "type", deserialize_with = "or_empty")]
    pub kind: String,
    #[serde(deserialize_with = "or_empty")]
    pub name: String,
    #[serde(deserialize_with = "or_empty")]
    pub value: String,
}

/// `null` for what is empty.
fn or_empty<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Removes the vanity subdomain; clients that use it stop reaching the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeactivateVanitySubdomain {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DeactivateVanitySubdomain {
    const ID: OperationId = OperationId::DeactivateVanitySubdomain;
    type Output = Nothing;
}

/// The vanity subdomain, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetVanitySubdomain {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetVanitySubdomain {
    const ID: OperationId = OperationId::GetVanitySubdomain;
    type Output = VanitySubdomain;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VanitySubdomain {
    /// `not-used`, `active`, or `custom-domain-used` where a custom hostname takes its place.
    pub status: String,
    /// The whole host name.
    #[serde(default)]
    pub custom_domain: Option<String>,
}

/// Puts a vanity subdomain to use, in place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActivateVanitySubdomain {
    #[serde(rename = "ref")]
    pub project: String,
    /// The part before Supabase's domain: letters, digits and hyphens.
    #[schemars(length(max = 63))]
    pub vanity_subdomain: String,
}

impl Operation for ActivateVanitySubdomain {
    const ID: OperationId = OperationId::ActivateVanitySubdomain;
    type Output = ActivatedSubdomain;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivatedSubdomain {
    /// The whole host name.
    pub custom_domain: String,
}

/// Whether a vanity subdomain can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckVanitySubdomain {
    #[serde(rename = "ref")]
    pub project: String,
    /// The part before Supabase's domain: letters, digits and hyphens.
    #[schemars(length(max = 63))]
    pub vanity_subdomain: String,
}

impl Operation for CheckVanitySubdomain {
    const ID: OperationId = OperationId::CheckVanitySubdomain;
    type Output = SubdomainAvailability;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubdomainAvailability {
    pub available: bool,
}
