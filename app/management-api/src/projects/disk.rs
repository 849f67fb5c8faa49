//! A project's disk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

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
