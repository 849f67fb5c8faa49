//! What the API answers when it refuses.

use serde_json::Value;

/// The body of a refusal: v1's `{"message": "...", "errorEventId": "..."}`, v2's `{"error": {"code", "message", "issues"}}`, and
/// what else services in between write. What says nothing reads as empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    pub message: String,
    /// Supabase's own number of the failure, to be quoted to its support.
    pub event: Option<String>,
    /// Permissions that a fine-grained token lacks; told with 403 since October 2026.
    pub missing: Vec<String>,
    /// Whether it is a web page: then something on the way answered, and not the API.
    pub page: bool,
}

/// Where a message may stand, the likeliest first.
const MESSAGES: [&str; 5] = ["/message", "/error/message", "/msg", "/error_description", "/error"];
/// Where the failure's number may stand.
const EVENTS: [&str; 2] = ["/errorEventId", "/error/id"];
/// What a 401 says where the token itself is not accepted. Any other sentence is about what was asked for: raising the
/// limit of e-mails without a mail server of one's own is answered with 401.
const OF_THE_TOKEN: [&str; 11] = [
    "unauthorized",
    "unauthenticated",
    "jwt",
    "access token",
    "bearer",
    "authorization header",
    "authentication required",
    "invalid token",
    "token is invalid",
    "token expired",
    "token has expired",
];
/// Characters of a plain text that is taken for a message, at most.
const PLAIN: usize = 500;

impl ApiError {
    /// Reads a refusal's body.
    pub fn read(body: &[u8]) -> Self {
        let Ok(told) = serde_json::from_slice::<Value>(body) else {
            return Self {
                message: plain(body),
                page: is_page(body),
                ..Self::default()
            };
        };
        let said = MESSAGES.iter().filter_map(|at| told.pointer(at)).map(text);
        let message = said.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let issues = told.pointer("/error/issues").or_else(|| told.get("issues")).map(text);
        let issues = issues.filter(|issues| !issues.is_empty() && !message.contains(issues.as_str()));
        let event = EVENTS.iter().filter_map(|at| told.pointer(at)).map(text);
        Self {
            message: match issues {
                Some(issues) if message.is_empty() => issues,
                Some(issues) => format!("{message} {issues}"),
                None => message,
            },
            event: event.into_iter().find(|event| !event.is_empty()),
            missing: missing(body),
            page: false,
        }
    }

    /// Whether, with a 401, the token is what is refused: where nothing is said, or only that.
    pub fn is_about_the_token(&self) -> bool {
        let message = self.message.to_lowercase();
        let is_word = !message.contains(char::is_whitespace);
        !self.page && (is_word || OF_THE_TOKEN.iter().any(|said| message.contains(said)))
    }
}

fn is_page(body: &[u8]) -> bool {
    let start = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    start.starts_with(b"<")
}

/// A message as a text, whether it is one, a list, or an object around one.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => {
            let texts = items.iter().map(text).filter(|text| !text.is_empty());
            texts.collect::<Vec<_>>().join("; ")
        }
        Value::Object(fields) => fields.get("message").map(text).unwrap_or_default(),
        Value::Null | Value::Bool(_) => String::new(),
    }
}

/// A body that is no JSON: the sentence of a service in between, but no page of one.
fn plain(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    if text.starts_with(['<', '{', '[']) || text.chars().count() > PLAIN {
        String::new()
    } else {
        text.to_owned()
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
    fn a_reason_is_found_in_whatever_shape_it_comes() {
        for (body, message) in [
            (json!({ "message": "no" }), "no"),
            (json!({ "message": ["a: wrong", { "message": "b" }] }), "a: wrong; b"),
            (json!({ "message": { "message": "within" } }), "within"),
            (json!({ "error": { "code": "forbidden", "message": "v2" } }), "v2"),
            (
                json!({ "error": { "message": "Bad.", "issues": [{ "message": "name: too long" }] } }),
                "Bad. name: too long",
            ),
            (json!({ "error": "in a word" }), "in a word"),
            (json!({ "msg": "short" }), "short"),
            (json!({ "error": "x", "error_description": "of OAuth" }), "of OAuth"),
            (
                json!({ "issues": [{ "message": "one" }, { "message": "two" }] }),
                "one; two",
            ),
            (json!(["nothing"]), ""),
            (json!(null), ""),
        ] {
            assert_eq!(ApiError::read(body.to_string().as_bytes()).message, message, "{body}");
        }
        assert_eq!(
            ApiError::read(b" upstream connect error ").message,
            "upstream connect error"
        );
        assert_eq!(ApiError::read(b"<html>Bad Gateway</html>").message, "");
        assert_eq!(ApiError::read(b"{\"message\": \"half").message, "");
        assert!(ApiError::read(b"\xef\xbb\xbf <!DOCTYPE html>").page);
        assert!(!ApiError::read(b"upstream < connect").page);
        for (body, event) in [
            (json!({ "errorEventId": "e1" }), Some("e1")),
            (json!({ "errorEventId": 17 }), Some("17")),
            (json!({ "error": { "id": "e2" } }), Some("e2")),
            (json!({ "errorEventId": null }), None),
        ] {
            assert_eq!(
                ApiError::read(body.to_string().as_bytes()).event.as_deref(),
                event,
                "{body}"
            );
        }
    }

    #[test]
    fn a_401_with_a_sentence_is_about_what_was_asked_for() {
        for bare in [
            "",
            "null",
            r#"{"message":"Unauthorized"}"#,
            r#"{"error":"invalid_token"}"#,
            r#"{"message":"JWT could not be decoded"}"#,
            r#"{"error":{"code":"unauthorized","message":"The access token has ended."}}"#,
        ] {
            assert!(ApiError::read(bare.as_bytes()).is_about_the_token(), "{bare}");
        }
        for other in [
            r#"{"message":"Custom SMTP required to update rate_limit_email_sent"}"#,
            "<html>Sign in to the network</html>",
        ] {
            assert!(!ApiError::read(other.as_bytes()).is_about_the_token(), "{other}");
        }
    }

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
