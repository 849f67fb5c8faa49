//! Names: where a setting stands in the Supabase CLI's `config.toml`, and how it is written there. What has no row has no
//! name there, and stands under Steward's own table by the Management API's name. Long because it is a table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A setting's place in `config.toml`.
#[derive(Clone, Debug)]
pub struct Name {
    pub path: String,
    /// The area's word.
    pub area: &'static str,
    pub setting: String,
    pub written: Written,
}

/// How the CLI writes what the API says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Same,
    /// On where the API says false.
    Opposite,
    /// A length of time such as `1m30s`, which the API counts in seconds.
    Seconds,
    /// The same, counted in hours.
    Hours,
    /// A size such as `50MiB`, which the API counts in bytes.
    Bytes,
    /// A list, which the API wants in one text, with commas.
    Commas,
    /// A table, which the API wants as `name=value` in one text, with commas.
    Pairs,
    /// A number, which is a text at the API.
    Digits,
    /// A word for the kinds of characters that a password must hold.
    Characters,
    /// On for the one of several that is chosen; the word is what the API calls it.
    Chosen(&'static str),
}

/// Kinds of characters of a password: the CLI's word, and the API's.
pub const CHARACTERS: [(&str, &str); 3] = [
    (
        "letters_digits",
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789",
    ),
    (
        "lower_upper_letters_digits",
        "abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789",
    ),
    (
        "lower_upper_letters_digits_symbols",
        "abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789:!@#$%^&*()_+-=[]{};'\\\\:\"|<>?,./`~",
    ),
];

type Row = (&'static str, &'static str, Written);

const DATA_API: &[Row] = &[
    ("api.extra_search_path", "db_extra_search_path", Written::Commas),
    ("api.max_rows", "max_rows", Written::Same),
    ("api.schemas", "db_schema", Written::Commas),
];
const POOLER: &[Row] = &[
    ("db.pooler.default_pool_size", "default_pool_size", Written::Same),
    ("db.pooler.pool_mode", "pool_mode", Written::Same),
];
const NETWORK: &[Row] = &[
    ("db.network_restrictions.allowed_cidrs", "dbAllowedCidrs", Written::Same),
    (
        "db.network_restrictions.allowed_cidrs_v6",
        "dbAllowedCidrsV6",
        Written::Same,
    ),
];
const SSL: &[Row] = &[("db.ssl_enforcement.enabled", "requestedConfig.database", Written::Same)];
const STORAGE: &[Row] = &[
    (
        "storage.analytics.enabled",
        "features.icebergCatalog.enabled",
        Written::Same,
    ),
    (
        "storage.analytics.max_catalogs",
        "features.icebergCatalog.maxCatalogs",
        Written::Same,
    ),
    (
        "storage.analytics.max_namespaces",
        "features.icebergCatalog.maxNamespaces",
        Written::Same,
    ),
    (
        "storage.analytics.max_tables",
        "features.icebergCatalog.maxTables",
        Written::Same,
    ),
    ("storage.file_size_limit", "fileSizeLimit", Written::Bytes),
    (
        "storage.image_transformation.enabled",
        "features.imageTransformation.enabled",
        Written::Same,
    ),
    (
        "storage.s3_protocol.enabled",
        "features.s3Protocol.enabled",
        Written::Same,
    ),
    (
        "storage.vector.enabled",
        "features.vectorBuckets.enabled",
        Written::Same,
    ),
    (
        "storage.vector.max_buckets",
        "features.vectorBuckets.maxBuckets",
        Written::Same,
    ),
    (
        "storage.vector.max_indexes",
        "features.vectorBuckets.maxIndexes",
        Written::Same,
    ),
];
/// In `db.settings`, by the same names.
const POSTGRES: &[&str] = &[
    "effective_cache_size",
    "logical_decoding_work_mem",
    "maintenance_work_mem",
    "max_connections",
    "max_locks_per_transaction",
    "max_parallel_maintenance_workers",
    "max_parallel_workers",
    "max_parallel_workers_per_gather",
    "max_replication_slots",
    "max_slot_wal_keep_size",
    "max_standby_archive_delay",
    "max_standby_streaming_delay",
    "max_wal_senders",
    "max_wal_size",
    "max_worker_processes",
    "session_replication_role",
    "shared_buffers",
    "statement_timeout",
    "track_activity_query_size",
    "track_commit_timestamp",
    "wal_keep_size",
    "wal_sender_timeout",
    "work_mem",
];
const AUTH: &[Row] = &[
    ("auth.additional_redirect_urls", "uri_allow_list", Written::Commas),
    ("auth.captcha.enabled", "security_captcha_enabled", Written::Same),
    ("auth.captcha.provider", "security_captcha_provider", Written::Same),
    ("auth.captcha.secret", "security_captcha_secret", Written::Same),
    (
        "auth.email.double_confirm_changes",
        "mailer_secure_email_change_enabled",
        Written::Same,
    ),
    (
        "auth.email.enable_confirmations",
        "mailer_autoconfirm",
        Written::Opposite,
    ),
    ("auth.email.enable_signup", "external_email_enabled", Written::Same),
    ("auth.email.max_frequency", "smtp_max_frequency", Written::Seconds),
    ("auth.email.otp_expiry", "mailer_otp_exp", Written::Same),
    ("auth.email.otp_length", "mailer_otp_length", Written::Same),
    (
        "auth.email.secure_password_change",
        "security_update_password_require_reauthentication",
        Written::Same,
    ),
    ("auth.email.smtp.admin_email", "smtp_admin_email", Written::Same),
    ("auth.email.smtp.host", "smtp_host", Written::Same),
    ("auth.email.smtp.pass", "smtp_pass", Written::Same),
    ("auth.email.smtp.port", "smtp_port", Written::Digits),
    ("auth.email.smtp.sender_name", "smtp_sender_name", Written::Same),
    ("auth.email.smtp.user", "smtp_user", Written::Same),
    (
        "auth.enable_anonymous_sign_ins",
        "external_anonymous_users_enabled",
        Written::Same,
    ),
    (
        "auth.enable_manual_linking",
        "security_manual_linking_enabled",
        Written::Same,
    ),
    (
        "auth.enable_refresh_token_rotation",
        "refresh_token_rotation_enabled",
        Written::Same,
    ),
    ("auth.enable_signup", "disable_signup", Written::Opposite),
    ("auth.jwt_expiry", "jwt_exp", Written::Same),
    (
        "auth.mfa.max_enrolled_factors",
        "mfa_max_enrolled_factors",
        Written::Same,
    ),
    (
        "auth.mfa.phone.enroll_enabled",
        "mfa_phone_enroll_enabled",
        Written::Same,
    ),
    (
        "auth.mfa.phone.max_frequency",
        "mfa_phone_max_frequency",
        Written::Seconds,
    ),
    ("auth.mfa.phone.otp_length", "mfa_phone_otp_length", Written::Same),
    ("auth.mfa.phone.template", "mfa_phone_template", Written::Same),
    (
        "auth.mfa.phone.verify_enabled",
        "mfa_phone_verify_enabled",
        Written::Same,
    ),
    ("auth.mfa.totp.enroll_enabled", "mfa_totp_enroll_enabled", Written::Same),
    ("auth.mfa.totp.verify_enabled", "mfa_totp_verify_enabled", Written::Same),
    (
        "auth.mfa.web_authn.enroll_enabled",
        "mfa_web_authn_enroll_enabled",
        Written::Same,
    ),
    (
        "auth.mfa.web_authn.verify_enabled",
        "mfa_web_authn_verify_enabled",
        Written::Same,
    ),
    ("auth.minimum_password_length", "password_min_length", Written::Same),
    (
        "auth.oauth_server.allow_dynamic_registration",
        "oauth_server_allow_dynamic_registration",
        Written::Same,
    ),
    (
        "auth.oauth_server.authorization_url_path",
        "oauth_server_authorization_path",
        Written::Same,
    ),
    ("auth.oauth_server.enabled", "oauth_server_enabled", Written::Same),
    (
        "auth.password_requirements",
        "password_required_characters",
        Written::Characters,
    ),
    (
        "auth.rate_limit.anonymous_users",
        "rate_limit_anonymous_users",
        Written::Same,
    ),
    ("auth.rate_limit.email_sent", "rate_limit_email_sent", Written::Same),
    ("auth.rate_limit.sign_in_sign_ups", "rate_limit_otp", Written::Same),
    ("auth.rate_limit.sms_sent", "rate_limit_sms_sent", Written::Same),
    (
        "auth.rate_limit.token_refresh",
        "rate_limit_token_refresh",
        Written::Same,
    ),
    (
        "auth.rate_limit.token_verifications",
        "rate_limit_verify",
        Written::Same,
    ),
    ("auth.rate_limit.web3", "rate_limit_web3", Written::Same),
    (
        "auth.refresh_token_reuse_interval",
        "security_refresh_token_reuse_interval",
        Written::Same,
    ),
    (
        "auth.sessions.inactivity_timeout",
        "sessions_inactivity_timeout",
        Written::Hours,
    ),
    ("auth.sessions.timebox", "sessions_timebox", Written::Hours),
    ("auth.site_url", "site_url", Written::Same),
    ("auth.sms.enable_signup", "external_phone_enabled", Written::Same),
    ("auth.sms.max_frequency", "sms_max_frequency", Written::Seconds),
    (
        "auth.sms.messagebird.access_key",
        "sms_messagebird_access_key",
        Written::Same,
    ),
    (
        "auth.sms.messagebird.enabled",
        "sms_provider",
        Written::Chosen("messagebird"),
    ),
    (
        "auth.sms.messagebird.originator",
        "sms_messagebird_originator",
        Written::Same,
    ),
    ("auth.sms.template", "sms_template", Written::Same),
    ("auth.sms.test_otp", "sms_test_otp", Written::Pairs),
    ("auth.sms.textlocal.api_key", "sms_textlocal_api_key", Written::Same),
    (
        "auth.sms.textlocal.enabled",
        "sms_provider",
        Written::Chosen("textlocal"),
    ),
    ("auth.sms.textlocal.sender", "sms_textlocal_sender", Written::Same),
    ("auth.sms.twilio.account_sid", "sms_twilio_account_sid", Written::Same),
    ("auth.sms.twilio.auth_token", "sms_twilio_auth_token", Written::Same),
    ("auth.sms.twilio.enabled", "sms_provider", Written::Chosen("twilio")),
    (
        "auth.sms.twilio.message_service_sid",
        "sms_twilio_message_service_sid",
        Written::Same,
    ),
    (
        "auth.sms.twilio_verify.account_sid",
        "sms_twilio_verify_account_sid",
        Written::Same,
    ),
    (
        "auth.sms.twilio_verify.auth_token",
        "sms_twilio_verify_auth_token",
        Written::Same,
    ),
    (
        "auth.sms.twilio_verify.enabled",
        "sms_provider",
        Written::Chosen("twilio_verify"),
    ),
    (
        "auth.sms.twilio_verify.message_service_sid",
        "sms_twilio_verify_message_service_sid",
        Written::Same,
    ),
    ("auth.sms.vonage.api_key", "sms_vonage_api_key", Written::Same),
    ("auth.sms.vonage.api_secret", "sms_vonage_api_secret", Written::Same),
    ("auth.sms.vonage.enabled", "sms_provider", Written::Chosen("vonage")),
    ("auth.sms.vonage.from", "sms_vonage_from", Written::Same),
    (
        "auth.web3.ethereum.enabled",
        "external_web3_ethereum_enabled",
        Written::Same,
    ),
    (
        "auth.web3.solana.enabled",
        "external_web3_solana_enabled",
        Written::Same,
    ),
];
/// In `auth.external`; each with the fields that the API has for it.
const PROVIDERS: &[&str] = &[
    "apple",
    "azure",
    "bitbucket",
    "discord",
    "facebook",
    "figma",
    "github",
    "gitlab",
    "google",
    "kakao",
    "keycloak",
    "linkedin_oidc",
    "notion",
    "slack_oidc",
    "spotify",
    "twitch",
    "twitter",
    "workos",
    "x",
    "zoom",
];
const PROVIDER: &[&str] = &[
    "client_id",
    "email_optional",
    "enabled",
    "secret",
    "skip_nonce_check",
    "url",
];
/// In `auth.hook`.
const HOOKS: &[&str] = &[
    "before_user_created",
    "custom_access_token",
    "mfa_verification_attempt",
    "password_verification_attempt",
    "send_email",
    "send_sms",
];
/// In `auth.email.template` and `auth.email.notification`. The CLI reads texts from files of their own, so that they
/// have no name here.
const MAILS: &[&str] = &[
    "confirmation",
    "email_change",
    "invite",
    "magic_link",
    "reauthentication",
    "recovery",
];
const NOTES: &[&str] = &[
    "email_changed",
    "identity_linked",
    "identity_unlinked",
    "mfa_factor_enrolled",
    "mfa_factor_unenrolled",
    "password_changed",
    "phone_changed",
];

const ROWS: [(&str, &[Row]); 6] = [
    ("data-api", DATA_API),
    ("pooler", POOLER),
    ("network", NETWORK),
    ("ssl", SSL),
    ("storage", STORAGE),
    ("auth", AUTH),
];

/// The rows that are written out: area, path and setting.
#[cfg(test)]
pub fn each_row() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let each = |(area, rows): (&'static str, &'static [Row])| {
        rows.iter().map(move |(path, setting, _)| (area, *path, *setting))
    };
    ROWS.into_iter().flat_map(each)
}

/// All of them, by path.
pub static NAMES: LazyLock<BTreeMap<String, Name>> = LazyLock::new(|| {
    let mut all = BTreeMap::new();
    let mut add = |path: String, area: &'static str, setting: String, written: Written| {
        // Not every provider has every field.
        let known = crate::settings::Area::of(area).is_some_and(|area| area.setting(&setting).is_some());
        if known {
            all.insert(
                path.clone(),
                Name {
                    path,
                    area,
                    setting,
                    written,
                },
            );
        }
    };
    for (area, rows) in ROWS {
        for (path, setting, written) in rows {
            add((*path).to_owned(), area, (*setting).to_owned(), *written);
        }
    }
    let same = Written::Same;
    for name in POSTGRES {
        add(format!("db.settings.{name}"), "database", (*name).to_owned(), same);
    }
    for word in PROVIDERS {
        for field in PROVIDER {
            add(
                format!("auth.external.{word}.{field}"),
                "auth",
                format!("external_{word}_{field}"),
                same,
            );
        }
    }
    for word in HOOKS {
        for field in ["enabled", "uri", "secrets"] {
            add(
                format!("auth.hook.{word}.{field}"),
                "auth",
                format!("hook_{word}_{field}"),
                same,
            );
        }
    }
    for word in MAILS {
        add(
            format!("auth.email.template.{word}.subject"),
            "auth",
            format!("mailer_subjects_{word}"),
            same,
        );
    }
    for word in NOTES {
        let path = format!("auth.email.notification.{word}");
        add(
            format!("{path}.enabled"),
            "auth",
            format!("mailer_notifications_{word}_enabled"),
            same,
        );
        add(
            format!("{path}.subject"),
            "auth",
            format!("mailer_subjects_{word}_notification"),
            same,
        );
    }
    all
});

/// Parts of `config.toml` that have no setting, and why. Whatever lies under them has none either.
pub const WITHOUT: &[(&str, &str)] = &[
    ("analytics", LOCAL),
    ("api.auto_expose_new_tables", LOCAL),
    ("api.enabled", LOCAL),
    ("api.port", LOCAL),
    ("api.tls", LOCAL),
    ("auth.anon_key", KEY),
    ("auth.email.smtp.enabled", SWITCH),
    ("auth.email.template", FILE),
    ("auth.email.notification", FILE),
    ("auth.enabled", LOCAL),
    ("auth.jwt_issuer", LOCAL),
    ("auth.jwt_secret", KEY),
    ("auth.publishable_key", KEY),
    ("auth.secret_key", KEY),
    ("auth.service_role_key", KEY),
    ("auth.signing_keys_path", KEY),
    ("auth.sms.enable_confirmations", SMS),
    ("auth.third_party", ELSEWHERE),
    ("db.health_timeout", LOCAL),
    ("db.major_version", LOCAL),
    ("db.migrations", LOCAL),
    ("db.network_restrictions.enabled", SWITCH),
    ("db.pooler.enabled", LOCAL),
    ("db.pooler.max_client_conn", COMPUTE),
    ("db.pooler.port", LOCAL),
    ("db.port", LOCAL),
    ("db.root_key", LOCAL),
    ("db.seed", LOCAL),
    ("db.shadow_port", LOCAL),
    ("db.vault", SECRETS),
    ("edge_runtime", LOCAL),
    ("experimental", LOCAL),
    ("functions", FUNCTIONS),
    ("inbucket", LOCAL),
    ("project_id", LOCAL),
    ("realtime", LOCAL),
    ("remotes", REMOTES),
    ("storage.buckets", BUCKETS),
    ("storage.enabled", LOCAL),
    ("studio", LOCAL),
];
const LOCAL: &str = "It is about the CLI\u{2019}s local stack only.";
const KEY: &str = "Keys are no settings; they have their own page.";
const SWITCH: &str = "It only says whether the CLI reads what stands beside it.";
const FILE: &str = "The text lies in a file of its own, which is not part of this document.";
const SMS: &str = "The CLI sends the opposite of what its name says. Look at it on the page of the Auth settings.";
const ELSEWHERE: &str = "It is no setting of Auth; third-party sign-in has its own calls.";
const COMPUTE: &str = "It comes with the compute size.";
const SECRETS: &str = "Secrets are never taken from a document.";
const FUNCTIONS: &str = "Functions are deployed, not imported.";
const REMOTES: &str = "It is about one of the CLI\u{2019}s remotes: import it into that project.";
const BUCKETS: &str = "Buckets are made with the Storage API.";
