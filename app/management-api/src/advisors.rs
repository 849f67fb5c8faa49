//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PerformanceAdvisorsAnswerLintMetadata {
    #[serde(default)]
    pub schema: Option<String>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub entity: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub fkey_name: Option<String>,
    #[serde(default)]
    pub fkey_columns: Option<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PerformanceAdvisorsAnswerLint {
    pub name: String,
    pub title: String,
    pub level: String,
    pub facing: String,
    pub categories: Vec<String>,
    pub description: String,
    pub detail: String,
    pub remediation: String,
    #[serde(default)]
    pub metadata: Option<PerformanceAdvisorsAnswerLintMetadata>,
    pub cache_key: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PerformanceAdvisorsAnswer {
    pub lints: Vec<PerformanceAdvisorsAnswerLint>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetPerformanceAdvisors {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetPerformanceAdvisors {
    const ID: OperationId = OperationId::GetPerformanceAdvisors;
    type Output = PerformanceAdvisorsAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecurityAdvisorsAnswerLintMetadata {
    #[serde(default)]
    pub schema: Option<String>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub entity: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub fkey_name: Option<String>,
    #[serde(default)]
    pub fkey_columns: Option<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecurityAdvisorsAnswerLint {
    pub name: String,
    pub title: String,
    pub level: String,
    pub facing: String,
    pub categories: Vec<String>,
    pub description: String,
    pub detail: String,
    pub remediation: String,
    #[serde(default)]
    pub metadata: Option<SecurityAdvisorsAnswerLintMetadata>,
    pub cache_key: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecurityAdvisorsAnswer {
    pub lints: Vec<SecurityAdvisorsAnswerLint>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetSecurityAdvisors {
    #[serde(rename = "ref")]
    pub project: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["sql"]))]
    pub lint_type: Option<String>,
}

impl Operation for GetSecurityAdvisors {
    const ID: OperationId = OperationId::GetSecurityAdvisors;
    type Output = SecurityAdvisorsAnswer;
}
