//! Blot: secrets in texts that are not known to hold any, found by what they look like and taken out before anything is
//! written down.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;
use serde_json::Value;

/// What stands in the place of a secret.
pub(super) const SECRET: &str = "[secret]";

/// What secrets look like, and what is left of each. Every pattern takes linear time.
static LOOKS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        // A JWT: header and claims are JSON objects in base64.
        (r"eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*", "[secret]"),
        // Supabase's own: secret keys, personal and OAuth tokens, client secrets.
        (r"\bsb_secret_[A-Za-z0-9_-]+", "[secret]"),
        (r"\bsb[pa]_[A-Za-z0-9_]{16,}", "[secret]"),
        // A private key as text.
        (
            r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)",
            "[secret]",
        ),
        // A password in an address.
        (r#"(?i)\b([a-z][a-z0-9+.-]*://[^\s:/@'"]*:)[^\s@'"]+@"#, "${1}[secret]@"),
        // A token in an address, in the place of a name.
        (r#"(?i)\b([a-z][a-z0-9+.-]*://)[a-z0-9_-]{20,}@"#, "${1}[secret]@"),
        // The vault's functions, of which any argument may be the secret.
        (r"(?is)(\bvault\s*\.\s*(?:create|update)_secret\s*\().*", "${1}[secret]"),
        // A password in SQL, in quotes or between dollars: of roles, of user mappings, of connections.
        (
            r"(?is)\b(password|passwd|pwd)(\s*(?:=|:|\bto\b)?\s*)(?:e|u&)?'(?:[^'\\]|''|\\.)*(?:'|$)",
            "${1}${2}'[secret]'",
        ),
        (
            r"(?is)\b(password)(\s*(?:=|\bto\b)?\s*)\$[a-z0-9_]*\$.*?(?:\$[a-z0-9_]*\$|$)",
            "${1}${2}'[secret]'",
        ),
        (r"(?i)\b(password|passwd|pwd)=[^\s'&;]+", "${1}=[secret]"),
    ]
    .into_iter()
    .map(|(look, left)| {
        #[allow(clippy::expect_used, reason = "the patterns are our own, and a test uses each")]
        let look = Regex::new(look).expect("a pattern of our own");
        (look, left)
    })
    .collect()
});

/// The text without whatever looks like a secret.
pub(super) fn blot(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for (look, left) in LOOKS.iter() {
        // The usual text holds none: nothing is copied then.
        if look.is_match(&text) {
            text = Cow::Owned(look.replace_all(&text, *left).into_owned());
        }
    }
    text
}

/// The same for every text within a value; the names of its fields are left as they are.
pub(super) fn blot_all(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(blotted) = blot(text) {
                *text = blotted;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(blot_all),
        Value::Object(fields) => fields.values_mut().for_each(blot_all),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_taken_out() {
        for (text, left) in [
            ("alter role app password 'hush'", "alter role app password '[secret]'"),
            (
                "ALTER ROLE app WITH ENCRYPTED PASSWORD  'a''b'",
                "ALTER ROLE app WITH ENCRYPTED PASSWORD  '[secret]'",
            ),
            (
                r"create user a password E'x\'y' login",
                "create user a password '[secret]' login",
            ),
            (
                "create role a password $x$hush$x$ login",
                "create role a password '[secret]' login",
            ),
            (
                "options (user 'u', password 'hush')",
                "options (user 'u', password '[secret]')",
            ),
            (
                "dblink('host=h password=hush dbname=d')",
                "dblink('host=h password=[secret] dbname=d')",
            ),
            ("password 'never ended", "password '[secret]'"),
            (
                "select 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.abc-_d' as k",
                "select '[secret]' as k",
            ),
            ("key sb_secret_abcDEF-1_2 end", "key [secret] end"),
            ("sbp_0123456789abcdef0123456789abcdef01234567", "[secret]"),
            ("sbp_oauth_0123456789abcdef0123456789abcdef01234567", "[secret]"),
            (
                "postgresql://postgres.ref:p:w/d@aws-0.pooler.supabase.com:6543/postgres",
                "postgresql://postgres.ref:[secret]@aws-0.pooler.supabase.com:6543/postgres",
            ),
            (
                "https://x-access-token-0123456789abcdef@git.example.com/a",
                "https://[secret]@git.example.com/a",
            ),
            (
                "key -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- end",
                "key [secret] end",
            ),
            ("-----BEGIN PRIVATE KEY-----\nhalf", "[secret]"),
            (
                "select vault.create_secret('hush', 'name');",
                "select vault.create_secret([secret]",
            ),
        ] {
            assert_eq!(blot(text), left);
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [
            "",
            "select password from users where id = 1",
            "update users set password_hash = crypt($1, gen_salt('bf'))",
            "https://ada@example.com/",
            "sb_publishable_abc",
            "the name sb_secret_ begins those, sbp_ the others and eyJ a third",
            "secrets.0.name: STRIPE_SECRET_KEY is one already",
            "-----BEGIN PUBLIC KEY-----",
            "create policy \"password reset\" on t",
            "the password is long",
        ] {
            assert!(matches!(blot(text), Cow::Borrowed(_)), "{text}: {}", blot(text));
        }
    }

    #[test]
    fn texts_are_found_however_deep() {
        let mut value = json!({ "a": [{ "query": "password 'x'" }], "n": 1, "b": null });
        blot_all(&mut value);
        assert_eq!(
            value,
            json!({ "a": [{ "query": "password '[secret]'" }], "n": 1, "b": null })
        );
    }

    #[test]
    fn a_long_text_takes_no_long_time() {
        let long = "password 'a://b:".repeat(60_000);
        let began = std::time::Instant::now();
        assert!(blot(&long).contains(SECRET));
        assert!(
            began.elapsed() < std::time::Duration::from_secs(20),
            "{:?}",
            began.elapsed()
        );
    }
}
