//! Upgrading Postgres: its steps in time, and when it is refused.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::Lab;

#[tokio::test]
async fn an_upgrade_goes_through_its_steps() {
    let lab = Lab::new(json!({})).await;
    let (ada, reference) = (lab.pat("Ada"), lab.reference("Note G"));
    let path = format!("/v1/projects/{}/upgrade", lab.reference("Difference Engine"));
    let project = format!("/v1/projects/{}", lab.reference("Difference Engine"));
    let started = lab.post(&path, ada, json!({ "target_version": "17" })).await;
    assert_eq!(started.status, StatusCode::CREATED, "{}", started.text);
    let again = lab.post(&path, ada, json!({ "target_version": "17" })).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "one at a time");
    let version = async || lab.get(&project, ada).await.json()["database"]["version"].clone();
    let mut seen = vec![];
    for _ in 0..=10 {
        let status = lab.get(&format!("{path}/status"), ada).await.json()["databaseUpgradeStatus"].clone();
        let over = status["status"] == 1;
        assert_eq!(
            lab.status(lab.reference("Difference Engine")).await == "UPGRADING",
            !over
        );
        assert_eq!(version().await == "17.6.1.111", over);
        seen.push(status["progress"].as_str().unwrap().to_owned());
        lab.advance(1).await;
    }
    let numbers: Vec<u32> = seen
        .iter()
        .map(|step| step.split('_').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(numbers, (0..=10).collect::<Vec<_>>(), "{seen:?}");
    let unknown = lab.get(&format!("{path}/status?tracking_id=nobody"), ada).await.json();
    assert_eq!(unknown, json!({ "databaseUpgradeStatus": null }));
    let newest = lab
        .post(
            &format!("/v1/projects/{reference}/upgrade"),
            ada,
            json!({ "target_version": "17" }),
        )
        .await;
    assert_eq!(newest.status, StatusCode::BAD_REQUEST, "there is nothing newer");
}

#[tokio::test]
async fn what_cannot_be_upgraded_is_refused() {
    let lab = Lab::new(json!({})).await;
    for (person, project, body, status) in [
        (
            "Ada",
            "Difference Engine",
            json!({ "target_version": "15" }),
            StatusCode::BAD_REQUEST,
        ),
        (
            "Ada",
            "Difference Engine",
            json!({ "target_version": "17", "release_channel": "alpha" }),
            StatusCode::BAD_REQUEST,
        ),
        ("Ada", "Difference Engine", json!({}), StatusCode::BAD_REQUEST),
        (
            "Ada",
            "Lighthouse",
            json!({ "target_version": "17" }),
            StatusCode::BAD_REQUEST,
        ),
        (
            "Alan",
            "Difference Engine",
            json!({ "target_version": "17" }),
            StatusCode::FORBIDDEN,
        ),
        (
            "Emmy",
            "Difference Engine",
            json!({ "target_version": "17" }),
            StatusCode::NOT_FOUND,
        ),
    ] {
        let path = format!("/v1/projects/{}/upgrade", lab.reference(project));
        let reply = lab.post(&path, lab.pat(person), body.clone()).await;
        assert_eq!(reply.status, status, "{person} {project} {body}: {}", reply.text);
    }
}
