//! What a database runs on: replicas set up and removed, the upgrade of Postgres with what stands in its way and its
//! steps, and the versions of all projects.

use serde_json::{Value, json};

use crate::{
    audit::signed_in_as,
    configure::{calls, demo, done, failing, holds, note_g, perform, reference},
    stage::Stage,
};

#[tokio::test]
async fn a_replica_is_set_up_and_removed() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/infrastructure");
    holds(
        &ada.get(&page).await,
        &["North Virginia", "Primary", "Set up the replica", "$15 a month"],
    );
    let fields = [("ref", project.as_str()), ("read_replica_region", "ap-northeast-1")];
    // It costs, which has to be known.
    let unsure = perform(&mut ada, "v1-setup-a-read-replica", &page, &fields).await;
    assert_eq!(unsure.status, 422);
    assert_eq!(calls(&stage, "v1-setup-a-read-replica").await, Value::Null);
    let sure = [fields[0], fields[1], ("_sure", "true")];
    done(&mut ada, "v1-setup-a-read-replica", &page, &sure).await;
    let shown = ada.get(&page).await;
    holds(&shown, &["Tokyo", "Read replica", "Healthy"]);
    let (_, rest) = shown
        .body
        .split_once("name=\"database_identifier\" value=\"")
        .expect("a replica can be removed");
    let (identifier, _) = rest.split_once('"').unwrap();
    let fields = [("ref", project.as_str()), ("database_identifier", identifier)];
    let unnamed = perform(&mut ada, "v1-remove-a-read-replica", &page, &fields).await;
    assert_eq!(unnamed.status, 422);
    let named = [fields[0], fields[1], ("_confirm", "Note G")];
    done(&mut ada, "v1-remove-a-read-replica", &page, &named).await;
    assert!(!ada.get(&page).await.body.contains("Tokyo"));
}

#[tokio::test]
async fn an_upgrade_is_named_and_then_followed_step_by_step() {
    let stage = Stage::with(json!({ "coming_up_ms": 600_000, "rate_limit": 1_000_000 }), &[]).await;
    let mut ada = stage.signed_in().await;
    let project = reference(&stage, "Difference Engine").await;
    let page = format!("/projects/{project}/infrastructure/upgrade");
    holds(
        &ada.get(&page).await,
        &[
            "17.6.1.084",
            "<option value=\"17.6.1.111\"",
            "About 15 minutes",
            "Stop the project and upgrade",
            "until 2029-11-08",
        ],
    );
    let fields = [("ref", project.as_str()), ("target_version", "17.6.1.111")];
    let unnamed = perform(&mut ada, "v1-upgrade-postgres-version", &page, &fields).await;
    assert_eq!(unnamed.status, 422);
    assert_eq!(calls(&stage, "v1-upgrade-postgres-version").await, Value::Null);
    let named = [fields[0], fields[1], ("_confirm", "Difference Engine")];
    done(&mut ada, "v1-upgrade-postgres-version", &page, &named).await;
    stage.advance(310).await;
    let shown = ada.get(&page).await;
    holds(
        &shown,
        &[
            "Postgres is being upgraded to 17",
            "Step 6 of 11.",
            "5_initiated_data_upgrade",
            "live-mark",
        ],
    );
    assert!(!shown.body.contains("Stop the project and upgrade"));
    holds(&ada.get("/versions").await, &["Upgrading", "Watch"]);
    stage.advance(600).await;
    // What she read a moment ago is kept for as long; another administrator looks.
    let mut grace = signed_in_as(&stage, 1).await;
    holds(
        &grace.get(&page).await,
        &["Upgraded last to Postgres ", "The newest version runs"],
    );
}

#[tokio::test]
async fn what_stands_in_the_way_and_what_failed_is_told_with_its_cure() {
    let (stage, mut ada) = demo().await;
    let project = reference(&stage, "Difference Engine").await;
    let page = format!("/projects/{project}/infrastructure/upgrade");
    let answers =
        |operation: &str, body: Value| json!({ "operation": operation, "kind": "answer", "body": body, "times": 1 });
    let blocked = json!({
        "eligible": false,
        "current_app_version": "supabase-postgres-15.8.1.085",
        "latest_app_version": "supabase-postgres-17.6.1.111",
        "target_upgrade_versions": [
            { "postgres_version": "17", "release_channel": "ga", "app_version": "supabase-postgres-17.6.1.111" },
        ],
        "duration_estimate_hours": 1,
        "legacy_auth_custom_roles": ["metabase"],
        "validation_errors": [{ "type": "unsupported_extension", "extension_name": "plv8" }],
        "warnings": [{ "type": "pg_graphql_introspection_change" }],
    });
    let failed = json!({ "databaseUpgradeStatus": {
        "initiated_at": "2026-11-26T10:00:00Z",
        "latest_status_at": "2026-11-26T10:20:00Z",
        "target_version": 17,
        "error": "5_data_upgrade_completion_failed",
        "progress": "5_initiated_data_upgrade",
        "status": 2,
    }});
    stage
        .fault(answers("v1-get-postgres-upgrade-eligibility", blocked))
        .await;
    stage.fault(answers("v1-get-postgres-upgrade-status", failed)).await;
    holds(
        &ada.get(&page).await,
        &[
            "plv8",
            "Rewrite what needs it, then drop the extension.",
            "metabase",
            "GraphQL tells less of itself",
            "The data could not be upgraded.",
            "goes back to the version it had",
            "One thing is in the way.",
        ],
    );
}

#[tokio::test]
async fn the_versions_of_all_projects_stand_by_what_is_urgent() {
    let (stage, mut ada) = demo().await;
    let all = ada.get("/versions").await;
    holds(
        &all,
        &[
            "15.8.1.121",
            "Support ends",
            "Can be upgraded",
            "Newest",
            "Asked once it is restored",
        ],
    );
    let ends = all.body.find("Jacquard Loom<").unwrap();
    assert!(ends < all.body.find("Note G<").unwrap(), "what is urgent stands on top");
    let open = ada.get("/versions?kind=open").await;
    holds(&open, &["Difference Engine<"]);
    assert!(!open.body.contains("Note G<"));
    let mut grace = failing(&stage, "v1-get-postgres-upgrade-eligibility").await;
    holds(&grace.get("/versions").await, &["Not known"]);
}

#[tokio::test]
async fn who_may_not_change_what_it_runs_on_is_told_why() {
    let (stage, _) = demo().await;
    let mut reader = signed_in_as(&stage, 3).await;
    let project = reference(&stage, "Difference Engine").await;
    let page = format!("/projects/{project}/infrastructure");
    holds(
        &reader.get(&page).await,
        &["infra_read_replicas_write", "aria-disabled=\"true\""],
    );
    holds(
        &reader.get(&format!("{page}/upgrade")).await,
        &["project_admin_write", "aria-disabled=\"true\""],
    );
    let fields = [
        ("ref", project.as_str()),
        ("target_version", "17.6.1.111"),
        ("_confirm", "Difference Engine"),
    ];
    let refused = perform(&mut reader, "v1-upgrade-postgres-version", &page, &fields).await;
    assert_eq!(refused.status, 403);
}
