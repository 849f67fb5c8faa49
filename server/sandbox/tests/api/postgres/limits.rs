//! Nothing runs for ever, and no answer is endless.

use std::time::{Duration, Instant};

use sandbox::Settings;
use serde_json::json;

use super::Sql;
use crate::support::Lab;

#[tokio::test]
async fn a_statement_ends_in_time() {
    let settings = Settings {
        statement_timeout: Duration::from_millis(500),
        ..Settings::default()
    };
    let Some(sql) = Sql::of(Lab::with(settings, json!({})).await).await else {
        return;
    };
    let begun = Instant::now();
    let refused = sql.refusal(json!({ "query": "select pg_sleep(60)" })).await;
    assert!(
        refused.contains("57014: canceling statement due to statement timeout"),
        "{refused}"
    );
    let stubborn = "create table t (); set statement_timeout = 0; select pg_sleep(61)";
    let refused = sql.refusal(json!({ "query": stubborn })).await;
    assert!(refused.contains("it took longer than"), "{refused}");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    let left = "select (select count(*) from pg_stat_activity where datname = current_database()) as sessions,
        to_regclass('t') as made";
    // The server needs a moment to end what it was told to end.
    for _ in 0..50 {
        if sql.rows(left).await == json!([{ "sessions": 1, "made": null }]) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{}", sql.rows(left).await);
}

#[tokio::test]
async fn an_answer_has_an_end() {
    let Some(sql) = Sql::new().await else { return };
    for query in [
        "select generate_series(1, 10001)",
        "select generate_series(1, 1000000000)",
        "select repeat('x', 6000000)",
    ] {
        let refused = sql.refusal(json!({ "query": query })).await;
        assert!(refused.contains("the result is larger than"), "{query}: {refused}");
    }
    let memory = sql.refusal(json!({ "query": "select repeat('x', 1000000000)" })).await;
    assert!(
        memory.contains("out of memory") || memory.contains("larger"),
        "{memory}"
    );
    let rows = sql.rows("select generate_series(1, 10000) as n").await;
    assert_eq!(rows.as_array().unwrap().len(), 10_000);
}
