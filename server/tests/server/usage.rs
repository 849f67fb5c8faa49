//! Usage and health: what is asked of a project and how it answers, what fills up, and how its services were when
//! somebody looked.

use app::paths;
use serde_json::json;

use crate::{
    audit::signed_in_as,
    configure::{calls, demo, failing, holds, note_g},
};

#[tokio::test]
async fn a_page_tells_what_is_asked_of_a_project_and_how_it_answers() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = ada.get(&paths::usage(&project, "")).await;
    page.assert_complete();
    holds(
        &page,
        &[
            "Requests by service",
            "requests in all",
            "Requests by answer",
            "Refused (4xx)",
            "Calls of functions",
            &paths::function(&project, "hello-world"),
            "Disk of the database",
            "Memory",
            "Connections to the database",
            "Show the numbers",
        ],
    );
    assert!(!page.body.contains("style=\""));
    for operation in [
        "v1-get-project-logs",
        "v1-scrape-project-metrics",
        "v1-get-services-health",
    ] {
        assert_eq!(calls(&stage, operation).await, json!(1), "{operation}");
    }
    // No more than a day of the logs can be asked for.
    let week = ada.get(&paths::usage(&project, "7day")).await;
    week.assert_complete();
    holds(&week, &["Of the last 24 hours: the logs tell no more in one go."]);
    assert!(!page.body.contains("Of the last 24 hours"));
    // Whatever else the address asks for is a day.
    let odd = ada.get(&paths::usage(&project, "<i>9</i>")).await;
    odd.assert_complete();
    assert!(!odd.body.contains("<i>9"), "{}", odd.body);
}

#[tokio::test]
async fn what_was_seen_of_services_is_kept_and_told_to_whoever_reads_them() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    // The overview is a look as well.
    ada.get(&paths::project(&project)).await.assert_complete();
    let page = ada.get(&paths::usage(&project, "")).await;
    holds(
        &page,
        &["Health over 7 days", "<td>Healthy", "<th scope=\"row\">Postgres"],
    );
    let mut grace = failing(&stage, "v1-get-services-health").await;
    let refused = grace.get(&paths::usage(&project, "")).await;
    assert_eq!(refused.status, 200);
    assert!(!refused.body.contains("<td>Healthy"), "nothing was read as this person");
    holds(&refused, &["Supabase has a problem", "Disk of the database"]);
}

#[tokio::test]
async fn a_part_that_fails_takes_no_other_with_it() {
    let (stage, _) = demo().await;
    let project = note_g(&stage).await;
    for (operation, title) in [
        ("v1-get-disk-utilization", "How full the disk is could not be read"),
        ("v1-scrape-project-metrics", "The metrics could not be read"),
    ] {
        let fault = json!({ "operation": operation, "kind": "status", "code": 500, "times": 100 });
        stage.fault(fault).await;
        let mut ada = signed_in_as(&stage, 0).await;
        let page = ada.get(&paths::usage(&project, "")).await;
        page.assert_complete();
        holds(&page, &[title, "Requests by answer", "Health over 7 days"]);
    }
}
