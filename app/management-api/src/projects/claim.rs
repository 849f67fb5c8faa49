//! Handing a project over to another organization.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId, Secret};

/// Revokes the project's claim token: nobody can claim the project with it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DeleteClaimToken {
    const ID: OperationId = OperationId::DeleteClaimToken;
    type Output = Nothing;
}

/// The project's claim token: since when and until when there is one. The token itself is shown only when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetClaimToken {
    const ID: OperationId = OperationId::GetClaimToken;
    type Output = ClaimToken;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimToken {
    /// The token's ends, to tell it from others.
    pub token_alias: String,
    /// RFC 3339, as is the next.
    pub expires_at: String,
    pub created_at: String,
    /// A person's id.
    pub created_by: String,
}

/// Makes a token with which an administrator of any other organization can take the project over. An earlier token ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreateClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for CreateClaimToken {
    const ID: OperationId = OperationId::CreateClaimToken;
    type Output = NewClaimToken;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewClaimToken {
    /// Whoever has it can take the project over.
    pub token: Secret,
    /// The token's ends, to tell it from others.
    pub token_alias: String,
    /// RFC 3339, as is the next.
    pub expires_at: String,
    pub created_at: String,
    /// A person's id.
    pub created_by: String,
}
