//! `steward doctor`: what it looks at, what it says is wrong, and that it changes nothing.

use std::{fs, path::Path, process::Command};

use serde_json::Value;
use server::store::sql;

use crate::stage::{Stage, data_dir, database_variable};

/// What the real binary says, and whether it ended well. Whatever it asks runs on this thread, so it is waited for on another.
async fn examined(dir: &Path, flags: &[&str], variables: &[(&str, &str)]) -> (bool, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_steward"));
    command
        .args(["--data-dir", dir.to_str().unwrap()])
        .args(flags)
        .args(["doctor", "--json"])
        // The settings of whoever runs the tests are none of the console's.
        .env_clear()
        .envs(database_variable(dir))
        .envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let told = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}{:?}", output.stderr));
    (output.status.success(), told)
}

/// How it stands with one thing, with what was found and what to do.
fn check(told: &Value, name: &str) -> (String, String) {
    let checks = told["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["name"] == name);
    let check = check.unwrap_or_else(|| panic!("nothing of {name}: {told}"));
    let text = |field: &str| check[field].as_str().unwrap().to_owned();
    (text("standing"), format!("{} {}", text("found"), text("advice")))
}

/// Flags of a console on the stage's sandbox, with its demo app.
fn flags<'a>(stage: &'a Stage, secret: &'a str) -> Vec<&'a str> {
    let id = sandbox::DEMO_CLIENT_ID;
    vec![
        "--supabase-api-url",
        &stage.sandbox,
        "--supabase-client-id",
        id,
        "--supabase-client-secret",
        secret,
    ]
}

#[tokio::test]
async fn a_console_that_works_is_told_so_and_nothing_is_changed() {
    let stage = Stage::new().await;
    let dir = stage.dir.path();
    let before = fs::read(dir.join("secret.key")).unwrap();
    let (well, told) = examined(dir, &flags(&stage, sandbox::DEMO_CLIENT_SECRET), &[]).await;
    assert!(well, "{told}");
    for name in [
        "configuration",
        "data",
        "key",
        "database",
        "sealed",
        "upstream",
        "clock",
        "app",
        "redirect",
    ] {
        assert_eq!(check(&told, name).0, "ok", "{name}: {told}");
    }
    assert_eq!(fs::read(dir.join("secret.key")).unwrap(), before);
    // Where nothing is yet, nothing is made.
    let empty = dir.join("nothing");
    let (well, told) = examined(&empty, &[], &[]).await;
    assert!(well && !empty.exists(), "{told}");
    for name in ["data", "key", "database"] {
        assert_eq!(check(&told, name).0, "warn", "{name}: {told}");
    }
}

#[tokio::test]
async fn what_does_not_work_is_told_with_what_to_do() {
    let stage = Stage::new().await;
    let dir = data_dir();
    let dir = dir.path();
    let (well, told) = examined(dir, &flags(&stage, "another"), &[]).await;
    let (standing, words) = check(&told, "app");
    assert!(
        !well && standing == "fail" && words.contains("SUPABASE_CLIENT_SECRET"),
        "{told}"
    );
    assert!(!told.to_string().contains("another"), "{told}");

    // The sandbox of a console on loopback sends people to loopback addresses only.
    let elsewhere = ["--public-url", "https://steward.invalid", "--allow-anybody=1"];
    let more = [&flags(&stage, sandbox::DEMO_CLIENT_SECRET)[..], &elsewhere].concat();
    let (well, told) = examined(dir, &more, &[]).await;
    let (standing, words) = check(&told, "redirect");
    assert!(!well && standing == "fail", "{told}");
    assert!(
        words.contains("Register https://steward.invalid/sign-in/callback"),
        "{words}"
    );
    assert_eq!(check(&told, "address").0, "warn", "{told}");

    let (well, told) = examined(dir, &["--supabase-api-url", "http://127.0.0.1:1"], &[]).await;
    let (standing, words) = check(&told, "upstream");
    assert!(
        !well && standing == "fail" && words.contains("cannot be reached"),
        "{told}"
    );

    let (well, told) = examined(dir, &["--addr", "0.0.0.0:3000"], &[]).await;
    assert!(
        !well && check(&told, "configuration").1.contains("STEWARD_SANDBOX=public"),
        "{told}"
    );
}

#[tokio::test]
async fn how_far_a_change_of_the_key_is_stands_there() {
    let stage = Stage::new().await;
    stage.signed_in().await;
    let dir = stage.dir.path();
    let old = fs::read_to_string(dir.join("secret.key")).unwrap();
    let new = "cd".repeat(32);
    let changing = ["--secret-key", &new, "--secret-key-old", old.trim()];
    let (well, told) = examined(dir, &changing, &[]).await;
    let (standing, words) = check(&told, "sealed");
    assert!(well && standing == "warn", "{told}");
    assert!(
        words.contains("values are still under STEWARD_SECRET_KEY_OLD"),
        "{words}"
    );
    let (well, told) = examined(dir, &["--secret-key", &new], &[]).await;
    let (standing, words) = check(&told, "sealed");
    assert!(!well && standing == "fail", "{told}");
    assert!(
        words.contains("as STEWARD_SECRET_KEY_OLD beside the new one"),
        "{words}"
    );
    // The other way round everything is under the key of now, and the other one may go.
    let changed = ["--secret-key", old.trim(), "--secret-key-old", &new];
    let (_, told) = examined(dir, &changed, &[]).await;
    let (_, words) = check(&told, "sealed");
    assert!(words.contains("Unset it on every instance"), "{words}");
}

#[tokio::test]
async fn a_database_of_a_newer_steward_is_left_alone() {
    let stage = Stage::new().await;
    sql::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, $1, 1)",
    )
    .bind(vec![0_u8])
    .execute(&stage.steward.state.store.pool)
    .await
    .unwrap();
    let (well, told) = examined(stage.dir.path(), &[], &[]).await;
    let (standing, words) = check(&told, "database");
    assert!(
        !well && standing == "fail" && words.contains("its schema is 9999"),
        "{told}"
    );
}

#[tokio::test]
async fn whether_instances_hear_each_other_is_tried() {
    let stage = Stage::new().await;
    let dir = stage.dir.path();
    let (well, told) = examined(dir, &flags(&stage, sandbox::DEMO_CLIENT_SECRET), &[]).await;
    if database_variable(dir).is_some() {
        assert!(well && check(&told, "instances").0 == "ok", "{told}");
    } else {
        let checks = told["checks"].as_array().unwrap();
        assert!(checks.iter().all(|check| check["name"] != "instances"), "{told}");
    }
}

#[tokio::test]
async fn settings_come_from_a_file_and_from_variables_before_it() {
    let dir = data_dir();
    let file = dir.path().join("steward.toml");
    fs::write(&file, "STEWARD_PUBLIC_URL = \"http://steward.example.com\"\n").unwrap();
    let file = file.to_str().unwrap();
    let variables = [
        ("STEWARD_CONFIG", file),
        ("STEWARD_PUBLIC_ULR", "x"),
        ("STEWARD_SANDBOX", "public"),
    ];
    let (well, told) = examined(dir.path(), &[], &variables).await;
    assert!(
        well && check(&told, "address").1.contains("steward.example.com"),
        "{told}"
    );
    let (standing, words) = check(&told, "configuration");
    assert!(
        standing == "warn" && words.contains("Did you mean STEWARD_PUBLIC_URL?"),
        "{told}"
    );
    let fine = ("STEWARD_PUBLIC_URL", "http://localhost:3000");
    let (_, told) = examined(dir.path(), &[], &[variables[0], fine]).await;
    assert!(check(&told, "address").1.contains("localhost"), "{told}");
    let wrong = ("STEWARD_SECRET_KEY_FILE", "/nowhere/key");
    let refused = Command::new(env!("CARGO_BIN_EXE_steward"))
        .arg("doctor")
        .env_clear()
        .envs([wrong])
        .output()
        .unwrap();
    let words = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && words.contains("/nowhere/key cannot be read"),
        "{words}"
    );
}
