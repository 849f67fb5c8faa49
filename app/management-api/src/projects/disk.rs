//! A project's disk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

/// What a disk is like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiskAttributes {
    /// `gp3` is the general-purpose disk, `io2` the fast one.
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["gp3", "io2"]))]
    pub kind: String,
    /// Size in GB. A disk can grow, never shrink.
    #[schemars(range(min = 1))]
    pub size_gb: i64,
    /// Input and output operations a second.
    #[schemars(range(min = 1))]
    pub iops: i64,
    /// Throughput in MiB a second; for `gp3` only, since an `io2` disk's follows from its operations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub throughput_mibps: Option<i64>,
}

/// A disk, and when it was changed last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disk {
    pub attributes: DiskAttributes,
    #[serde(default)]
    pub last_modified_at: Option<String>,
}

/// Shows the type, size and speed of the database's disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDisk {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDisk {
    const ID: OperationId = OperationId::GetDisk;
    type Output = Disk;
}

/// Makes the database's disk larger, faster or of another type. Some hours have to pass before the next change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateDisk {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// What the disk is to be like; all of it, not only what changes.
    pub attributes: DiskAttributes,
}

impl Operation for UpdateDisk {
    const ID: OperationId = OperationId::UpdateDisk;
    type Output = Nothing;
}

/// How the disk grows by itself; a field is `None` where the service's own rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskAutoscale {
    #[serde(default)]
    pub growth_percent: Option<i64>,
    #[serde(default)]
    pub min_increment_gb: Option<i64>,
    #[serde(default)]
    pub max_size_gb: Option<i64>,
}

/// Shows by how much, and how far, the disk grows by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDiskAutoscale {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDiskAutoscale {
    const ID: OperationId = OperationId::GetDiskAutoscale;
    type Output = DiskAutoscale;
}

/// Room on the disk's file system, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiskRoom {
    #[serde(rename = "fs_size_bytes")]
    pub size: f64,
    #[serde(rename = "fs_avail_bytes")]
    pub available: f64,
    #[serde(rename = "fs_used_bytes")]
    pub used: f64,
}

/// How full the disk was at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiskUtilization {
    pub timestamp: String,
    pub metrics: DiskRoom,
}

/// Shows how full the database's disk is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetDiskUtilization {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetDiskUtilization {
    const ID: OperationId = OperationId::GetDiskUtilization;
    type Output = DiskUtilization;
}
