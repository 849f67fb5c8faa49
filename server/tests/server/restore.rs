//! Backup and restore as the README has it: a copy made while Steward runs, on an empty machine, with everything in it.

use std::{fs, fs::Permissions, os::unix::fs::PermissionsExt, path::Path, process::Command};

use server::store::sql;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use crate::{
    browser::Browser,
    stage::{Stage, data_dir, database_url, database_variable},
};

/// What a command of the real binary says, and whether it ended well.
fn steward(dir: &Path, words: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_steward"))
        .args(["--data-dir", dir.to_str().unwrap()])
        .args(words)
        .envs(database_variable(dir))
        .env("RUST_LOG", "off")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.success(), said)
}

/// The database as `sqlite3 steward.db ".backup …"` or `pg_dump` copies it, the key and the instance.
async fn back_up(from: &Path, to: &Path) {
    match (database_url(from), database_url(to)) {
        (Some(from), Some(to)) => copy_postgres(&from, &to),
        _ => copy_sqlite(from, to).await,
    }
    for file in ["secret.key", "instance"] {
        fs::copy(from.join(file), to.join(file)).unwrap();
        fs::set_permissions(to.join(file), Permissions::from_mode(0o600)).unwrap();
    }
}

fn copy_postgres(from: &str, to: &str) {
    let piped = "pg_dump --no-owner \"$0\" | psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --output /dev/null \"$1\"";
    let copied = Command::new("sh").args(["-c", piped, from, to]).status().unwrap();
    assert!(copied.success(), "{copied}");
}

async fn copy_sqlite(from: &Path, to: &Path) {
    let mut database = SqliteConnectOptions::new()
        .filename(from.join("steward.db"))
        .connect()
        .await
        .unwrap();
    sqlx::query("VACUUM INTO ?")
        .bind(to.join("steward.db").to_str().unwrap())
        .execute(&mut database)
        .await
        .unwrap();
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_copy_serves_the_same_people_and_its_audit_is_whole() {
    let stage = Stage::new().await;
    let mut ada = stage.signed_in().await;
    for name in ["Harbour", "Quay"] {
        ada.post("/do/v1-create-an-organization", &[("name", name)]).await;
    }
    ada.get("/projects").await.assert_complete();
    stage.steward.state.audit.flush().await;
    let machine = data_dir();
    back_up(stage.dir.path(), machine.path()).await;
    // What is done after the copy is not in it.
    ada.post("/do/v1-create-an-organization", &[("name", "Later")]).await;

    let (whole, said) = steward(machine.path(), &["audit", "verify"]);
    assert!(whole && said.contains("The audit is as Steward wrote it"), "{said}");
    let (_, lines) = steward(machine.path(), &["audit", "export"]);
    assert!(
        lines.contains("Harbour") && lines.contains("Quay") && !lines.contains("Later"),
        "{lines}"
    );

    let restored = stage.beside(machine.path()).await;
    let mut again = Browser::new(restored.url.as_str());
    // Its cookie is named after the port.
    let (_, session) = ada.session().unwrap();
    again.set_cookie(&format!("steward-{}", restored.url.port().unwrap()), session);
    again.get("/projects").await.assert_complete();
    restored.stop().await.unwrap();

    // Somebody who has the database alone has nothing of it.
    fs::remove_file(machine.path().join("secret.key")).unwrap();
    let (whole, said) = steward(machine.path(), &["audit", "verify"]);
    assert!(
        !whole && said.contains("The secret key does not open what the database holds"),
        "{said}"
    );
}

#[tokio::test]
async fn the_whole_audit_is_written_in_both_ways() {
    let stage = Stage::new().await;
    let mut ada = stage.signed_in().await;
    ada.get("/projects").await.assert_complete();
    ada.post("/do/v1-create-an-organization", &[("name", "=1+1")]).await;
    stage.steward.state.audit.flush().await;
    let dir = stage.dir.path();
    let rows: i64 = sql::query_scalar("SELECT count(*) FROM audit")
        .fetch_one(&stage.steward.state.store.pool)
        .await
        .unwrap();
    let (well, lines) = steward(dir, &["audit", "export"]);
    assert!(well, "{lines}");
    let calls: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(calls.len() as i64, rows);
    let times: Vec<&str> = calls.iter().map(|call| call["time"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older), "{times:?}");
    let file = dir.join("audit.csv");
    let words = ["audit", "export", "--format", "csv", "--output", file.to_str().unwrap()];
    let (well, said) = steward(dir, &words);
    assert!(well && said.is_empty(), "{said}");
    let table = fs::read_to_string(&file).unwrap();
    assert!(table.starts_with("id,time,person,"), "{table}");
    assert_eq!(table.lines().count() as i64, rows + 1);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // What is there is not written over.
    let (well, said) = steward(dir, &words);
    assert!(!well && said.contains("Name a new file"), "{said}");
}
