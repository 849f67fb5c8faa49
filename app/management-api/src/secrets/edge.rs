//! The secrets that a project's Edge Functions find in their environment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId, Secret};

/// Names beginning so are the service's own.
pub const RESERVED_PREFIX: &str = "SUPABASE_";
/// Characters of a name at most.
pub const NAME_LENGTH: usize = 256;
/// Characters of a value at most.
pub const VALUE_LENGTH: usize = 24_576;
/// Secrets in one call at most.
pub const SECRETS_AT_ONCE: usize = 100;

/// A secret as it can be read: its value stays hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EdgeSecret {
    pub name: String,
    /// SHA-256 of the value, in hexadecimal digits.
    #[serde(rename = "value")]
    pub digest: String,
    #[serde(default)]
    pub updated_at: Option<String>,
}

/// A secret to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct NewSecret {
    /// The name in the functions' environment; `SUPABASE_` at its beginning is reserved.
    #[schemars(length(max = 256))]
    pub name: String,
    #[schemars(length(max = 24_576))]
    pub value: Secret,
}

/// The secrets of the project's functions, with a digest in place of each value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListSecrets {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for ListSecrets {
    const ID: OperationId = OperationId::ListSecrets;
    type Output = Vec<EdgeSecret>;
}

/// Sets secrets of the project's functions, new ones and known ones alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreateSecrets {
    #[serde(rename = "ref")]
    pub project: String,
    /// At most 100 in one call.
    pub secrets: Vec<NewSecret>,
}

impl Operation for CreateSecrets {
    const ID: OperationId = OperationId::CreateSecrets;
    type Output = Nothing;
}

/// Deletes secrets of the project's functions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteSecrets {
    #[serde(rename = "ref")]
    pub project: String,
    /// Names of the secrets that go.
    pub names: Vec<String>,
}

impl Operation for DeleteSecrets {
    const ID: OperationId = OperationId::DeleteSecrets;
    type Output = Nothing;
}
