//! Handing a project over to another organization.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Nothing, Operation, OperationId};

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeleteClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for DeleteClaimToken {
    const ID: OperationId = OperationId::DeleteClaimToken;
    type Output = Nothing;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimTokenAnswer {
    pub token_alias: String,
    pub expires_at: String,
    pub created_at: String,
    pub created_by: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetClaimToken {
    const ID: OperationId = OperationId::GetClaimToken;
    type Output = ClaimTokenAnswer;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateClaimTokenAnswer {
    pub token: String,
    pub token_alias: String,
    pub expires_at: String,
    pub created_at: String,
    pub created_by: String,
}

/// TODO
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateClaimToken {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for CreateClaimToken {
    const ID: OperationId = OperationId::CreateClaimToken;
    type Output = CreateClaimTokenAnswer;
}
