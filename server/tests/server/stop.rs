//! The server's end: what is under way comes to its end first.

use server::store::sql;
use std::time::Duration;

use serde_json::json;
use server::Steward;

use crate::{
    browser::Browser,
    stage::{Stage, config, data_dir},
};

/// A console whose sandbox is that of `stage`, and so goes on after its end.
async fn beside(stage: &Stage, dir: &std::path::Path) -> Steward {
    let flags = [
        "--supabase-api-url",
        &stage.sandbox,
        "--supabase-client-id",
        sandbox::DEMO_CLIENT_ID,
        "--supabase-client-secret",
        sandbox::DEMO_CLIENT_SECRET,
    ];
    Steward::start(config(dir, &flags)).await.unwrap()
}

async fn signed_in(stage: &Stage, steward: &Steward) -> Browser {
    let mut browser = Browser::new(steward.url.as_str());
    browser.set_cookie("sandbox_world", &stage.world);
    assert_eq!(browser.sign_in("/healthz").await.status, 200);
    browser
}

#[tokio::test]
async fn a_write_whose_browser_has_gone_is_recorded_before_the_end() {
    let stage = Stage::new().await;
    let dir = data_dir();
    let steward = beside(&stage, dir.path()).await;
    let mut browser = signed_in(&stage, &steward).await;
    let operation = "v1-create-an-organization";
    stage
        .fault(json!({ "operation": operation, "kind": "slow", "ms": 1500 }))
        .await;
    let path = format!("/do/{operation}");
    let gone = tokio::time::timeout(Duration::from_millis(500), browser.post(&path, &[("name", "Harbour")])).await;
    assert!(gone.is_err());
    drop(browser);
    steward.stop().await.unwrap();

    let again = beside(&stage, dir.path()).await;
    let outcomes: Vec<(String, Option<i64>)> = sql::query_as("SELECT outcome, status FROM audit WHERE operation = $1")
        .bind(operation)
        .fetch_all(&again.state.store.pool)
        .await
        .unwrap();
    assert_eq!(outcomes, [("done".to_owned(), Some(201))]);
    again.stop().await.unwrap();
}

#[tokio::test]
async fn a_refresh_that_nobody_waits_for_is_saved_before_the_end() {
    let stage = Stage::new().await;
    let dir = data_dir();
    let steward = beside(&stage, dir.path()).await;
    let mut browser = signed_in(&stage, &steward).await;
    let store = &steward.state.store;
    sql::query("UPDATE accounts SET access_expires_at = $1")
        .bind(server::store::now() + 30)
        .execute(&store.pool)
        .await
        .unwrap();
    stage
        .fault(json!({ "operation": "v1-exchange-oauth-token", "kind": "slow", "ms": 1500 }))
        .await;
    assert_eq!(browser.places("organizations").await.status, 200);
    drop(browser);
    steward.stop().await.unwrap();
    stage.clear_faults().await;
    assert_eq!(stage.world().await["counters"]["refreshes"], 1);

    let again = beside(&stage, dir.path()).await;
    let ends: i64 = sql::query_scalar("SELECT access_expires_at FROM accounts")
        .fetch_one(&again.state.store.pool)
        .await
        .unwrap();
    assert!(ends > server::store::now() + 60, "the rotated tokens are lost");
    again.stop().await.unwrap();
}
