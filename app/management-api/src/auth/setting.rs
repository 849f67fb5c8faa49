//! What a setting may hold: for the explorer's form, the settings pages and the sandbox alike.

use serde_json::{Map, Value, json};

use super::AUTH_SETTINGS;

/// Settings that belong together.
#[derive(Debug)]
pub struct Group {
    pub title: &'static str,
    pub settings: &'static [Setting],
}

/// One auth setting that can be changed.
#[derive(Debug)]
pub struct Setting {
    /// The API's own name.
    pub name: &'static str,
    pub kind: Kind,
    /// Whether `null` unsets it.
    pub nullable: bool,
    /// One sentence; empty where the name says it all.
    pub help: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Flag,
    /// A whole number from `min` to `max`.
    Int {
        min: i64,
        max: i64,
    },
    /// A number of at least `min`, which may have a fraction.
    Number {
        min: f64,
    },
    Text(Form),
    /// A text that reads back as its SHA-256 digest.
    Secret,
    Choice(&'static [&'static str]),
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Any,
    /// An address; the API allows no comma in it.
    Address,
    Email,
    /// A moment, as in RFC 3339.
    Moment,
    /// Letters, digits, `-` and `_`, several separated by commas.
    Tags,
    /// Pairs of phone number and code: `4152127777=123456,4152127778=654321`.
    TestCodes,
}

impl Setting {
    /// All settings, in the order of their groups.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        AUTH_SETTINGS.iter().flat_map(|group| group.settings)
    }

    /// Whether the setting takes `value`.
    ///
    /// # Errors
    /// What was expected instead, fit to stand behind the setting's name.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        if value.is_null() && self.nullable {
            return Ok(());
        }
        match self.kind {
            Kind::Flag if value.is_boolean() => Ok(()),
            Kind::Flag => Err("expected true or false".to_owned()),
            Kind::Int { min, max } => match value.as_i64() {
                Some(number) if (min..=max).contains(&number) => Ok(()),
                _ if min == i64::MIN => Err("expected a whole number".to_owned()),
                _ => Err(format!("expected a whole number from {min} to {max}")),
            },
            Kind::Number { min } => match value.as_f64() {
                Some(number) if number >= min => Ok(()),
                _ => Err(format!("expected a number of at least {min}")),
            },
            Kind::Text(form) => match value.as_str() {
                Some(text) => form.check(text),
                None => Err("expected a text".to_owned()),
            },
            Kind::Secret if value.is_string() => Ok(()),
            Kind::Secret => Err("expected a text".to_owned()),
            Kind::Choice(choices) => match value.as_str() {
                Some(choice) if choices.contains(&choice) => Ok(()),
                _ => Err(format!("expected one of {}", choices.join(", "))),
            },
        }
    }

    /// The JSON schema of its values.
    pub fn schema(&self) -> Map<String, Value> {
        let (name, facts) = match self.kind {
            Kind::Flag => ("boolean", json!({})),
            // ok: where the API names no range, ours is that of the type.
            Kind::Int { min: i64::MIN, .. } => ("integer", json!({})),
            Kind::Int { min, max } => ("integer", json!({ "minimum": min, "maximum": max })),
            Kind::Number { min } => ("number", json!({ "minimum": min })),
            Kind::Text(form) => ("string", form.schema()),
            Kind::Secret => ("string", json!({ "format": "password" })),
            Kind::Choice(choices) => ("string", json!({ "enum": choices })),
        };
        let mut schema = Map::new();
        let kind = if self.nullable {
            json!([name, "null"])
        } else {
            json!(name)
        };
        schema.insert("type".to_owned(), kind);
        if !self.help.is_empty() {
            schema.insert("description".to_owned(), json!(self.help));
        }
        if let Value::Object(facts) = facts {
            schema.extend(facts);
        }
        schema
    }
}

impl Form {
    fn schema(self) -> Value {
        match self {
            Self::Any => json!({}),
            Self::Address => json!({ "pattern": "^[^,]+$" }),
            Self::Email => json!({ "format": "email" }),
            Self::Moment => json!({ "format": "date-time" }),
            Self::Tags => json!({ "pattern": r"^(?:\s*|\s*[a-zA-Z0-9_-]+(?:\s*,+\s*[a-zA-Z0-9_-]+)*(?:\s*,+)?\s*)$" }),
            Self::TestCodes => json!({ "pattern": "^(?:[0-9]{1,15}=(?:[0-9]+,[0-9]{1,15}=|[0-9]{2,}=)*[0-9]+,?)?$" }),
        }
    }

    fn check(self, text: &str) -> Result<(), String> {
        let (fits, expected) = match self {
            Self::Any => (true, ""),
            Self::Address => (
                !text.is_empty() && !text.contains(','),
                "expected an address without a comma",
            ),
            Self::Email => (is_email(text), "expected an email address"),
            Self::Moment => (is_moment(text), "expected a date and time such as 2030-01-31T12:00:00Z"),
            Self::Tags => (
                is_tags(text),
                "expected words of letters, digits, - and _, separated by commas",
            ),
            Self::TestCodes => (
                is_test_codes(text),
                "expected pairs such as 4152127777=123456, separated by commas",
            ),
        };
        if fits { Ok(()) } else { Err(expected.to_owned()) }
    }
}

/// Something, an `@`, and a host with a dot; more, only sending a mail can tell.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let host_fits = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    !name.is_empty() && host_fits && !text.chars().any(|c| c.is_whitespace() || c == ',')
}

/// The shape of RFC 3339: `2030-01-31T12:00:00`, perhaps a fraction, and `Z` or an offset.
fn is_moment(text: &str) -> bool {
    let shape = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(byte, expected)| match expected {
                b'0' => byte.is_ascii_digit(),
                b'T' => matches!(byte, b'T' | b't'),
                other => byte == other,
            })
    };
    let Some((moment, rest)) = text.split_at_checked(19) else {
        return false;
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == fraction.len() {
                return false;
            }
            rest
        }
        None => rest,
    };
    let zone = matches!(rest, "Z" | "z") || shape(rest, "+00:00") || shape(rest, "-00:00");
    shape(moment, "0000-00-00T00:00:00") && zone
}

/// Words with nothing but commas and blanks between them, and none before the first.
fn is_tags(text: &str) -> bool {
    let text = text.trim();
    !text.starts_with(',')
        && text.split(',').map(str::trim).all(|word| {
            word.chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        })
}

fn is_test_codes(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let pair = |pair: &str| {
        pair.split_once('=')
            .is_some_and(|(phone, code)| digits(phone) && phone.len() <= 15 && digits(code))
    };
    text.is_empty() || text.strip_suffix(',').unwrap_or(text).split(',').all(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(form: Form, text: &str) -> bool {
        form.check(text).is_ok()
    }

    #[test]
    fn forms_take_what_they_say() {
        for (form, good, bad) in [
            (
                Form::Address,
                "https://example.com",
                "https://a.example,https://b.example",
            ),
            (Form::Email, "team@example.com", "team@example"),
            (Form::Moment, "2030-01-31T12:00:00.5+01:00", "2030-01-31 12:00:00"),
            (Form::Moment, "2030-01-31T12:00:00Z", "2030-01-31T12:00:00.Z"),
            (Form::Tags, " web, mobile_app ", "web, mobile app"),
            (Form::TestCodes, "4152127777=123456,", "4152127777"),
            (Form::TestCodes, "", "4152127777=12,,4152127778=13"),
        ] {
            assert!(fits(form, good), "{form:?}: {good}");
            assert!(!fits(form, bad), "{form:?}: {bad}");
        }
    }

    #[test]
    fn only_what_is_nullable_can_be_unset() {
        let setting = |name: &str| Setting::all().find(|setting| setting.name == name).unwrap();
        assert_eq!(setting("jwt_exp").check(&Value::Null), Ok(()));
        assert!(setting("mailer_otp_exp").check(&Value::Null).is_err());
        assert_eq!(setting("jwt_exp").check(&json!(604_800)), Ok(()));
        assert!(setting("jwt_exp").check(&json!(604_801)).is_err());
        assert!(setting("jwt_exp").check(&json!(1.5)).is_err());
        assert_eq!(setting("sessions_timebox").check(&json!(1.5)), Ok(()));
        assert!(setting("sms_provider").check(&json!("pigeon")).is_err());
    }
}
