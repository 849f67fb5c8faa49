//! Readers for what the service writes now in one way and now in another.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A text, a number or a switch as a text; `null` as an empty one.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    })
}
