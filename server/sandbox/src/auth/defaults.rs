//! The auth settings of a project that nobody has touched.

use management_api::auth::{Kind, Setting};
use serde_json::{Value, json};

/// What is on; all else that can be on or off is off.
const ON: &[&str] = &[
    "external_email_enabled",
    "mailer_secure_email_change_enabled",
    "mfa_totp_enroll_enabled",
    "mfa_totp_verify_enabled",
    "refresh_token_rotation_enabled",
];

/// Neither on nor off.
const UNDECIDED: &[&str] = &["external_google_skip_nonce_check"];

const NUMBERS: &[(&str, i64)] = &[
    ("api_max_request_duration", 10),
    ("db_max_pool_size", 10),
    ("jwt_exp", 3600),
    ("mailer_otp_exp", 3600),
    ("mailer_otp_length", 6),
    ("mfa_max_enrolled_factors", 10),
    ("mfa_phone_max_frequency", 5),
    ("mfa_phone_otp_length", 6),
    ("password_min_length", 6),
    ("rate_limit_anonymous_users", 30),
    ("rate_limit_email_sent", 2),
    ("rate_limit_otp", 30),
    ("rate_limit_sms_sent", 30),
    ("rate_limit_token_refresh", 150),
    ("rate_limit_verify", 30),
    ("rate_limit_web3", 30),
    ("security_refresh_token_reuse_interval", 10),
    ("sessions_inactivity_timeout", 0),
    ("sessions_timebox", 0),
    ("sms_max_frequency", 5),
    ("sms_otp_exp", 60),
    ("sms_otp_length", 6),
    ("smtp_max_frequency", 60),
];

const TEXTS: &[(&str, &str)] = &[
    ("db_max_pool_size_unit", "connections"),
    ("mfa_phone_template", "Your code is {{ .Code }}"),
    ("password_required_characters", ""),
    ("security_captcha_provider", "hcaptcha"),
    ("site_url", "http://localhost:3000"),
    ("sms_provider", "twilio"),
    ("sms_template", "Your code is {{ .Code }}"),
    ("uri_allow_list", ""),
];

/// Emails: the middle of the settings' names, the subject, and what the text asks for.
const EMAILS: &[(&str, &str, &str)] = &[
    ("confirmation", "Confirm your address", LINK),
    ("invite", "You are invited", LINK),
    ("magic_link", "Your sign-in link", LINK),
    ("recovery", "Choose a new password", LINK),
    ("email_change", "Confirm your new address", LINK),
    (
        "reauthentication",
        "Confirm that it is you",
        "<p>Your code: {{ .Token }}</p>",
    ),
    ("password_changed_notification", "Your password was changed", NOTICE),
    ("email_changed_notification", "Your email address was changed", NOTICE),
    ("phone_changed_notification", "Your phone number was changed", NOTICE),
    ("identity_linked_notification", "An identity was linked", NOTICE),
    ("identity_unlinked_notification", "An identity was unlinked", NOTICE),
    ("mfa_factor_enrolled_notification", "A second factor was added", NOTICE),
    (
        "mfa_factor_unenrolled_notification",
        "A second factor was removed",
        NOTICE,
    ),
];

const LINK: &str = "<p><a href=\"{{ .ConfirmationURL }}\">Go on</a></p>";
const NOTICE: &str = "<p>This concerns the account {{ .Email }}.</p>";

fn find<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// The subject or text of an email.
fn email(name: &str) -> Option<String> {
    let of = |middle: &str| EMAILS.iter().find(|(known, ..)| *known == middle);
    if let Some(middle) = name.strip_prefix("mailer_subjects_") {
        return of(middle).map(|(_, subject, _)| (*subject).to_owned());
    }
    let middle = name.strip_prefix("mailer_templates_")?.strip_suffix("_content")?;
    of(middle).map(|(_, subject, text)| format!("<h2>{subject}</h2>\n\n{text}"))
}

/// What a setting is until it is changed.
pub fn of(setting: &Setting) -> Value {
    let name = setting.name;
    match setting.kind {
        Kind::Flag if UNDECIDED.contains(&name) => Value::Null,
        Kind::Flag => json!(ON.contains(&name)),
        Kind::Int { .. } | Kind::Number { .. } => json!(find(NUMBERS, name)),
        Kind::Text(_) | Kind::Choice(_) => match find(TEXTS, name) {
            Some(text) => json!(text),
            None => json!(email(name)),
        },
        Kind::Secret => Value::Null,
    }
}

/// What is answered and cannot be changed.
pub fn fixed() -> impl Iterator<Item = (String, Value)> {
    [
        ("audit_log_disable_postgres", json!(true)),
        ("custom_oauth_max_providers", json!(3)),
        ("index_worker_ensure_user_search_indexes_exist", json!(true)),
        ("mfa_allow_low_aal", json!(false)),
        ("nimbus_oauth_email_optional", json!(false)),
        ("saml_allow_encrypted_assertions", json!(false)),
        ("security_update_password_require_current_password", json!(false)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_of_a_setting_that_takes_it() {
        let known: Vec<_> = Setting::all().map(|setting| setting.name).collect();
        let names = ON.iter().chain(UNDECIDED).copied();
        let names = names.chain(NUMBERS.iter().map(|(name, _)| *name));
        for name in names.chain(TEXTS.iter().map(|(name, _)| *name)) {
            assert!(known.contains(&name), "{name}");
        }
        for setting in Setting::all() {
            assert_eq!(setting.check(&of(setting)), Ok(()), "{}", setting.name);
        }
    }

    #[test]
    fn every_email_has_words() {
        for setting in Setting::all().filter(|setting| {
            let name = setting.name;
            name.starts_with("mailer_subjects_") || name.starts_with("mailer_templates_")
        }) {
            assert!(of(setting).is_string(), "{}", setting.name);
        }
    }
}
