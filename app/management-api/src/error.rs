//! What the API answers when it refuses.

use serde::Deserialize;

/// The body of a refusal: `{"message": "...", "errorEventId": "..."}`. Other shapes read as empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ApiError {
    #[serde(default)]
    pub message: String,
    /// Supabase's own number of the failure, to be quoted to its support.
    #[serde(default, rename = "errorEventId")]
    pub event: Option<String>,
}

impl ApiError {
    /// Reads a refusal's body; a body that is not of the usual shape gives an empty message.
    pub fn read(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }
}
