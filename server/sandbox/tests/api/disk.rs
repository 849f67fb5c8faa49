//! Disks: what they may be like, and how often they may change.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

async fn modify(lab: &Lab, project: &str, attributes: Value) -> Reply {
    let path = format!("/v1/projects/{}/config/disk", lab.reference(project));
    let body = json!({ "attributes": attributes });
    lab.post(&path, lab.pat("Ada"), body).await
}

async fn attributes(lab: &Lab, project: &str) -> Value {
    let path = format!("/v1/projects/{}/config/disk", lab.reference(project));
    lab.get(&path, lab.pat("Ada")).await.json()["attributes"].clone()
}

fn gp3(size_gb: i64, iops: i64, throughput_mibps: i64) -> Value {
    json!({ "type": "gp3", "size_gb": size_gb, "iops": iops, "throughput_mibps": throughput_mibps })
}

#[tokio::test]
async fn a_disk_grows_and_then_rests_for_six_hours() {
    let lab = Lab::new(json!({})).await;
    let project = "Difference Engine";
    let grown = modify(&lab, project, gp3(64, 6000, 500)).await;
    assert_eq!((grown.status, grown.text.as_str()), (StatusCode::CREATED, ""));
    lab.advance(10).await;
    assert_eq!(attributes(&lab, project).await, gp3(64, 6000, 500));
    let again = modify(&lab, project, gp3(128, 6000, 500)).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert!(again.message().contains("six hours"), "{}", again.text);
    lab.advance(6 * 60 * 60).await;
    let smaller = modify(&lab, project, gp3(32, 6000, 500)).await;
    assert!(smaller.message().contains("shrink"), "{}", smaller.text);
    let same = modify(&lab, project, gp3(64, 6000, 500)).await;
    assert_eq!(same.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        modify(&lab, project, gp3(128, 6000, 500)).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn speed_has_its_rules() {
    let lab = Lab::new(json!({})).await;
    for wrong in [
        json!({ "type": "gp2", "size_gb": 64, "iops": 3000 }),
        json!({ "type": "gp3", "size_gb": 64 }),
        gp3(64, 2999, 125),
        gp3(64, 16_001, 125),
        gp3(8, 4001, 125),
        gp3(64, 3000, 124),
        gp3(64, 3000, 751),
        gp3(64, 16_000, 1001),
        gp3(16_385, 3000, 125),
        json!({ "type": "io2", "size_gb": 20, "iops": 20_001 }),
        json!({ "type": "io2", "size_gb": 20, "iops": 99 }),
    ] {
        let reply = modify(&lab, "Difference Engine", wrong.clone()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    assert_eq!(attributes(&lab, "Difference Engine").await, gp3(8, 3000, 125));
    let small = modify(&lab, "Note G", gp3(64, 6000, 125)).await;
    assert!(small.message().contains("at least large"), "{}", small.text);
    assert_eq!(
        modify(&lab, "Note G", gp3(64, 3000, 125)).await.status,
        StatusCode::CREATED
    );
    let free = modify(&lab, "Tide Tables", gp3(64, 3000, 125)).await;
    assert_eq!(free.status, StatusCode::PAYMENT_REQUIRED);
    let paused = modify(&lab, "Bernoulli (staging)", gp3(64, 3000, 125)).await;
    assert_eq!(paused.status, StatusCode::BAD_REQUEST);
}
