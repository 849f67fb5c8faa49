//! A file on its way to Supabase.

use base64::{DecodeError, Engine, prelude::BASE64_STANDARD};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A file within an operation's parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Upload {
    /// Path relative to the function's folder, with `/`.
    pub name: String,
    /// The bytes, in base64.
    pub content: String,
}

impl Upload {
    pub fn new(name: impl Into<String>, content: &[u8]) -> Self {
        Self {
            name: name.into(),
            content: BASE64_STANDARD.encode(content),
        }
    }

    /// The bytes.
    ///
    /// # Errors
    /// `content` is no base64.
    pub fn content(&self) -> Result<Vec<u8>, DecodeError> {
        BASE64_STANDARD.decode(&self.content)
    }

    /// Reads a list of files from an operation's parameters.
    ///
    /// # Errors
    /// The value is no list of files.
    pub fn deserialize_all(files: &Value) -> Result<Vec<Self>, serde_json::Error> {
        Vec::deserialize(files)
    }
}
