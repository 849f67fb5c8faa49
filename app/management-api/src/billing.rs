//! Add-ons: compute sizes, recovery, addresses and the like, which are billed beside the plan.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

/// What something costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// In words, such as `$10/month`.
    pub description: String,
    /// `fixed` or `usage`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `monthly` or `hourly`.
    pub interval: String,
    /// US dollars for each interval.
    pub amount: f64,
}

/// One choice of an add-on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddonVariant {
    /// Such as `ci_small` or `pitr_7`.
    pub id: String,
    pub name: String,
    pub price: Price,
    /// What comes with it, such as the memory of a compute size; differs by add-on.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub meta: Value,
}

/// An add-on that the project has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelectedAddon {
    /// Such as `compute_instance` or `pitr`.
    #[serde(rename = "type")]
    pub kind: String,
    pub variant: AddonVariant,
}

/// An add-on that the project could have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AvailableAddon {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub variants: Vec<AddonVariant>,
}

/// A project's add-ons, and those there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Addons {
    #[serde(rename = "selected_addons")]
    pub selected: Vec<SelectedAddon>,
    #[serde(rename = "available_addons")]
    pub available: Vec<AvailableAddon>,
}

/// Lists the project's add-ons, its compute size among them, and what could be added at which price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListAddons {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListAddons {
    const ID: OperationId = OperationId::ListAddons;
    type Output = Addons;
}

/// Adds an add-on or changes to another variant of it, such as a larger compute size. It is billed from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplyAddon {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// What kind of add-on it is.
    #[schemars(extend("enum" = ["custom_domain", "compute_instance", "pitr", "ipv4", "auth_mfa_phone", "auth_mfa_web_authn", "log_drain", "etl_pipeline"]))]
    pub addon_type: String,
    /// The variant. A compute size restarts the database.
    #[schemars(extend("enum" = ["ci_micro", "ci_small", "ci_medium", "ci_large", "ci_xlarge", "ci_2xlarge", "ci_4xlarge", "ci_8xlarge", "ci_12xlarge", "ci_16xlarge", "ci_24xlarge", "ci_24xlarge_optimized_cpu", "ci_24xlarge_optimized_memory", "ci_24xlarge_high_memory", "ci_48xlarge", "ci_48xlarge_optimized_cpu", "ci_48xlarge_optimized_memory", "ci_48xlarge_high_memory", "cd_default", "pitr_7", "pitr_14", "pitr_28", "ipv4_default"]))]
    pub addon_variant: String,
}

impl Operation for ApplyAddon {
    const ID: OperationId = OperationId::ApplyAddon;
    type Output = Nothing;
}

/// Removes an add-on. A compute size goes back to the one before, which restarts the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoveAddon {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The variant that the project has.
    pub addon_variant: String,
}

impl Operation for RemoveAddon {
    const ID: OperationId = OperationId::RemoveAddon;
    type Output = Nothing;
}
