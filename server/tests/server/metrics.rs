//! Metrics: what fills up, every number by its name, one of them with its series, and what is said where there are none.

use app::paths;
use serde_json::json;

use crate::configure::{calls, demo, failing, holds, note_g, reference};

#[tokio::test]
async fn what_a_project_measures_is_read_in_one_call() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = ada.get(&paths::metrics(&project)).await;
    page.assert_complete();
    holds(
        &page,
        &[
            "At a glance",
            "Memory",
            "Disk /data",
            "on 2 cores",
            "% of the time busy",
            "Connections to the database",
            "node_memory_MemTotal_bytes",
            "Only grows",
            "977 MB",
        ],
    );
    assert!(
        !page.body.contains("style=\""),
        "the policy of the page allows no such attribute"
    );
    assert_eq!(calls(&stage, "v1-scrape-project-metrics").await, json!(1));
    let opened = ada
        .get(&paths::metric(&project, "connection_stats_connection_count"))
        .await;
    holds(
        &opened,
        &["Against the largest", "username=authenticator", "meter-share"],
    );
    assert!(
        !opened.body.contains("supabase_project_ref="),
        "what all series carry alike tells nothing"
    );
    // A name that is no metric opens nothing.
    let nothing = ada.get(&paths::metric(&project, "<b>nothing</b>")).await;
    nothing.assert_complete();
    assert!(!nothing.body.contains("Against the largest") && !nothing.body.contains("<b>nothing"));
}

#[tokio::test]
async fn a_project_that_does_not_run_says_so() {
    let (stage, mut ada) = demo().await;
    let paused = reference(&stage, "Lighthouse").await;
    let page = ada.get(&paths::metrics(&paused)).await;
    assert!(!page.body.contains("All metrics"), "{}", page.body);
    let project = note_g(&stage).await;
    let mut grace = failing(&stage, "v1-scrape-project-metrics").await;
    holds(&grace.get(&paths::metrics(&project)).await, &["Supabase has a problem"]);
}
