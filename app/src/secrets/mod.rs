//! Secrets of Edge Functions, as logic: what a name may be, what a `.env` file says, and what would change.

pub mod changes;
pub mod compare;
pub mod dotenv;

use management_api::secrets::{NAME_LENGTH, RESERVED_PREFIX, VALUE_LENGTH};
use sha2::{Digest, Sha256};

use crate::ui::chart::grouped;

/// What is wrong with a name; `None` where it can be sent.
///
/// Supabase takes more than this, but the functions that read a name, `Deno.env` and shells among them, do not.
pub fn name_fault(name: &str) -> Option<String> {
    let length = name.chars().count();
    if name.is_empty() {
        Some("It has no name.".to_owned())
    } else if name.starts_with(RESERVED_PREFIX) {
        Some(format!("Names that begin with {RESERVED_PREFIX} belong to Supabase."))
    } else if length > NAME_LENGTH {
        Some(format!("The name has {length} characters; {NAME_LENGTH} fit."))
    } else if name.starts_with(|first: char| first.is_ascii_digit()) {
        Some("A name cannot begin with a digit.".to_owned())
    } else if !name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_') {
        Some("A name has letters from A to Z, digits and _, nothing else.".to_owned())
    } else {
        None
    }
}

/// What is wrong with a value; `None` where it can be sent.
pub fn value_fault(value: &str) -> Option<String> {
    let length = value.chars().count();
    if value.is_empty() {
        Some("It has no value: give it one, or leave it out.".to_owned())
    } else if length > VALUE_LENGTH {
        Some(format!(
            "The value has {} characters; {} fit.",
            grouped(length as f64),
            grouped(VALUE_LENGTH as f64)
        ))
    } else if value.contains('\0') {
        Some("The value holds a null character, which no environment can.".to_owned())
    } else {
        None
    }
}

/// Whether a secret is the service's own.
pub fn is_reserved(name: &str) -> bool {
    name.starts_with(RESERVED_PREFIX)
}

/// The digest that Supabase shows in a value's place: its SHA-256 in hexadecimal digits.
pub fn digest(value: &str) -> String {
    let digest = Sha256::digest(value.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Enough of a digest to tell values apart by sight.
pub fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_an_environment_takes() {
        for good in [
            "A",
            "_",
            "OPENAI_API_KEY",
            "lower_case",
            "KEY2",
            "SUPABASE",
            &"N".repeat(256),
        ] {
            assert_eq!(name_fault(good), None, "{good}");
        }
        for (bad, why) in [
            ("", "no name"),
            ("SUPABASE_URL", "belong to Supabase"),
            ("9TH", "begin with a digit"),
            ("A-B", "letters"),
            ("A B", "letters"),
            ("\u{c4}", "letters"),
            ("A\nB", "letters"),
            (&"N".repeat(257), "257 characters; 256 fit"),
        ] {
            assert!(name_fault(bad).unwrap_or_default().contains(why), "{bad}");
        }
    }

    #[test]
    fn values_are_counted_in_characters() {
        assert_eq!(value_fault(&"\u{e9}".repeat(24_576)), None);
        let long = value_fault(&"x".repeat(24_577)).unwrap();
        assert_eq!(long, "The value has 24,577 characters; 24,576 fit.");
        assert!(value_fault("").unwrap().contains("no value"));
        assert!(value_fault("a\0").unwrap().contains("null"));
    }

    #[test]
    fn digests_are_supabases() {
        let known = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        assert_eq!(digest("hello"), known);
        assert_eq!(short(known), "2cf24dba5fb0");
    }
}
