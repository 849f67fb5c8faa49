//! Between a branch and production: what differs, and carrying it over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

/// The action run that does what was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StartedRun {
    pub workflow_run_id: String,
}

/// Compares a branch's schema with production's: the SQL that would make production like the branch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiffBranch {
    /// The ref of the branch's project, or its older id.
    pub branch_id_or_ref: String,
    /// Schemas to compare, joined by commas, such as `public,auth`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub included_schemas: Option<String>,
    /// Compares with the newer of Supabase's two tools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pgdelta: Option<bool>,
}

impl Operation for DiffBranch {
    const ID: OperationId = OperationId::DiffBranch;
    type Output = String;
}

/// Merges a branch into production: its migrations run there, and its functions are deployed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MergeBranch {
    /// The ref of the branch's project, or its older id.
    pub branch_id_or_ref: String,
    /// The last migration to run; all if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migration_version: Option<String>,
}

impl Operation for MergeBranch {
    const ID: OperationId = OperationId::MergeBranch;
    type Output = StartedRun;
}

/// Brings a branch up to date: production's newer migrations run on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PushBranch {
    /// The ref of the branch's project, or its older id.
    pub branch_id_or_ref: String,
    /// The last migration to run; all if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migration_version: Option<String>,
}

impl Operation for PushBranch {
    const ID: OperationId = OperationId::PushBranch;
    type Output = StartedRun;
}

/// Makes a branch's database anew. What was changed in it is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResetBranch {
    /// The ref of the branch's project, or its older id.
    pub branch_id_or_ref: String,
    /// The migration to stop at; as production is now if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migration_version: Option<String>,
}

impl Operation for ResetBranch {
    const ID: OperationId = OperationId::ResetBranch;
    type Output = StartedRun;
}
