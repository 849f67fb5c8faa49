//! The auth settings. Long because it is a table: the types, the explorer's form, the settings pages and the sandbox's
//! checks are all made from it.

use serde::{Deserialize, Deserializer, Serialize};

use super::setting::{Form, Group, Kind, Setting};
use crate::Secret;

/// The Rust type of a kind of setting.
macro_rules! plain {
    (flag) => {
        bool
    };
    (int) => {
        i64
    };
    (number) => {
        f64
    };
    (secret) => {
        Secret
    };
    (text) => {
        String
    };
    (choice) => {
        String
    };
}

/// A setting in a change: `null` unsets it unless it `must` have a value.
macro_rules! change {
    (must $kind:ident) => { plain!($kind) };
    ($kind:ident) => { Option<plain!($kind)> };
}

/// A setting in an answer.
macro_rules! answer {
    (must $kind:ident) => {
        plain!($kind)
    };
    ($kind:ident) => {
        plain!($kind)
    };
}

macro_rules! nullable {
    (must $kind:ident) => {
        false
    };
    ($kind:ident) => {
        true
    };
}

macro_rules! kind {
    (must $($kind:tt)*) => { kind!($($kind)*) };
    (flag) => { Kind::Flag };
    (int) => { Kind::Int { min: i64::MIN, max: i64::MAX } };
    (int $min:literal, $max:literal) => { Kind::Int { min: $min, max: $max } };
    (number $min:literal) => { Kind::Number { min: $min } };
    (secret) => { Kind::Secret };
    (text) => { Kind::Text(Form::Any) };
    (text $form:ident) => { Kind::Text(Form::$form) };
    (choice $choices:expr) => { Kind::Choice($choices) };
}

/// The sentence that is given, or none.
macro_rules! help {
    () => {
        ""
    };
    ($help:literal) => {
        $help
    };
}

macro_rules! settings {
    (
        $( $title:literal {
            $( $name:ident: $($word:ident)+ $( ( $($limit:tt)* ) )? $($help:literal)?, )*
        } )*
        only in answers { $( $extra:ident: $extra_kind:ident, )* }
    ) => {
        /// Changes of auth settings: what is `None` stays as it is, `Some(None)` unsets.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct AuthChanges { $( $(
            #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
            pub $name: Option<change!($($word)+)>,
        )* )* }

        /// Auth settings as they are; `None` for what is unset. Secrets are digests, so there is no way from here to
        /// [`AuthChanges`]: written back, a digest would become the secret.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct AuthConfig {
            $( $( pub $name: Option<answer!($($word)+)>, )* )*
            $( pub $extra: Option<plain!($extra_kind)>, )*
        }

        /// Every auth setting that can be changed, by group.
        pub static AUTH_SETTINGS: &[Group] = &[ $( Group {
            title: $title,
            settings: &[ $( Setting {
                name: stringify!($name),
                kind: kind!($($word)+ $( $($limit)* )?),
                nullable: nullable!($($word)+),
                help: help!($($help)?),
            } ),* ],
        } ),* ];
    };
}

/// Tells `null` from nothing: for a setting that may be unset, `T` is itself an option.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// What a password must contain one of each: the groups are separated by colons, and a colon within one is escaped.
const PASSWORD_CHARACTERS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789",
    "abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789",
    "abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789:!@#$%^&*()_+-=[]{};'\\\\:\"|<>?,./`~",
    "",
];

settings! {
    "Sign-up" {
        disable_signup: flag "Nobody new can sign up.",
        external_anonymous_users_enabled: flag "People can be signed in without saying who they are.",
        external_email_enabled: flag "People sign in with an email address.",
        external_phone_enabled: flag "People sign in with a phone number.",
        mailer_autoconfirm: flag "A new email address counts as confirmed at once.",
        mailer_allow_unverified_email_sign_ins: flag "People may sign in before they have confirmed their email address.",
        sms_autoconfirm: flag "A new phone number counts as confirmed at once.",
        security_manual_linking_enabled: flag "People may link further identities to their account.",
    }
    "Addresses" {
        site_url: text(Address) "Where people are sent when no other address is asked for.",
        uri_allow_list: text "Further addresses people may be sent to, separated by commas; * and ** stand for anything.",
    }
    "Sessions" {
        jwt_exp: int(0, 604_800) "Seconds an access token is valid.",
        refresh_token_rotation_enabled: flag "A refresh token is good for one use, and using an old one ends the session.",
        security_refresh_token_reuse_interval: int(0, 2_147_483_647) "Seconds in which a used refresh token is still taken.",
        sessions_timebox: number(0.0) "Hours after which a session ends; 0 for never.",
        sessions_inactivity_timeout: number(0.0) "Hours without use after which a session ends; 0 for never.",
        sessions_single_per_user: flag "A new sign-in ends the person\u{2019}s other sessions.",
        sessions_tags: text(Tags) "Only sessions of the same tag end each other; separated by commas.",
    }
    "Passwords" {
        password_min_length: int(6, 32_767) "Characters a password needs at least.",
        password_required_characters: choice(PASSWORD_CHARACTERS) "Kinds of characters a password must contain, separated by colons.",
        password_hibp_enabled: flag "Passwords known from leaks are refused.",
        security_update_password_require_current_password: flag "Changing the password takes the current one.",
        security_update_password_require_reauthentication: flag "Changing the password takes a recent sign-in or a code.",
    }
    "Protection" {
        security_captcha_enabled: flag "Sign-in and sign-up ask for a CAPTCHA.",
        security_captcha_provider: choice(&["turnstile", "hcaptcha"]),
        security_captcha_secret: secret "The CAPTCHA provider\u{2019}s secret key.",
        security_sb_forwarded_for_enabled: flag "Servers may tell whom they call for in the header Sb-Forwarded-For.",
    }
    "Rate limits" {
        rate_limit_email_sent: int(1, 2_147_483_647) "Emails sent in an hour.",
        rate_limit_sms_sent: int(1, 2_147_483_647) "Text messages sent in an hour.",
        rate_limit_anonymous_users: int(1, 2_147_483_647) "Anonymous sign-ins in an hour from one address.",
        rate_limit_token_refresh: int(1, 2_147_483_647) "Refreshed sessions in five minutes from one address.",
        rate_limit_verify: int(1, 2_147_483_647) "Codes and links tried in five minutes from one address.",
        rate_limit_otp: int(1, 2_147_483_647) "Sign-ups and sign-ins in five minutes from one address.",
        rate_limit_web3: int(1, 2_147_483_647) "Wallet sign-ins in five minutes from one address.",
    }
    "Second factors" {
        mfa_max_enrolled_factors: int(0, 2_147_483_647) "Factors a person may have.",
        mfa_totp_enroll_enabled: flag "People may add an authenticator app.",
        mfa_totp_verify_enabled: flag "Codes of an authenticator app are taken.",
        mfa_phone_enroll_enabled: flag "People may add a phone.",
        mfa_phone_verify_enabled: flag "Codes sent to a phone are taken.",
        mfa_phone_otp_length: int(0, 32_767) "Digits of a code sent to a phone.",
        mfa_phone_max_frequency: int(0, 32_767) "Seconds between two codes to one phone.",
        mfa_phone_template: text "The text message; {{ .Code }} stands for the code.",
        mfa_web_authn_enroll_enabled: flag "People may add a security key.",
        mfa_web_authn_verify_enabled: flag "Security keys are taken.",
    }
    "Passkeys" {
        passkey_enabled: must flag "People sign in with a passkey.",
        webauthn_rp_display_name: text "The name people see when they make a passkey.",
        webauthn_rp_id: text "The domain passkeys belong to.",
        webauthn_rp_origins: text "Addresses where passkeys may be used, separated by commas.",
    }
    "Email codes" {
        mailer_otp_exp: must int(0, 2_147_483_647) "Seconds a code or link in an email is valid.",
        mailer_otp_length: int(6, 10) "Digits of a code in an email.",
        mailer_secure_email_change_enabled: flag "A change of address is confirmed from the old and the new one.",
    }
    "Email server" {
        smtp_host: text "The SMTP server; without one, Supabase sends a few emails an hour.",
        smtp_port: text,
        smtp_user: text,
        smtp_pass: secret,
        smtp_admin_email: text(Email) "The address emails come from.",
        smtp_sender_name: text "The name emails come from.",
        smtp_max_frequency: int(0, 32_767) "Seconds between two emails to one person.",
    }
    "Email texts" {
        mailer_subjects_confirmation: text,
        mailer_templates_confirmation_content: text,
        mailer_subjects_invite: text,
        mailer_templates_invite_content: text,
        mailer_subjects_magic_link: text,
        mailer_templates_magic_link_content: text,
        mailer_subjects_recovery: text,
        mailer_templates_recovery_content: text,
        mailer_subjects_email_change: text,
        mailer_templates_email_change_content: text,
        mailer_subjects_reauthentication: text,
        mailer_templates_reauthentication_content: text,
    }
    "Notifications" {
        mailer_notifications_password_changed_enabled: flag,
        mailer_subjects_password_changed_notification: text,
        mailer_templates_password_changed_notification_content: text,
        mailer_notifications_email_changed_enabled: flag,
        mailer_subjects_email_changed_notification: text,
        mailer_templates_email_changed_notification_content: text,
        mailer_notifications_phone_changed_enabled: flag,
        mailer_subjects_phone_changed_notification: text,
        mailer_templates_phone_changed_notification_content: text,
        mailer_notifications_identity_linked_enabled: flag,
        mailer_subjects_identity_linked_notification: text,
        mailer_templates_identity_linked_notification_content: text,
        mailer_notifications_identity_unlinked_enabled: flag,
        mailer_subjects_identity_unlinked_notification: text,
        mailer_templates_identity_unlinked_notification_content: text,
        mailer_notifications_mfa_factor_enrolled_enabled: flag,
        mailer_subjects_mfa_factor_enrolled_notification: text,
        mailer_templates_mfa_factor_enrolled_notification_content: text,
        mailer_notifications_mfa_factor_unenrolled_enabled: flag,
        mailer_subjects_mfa_factor_unenrolled_notification: text,
        mailer_templates_mfa_factor_unenrolled_notification_content: text,
    }
    "Text messages" {
        sms_provider: choice(&["messagebird", "textlocal", "twilio", "twilio_verify", "vonage"]),
        sms_template: text "The text message; {{ .Code }} stands for the code.",
        sms_otp_exp: int(0, 2_147_483_647) "Seconds a code in a text message is valid.",
        sms_otp_length: must int(0, 32_767) "Digits of a code in a text message.",
        sms_max_frequency: int(0, 32_767) "Seconds between two messages to one phone.",
        sms_test_otp: text(TestCodes) "Phones that need no message, each with its code: 4152127777=123456, separated by commas.",
        sms_test_otp_valid_until: text(Moment) "When the codes for tests stop working.",
    }
    "Twilio" {
        sms_twilio_account_sid: text,
        sms_twilio_auth_token: secret,
        sms_twilio_message_service_sid: text,
        sms_twilio_content_sid: text "Only for WhatsApp.",
    }
    "Twilio Verify" {
        sms_twilio_verify_account_sid: text,
        sms_twilio_verify_auth_token: secret,
        sms_twilio_verify_message_service_sid: text,
    }
    "MessageBird" {
        sms_messagebird_access_key: secret,
        sms_messagebird_originator: text,
    }
    "Textlocal" {
        sms_textlocal_api_key: secret,
        sms_textlocal_sender: text,
    }
    "Vonage" {
        sms_vonage_api_key: text "Names the account; the secret goes with it.",
        sms_vonage_api_secret: secret,
        sms_vonage_from: text,
    }
    "Hooks" {
        hook_custom_access_token_enabled: flag "Before a token is issued.",
        hook_custom_access_token_uri: text,
        hook_custom_access_token_secrets: secret,
        hook_send_sms_enabled: flag "In place of sending a text message.",
        hook_send_sms_uri: text,
        hook_send_sms_secrets: secret,
        hook_send_email_enabled: flag "In place of sending an email.",
        hook_send_email_uri: text,
        hook_send_email_secrets: secret,
        hook_mfa_verification_attempt_enabled: flag "When a second factor is tried.",
        hook_mfa_verification_attempt_uri: text,
        hook_mfa_verification_attempt_secrets: secret,
        hook_password_verification_attempt_enabled: flag "When a password is tried.",
        hook_password_verification_attempt_uri: text,
        hook_password_verification_attempt_secrets: secret,
        hook_before_user_created_enabled: flag "Before an account is made.",
        hook_before_user_created_uri: text,
        hook_before_user_created_secrets: secret,
        hook_after_user_created_enabled: flag "After an account is made.",
        hook_after_user_created_uri: text,
        hook_after_user_created_secrets: secret,
    }
    "Apple" {
        external_apple_enabled: flag,
        external_apple_client_id: text,
        external_apple_secret: secret,
        external_apple_additional_client_ids: text "Of apps that sign in by themselves, separated by commas.",
        external_apple_email_optional: flag "People without an email address may sign in, too.",
    }
    "Azure" {
        external_azure_enabled: flag,
        external_azure_client_id: text,
        external_azure_secret: secret,
        external_azure_url: text "Where the provider is, if not at its usual address.",
        external_azure_email_optional: flag "People without an email address may sign in, too.",
    }
    "Bitbucket" {
        external_bitbucket_enabled: flag,
        external_bitbucket_client_id: text,
        external_bitbucket_secret: secret,
        external_bitbucket_email_optional: flag "People without an email address may sign in, too.",
    }
    "Discord" {
        external_discord_enabled: flag,
        external_discord_client_id: text,
        external_discord_secret: secret,
        external_discord_email_optional: flag "People without an email address may sign in, too.",
    }
    "Facebook" {
        external_facebook_enabled: flag,
        external_facebook_client_id: text,
        external_facebook_secret: secret,
        external_facebook_email_optional: flag "People without an email address may sign in, too.",
    }
    "Figma" {
        external_figma_enabled: flag,
        external_figma_client_id: text,
        external_figma_secret: secret,
        external_figma_email_optional: flag "People without an email address may sign in, too.",
    }
    "GitHub" {
        external_github_enabled: flag,
        external_github_client_id: text,
        external_github_secret: secret,
        external_github_email_optional: flag "People without an email address may sign in, too.",
    }
    "GitLab" {
        external_gitlab_enabled: flag,
        external_gitlab_client_id: text,
        external_gitlab_secret: secret,
        external_gitlab_url: text "Where the provider is, if not at its usual address.",
        external_gitlab_email_optional: flag "People without an email address may sign in, too.",
    }
    "Google" {
        external_google_enabled: flag,
        external_google_client_id: text,
        external_google_secret: secret,
        external_google_additional_client_ids: text "Of apps that sign in by themselves, separated by commas.",
        external_google_email_optional: flag "People without an email address may sign in, too.",
        external_google_skip_nonce_check: flag "Any nonce in an ID token is taken.",
    }
    "Kakao" {
        external_kakao_enabled: flag,
        external_kakao_client_id: text,
        external_kakao_secret: secret,
        external_kakao_email_optional: flag "People without an email address may sign in, too.",
    }
    "Keycloak" {
        external_keycloak_enabled: flag,
        external_keycloak_client_id: text,
        external_keycloak_secret: secret,
        external_keycloak_url: text "Where the provider is, if not at its usual address.",
        external_keycloak_email_optional: flag "People without an email address may sign in, too.",
    }
    "LinkedIn" {
        external_linkedin_oidc_enabled: flag,
        external_linkedin_oidc_client_id: text,
        external_linkedin_oidc_secret: secret,
        external_linkedin_oidc_email_optional: flag "People without an email address may sign in, too.",
    }
    "Notion" {
        external_notion_enabled: flag,
        external_notion_client_id: text,
        external_notion_secret: secret,
        external_notion_email_optional: flag "People without an email address may sign in, too.",
    }
    "Slack" {
        external_slack_oidc_enabled: flag,
        external_slack_oidc_client_id: text,
        external_slack_oidc_secret: secret,
        external_slack_oidc_email_optional: flag "People without an email address may sign in, too.",
    }
    "Slack (old)" {
        external_slack_enabled: flag,
        external_slack_client_id: text,
        external_slack_secret: secret,
        external_slack_email_optional: flag "People without an email address may sign in, too.",
    }
    "Spotify" {
        external_spotify_enabled: flag,
        external_spotify_client_id: text,
        external_spotify_secret: secret,
        external_spotify_email_optional: flag "People without an email address may sign in, too.",
    }
    "Twitch" {
        external_twitch_enabled: flag,
        external_twitch_client_id: text,
        external_twitch_secret: secret,
        external_twitch_email_optional: flag "People without an email address may sign in, too.",
    }
    "Twitter (old)" {
        external_twitter_enabled: flag,
        external_twitter_client_id: text,
        external_twitter_secret: secret,
        external_twitter_email_optional: flag "People without an email address may sign in, too.",
    }
    "X" {
        external_x_enabled: flag,
        external_x_client_id: text,
        external_x_secret: secret,
        external_x_email_optional: flag "People without an email address may sign in, too.",
    }
    "WorkOS" {
        external_workos_enabled: flag,
        external_workos_client_id: text,
        external_workos_secret: secret,
        external_workos_url: text "Where the provider is, if not at its usual address.",
    }
    "Zoom" {
        external_zoom_enabled: flag,
        external_zoom_client_id: text,
        external_zoom_secret: secret,
        external_zoom_email_optional: flag "People without an email address may sign in, too.",
    }
    "Wallets" {
        external_web3_solana_enabled: flag,
        external_web3_ethereum_enabled: flag,
    }
    "Nimbus" {
        nimbus_oauth_client_id: text,
        nimbus_oauth_client_secret: secret,
    }
    "Further providers" {
        custom_oauth_enabled: must flag "Providers of one\u{2019}s own may be added.",
    }
    "SAML" {
        saml_enabled: flag "People sign in through their company\u{2019}s identity provider.",
        saml_external_url: text(Address) "The address identity providers know, if not the project\u{2019}s own.",
    }
    "OAuth server" {
        oauth_server_enabled: flag "Other apps may sign people in through this project.",
        oauth_server_allow_dynamic_registration: flag "Apps may register by themselves.",
        oauth_server_authorization_path: text "The page, below the site URL, that asks people for consent.",
    }
    "Service" {
        api_max_request_duration: int "Seconds a request may take.",
        db_max_pool_size: int "Connections to the database.",
        db_max_pool_size_unit: choice(&["connections", "percent"]),
    }
    only in answers {
        custom_oauth_max_providers: int,
        mfa_allow_low_aal: flag,
        nimbus_oauth_email_optional: flag,
        saml_allow_encrypted_assertions: flag,
    }
}
