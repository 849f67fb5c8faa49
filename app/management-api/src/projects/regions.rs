//! The regions that projects can be created in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SIZES;
use crate::{Operation, OperationId};

/// Where an organization may create projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListAvailableRegions {
    pub organization_slug: String,
    /// Recommends regions of this continent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["NA", "SA", "EU", "AF", "AS", "OC", "AN"]))]
    pub continent: Option<String>,
    /// Recommends regions that have machines of this size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = SIZES))]
    pub desired_instance_size: Option<String>,
}

impl ListAvailableRegions {
    /// Without a wish.
    pub fn of(organization_slug: String) -> Self {
        Self {
            organization_slug,
            continent: None,
            desired_instance_size: None,
        }
    }
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
