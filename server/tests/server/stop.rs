//! The server's end: what is under way comes to its end first.

use server::store::sql;
use std::time::Duration;

use serde_json::json;

use crate::stage::{Stage, data_dir};

#[tokio::test]
async fn a_write_whose_browser_has_gone_is_recorded_before_the_end() {
    let stage = Stage::new().await;
    let dir = data_dir();
    let steward = stage.beside(dir.path()).await;
    let mut browser = stage.signed_in_at(&steward).await;
    let operation = "v1-create-an-organization";
    stage
        .fault(json!({ "operation": operation, "kind": "slow", "ms": 1500 }))
        .await;
    let path = format!("/do/{operation}");
    let gone = tokio::time::timeout(Duration::from_millis(500), browser.post(&path, &[("name", "Harbour")])).await;
    assert!(gone.is_err());
    drop(browser);
    steward.stop().await.unwrap();

    let again = stage.beside(dir.path()).await;
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
    let steward = stage.beside(dir.path()).await;
    let mut browser = stage.signed_in_at(&steward).await;
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

    let again = stage.beside(dir.path()).await;
    let ends: i64 = sql::query_scalar("SELECT access_expires_at FROM accounts")
        .fetch_one(&again.state.store.pool)
        .await
        .unwrap();
    assert!(ends > server::store::now() + 60, "the rotated tokens are lost");
    again.stop().await.unwrap();
}
