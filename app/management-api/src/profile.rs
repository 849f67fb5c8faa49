//! The signed-in person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId};

/// Who the token belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetProfile {}

impl Operation for GetProfile {
    const ID: OperationId = OperationId::GetProfile;
    type Output = Profile;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The person's id, which stays when the address changes.
    pub gotrue_id: String,
    pub primary_email: String,
    #[serde(default)]
    pub username: String,
}
