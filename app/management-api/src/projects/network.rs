//! Network bans and restrictions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteNetworkBans {
    #[serde(rename = "ref")]
    pub project: String,
    pub ipv4_addresses: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester_ip: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
}

impl Operation for DeleteNetworkBans {
    const ID: OperationId = OperationId::DeleteNetworkBans;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListNetworkBansAnswer {
    pub banned_ipv4_addresses: Vec<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListNetworkBans {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListNetworkBans {
    const ID: OperationId = OperationId::ListNetworkBans;
    type Output = ListNetworkBansAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListNetworkBansEnrichedAnswerBannedIpv4Addresse {
    pub banned_address: String,
    pub identifier: String,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListNetworkBansEnrichedAnswer {
    pub banned_ipv4_addresses: Vec<ListNetworkBansEnrichedAnswerBannedIpv4Addresse>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListNetworkBansEnriched {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListNetworkBansEnriched {
    const ID: OperationId = OperationId::ListNetworkBansEnriched;
    type Output = ListNetworkBansEnrichedAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkRestrictionsAnswerConfig {
    #[serde(rename = "dbAllowedCidrs", default)]
    pub db_allowed_cidrs: Option<Vec<String>>,
    #[serde(rename = "dbAllowedCidrsV6", default)]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkRestrictionsAnswerOldConfig {
    #[serde(rename = "dbAllowedCidrs", default)]
    pub db_allowed_cidrs: Option<Vec<String>>,
    #[serde(rename = "dbAllowedCidrsV6", default)]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkRestrictionsAnswer {
    pub entitlement: String,
    pub config: NetworkRestrictionsAnswerConfig,
    #[serde(default)]
    pub old_config: Option<NetworkRestrictionsAnswerOldConfig>,
    pub status: String,
    #[serde(default)]
    pub updated_at: Option<String>,
    #[serde(default)]
    pub applied_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetNetworkRestrictions {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetNetworkRestrictions {
    const ID: OperationId = OperationId::GetNetworkRestrictions;
    type Output = NetworkRestrictionsAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatchNetworkRestrictionsAdd {
    #[serde(rename = "dbAllowedCidrs", default, skip_serializing_if = "Option::is_none")]
    pub db_allowed_cidrs: Option<Vec<String>>,
    #[serde(rename = "dbAllowedCidrsV6", default, skip_serializing_if = "Option::is_none")]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatchNetworkRestrictionsRemove {
    #[serde(rename = "dbAllowedCidrs", default, skip_serializing_if = "Option::is_none")]
    pub db_allowed_cidrs: Option<Vec<String>>,
    #[serde(rename = "dbAllowedCidrsV6", default, skip_serializing_if = "Option::is_none")]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchNetworkRestrictionsAnswerConfigDbAllowedCidr {
    pub address: String,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchNetworkRestrictionsAnswerConfig {
    #[serde(rename = "dbAllowedCidrs", default)]
    pub db_allowed_cidrs: Option<Vec<PatchNetworkRestrictionsAnswerConfigDbAllowedCidr>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchNetworkRestrictionsAnswerOldConfigDbAllowedCidr {
    pub address: String,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchNetworkRestrictionsAnswerOldConfig {
    #[serde(rename = "dbAllowedCidrs", default)]
    pub db_allowed_cidrs: Option<Vec<PatchNetworkRestrictionsAnswerOldConfigDbAllowedCidr>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchNetworkRestrictionsAnswer {
    pub entitlement: String,
    pub config: PatchNetworkRestrictionsAnswerConfig,
    #[serde(default)]
    pub old_config: Option<PatchNetworkRestrictionsAnswerOldConfig>,
    #[serde(default)]
    pub updated_at: Option<String>,
    #[serde(default)]
    pub applied_at: Option<String>,
    pub status: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PatchNetworkRestrictions {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<PatchNetworkRestrictionsAdd>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove: Option<PatchNetworkRestrictionsRemove>,
}

impl Operation for PatchNetworkRestrictions {
    const ID: OperationId = OperationId::PatchNetworkRestrictions;
    type Output = PatchNetworkRestrictionsAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateNetworkRestrictionsAnswerConfig {
    #[serde(rename = "dbAllowedCidrs", default)]
    pub db_allowed_cidrs: Option<Vec<String>>,
    #[serde(rename = "dbAllowedCidrsV6", default)]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateNetworkRestrictionsAnswerOldConfig {
    #[serde(rename = "dbAllowedCidrs", default)]
    pub db_allowed_cidrs: Option<Vec<String>>,
    #[serde(rename = "dbAllowedCidrsV6", default)]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpdateNetworkRestrictionsAnswer {
    pub entitlement: String,
    pub config: UpdateNetworkRestrictionsAnswerConfig,
    #[serde(default)]
    pub old_config: Option<UpdateNetworkRestrictionsAnswerOldConfig>,
    pub status: String,
    #[serde(default)]
    pub updated_at: Option<String>,
    #[serde(default)]
    pub applied_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateNetworkRestrictions {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(rename = "dbAllowedCidrs", default, skip_serializing_if = "Option::is_none")]
    pub db_allowed_cidrs: Option<Vec<String>>,
    #[serde(rename = "dbAllowedCidrsV6", default, skip_serializing_if = "Option::is_none")]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

impl Operation for UpdateNetworkRestrictions {
    const ID: OperationId = OperationId::UpdateNetworkRestrictions;
    type Output = UpdateNetworkRestrictionsAnswer;
}
