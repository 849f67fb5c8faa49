//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteHostnameConfig {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_addon: Option<bool>,
}

impl Operation for DeleteHostnameConfig {
    const ID: OperationId = OperationId::DeleteHostnameConfig;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostnameConfigAnswerDataResultSslValidationRecord {
    pub txt_name: String,
    pub txt_value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostnameConfigAnswerDataResultSslValidationError {
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostnameConfigAnswerDataResultSsl {
    pub status: String,
    pub validation_records: Vec<HostnameConfigAnswerDataResultSslValidationRecord>,
    #[serde(default)]
    pub validation_errors: Option<Vec<HostnameConfigAnswerDataResultSslValidationError>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostnameConfigAnswerDataResultOwnershipVerification {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostnameConfigAnswerDataResult {
    pub id: String,
    pub hostname: String,
    pub ssl: HostnameConfigAnswerDataResultSsl,
    pub ownership_verification: HostnameConfigAnswerDataResultOwnershipVerification,
    pub custom_origin_server: String,
    #[serde(default)]
    pub verification_errors: Option<Vec<String>>,
    pub status: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostnameConfigAnswerData {
    pub success: bool,
    pub errors: Vec<Value>,
    pub messages: Vec<Value>,
    pub result: HostnameConfigAnswerDataResult,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostnameConfigAnswer {
    pub status: String,
    pub custom_hostname: String,
    pub data: HostnameConfigAnswerData,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetHostnameConfig {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetHostnameConfig {
    const ID: OperationId = OperationId::GetHostnameConfig;
    type Output = HostnameConfigAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivateCustomHostnameAnswerDataResultSslValidationRecord {
    pub txt_name: String,
    pub txt_value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivateCustomHostnameAnswerDataResultSslValidationError {
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivateCustomHostnameAnswerDataResultSsl {
    pub status: String,
    pub validation_records: Vec<ActivateCustomHostnameAnswerDataResultSslValidationRecord>,
    #[serde(default)]
    pub validation_errors: Option<Vec<ActivateCustomHostnameAnswerDataResultSslValidationError>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivateCustomHostnameAnswerDataResultOwnershipVerification {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivateCustomHostnameAnswerDataResult {
    pub id: String,
    pub hostname: String,
    pub ssl: ActivateCustomHostnameAnswerDataResultSsl,
    pub ownership_verification: ActivateCustomHostnameAnswerDataResultOwnershipVerification,
    pub custom_origin_server: String,
    #[serde(default)]
    pub verification_errors: Option<Vec<String>>,
    pub status: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivateCustomHostnameAnswerData {
    pub success: bool,
    pub errors: Vec<Value>,
    pub messages: Vec<Value>,
    pub result: ActivateCustomHostnameAnswerDataResult,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivateCustomHostnameAnswer {
    pub status: String,
    pub custom_hostname: String,
    pub data: ActivateCustomHostnameAnswerData,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActivateCustomHostname {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ActivateCustomHostname {
    const ID: OperationId = OperationId::ActivateCustomHostname;
    type Output = ActivateCustomHostnameAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InitializeCustomHostnameAnswerDataResultSslValidationRecord {
    pub txt_name: String,
    pub txt_value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InitializeCustomHostnameAnswerDataResultSslValidationError {
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InitializeCustomHostnameAnswerDataResultSsl {
    pub status: String,
    pub validation_records: Vec<InitializeCustomHostnameAnswerDataResultSslValidationRecord>,
    #[serde(default)]
    pub validation_errors: Option<Vec<InitializeCustomHostnameAnswerDataResultSslValidationError>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InitializeCustomHostnameAnswerDataResultOwnershipVerification {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InitializeCustomHostnameAnswerDataResult {
    pub id: String,
    pub hostname: String,
    pub ssl: InitializeCustomHostnameAnswerDataResultSsl,
    pub ownership_verification: InitializeCustomHostnameAnswerDataResultOwnershipVerification,
    pub custom_origin_server: String,
    #[serde(default)]
    pub verification_errors: Option<Vec<String>>,
    pub status: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InitializeCustomHostnameAnswerData {
    pub success: bool,
    pub errors: Vec<Value>,
    pub messages: Vec<Value>,
    pub result: InitializeCustomHostnameAnswerDataResult,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InitializeCustomHostnameAnswer {
    pub status: String,
    pub custom_hostname: String,
    pub data: InitializeCustomHostnameAnswerData,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InitializeCustomHostname {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(min = 1, max = 253))]
    pub custom_hostname: String,
}

impl Operation for InitializeCustomHostname {
    const ID: OperationId = OperationId::InitializeCustomHostname;
    type Output = InitializeCustomHostnameAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReverifyCustomHostnameAnswerDataResultSslValidationRecord {
    pub txt_name: String,
    pub txt_value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReverifyCustomHostnameAnswerDataResultSslValidationError {
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReverifyCustomHostnameAnswerDataResultSsl {
    pub status: String,
    pub validation_records: Vec<ReverifyCustomHostnameAnswerDataResultSslValidationRecord>,
    #[serde(default)]
    pub validation_errors: Option<Vec<ReverifyCustomHostnameAnswerDataResultSslValidationError>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReverifyCustomHostnameAnswerDataResultOwnershipVerification {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReverifyCustomHostnameAnswerDataResult {
    pub id: String,
    pub hostname: String,
    pub ssl: ReverifyCustomHostnameAnswerDataResultSsl,
    pub ownership_verification: ReverifyCustomHostnameAnswerDataResultOwnershipVerification,
    pub custom_origin_server: String,
    #[serde(default)]
    pub verification_errors: Option<Vec<String>>,
    pub status: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReverifyCustomHostnameAnswerData {
    pub success: bool,
    pub errors: Vec<Value>,
    pub messages: Vec<Value>,
    pub result: ReverifyCustomHostnameAnswerDataResult,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReverifyCustomHostnameAnswer {
    pub status: String,
    pub custom_hostname: String,
    pub data: ReverifyCustomHostnameAnswerData,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReverifyCustomHostname {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ReverifyCustomHostname {
    const ID: OperationId = OperationId::ReverifyCustomHostname;
    type Output = ReverifyCustomHostnameAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeactivateVanitySubdomain {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DeactivateVanitySubdomain {
    const ID: OperationId = OperationId::DeactivateVanitySubdomain;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VanitySubdomainAnswer {
    pub status: String,
    #[serde(default)]
    pub custom_domain: Option<String>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetVanitySubdomain {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetVanitySubdomain {
    const ID: OperationId = OperationId::GetVanitySubdomain;
    type Output = VanitySubdomainAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivateVanitySubdomainAnswer {
    pub custom_domain: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActivateVanitySubdomain {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(max = 63))]
    pub vanity_subdomain: String,
}

impl Operation for ActivateVanitySubdomain {
    const ID: OperationId = OperationId::ActivateVanitySubdomain;
    type Output = ActivateVanitySubdomainAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckVanitySubdomainAnswer {
    pub available: bool,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckVanitySubdomain {
    #[serde(rename = "ref")]
    pub project: String,
    #[schemars(length(max = 63))]
    pub vanity_subdomain: String,
}

impl Operation for CheckVanitySubdomain {
    const ID: OperationId = OperationId::CheckVanitySubdomain;
    type Output = CheckVanitySubdomainAnswer;
}
