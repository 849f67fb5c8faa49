//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DeleteClaimToken {
    const ID: OperationId = OperationId::DeleteClaimToken;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimTokenAnswer {
    pub token_alias: String,
    pub expires_at: String,
    pub created_at: String,
    pub created_by: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetClaimToken {
    const ID: OperationId = OperationId::GetClaimToken;
    type Output = ClaimTokenAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateClaimTokenAnswer {
    pub token: String,
    pub token_alias: String,
    pub expires_at: String,
    pub created_at: String,
    pub created_by: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for CreateClaimToken {
    const ID: OperationId = OperationId::CreateClaimToken;
    type Output = CreateClaimTokenAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiskAnswer {
    pub attributes: Value,
    #[serde(default)]
    pub last_modified_at: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDisk {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDisk {
    const ID: OperationId = OperationId::GetDisk;
    type Output = DiskAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateDisk {
    #[serde(rename = "ref")]
    pub project: String,
    pub attributes: Value,
}

impl Operation for UpdateDisk {
    const ID: OperationId = OperationId::UpdateDisk;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiskAutoscaleAnswer {
    #[serde(default)]
    pub growth_percent: Option<i64>,
    #[serde(default)]
    pub min_increment_gb: Option<i64>,
    #[serde(default)]
    pub max_size_gb: Option<i64>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDiskAutoscale {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDiskAutoscale {
    const ID: OperationId = OperationId::GetDiskAutoscale;
    type Output = DiskAutoscaleAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiskUtilizationAnswerMetrics {
    pub fs_size_bytes: f64,
    pub fs_avail_bytes: f64,
    pub fs_used_bytes: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiskUtilizationAnswer {
    pub timestamp: String,
    pub metrics: DiskUtilizationAnswerMetrics,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDiskUtilization {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDiskUtilization {
    const ID: OperationId = OperationId::GetDiskUtilization;
    type Output = DiskUtilizationAnswer;
}

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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradePostgresAnswer {
    pub tracking_id: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpgradePostgres {
    #[serde(rename = "ref")]
    pub project: String,
    pub target_version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["internal", "alpha", "beta", "ga", "withdrawn", "preview"]))]
    pub release_channel: Option<String>,
}

impl Operation for UpgradePostgres {
    const ID: OperationId = OperationId::UpgradePostgres;
    type Output = UpgradePostgresAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeEligibilityAnswerTargetUpgradeVersion {
    pub postgres_version: String,
    pub release_channel: String,
    pub app_version: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeEligibilityAnswer {
    pub eligible: bool,
    pub current_app_version: String,
    pub current_app_version_release_channel: String,
    pub latest_app_version: String,
    pub target_upgrade_versions: Vec<UpgradeEligibilityAnswerTargetUpgradeVersion>,
    pub duration_estimate_hours: f64,
    pub legacy_auth_custom_roles: Vec<String>,
    pub objects_to_be_dropped: Vec<String>,
    pub unsupported_extensions: Vec<String>,
    pub user_defined_objects_in_internal_schemas: Vec<String>,
    pub validation_errors: Vec<Value>,
    pub warnings: Vec<Value>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetUpgradeEligibility {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetUpgradeEligibility {
    const ID: OperationId = OperationId::GetUpgradeEligibility;
    type Output = UpgradeEligibilityAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeStatusAnswerDatabaseUpgradeStatus {
    pub initiated_at: String,
    pub latest_status_at: String,
    pub target_version: f64,
    #[serde(default)]
    pub error: Option<String>,
    #[serde(default)]
    pub progress: Option<String>,
    pub status: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpgradeStatusAnswer {
    #[serde(rename = "databaseUpgradeStatus", default)]
    pub database_upgrade_status: Option<UpgradeStatusAnswerDatabaseUpgradeStatus>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetUpgradeStatus {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<String>,
}

impl Operation for GetUpgradeStatus {
    const ID: OperationId = OperationId::GetUpgradeStatus;
    type Output = UpgradeStatusAnswer;
}
