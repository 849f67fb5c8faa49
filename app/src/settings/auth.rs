//! The settings of Auth. Long because it is a table.

use management_api::OperationId;

use super::{Area, Effect, Group, Kind, Said, Section, Setting, When, effect, set};

const WEAKER_OFF: &[Effect] = &[effect(When::Off, Kind::Weaker, "Accounts are easier to take over.")];
const FEWER: &[Effect] = &[effect(
    When::Lowered,
    Kind::LocksOut,
    "People beyond the limit are refused until the time has passed.",
)];
const ENDS: &[Effect] = &[
    effect(
        When::Raised,
        Kind::SignsOut,
        "Sessions that are past the limit end at their next renewal.",
    ),
    effect(
        When::Lowered,
        Kind::SignsOut,
        "Sessions that are past the limit end at their next renewal.",
    ),
];
const SECOND_FACTOR: &[Effect] = &[effect(
    When::Off,
    Kind::LocksOut,
    "Whoever has only this factor cannot use it any more.",
)];
const HOOK_ON: &[Effect] = &[effect(
    When::On,
    Kind::LocksOut,
    "While the function fails or is slow, what waits for it fails, too.",
)];
const HOOK_SECRET: &[Effect] = &[effect(
    When::Always,
    Kind::LocksOut,
    "The function must know the same secret, or it refuses every call.",
)];
const PROVIDER_OFF: &[Effect] = &[effect(
    When::Off,
    Kind::LocksOut,
    "People who sign in with this provider cannot any more.",
)];
const PROVIDER_SECRET: &[Effect] = &[effect(
    When::Always,
    Kind::LocksOut,
    "Nobody can sign in with this provider if the secret is not the provider\u{2019}s.",
)];
const SENDING: &[Effect] = &[effect(
    When::Always,
    Kind::LocksOut,
    "While messages cannot be sent, nobody can confirm an address or reset a password.",
)];

/// A message's subject and text.
const fn mail(subject: &'static str, text: &'static str, label: [&'static str; 2], help: &'static str) -> [Setting; 2] {
    [set(subject, label[0], ""), set(text, label[1], help).said(Said::Mail)]
}

macro_rules! mails {
    ($( $word:literal $title:literal $help:literal )*) => { &[ $( Section {
        title: $title,
        settings: &mail(
            concat!("mailer_subjects_", $word),
            concat!("mailer_templates_", $word, "_content"),
            ["Subject", "Text"],
            $help,
        ),
    } ),* ] };
}

macro_rules! notes {
    ($( $word:literal $title:literal )*) => { &[ $( Section {
        title: $title,
        settings: &[
            set(concat!("mailer_notifications_", $word, "_enabled"), "It is sent", ""),
            set(concat!("mailer_subjects_", $word, "_notification"), "Subject", ""),
            set(concat!("mailer_templates_", $word, "_notification_content"), "Text", "HTML; {{ .Email }} stands for the address.")
                .said(Said::Mail),
        ],
    } ),* ] };
}

macro_rules! hooks {
    ($( $word:literal $title:literal $help:literal )*) => { &[ $( Section {
        title: $title,
        settings: &[
            set(concat!("hook_", $word, "_enabled"), "It is called", $help)
                .requires(&[concat!("hook_", $word, "_uri")])
                .does(HOOK_ON),
            set(concat!("hook_", $word, "_uri"), "Address", "https://\u{2026}, or pg-functions://postgres/schema/function."),
            set(concat!("hook_", $word, "_secrets"), "Signing secrets", "Needed for https addresses only.").does(HOOK_SECRET),
        ],
    } ),* ] };
}

/// A provider: on or off, its account, and what only some of them have.
macro_rules! providers {
    ($( $word:literal $title:literal $( + $more:ident )* ; )*) => { &[ $( Section {
        title: $title,
        settings: &[
            set(concat!("external_", $word, "_enabled"), "People sign in with it", "Needs its client id and secret.")
                .requires(&[concat!("external_", $word, "_client_id"), concat!("external_", $word, "_secret")])
                .does(PROVIDER_OFF),
            set(concat!("external_", $word, "_client_id"), "Client id", "What the provider calls this app."),
            set(concat!("external_", $word, "_secret"), "Secret", "It goes to Supabase and cannot be read back.").does(PROVIDER_SECRET),
            $( providers!(@ $word $more), )*
        ],
    } ),* ] };
    (@ $word:literal email) => {
        set(concat!("external_", $word, "_email_optional"), "Also without an email address", "People whom the provider knows no address of may sign in, too.")
    };
    (@ $word:literal url) => {
        set(concat!("external_", $word, "_url"), "Address of the provider", "If not its usual one.")
    };
    (@ $word:literal apps) => {
        set(concat!("external_", $word, "_additional_client_ids"), "Client ids of further apps", "Of apps that sign in by themselves. One a line.").said(Said::Commas)
    };
    (@ $word:literal nonce) => {
        set(concat!("external_", $word, "_skip_nonce_check"), "Any nonce is taken", "For apps that cannot give one.").does(&[effect(When::On, Kind::Weaker, "An ID token that was stolen can be used again.")])
    };
}

pub const AREA: Area = Area {
    key: "auth",
    title: "Auth settings",
    read: OperationId::GetAuthConfig,
    write: OperationId::UpdateAuthConfig,
    part: None,
    at: "",
    found: &[],
    groups: &[
        Group {
            title: "Sign-up and addresses",
            sections: &[
                Section {
                    title: "Sign-up",
                    settings: &[
                        set("disable_signup", "New people may sign up", "Off: nobody new gets an account. Those who have one still sign in.").said(Said::Opposite)
                            .does(&[effect(When::Off, Kind::LocksOut, "Nobody new can sign up, invited people excepted.")]),
                        set("external_email_enabled", "Email", "People sign in with an email address.")
                            .does(&[effect(When::Off, Kind::LocksOut, "People who sign in by email cannot any more.")]),
                        set("external_phone_enabled", "Phone", "People sign in with a phone number.")
                            .does(&[effect(When::Off, Kind::LocksOut, "People who sign in by phone cannot any more.")]),
                        set("external_anonymous_users_enabled", "Anonymous sign-ins", "People can be signed in without saying who they are.")
                            .does(&[effect(When::On, Kind::Weaker, "Anybody becomes an authenticated user: look at the policies first.")]),
                        set("mailer_autoconfirm", "Email addresses must be confirmed", "A new address counts only after its owner has opened the link in an email.").said(Said::Opposite)
                            .does(&[effect(When::Off, Kind::Weaker, "Anyone can sign up with an address that is not theirs, and is signed in at once.")]),
                        set("mailer_allow_unverified_email_sign_ins", "Sign-in before the address is confirmed", "").does(&[effect(When::On, Kind::Weaker, "People are signed in with addresses that may not be theirs.")]),
                        set("sms_autoconfirm", "Phone numbers must be confirmed", "A new number counts only after the code that was sent to it.").said(Said::Opposite)
                            .does(&[effect(When::Off, Kind::Weaker, "Anyone can sign up with a number that is not theirs.")]),
                        set("security_manual_linking_enabled", "People may link identities", "Further ways to sign in to the same account."),
                    ],
                },
                Section {
                    title: "Addresses",
                    settings: &[
                        set("site_url", "Site URL", "Where people are sent when no other address is asked for."),
                        set("uri_allow_list", "Further addresses", "Where people may be sent, too. One a line; * and ** stand for anything.").said(Said::Commas),
                    ],
                },
            ],
        },
        Group {
            title: "Sessions",
            sections: &[Section {
                title: "",
                settings: &[
                    set("jwt_exp", "Access token lifetime", "How long an access token is valid before it is renewed. At most 7 days.").said(Said::Seconds)
                        .does(&[effect(When::Raised, Kind::Weaker, "Whoever gets hold of a token can use it for longer; signing out does not end it.")]),
                    set("refresh_token_rotation_enabled", "A refresh token is good for one use", "Using an old one ends the session.").does(&[effect(When::Off, Kind::Weaker, "A stolen refresh token goes unnoticed.")]),
                    set("security_refresh_token_reuse_interval", "Reuse of a refresh token", "How long a used one is still taken, for clients that ask twice. At most 5 minutes.").said(Said::Seconds).at_most(300)
                        .needs("refresh_token_rotation_enabled", "true", "Only where a refresh token is good for one use."),
                    set("sessions_timebox", "Session length", "A session ends after this time, used or not. 0 for no limit; at most 365 days.").said(Said::Hours).at_most(8_760).does(ENDS),
                    set("sessions_inactivity_timeout", "Inactivity", "A session ends when it was not used for this time. 0 for no limit; at most 365 days.").said(Said::Hours).at_most(8_760).does(ENDS),
                    set("sessions_single_per_user", "One session per person", "A new sign-in ends the person\u{2019}s other sessions.")
                        .does(&[effect(When::On, Kind::SignsOut, "Of each person only the latest session stays.")]),
                    set("sessions_tags", "Session tags", "Only sessions of the same tag end each other. One a line.").said(Said::Commas)
                        .needs("sessions_single_per_user", "true", "Only with one session per person."),
                ],
            }],
        },
        Group {
            title: "Passwords and CAPTCHA",
            sections: &[
                Section {
                    title: "Passwords",
                    settings: &[
                        set("password_min_length", "Characters at least", "").said(Said::Count("characters")).does(&[effect(When::Lowered, Kind::Weaker, "Shorter passwords are guessed sooner.")]),
                        set("password_required_characters", "Kinds of characters", "A password must hold one of each group."),
                        set("password_hibp_enabled", "Passwords known from leaks are refused", "").does(WEAKER_OFF),
                        set("security_update_password_require_current_password", "Changing the password takes the current one", "Typed again beside the new one.").does(WEAKER_OFF),
                        set("security_update_password_require_reauthentication", "Changing the password takes a recent sign-in", "Or a code that is sent.").does(WEAKER_OFF),
                    ],
                },
                Section {
                    title: "CAPTCHA",
                    settings: &[
                        set("security_captcha_enabled", "Ask for a CAPTCHA", "At sign-up, sign-in and password reset.").does(&[
                            effect(When::On, Kind::LocksOut, "Until the app shows the CAPTCHA, nobody can sign in."),
                            effect(When::Off, Kind::Weaker, "Programs can try passwords and make accounts."),
                        ]),
                        set("security_captcha_provider", "Provider", "").does(&[effect(When::Always, Kind::LocksOut, "Until the app shows this provider\u{2019}s, nobody can sign in.")]),
                        set("security_captcha_secret", "Secret key", "The provider\u{2019}s. It goes to Supabase and cannot be read back.")
                            .does(&[effect(When::Always, Kind::LocksOut, "Nobody can sign in if this key does not belong to the site key in your app.")]),
                    ],
                },
                Section {
                    title: "Servers",
                    settings: &[set("security_sb_forwarded_for_enabled", "Servers may tell whom they call for", "By the header Sb-Forwarded-For, for the limits below.")],
                },
            ],
        },
        Group {
            title: "Rate limits",
            sections: &[Section {
                title: "",
                settings: &[
                    set("rate_limit_email_sent", "Emails", "Of the whole project. More than the built-in server\u{2019}s few need a server of one\u{2019}s own.").said(Said::Count("an hour")).does(FEWER),
                    set("rate_limit_sms_sent", "Text messages", "Of the whole project.").said(Said::Count("an hour")).does(FEWER),
                    set("rate_limit_anonymous_users", "Anonymous sign-ins", "From one address.").said(Said::Count("an hour")).does(FEWER),
                    set("rate_limit_token_refresh", "Renewed sessions", "From one address.").said(Said::Count("in 5 minutes")).does(FEWER),
                    set("rate_limit_verify", "Codes and links tried", "From one address.").said(Said::Count("in 5 minutes")).does(FEWER),
                    set("rate_limit_otp", "Sign-ups and sign-ins", "From one address.").said(Said::Count("in 5 minutes")).does(FEWER),
                    set("rate_limit_web3", "Wallet sign-ins", "From one address.").said(Said::Count("in 5 minutes")).does(FEWER),
                ],
            }],
        },
        Group {
            title: "Second factors",
            sections: &[
                Section {
                    title: "Authenticator app",
                    settings: &[
                        set("mfa_totp_enroll_enabled", "People may add one", ""),
                        set("mfa_totp_verify_enabled", "Its codes are taken", "").does(SECOND_FACTOR),
                    ],
                },
                Section {
                    title: "Phone",
                    settings: &[
                        set("mfa_phone_enroll_enabled", "People may add one", "Charged by Supabase as an add-on."),
                        set("mfa_phone_verify_enabled", "Codes sent to it are taken", "").does(SECOND_FACTOR),
                        set("mfa_phone_otp_length", "Digits of a code", "").said(Said::Count("digits")),
                        set("mfa_phone_max_frequency", "Time between two codes", "To one phone.").said(Said::Seconds),
                        set("mfa_phone_template", "Message", "{{ .Code }} stands for the code.").said(Said::Long),
                    ],
                },
                Section {
                    title: "Security key",
                    settings: &[
                        set("mfa_web_authn_enroll_enabled", "People may add one", ""),
                        set("mfa_web_authn_verify_enabled", "It is taken", "").does(SECOND_FACTOR),
                    ],
                },
                Section {
                    title: "In all",
                    settings: &[set("mfa_max_enrolled_factors", "Factors a person may have", "").said(Said::Count("factors"))],
                },
            ],
        },
        Group {
            title: "Passkeys",
            sections: &[Section {
                title: "",
                settings: &[
                    set("passkey_enabled", "People sign in with a passkey", "").does(&[effect(When::Off, Kind::LocksOut, "Whoever has only a passkey cannot sign in.")]),
                    set("webauthn_rp_display_name", "Name", "What people see when they make a passkey.").short(),
                    set("webauthn_rp_id", "Domain", "What passkeys belong to.").does(&[effect(When::Always, Kind::LocksOut, "Passkeys that were made for another domain stop working.")]),
                    set("webauthn_rp_origins", "Addresses", "Where passkeys may be used. One a line.").said(Said::Commas),
                ],
            }],
        },
        Group {
            title: "Email server",
            sections: &[
                Section {
                    title: "Server",
                    settings: &[
                        set("smtp_host", "Host", "Without a server of one\u{2019}s own, Supabase sends a few emails an hour, to members of the team only.").does(&[
                            effect(When::Always, Kind::LocksOut, "While emails cannot be sent, nobody can confirm an address or reset a password."),
                            effect(When::Emptied, Kind::LocksOut, "Supabase\u{2019}s own server takes over, which sends to members of the team only."),
                        ]),
                        set("smtp_port", "Port", "").short(),
                        set("smtp_user", "User", "").short(),
                        set("smtp_pass", "Password", "It goes to Supabase and cannot be read back.").does(SENDING),
                        set("smtp_admin_email", "Sender\u{2019}s address", ""),
                        set("smtp_sender_name", "Sender\u{2019}s name", "").short(),
                        set("smtp_max_frequency", "Time between two emails", "To one person.").said(Said::Seconds),
                    ],
                },
                Section {
                    title: "Codes",
                    settings: &[
                        set("mailer_otp_exp", "A code or link is valid for", "").said(Said::Seconds).does(&[effect(When::Raised, Kind::Weaker, "There is more time to use one that fell into other hands.")]),
                        set("mailer_otp_length", "Digits of a code", "").said(Said::Count("digits")),
                        set("mailer_secure_email_change_enabled", "A change of address is confirmed twice", "From the old address and the new one.").does(WEAKER_OFF),
                    ],
                },
            ],
        },
        Group {
            title: "Email texts",
            sections: mails! {
                "confirmation" "Confirm an address" "HTML; {{ .ConfirmationURL }} stands for the link, {{ .Token }} for the code."
                "invite" "Invitation" "HTML; {{ .ConfirmationURL }} stands for the link."
                "magic_link" "Sign-in link" "HTML; {{ .ConfirmationURL }} stands for the link, {{ .Token }} for the code."
                "recovery" "Reset a password" "HTML; {{ .ConfirmationURL }} stands for the link."
                "email_change" "Change of address" "HTML; {{ .ConfirmationURL }} stands for the link, {{ .NewEmail }} for the new address."
                "reauthentication" "Sign in again" "HTML; {{ .Token }} stands for the code."
            },
        },
        Group {
            title: "Notifications",
            sections: notes! {
                "password_changed" "The password was changed"
                "email_changed" "The address was changed"
                "phone_changed" "The phone number was changed"
                "identity_linked" "An identity was linked"
                "identity_unlinked" "An identity was unlinked"
                "mfa_factor_enrolled" "A second factor was added"
                "mfa_factor_unenrolled" "A second factor was removed"
            },
        },
        Group {
            title: "Text messages",
            sections: &[
                Section {
                    title: "Messages",
                    settings: &[
                        set("sms_provider", "Provider", "Who sends them.").does(SENDING),
                        set("sms_template", "Message", "{{ .Code }} stands for the code.").said(Said::Long),
                        set("sms_otp_exp", "A code is valid for", "").said(Said::Seconds),
                        set("sms_otp_length", "Digits of a code", "").said(Said::Count("digits")),
                        set("sms_max_frequency", "Time between two messages", "To one phone.").said(Said::Seconds),
                        set("sms_test_otp", "Codes for tests", "Phones that need no message, each with its code, as 4152127777=123456. One a line.").said(Said::Commas)
                            .does(&[effect(When::Always, Kind::Weaker, "Whoever knows a code signs in with that phone.")]),
                        set("sms_test_otp_valid_until", "Codes for tests end at", "Such as 2030-01-31T12:00:00Z."),
                    ],
                },
                Section {
                    title: "Twilio",
                    settings: &[
                        set("sms_twilio_account_sid", "Account SID", "").short(),
                        set("sms_twilio_auth_token", "Auth token", "").does(SENDING),
                        set("sms_twilio_message_service_sid", "Message service SID", "").short(),
                        set("sms_twilio_content_sid", "Content SID", "For WhatsApp only.").short(),
                    ],
                },
                Section {
                    title: "Twilio Verify",
                    settings: &[
                        set("sms_twilio_verify_account_sid", "Account SID", "").short(),
                        set("sms_twilio_verify_auth_token", "Auth token", "").does(SENDING),
                        set("sms_twilio_verify_message_service_sid", "Message service SID", "").short(),
                    ],
                },
                Section {
                    title: "MessageBird",
                    settings: &[set("sms_messagebird_access_key", "Access key", "").does(SENDING), set("sms_messagebird_originator", "Sender", "").short()],
                },
                Section {
                    title: "Textlocal",
                    settings: &[set("sms_textlocal_api_key", "API key", "").does(SENDING), set("sms_textlocal_sender", "Sender", "").short()],
                },
                Section {
                    title: "Vonage",
                    settings: &[
                        set("sms_vonage_api_key", "API key", "Names the account; the secret goes with it."),
                        set("sms_vonage_api_secret", "API secret", "").does(SENDING),
                        set("sms_vonage_from", "Sender", "").short(),
                    ],
                },
            ],
        },
        Group {
            title: "Hooks",
            sections: hooks! {
                "custom_access_token" "Access token" "Before a token is issued: it may add claims."
                "send_sms" "Send a text message" "In place of the provider."
                "send_email" "Send an email" "In place of the email server."
                "mfa_verification_attempt" "A second factor is tried" "It may refuse."
                "password_verification_attempt" "A password is tried" "It may refuse."
                "before_user_created" "Before an account is made" "It may refuse."
                "after_user_created" "After an account was made" ""
            },
        },
        Group {
            title: "Providers",
            sections: providers! {
                "apple" "Apple" + apps + email;
                "azure" "Azure" + url + email;
                "bitbucket" "Bitbucket" + email;
                "discord" "Discord" + email;
                "facebook" "Facebook" + email;
                "figma" "Figma" + email;
                "github" "GitHub" + email;
                "gitlab" "GitLab" + url + email;
                "google" "Google" + apps + email + nonce;
                "kakao" "Kakao" + email;
                "keycloak" "Keycloak" + url + email;
                "linkedin_oidc" "LinkedIn" + email;
                "notion" "Notion" + email;
                "slack_oidc" "Slack" + email;
                "slack" "Slack (old)" + email;
                "spotify" "Spotify" + email;
                "twitch" "Twitch" + email;
                "twitter" "Twitter (old)" + email;
                "workos" "WorkOS" + url;
                "x" "X" + email;
                "zoom" "Zoom" + email;
            },
        },
        Group {
            title: "Further ways",
            sections: &[
                Section {
                    title: "Wallets",
                    settings: &[
                        set("external_web3_solana_enabled", "Solana", "").does(PROVIDER_OFF),
                        set("external_web3_ethereum_enabled", "Ethereum", "").does(PROVIDER_OFF),
                    ],
                },
                Section {
                    title: "Nimbus",
                    settings: &[set("nimbus_oauth_client_id", "Client id", ""), set("nimbus_oauth_client_secret", "Secret", "").does(PROVIDER_SECRET)],
                },
                Section {
                    title: "Providers of one\u{2019}s own",
                    settings: &[set("custom_oauth_enabled", "They may be added", "").does(PROVIDER_OFF)],
                },
                Section {
                    title: "SAML",
                    settings: &[
                        set("saml_enabled", "People sign in through their company", "By its identity provider.").does(PROVIDER_OFF),
                        set("saml_external_url", "Address that identity providers know", "If not the project\u{2019}s own.").does(&[effect(When::Always, Kind::LocksOut, "Identity providers that know the other address refuse sign-ins.")]),
                    ],
                },
                Section {
                    title: "OAuth server",
                    settings: &[
                        set("oauth_server_enabled", "Other apps may sign people in through this project", ""),
                        set("oauth_server_allow_dynamic_registration", "Apps may register by themselves", "").does(&[effect(When::On, Kind::Weaker, "Anybody can register an app that asks people for access.")]),
                        set("oauth_server_authorization_path", "Consent page", "Its path below the site URL.").short(),
                    ],
                },
            ],
        },
        Group {
            title: "Service",
            sections: &[Section {
                title: "",
                settings: &[
                    set("api_max_request_duration", "A request may take", "").said(Said::Seconds),
                    set("db_max_pool_size", "Connections to the database", "").does(FEWER),
                    set("db_max_pool_size_unit", "Connections are counted in", ""),
                ],
            }],
        },
    ],
    how: &[],
    elsewhere: &[],
    called_back: Some("Providers"),
    takes_effect: "Within some seconds. People stay signed in unless a change says otherwise.",
};
