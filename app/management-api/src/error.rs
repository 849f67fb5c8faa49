//! What the API answers when it refuses.

use serde::Deserialize;
use serde_json::Value;

/// The body of a refusal: `{"message": "...", "errorEventId": "..."}`. Other shapes read as empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    pub message: String,
    /// Supabase's own number of the failure, to be quoted to its support.
    pub event: Option<String>,
    /// Permissions that a fine-grained token lacks; told with 403 since October 2026.
    pub missing: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Told {
    #[serde(default)]
    message: String,
    #[serde(default, rename = "errorEventId")]
    event: Option<String>,
}

impl ApiError {
    /// Reads a refusal's body; a body that is not of the usual shape gives an empty message.
    pub fn read(body: &[u8]) -> Self {
        let Told { message, event } = serde_json::from_slice(body).unwrap_or_default();
        Self {
            message,
            event,
            missing: missing(body),
        }
    }
}

/// Where the list stands is not documented: at the top, under `error`, or under `error.meta`.
fn missing(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let lists = ["", "/error", "/error/meta"].map(|at| body.pointer(&format!("{at}/missing_permissions")));
    let list = lists.into_iter().flatten().find_map(Value::as_array);
    let names = list.into_iter().flatten().filter_map(Value::as_str);
    // Text from outside: what is no name of a permission is left out.
    let is_name = |name: &&str| name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    names.filter(is_name).take(10).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn missing_permissions_are_found_wherever_they_stand() {
        let list = json!(["database_write", 7, "<b>", "x".repeat(65)]);
        for body in [
            json!({ "message": "no", "missing_permissions": list }),
            json!({ "error": { "missing_permissions": list } }),
            json!({ "error": { "meta": { "missing_permissions": list } } }),
        ] {
            let error = ApiError::read(body.to_string().as_bytes());
            assert_eq!(error.missing, ["database_write"], "{body}");
        }
        for body in ["", "null", "[1]", r#"{"missing_permissions": "all"}"#] {
            assert!(ApiError::read(body.as_bytes()).missing.is_empty(), "{body}");
        }
    }
}
