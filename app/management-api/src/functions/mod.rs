//! Edge Functions: what there is, and what each is made of.

mod deploy;
mod source;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::{
    deploy::{
        BulkUpdateFunctions, CreateFunction, DeployFunction, DeployMetadata, FunctionChange, FunctionUpdate,
        FunctionUpdates, NewFunction, UpdateFunction,
    },
    source::{FunctionSource, GetFunctionBody},
};
use crate::{Nothing, Operation, OperationId, words::words};

words! {
    /// Whether a function answers requests.
    FunctionStatus {
        Active = "ACTIVE",
        Removed = "REMOVED",
        /// Slowed down by Supabase for using too much.
        Throttled = "THROTTLED",
    }
}

/// A function as lists, reads and writes answer it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Function {
    pub id: String,
    /// The last part of the address it answers at.
    pub slug: String,
    pub name: String,
    pub status: FunctionStatus,
    /// Counts deployments.
    pub version: i64,
    /// Milliseconds since 1970. A bundle that was not stored has none.
    #[serde(default)]
    pub created_at: Option<i64>,
    /// Milliseconds since 1970, like `created_at`.
    #[serde(default)]
    pub updated_at: Option<i64>,
    /// Whether only requests with a valid JWT of the project reach it.
    #[serde(default)]
    pub verify_jwt: Option<bool>,
    /// Whether it was bundled with an import map.
    #[serde(default)]
    pub import_map: Option<bool>,
    #[serde(default)]
    pub entrypoint_path: Option<String>,
    #[serde(default)]
    pub import_map_path: Option<String>,
    /// SHA-256 of the bundle, in hexadecimal.
    #[serde(default)]
    pub ezbr_sha256: Option<String>,
}

/// Lists the Edge Functions of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListFunctions {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListFunctions {
    const ID: OperationId = OperationId::ListFunctions;
    type Output = Vec<Function>;
}

/// Reads what is known of one function, without its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetFunction {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The function's slug.
    pub function_slug: String,
}

impl Operation for GetFunction {
    const ID: OperationId = OperationId::GetFunction;
    type Output = Function;
}

/// Deletes a function. It stops answering at once, and its source is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteFunction {
    /// The project's ref.
    #[serde(rename = "ref")]
    pub project: String,
    /// The function's slug.
    pub function_slug: String,
}

impl Operation for DeleteFunction {
    const ID: OperationId = OperationId::DeleteFunction;
    type Output = Nothing;
}
