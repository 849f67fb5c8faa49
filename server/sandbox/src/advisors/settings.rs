//! Advice that a project's settings give: no query of the database finds it.

use serde_json::{Value, json};

use crate::projects::Project;

/// The longest that a code should last, in seconds, and the fewest digits and characters that should do.
const OTP_LASTS: f64 = 3_600.0;
const OTP_DIGITS: f64 = 6.0;
const PASSWORD: f64 = 8.0;

struct Rule {
    name: &'static str,
    title: &'static str,
    /// What it is about: `auth` or `compliance`.
    kind: &'static str,
    says: &'static str,
    due: fn(&Project) -> bool,
}

/// Guesses: the numbers at which each is due.
const RULES: &[Rule] = &[
    Rule {
        name: "auth_otp_long_expiry",
        title: "Codes by e-mail last long",
        kind: "auth",
        says: "A code that is sent by e-mail lasts longer than an hour.",
        due: |project| project.parts.auth.number("mailer_otp_exp") > OTP_LASTS,
    },
    Rule {
        name: "auth_otp_short_length",
        title: "Codes by e-mail are short",
        kind: "auth",
        says: "A code that is sent by e-mail has fewer than six digits.",
        due: |project| project.parts.auth.number("mailer_otp_length") < OTP_DIGITS,
    },
    Rule {
        name: "auth_leaked_password_protection",
        title: "Leaked passwords are taken",
        kind: "auth",
        says: "New passwords are not held against those that are known to have leaked.",
        due: |project| !project.parts.auth.is_on("password_hibp_enabled"),
    },
    Rule {
        name: "auth_insufficient_mfa_options",
        title: "Few kinds of second factors",
        kind: "auth",
        says: "People can choose among fewer than two kinds of second factors.",
        due: |project| {
            let kinds = [
                "mfa_totp_enroll_enabled",
                "mfa_phone_enroll_enabled",
                "mfa_web_authn_enroll_enabled",
            ];
            kinds.into_iter().filter(|kind| project.parts.auth.is_on(kind)).count() < 2
        },
    },
    Rule {
        name: "password_requirements_min_length",
        title: "Short passwords are taken",
        kind: "auth",
        says: "A password may be shorter than eight characters.",
        due: |project| project.parts.auth.number("password_min_length") < PASSWORD,
    },
    Rule {
        name: "ssl_not_enforced",
        title: "Connections without TLS are taken",
        kind: "compliance",
        says: "The database takes connections without TLS.",
        due: |project| !project.parts.database.config.enforces_ssl(),
    },
    Rule {
        name: "network_restrictions_not_set",
        title: "The database is open to every address",
        kind: "compliance",
        says: "Nothing restricts from where the database can be reached.",
        due: |project| !project.parts.network.is_restricted(),
    },
    Rule {
        name: "pitr_not_enabled",
        title: "Point-in-time recovery is off",
        kind: "compliance",
        says: "What happened since the last backup cannot be brought back.",
        due: |project| project.parts.billing.recovery().is_none(),
    },
    Rule {
        name: "log_connections_not_enabled",
        title: "Connections are not logged",
        kind: "compliance",
        says: "The database does not log who connects; new projects begin so.",
        due: |project| !project.parts.database.config.is_on("log_connections"),
    },
];

/// What is due of how people sign in: the older list of advice holds it, too. That it holds nothing of the rest is a guess,
/// from the lists that people show of it.
pub fn of_sign_in(project: &Project) -> Vec<Value> {
    let of_auth = |name: &str| RULES.iter().any(|rule| rule.name == name && rule.kind == "auth");
    due(project, of_auth)
}

/// What is due of the checks that are asked for by name.
pub fn due(project: &Project, asked: impl Fn(&str) -> bool) -> Vec<Value> {
    let due = RULES.iter().filter(|rule| asked(rule.name) && (rule.due)(project));
    let written = due.map(|rule| {
        json!({
            "name": rule.name,
            "title": rule.title,
            "level": "WARN",
            "facing": "EXTERNAL",
            "categories": ["SECURITY"],
            "description": rule.title,
            "detail": rule.says,
            "remediation": "https://supabase.com/docs/guides/platform/going-into-prod",
            "metadata": { "entity": "Config", "type": rule.kind },
            "cache_key": rule.name,
        })
    });
    written.collect()
}
