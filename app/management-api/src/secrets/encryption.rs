//! The root key of pgsodium, with which columns and the Vault are encrypted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Operation, OperationId, Secret};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncryptionKey {
    /// 32 bytes in hexadecimal digits.
    pub root_key: Secret,
}

/// The encryption root key itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GetEncryptionKey {
    #[serde(rename = "ref")]
    pub project: String,
}

impl Operation for GetEncryptionKey {
    const ID: OperationId = OperationId::GetEncryptionKey;
    type Output = EncryptionKey;
}

/// Replaces the encryption root key. What was encrypted with the old one can no longer be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpdateEncryptionKey {
    #[serde(rename = "ref")]
    pub project: String,
    /// 32 bytes in 64 hexadecimal digits.
    pub root_key: Secret,
}

impl Operation for UpdateEncryptionKey {
    const ID: OperationId = OperationId::UpdateEncryptionKey;
    type Output = EncryptionKey;
}
