//! What is refused at the start, and what the settings mean together.

use clap::Parser;

use super::*;

fn config(arguments: &[&str]) -> Result<Config, String> {
    let arguments = Arguments::try_parse_from(["steward"].iter().chain(arguments)).map_err(|e| e.to_string())?;
    Config::check(arguments.settings).map_err(|e| e.to_string())
}

#[test]
fn without_a_client_id_the_sandbox_runs() {
    assert!(matches!(config(&[]).unwrap().upstream, Upstream::Sandbox));
}

#[test]
fn an_app_of_ones_own_means_the_real_supabase() {
    let config = config(&["--supabase-client-id", "a", "--supabase-client-secret", "b"]).unwrap();
    let Upstream::Api { url, app: Some(app) } = config.upstream else {
        panic!("{:?}", config.upstream)
    };
    assert_eq!(
        (url.as_str(), app.client_id.as_str()),
        ("https://api.supabase.com/", "a")
    );
}

#[test]
fn an_api_without_an_app_leaves_the_personal_access_token() {
    let tokens_only = ["--supabase-api-url", "https://api.supabase.com"];
    assert!(matches!(
        config(&tokens_only).unwrap().upstream,
        Upstream::Api { app: None, .. }
    ));
    let nobody = [&tokens_only[..], &["--pat-sign-in", "off"]].concat();
    assert!(config(&nobody).unwrap_err().contains("Nobody could sign in"));
}

#[test]
fn bad_values_are_named() {
    for (arguments, expected) in [
        (&["--supabase-client-id", "a"][..], "SUPABASE_CLIENT_SECRET must be set"),
        (&["--supabase-client-secret", "a"], "SUPABASE_CLIENT_ID must be set"),
        (
            &["--public-url", "https://example.com/steward"],
            "STEWARD_PUBLIC_URL must be an address",
        ),
        (
            &["--public-url", "ftp://example.com"],
            "STEWARD_PUBLIC_URL must be an address",
        ),
        (
            &["--supabase-api-url", "api.supabase.com"],
            "SUPABASE_API_URL must be an address",
        ),
        (&["--supabase-client-id", ""], "SUPABASE_CLIENT_ID is set, but empty"),
        (
            &["--supabase-client-secret", " "],
            "SUPABASE_CLIENT_SECRET is set, but empty",
        ),
        (&["--supabase-api-url", ""], "SUPABASE_API_URL is set, but empty"),
        (&["--allow-emails", "ada"], "\u{201c}ada\u{201d} is neither"),
        (&["--allow-organizations", "a/b"], "\u{201c}a/b\u{201d} is none"),
        (&["--audit-days", "0"], "--audit-days"),
        (&["--addr", "nowhere"], "--addr"),
        (&["--pat-sign-in", "perhaps"], "[possible values: on, off]"),
        (&["--sign-ins-a-minute", "0"], "--sign-ins-a-minute"),
        (&["--metrics-addr", "0.0.0.0:9464"], "Set STEWARD_METRICS_TOKEN"),
        (&["--connections", "1"], "it must be a number from 8 to 100000"),
        (
            &["--trusted-proxy-header", "x forwarded for"],
            "STEWARD_TRUSTED_PROXY_HEADER must be the name of a header",
        ),
    ] {
        let error = config(arguments).unwrap_err();
        assert!(error.contains(expected), "{arguments:?}: {error}");
    }
}

/// A console of the real Supabase that others reach.
const EXPOSED: [&str; 6] = [
    "--supabase-client-id",
    "a",
    "--supabase-client-secret",
    "b",
    "--public-url",
    "https://steward.example.com",
];

#[test]
fn a_console_that_others_reach_says_who_may_sign_in() {
    let with = |more: &[&str]| config(&[&EXPOSED[..], more].concat());
    assert!(with(&[]).unwrap_err().contains("Set STEWARD_ALLOW_ORGANIZATIONS"));
    assert_eq!(with(&["--allow-anybody"]).unwrap().admission, Admission::Anybody);
    assert_eq!(with(&["--allow-anybody", "1"]).unwrap().admission, Admission::Anybody);
    assert!(with(&["--allow-anybody", "0"]).is_err());
    for one in [["--allow-organizations", "acme"], ["--allow-emails", "@example.com"]] {
        assert!(matches!(with(&one).unwrap().admission, Admission::Only(_)));
    }
    // Whoever can connect can name any host.
    let everywhere = [&EXPOSED[..4], &["--addr", "0.0.0.0:3000"]].concat();
    assert!(
        config(&everywhere)
            .unwrap_err()
            .contains("Set STEWARD_ALLOW_ORGANIZATIONS")
    );
    assert_eq!(config(&EXPOSED[..4]).unwrap().admission, Admission::Anybody);
}

#[test]
fn personal_tokens_are_for_consoles_that_nobody_else_reaches() {
    assert!(config(&EXPOSED[..4]).unwrap().pat_sign_in);
    let exposed = [&EXPOSED[..], &["--allow-anybody"]].concat();
    assert!(!config(&exposed).unwrap().pat_sign_in);
    let asked_for = [&exposed[..], &["--pat-sign-in", "on"]].concat();
    assert!(config(&asked_for).unwrap().pat_sign_in);
}

#[test]
fn the_sandbox_is_no_accident() {
    for reached in [
        &["--public-url", "https://steward.example.com"][..],
        &["--addr", "0.0.0.0:3000"],
        &["--sandbox-addr", "0.0.0.0:3010"],
    ] {
        let refusal = config(reached).unwrap_err();
        assert!(refusal.contains("STEWARD_SANDBOX=public"), "{reached:?}: {refusal}");
        let meant = config(&[reached, &["--sandbox", "public"]].concat()).unwrap();
        assert!(meant.sandbox_public, "{reached:?}");
    }
    assert!(!config(&[]).unwrap().sandbox_public);
}

#[test]
fn nothing_passes_in_the_clear_but_on_this_machine() {
    let upstream = |url: &str| config(&["--supabase-api-url", url]);
    assert!(
        upstream("http://api.example.com")
            .unwrap_err()
            .contains("must begin with https://")
    );
    for fine in ["https://api.example.com", "http://127.0.0.1:3010", "http://localhost"] {
        assert!(upstream(fine).is_ok(), "{fine}");
    }
    let public = |url: &str| {
        let config = config(&[&EXPOSED[..5], &[url, "--allow-anybody"]].concat()).unwrap();
        config
            .public_url("127.0.0.1:3000".parse().unwrap())
            .map_err(|error| error.to_string())
    };
    assert!(
        public("http://steward.example.com")
            .unwrap_err()
            .contains("must begin with https://")
    );
    assert!(public("https://steward.example.com").is_ok() && public("http://localhost:3000").is_ok());
    let unnamed = config(&["--addr", "0.0.0.0:3000", "--sandbox", "public"]).unwrap();
    assert!(unnamed.public_url("10.0.0.5:3000".parse().unwrap()).is_err());
}

#[test]
fn secrets_are_not_printed() {
    let config = config(&[
        "--supabase-client-id",
        "a",
        "--supabase-client-secret",
        "hush",
        "--secret-key",
        "quiet",
    ]);
    let printed = format!("{:?}", config.unwrap());
    assert!(!printed.contains("hush") && !printed.contains("quiet"), "{printed}");
}

#[test]
fn no_secret_is_told_by_accident() {
    let given = [
        ("--database-url", "postgres://ada:hush-1@db/steward"),
        ("--secret-key", "hush-2"),
        ("--secret-key-old", "hush-3"),
        ("--supabase-client-id", "app"),
        ("--supabase-client-secret", "hush-4"),
        ("--metrics-token", "hush-5"),
    ];
    let arguments = given.iter().map(|(flag, value)| format!("{flag}={value}"));
    let line: Vec<String> = ["steward".to_owned()].into_iter().chain(arguments).collect();
    let read = Arguments::try_parse_from(&line).unwrap();
    let arguments = format!("{read:?}");
    let told = format!("{arguments} {:?}", Config::check(read.settings).unwrap());
    assert!(!told.contains("hush"), "{told}");
    let migrate = [
        "steward",
        "migrate",
        "--from=sqlite://hush",
        "--to=postgres://ada:hush-6@db/steward",
    ];
    let read = Arguments::try_parse_from(migrate).unwrap();
    assert!(!format!("{read:?}").contains("hush"));
}
