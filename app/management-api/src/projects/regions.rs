//! The regions that projects can be created in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

/// Where an organization may create projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListAvailableRegions {
    pub organization_slug: String,
}

impl Operation for ListAvailableRegions {
    const ID: OperationId = OperationId::ListAvailableRegions;
    type Output = AvailableRegions;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvailableRegions {
    pub recommendations: Recommendations,
    pub all: AllRegions,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendations {
    #[serde(rename = "smartGroup")]
    pub group: Region,
    #[serde(default)]
    pub specific: Vec<Region>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllRegions {
    #[serde(default, rename = "smartGroup")]
    pub groups: Vec<Region>,
    #[serde(default)]
    pub specific: Vec<Region>,
}

/// A region, or a group of regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    pub name: String,
    pub code: String,
    /// `capacity` where the region is short of machines, `other` where it is troubled otherwise.
    #[serde(default)]
    pub status: Option<String>,
}
