//! TODO

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Nothing, Operation, OperationId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAddonsAnswerSelectedAddonVariantPrice {
    pub description: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub interval: String,
    pub amount: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAddonsAnswerSelectedAddonVariant {
    pub id: Value,
    pub name: String,
    pub price: ListAddonsAnswerSelectedAddonVariantPrice,
    #[serde(default)]
    pub meta: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAddonsAnswerSelectedAddon {
    #[serde(rename = "type")]
    pub kind: String,
    pub variant: ListAddonsAnswerSelectedAddonVariant,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAddonsAnswerAvailableAddonVariantPrice {
    pub description: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub interval: String,
    pub amount: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAddonsAnswerAvailableAddonVariant {
    pub id: Value,
    pub name: String,
    pub price: ListAddonsAnswerAvailableAddonVariantPrice,
    #[serde(default)]
    pub meta: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAddonsAnswerAvailableAddon {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub variants: Vec<ListAddonsAnswerAvailableAddonVariant>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListAddonsAnswer {
    pub selected_addons: Vec<ListAddonsAnswerSelectedAddon>,
    pub available_addons: Vec<ListAddonsAnswerAvailableAddon>,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListAddons {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListAddons {
    const ID: OperationId = OperationId::ListAddons;
    type Output = ListAddonsAnswer;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApplyAddon {
    #[serde(rename = "ref")]
    pub project: String,
    pub addon_variant: Value,
    #[schemars(extend("enum" = ["custom_domain", "compute_instance", "pitr", "ipv4", "auth_mfa_phone", "auth_mfa_web_authn", "log_drain"]))]
    pub addon_type: String,
}

impl Operation for ApplyAddon {
    const ID: OperationId = OperationId::ApplyAddon;
    type Output = Nothing;
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoveAddon {
    #[serde(rename = "ref")]
    pub project: String,
    pub addon_variant: String,
}

impl Operation for RemoveAddon {
    const ID: OperationId = OperationId::RemoveAddon;
    type Output = Nothing;
}
