//! Documents: the CLI's names are real settings, and nothing of a document is dropped unsaid.

use serde_json::{Value, json};

use super::{
    Left, Taken,
    names::{CHARACTERS, NAMES, each_row},
    of, read, to_toml_of,
};
use crate::{
    form::Kind,
    settings::{Area, current::Current, tests::full},
};

#[test]
fn every_name_of_the_cli_is_that_of_a_setting() {
    for (area, path, setting) in each_row() {
        let area = Area::of(area).unwrap();
        assert!(area.setting(setting).is_some(), "{path}: {setting}");
        assert!(NAMES.contains_key(path), "{path}");
    }
    let auth = Area::of("auth").unwrap();
    let field = auth
        .field(auth.setting("password_required_characters").unwrap())
        .unwrap();
    let Kind::Choice(choices) = &field.kind else {
        panic!("{field:?}");
    };
    for (word, characters) in CHARACTERS {
        assert!(choices.contains(&json!(characters)), "{word}");
    }
    println!("{} names", NAMES.len());
}

#[test]
fn a_document_says_of_each_setting_what_it_is_and_of_secrets_only_whether_they_are_set() {
    let all: Vec<_> = Area::ALL.into_iter().map(|area| (area, Ok(full(area)))).collect();
    let text = to_toml_of("Shop\n[auth]", "abc", &of(&all));
    let taken = Taken::of(&read(&text).unwrap());
    assert_eq!(taken.left, []);
    for (area, current) in &all {
        let current: &Current = current.as_ref().unwrap();
        for name in current.values.keys() {
            let wanted = &taken.wanted[area.key][name];
            let setting = area.setting(name).unwrap();
            assert!(area.same(setting, wanted, current.value(name)), "{name}: {wanted}");
        }
        for (name, set) in &current.secrets {
            assert_eq!(taken.secrets[area.key][name], *set);
            assert!(
                taken
                    .wanted
                    .get(area.key)
                    .is_none_or(|wanted| !wanted.contains_key(name))
            );
        }
    }
    assert_eq!(text, to_toml_of("Shop\n[auth]", "abc", &of(&all)));
}

const CLI: &str = r#"
project_id = "shop"
[api]
enabled = true
schemas = ["public", "graphql_public"]
[auth]
enable_signup = false
site_url = "env(SITE_URL)"
minimum_password_length = 12
password_requirements = "letters_digits"
surprise = 1
[auth.external.github]
enabled = true
client_id = "abc"
secret = "hush-hush"
[auth.external.google]
enabled = false
client_id = ""
[auth.sessions]
timebox = "24h"
[auth.sms.twilio]
enabled = true
[auth.sms.vonage]
enabled = false
[auth.email]
max_frequency = "soon"
[db]
port = 54322
[studio]
enabled = true
port = 54323
[unheard.of]
a = 1
"#;

#[test]
fn a_config_toml_is_taken_as_it_is_and_what_is_left_out_is_listed() {
    let taken = Taken::of(&read(CLI).unwrap());
    let wanted = |area: &str, name: &str| taken.wanted[area].get(name).cloned().unwrap_or(json!("nothing"));
    for (area, name, value) in [
        ("data-api", "db_schema", json!("public,graphql_public")),
        ("auth", "disable_signup", json!(true)),
        ("auth", "password_min_length", json!(12)),
        ("auth", "password_required_characters", json!(CHARACTERS[0].1)),
        ("auth", "external_github_enabled", json!(true)),
        ("auth", "external_github_client_id", json!("abc")),
        ("auth", "external_google_enabled", json!(false)),
        ("auth", "sessions_timebox", json!(24)),
        ("auth", "sms_provider", json!("twilio")),
    ] {
        assert_eq!(wanted(area, name), value, "{name}");
    }
    let count: usize = taken.wanted.values().map(|wanted| wanted.len()).sum();
    assert_eq!(count, 9, "{:?}", taken.wanted);
    let mut left: Vec<&str> = taken.left.iter().map(|left| left.path.as_str()).collect();
    left.sort_unstable();
    assert_eq!(
        left,
        [
            "api.enabled",
            "auth.email.max_frequency",
            "auth.external.github.secret",
            "auth.external.google.client_id",
            "auth.site_url",
            "auth.surprise",
            "db.port",
            "project_id",
            "studio",
            "unheard",
        ]
    );
    assert!(!format!("{taken:?}").contains("hush"));
}

#[test]
fn neither_a_secret_nor_what_stands_for_one_is_taken() {
    let document = json!({ "steward": {
        "settings": { "auth": { "smtp_pass": "hush-hush", "site_url": "[secret]", "smtp_user": "hash:abc", "jwt_exp": 60 }, "moon": {} },
        "secrets": { "auth": { "smtp_pass": "hush-hush", "jwt_exp": true } },
        "unset": { "auth": ["smtp_pass", "smtp_host"] },
    }});
    let taken = Taken::of(document.as_object().unwrap());
    let auth = &taken.wanted["auth"];
    assert_eq!(auth.keys().collect::<Vec<_>>(), ["jwt_exp", "smtp_host"]);
    assert_eq!(auth["smtp_host"], Value::Null);
    assert_eq!(taken.left.len(), 7, "{:?}", taken.left);
    assert!(taken.left.iter().all(|Left { why, .. }| !why.contains("hush")));
}
