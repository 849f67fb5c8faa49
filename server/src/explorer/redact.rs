//! Redact: secrets taken out of what is shown.

use serde_json::Value;

/// What stands in a secret's place.
const REDACTED: &str = "[secret]";
/// A typed secret shorter than this is only found where it stands alone: it would occur in other words by chance.
const SHORT: usize = 4;

/// What an answer must not show.
#[derive(Clone, Copy)]
pub struct Secrets<'a> {
    /// Fields, however deep.
    pub names: &'a [&'a str],
    /// The one of them that was asked for, and so stays.
    pub revealed: Option<&'a str>,
    /// What was typed; no text may repeat it.
    pub typed: &'a [String],
}

impl Secrets<'_> {
    /// Takes them out of `value`. What is not set (`null`, an empty text) stays, so that it can be seen which are.
    /// `true`: something was taken out.
    pub fn redact(self, value: &mut Value) -> bool {
        match value {
            Value::Object(fields) => fields
                .iter_mut()
                .map(|(name, value)| match name.as_str() {
                    name if Some(name) == self.revealed => false,
                    name if self.names.contains(&name) => hide(value),
                    _ => self.redact(value),
                })
                .fold(false, |any, one| any | one),
            Value::Array(values) => values
                .iter_mut()
                .map(|value| self.redact(value))
                .fold(false, |any, one| any | one),
            Value::String(text) if self.typed.iter().any(|secret| repeats(text, secret)) => hide(value),
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
}

fn hide(value: &mut Value) -> bool {
    if matches!(value, Value::Null) || value == "" {
        return false;
    }
    *value = Value::from(REDACTED);
    true
}

fn repeats(text: &str, secret: &str) -> bool {
    if secret.len() < SHORT {
        text == secret
    } else {
        text.contains(secret)
    }
}

/// `text` without `secrets`, and whether there were any.
pub fn text(text: &str, secrets: &[String]) -> (String, bool) {
    let clean = secrets
        .iter()
        .filter(|secret| repeats(text, secret))
        .fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), REDACTED));
    let redacted = clean != text;
    (clean, redacted)
}

/// Puts a placeholder for every text in `value`, named after the field it stands in: `YOUR_DB_PASS`.
pub fn placeholders(name: &str, value: &mut Value) {
    match value {
        Value::String(text) => *text = placeholder(name),
        Value::Array(values) => values.iter_mut().for_each(|value| placeholders(name, value)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| placeholders(name, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn placeholder(name: &str) -> String {
    let word = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        }
    };
    format!("YOUR_{}", name.chars().map(word).collect::<String>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named<'a>(names: &'a [&'a str]) -> Secrets<'a> {
        Secrets {
            names,
            revealed: None,
            typed: &[],
        }
    }

    #[test]
    fn secrets_are_found_however_deep_and_whatever_they_are() {
        let mut value = json!({
            "keys": [{ "name": "a", "api_key": "hunter2" }, { "api_key": { "deep": ["hunter2"] } }, { "api_key": null }],
            "more": { "api_key": 42, "list": [[{ "api_key": "" }]] },
            "api_key_hint": "stays",
        });
        let secrets = named(&["api_key"]);
        assert!(secrets.redact(&mut value));
        let expected = json!({
            "keys": [{ "name": "a", "api_key": "[secret]" }, { "api_key": "[secret]" }, { "api_key": null }],
            "more": { "api_key": "[secret]", "list": [[{ "api_key": "" }]] },
            "api_key_hint": "stays",
        });
        assert_eq!(value, expected);
        assert!(!secrets.redact(&mut json!([{ "name": "a" }])));
    }

    #[test]
    fn only_the_one_that_was_asked_for_stays() {
        let mut value = json!({ "db_pass": "hunter2", "jwt_secret": "hunter3", "more": [{ "db_pass": "hunter2" }] });
        let secrets = Secrets {
            revealed: Some("db_pass"),
            ..named(&["db_pass", "jwt_secret"])
        };
        assert!(secrets.redact(&mut value));
        let expected = json!({ "db_pass": "hunter2", "jwt_secret": "[secret]", "more": [{ "db_pass": "hunter2" }] });
        assert_eq!(value, expected);
    }

    #[test]
    fn a_typed_secret_is_not_shown_again() {
        let typed = ["hunter2".to_owned(), "ab".to_owned()];
        let secrets = Secrets {
            typed: &typed,
            ..named(&[])
        };
        let mut value = json!({ "note": "it is hunter2!", "word": "absent", "code": "ab" });
        assert!(secrets.redact(&mut value));
        assert_eq!(
            value,
            json!({ "note": "[secret]", "word": "absent", "code": "[secret]" })
        );
        assert_eq!(text("a hunter2 b", &typed), ("a [secret] b".to_owned(), true));
        assert_eq!(text("absent", &typed), ("absent".to_owned(), false));
    }

    #[test]
    fn placeholders_are_named_after_their_field() {
        let mut value = json!([{ "name": "A", "value": "hunter2" }, 5, null, "x"]);
        placeholders("secrets", &mut value);
        assert_eq!(
            value,
            json!([{ "name": "YOUR_NAME", "value": "YOUR_VALUE" }, 5, null, "YOUR_SECRETS"])
        );
    }
}
