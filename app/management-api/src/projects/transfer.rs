//! A project goes to another organization.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, One, Operation, OperationId};

/// Tells whether a project can go to another organization, and what would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PreviewTransfer {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The slug of the organization that it goes to.
    pub target_organization_slug: String,
}

impl Operation for PreviewTransfer {
    const ID: OperationId = OperationId::PreviewTransfer;
    type Output = One<TransferPreview>;
}

/// What a transfer would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferPreview {
    /// Whether it can be done.
    pub valid: bool,
    /// Why not.
    #[serde(default)]
    pub errors: Vec<TransferNote>,
    #[serde(default)]
    pub warnings: Vec<TransferNote>,
    #[serde(default)]
    pub info: Vec<TransferNote>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferNote {
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub message: String,
}

/// Gives a project to another organization, with everything in it. Who reaches it, and what it costs, is from then on as
/// that organization has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TransferProject {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The slug of the organization that it goes to.
    pub target_organization_slug: String,
}

impl Operation for TransferProject {
    const ID: OperationId = OperationId::TransferProject;
    type Output = Nothing;
}
