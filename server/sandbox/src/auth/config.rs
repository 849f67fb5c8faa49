//! The auth settings: defaults, and over them what was changed.

use axum::http::StatusCode;
use management_api::auth::{Kind, Setting};
use serde_json::{Map, Value, json};

use super::{State, defaults};
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    organizations::Plan,
    token,
};

/// What the free plan cannot switch on.
const PAID: &[&str] = &[
    "mfa_phone_enroll_enabled",
    "mfa_phone_verify_enabled",
    "password_hibp_enabled",
    "saml_enabled",
    "sessions_single_per_user",
];

/// The largest numbers that the service itself takes; its document names none. Hours, hours and seconds.
const LARGEST: &[(&str, f64)] = &[
    ("sessions_timebox", 8_760.0),
    ("sessions_inactivity_timeout", 8_760.0),
    ("security_refresh_token_reuse_interval", 300.0),
];

/// As recorded: while these are unset, reading answers with the default, and the answer to a change with `null`.
const DEFAULTS_OF_READING: &[&str] = &["rate_limit_email_sent", "security_captcha_provider", "sms_provider"];

impl State {
    /// Whether a setting that can be on or off is on.
    pub fn is_on(&self, name: &str) -> bool {
        let setting = Setting::all().find(|setting| setting.name == name);
        setting.is_some_and(|setting| self.value(setting) == true)
    }

    /// A setting that is a number; 0 where it has none.
    pub fn number(&self, name: &str) -> f64 {
        let setting = Setting::all().find(|setting| setting.name == name);
        setting
            .and_then(|setting| self.value(setting).as_f64())
            .unwrap_or_default()
    }

    fn value(&self, setting: &Setting) -> Value {
        let changed = self.settings.get(setting.name).cloned();
        changed.unwrap_or_else(|| defaults::of(setting))
    }

    fn whole(&self) -> Map<String, Value> {
        let settings = Setting::all().map(|setting| (setting.name.to_owned(), self.value(setting)));
        settings.chain(defaults::fixed()).collect()
    }

    /// Takes a checked value. A secret is kept as its digest; whatever text comes is the secret, and if that text is a
    /// digest which was read before, it is the digest that is the secret from then on.
    fn set(&mut self, setting: &Setting, value: Value) {
        let kept = match (setting.kind, value) {
            (_, Value::Null) => None,
            (Kind::Secret, Value::String(secret)) if secret.is_empty() => None,
            (Kind::Secret, Value::String(secret)) => Some(json!(token::digest(&secret))),
            (_, value) => Some(value),
        };
        match kept {
            Some(value) => self.settings.insert(setting.name.to_owned(), value),
            None => self.settings.remove(setting.name),
        };
    }
}

/// v1-get-auth-service-config
pub fn get(call: &mut Call<'_>) -> Answered {
    Ok(answer(StatusCode::OK, &call.project()?.parts.auth.whole()))
}

/// v1-update-auth-service-config: all changes or none.
pub fn update(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let plan = call.home_of(&project.organization)?.plan;
    let mut body: Map<String, Value> = call.request.json()?;
    let changes: Vec<_> = Setting::all()
        .filter_map(|setting| Some((setting, body.remove(setting.name)?)))
        .collect();
    if let Some(name) = body.keys().next() {
        return Err(Refusal::Invalid(format!("Unrecognized key: \"{name}\"")));
    }
    // Whatever of a mail server is changed together with it counts, too.
    let host = changes.iter().find(|(setting, _)| setting.name == "smtp_host");
    let host = host.map_or_else(|| project.parts.auth.settings.get("smtp_host"), |(_, host)| Some(host));
    let has_mail_server = host.and_then(Value::as_str).is_some_and(|host| !host.is_empty());
    for (setting, value) in &changes {
        let refused = |expected: String| Refusal::Invalid(format!("{}: {expected}.", setting.name));
        setting.check(value).map_err(refused)?;
        let largest = LARGEST.iter().find(|(name, _)| *name == setting.name);
        if let Some((_, most)) = largest
            && value.as_f64().is_some_and(|number| number > *most)
        {
            return Err(refused(format!("expected at most {most}")));
        }
        let raises = setting.name == "rate_limit_email_sent" && value.as_f64() > defaults::of(setting).as_f64();
        if raises && !has_mail_server {
            return Err(Refusal::NoMailServer);
        }
        if plan == Plan::Free && PAID.contains(&setting.name) && *value == true {
            let message = format!("{}: the organization\u{2019}s plan does not allow this.", setting.name);
            return Err(Refusal::PlanLimit(message));
        }
    }
    let auth = &mut call.project_mut()?.parts.auth;
    for (setting, value) in changes {
        auth.set(setting, value);
    }
    let mut whole = auth.whole();
    for name in DEFAULTS_OF_READING {
        if !auth.settings.contains_key(*name) {
            whole.insert((*name).to_owned(), Value::Null);
        }
    }
    Ok(answer(StatusCode::OK, &whole))
}
