//! Backups: plans, schedules, pauses, and what cannot be restored.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

const DAY: u64 = 24 * 60 * 60;

async fn backups(lab: &Lab, project: &str) -> Vec<Value> {
    let path = format!("/v1/projects/{}/database/backups", lab.reference(project));
    let reply = lab.get(&path, lab.pat("Ada")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json()["backups"].as_array().unwrap().clone()
}

async fn post(lab: &Lab, project: &str, what: &str, body: Value) -> Reply {
    let path = format!("/v1/projects/{}{what}", lab.reference(project));
    lab.post(&path, lab.pat("Ada"), body).await
}

async fn schedule(lab: &Lab, project: &str, time: &str) -> Reply {
    let path = format!("/v1/projects/{}/database/backups/schedule", lab.reference(project));
    let body = json!({ "schedule_for": time });
    lab.call(Method::PATCH, &path, lab.pat("Ada"), Some(body)).await
}

#[tokio::test]
async fn how_many_are_kept_depends_on_plan_and_age() {
    let lab = Lab::new(json!({})).await;
    for (project, count) in [("Difference Engine", 7), ("Compiler", 30), ("Tide Tables", 0)] {
        assert_eq!(backups(&lab, project).await.len(), count, "{project}");
    }
    assert!(backups(&lab, "Punch Cards").await.len() <= 1, "it was made today");
    lab.advance(3 * DAY).await;
    let young = backups(&lab, "Punch Cards").await.len();
    assert!((3..=4).contains(&young), "{young}");
}

#[tokio::test]
async fn a_paused_project_takes_none() {
    let lab = Lab::new(json!({ "projects": 1 })).await;
    let before = backups(&lab, "Project 001").await;
    assert_eq!(before.len(), 7);
    assert_eq!(
        post(&lab, "Project 001", "/pause", json!(null)).await.status,
        StatusCode::OK
    );
    lab.advance(3 * DAY).await;
    let after = backups(&lab, "Project 001").await;
    assert!((4..=5).contains(&after.len()), "{after:?}");
    assert!(after.iter().any(|backup| backup["id"] == before[0]["id"]));
    lab.advance(7 * DAY).await;
    assert_eq!(backups(&lab, "Project 001").await, [json!(null); 0]);
}

#[tokio::test]
async fn the_schedule_moves_three_times_a_day_at_most() {
    let lab = Lab::new(json!({ "projects": 1 })).await;
    let project = "Project 001";
    for wrong in ["3:00:00", "24:00:00", "noon", "03:00"] {
        let reply = schedule(&lab, project, wrong).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let old = backups(&lab, project).await;
    for hour in ["01", "02", "03"] {
        let reply = schedule(&lab, project, &format!("{hour}:00:00")).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    }
    let fourth = schedule(&lab, project, "04:00:00").await;
    assert_eq!(fourth.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        backups(&lab, project).await,
        old,
        "backups that were taken stay where they are"
    );
    lab.advance(2 * DAY).await;
    assert!(
        backups(&lab, project).await[0]["inserted_at"]
            .as_str()
            .unwrap()
            .contains("T03:00:00")
    );
    assert_eq!(schedule(&lab, project, "04:00:00").await.status, StatusCode::OK);

    let demo = Lab::new(json!({})).await;
    let free = schedule(&demo, "Tide Tables", "03:00:00").await;
    assert_eq!(free.status, StatusCode::PAYMENT_REQUIRED);
}

#[tokio::test]
async fn what_cannot_be_restored_is_refused() {
    let lab = Lab::new(json!({})).await;
    let project = "Difference Engine";
    let restore = "/database/backups/restore";
    let missing = post(&lab, project, restore, json!({ "id": 1 })).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let moment = json!({ "recovery_time_target_unix": 1_707_407_047 });
    let off = post(&lab, project, "/database/backups/restore-pitr", moment.clone()).await;
    assert_eq!(
        (off.status, off.message().as_str()),
        (StatusCode::BAD_REQUEST, "PITR is not enabled for this project.")
    );
    let addons = format!("/v1/projects/{}/billing/addons", lab.reference(project));
    let addon = json!({ "addon_type": "pitr", "addon_variant": "pitr_7" });
    let applied = lab.call(Method::PATCH, &addons, lab.pat("Ada"), Some(addon)).await;
    assert_eq!(applied.status, StatusCode::OK, "{}", applied.text);
    let before = post(&lab, project, "/database/backups/restore-pitr", moment).await;
    assert_eq!(before.status, StatusCode::BAD_REQUEST);
    assert!(before.message().contains("does not reach"), "{}", before.text);

    let project = "Mill & Store";
    let newest = backups(&lab, project).await[1]["id"].clone();
    let replica = json!({ "read_replica_region": "eu-west-1" });
    let set_up = post(&lab, project, "/read-replicas/setup", replica).await;
    assert_eq!(set_up.status, StatusCode::CREATED);
    let with_replica = post(&lab, project, restore, json!({ "id": newest })).await;
    assert_eq!(with_replica.status, StatusCode::BAD_REQUEST);
    assert!(with_replica.message().contains("replicas"), "{}", with_replica.text);
    assert_eq!(lab.status(lab.reference(project)).await, "ACTIVE_HEALTHY");
}

#[tokio::test]
async fn restore_points_have_names_of_their_own() {
    let lab = Lab::new(json!({ "projects": 1 })).await;
    let project = "Project 001";
    let point = "/database/backups/restore-point";
    let path = format!("/v1/projects/{}{point}", lab.reference(project));
    assert_eq!(lab.get(&path, lab.pat("Ada")).await.status, StatusCode::NOT_FOUND);
    let named = json!({ "name": "one" });
    assert_eq!(
        post(&lab, project, point, named.clone()).await.status,
        StatusCode::CREATED
    );
    assert_eq!(
        post(&lab, project, point, named.clone()).await.status,
        StatusCode::CONFLICT
    );
    let long = json!({ "name": "a name of twenty-one." });
    assert_eq!(post(&lab, project, point, long).await.status, StatusCode::BAD_REQUEST);
    let undo = "/database/backups/undo";
    let early = post(&lab, project, undo, named.clone()).await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST, "it is still pending");
    let unknown = post(&lab, project, undo, json!({ "name": "two" })).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    lab.advance(10).await;
    assert_eq!(
        post(&lab, project, undo, named.clone()).await.status,
        StatusCode::CREATED
    );
    assert_eq!(lab.status(lab.reference(project)).await, "RESTORING");
    let busy = post(&lab, project, undo, named).await;
    assert_eq!(busy.status, StatusCode::BAD_REQUEST);
}
