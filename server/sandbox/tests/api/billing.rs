//! Add-ons: what the plan, the compute size and the region allow.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

async fn apply(lab: &Lab, project: &str, kind: &str, variant: &str) -> Reply {
    let path = format!("/v1/projects/{}/billing/addons", lab.reference(project));
    let body = json!({ "addon_type": kind, "addon_variant": variant });
    lab.call(Method::PATCH, &path, lab.pat("Ada"), Some(body)).await
}

async fn remove(lab: &Lab, project: &str, variant: &str) -> Reply {
    let path = format!("/v1/projects/{}/billing/addons/{variant}", lab.reference(project));
    lab.call(Method::DELETE, &path, lab.pat("Ada"), None).await
}

async fn selected(lab: &Lab, project: &str) -> Vec<Value> {
    let path = format!("/v1/projects/{}/billing/addons", lab.reference(project));
    let addons = lab.get(&path, lab.pat("Ada")).await.json();
    let selected = addons["selected_addons"].as_array().unwrap();
    selected.iter().map(|addon| addon["variant"]["id"].clone()).collect()
}

#[tokio::test]
async fn the_free_plan_has_no_addons() {
    let lab = Lab::new(json!({})).await;
    assert_eq!(selected(&lab, "Tide Tables").await, [json!(null); 0]);
    for (kind, variant) in [
        ("compute_instance", "ci_small"),
        ("pitr", "pitr_7"),
        ("ipv4", "ipv4_default"),
        ("custom_domain", "cd_default"),
    ] {
        let reply = apply(&lab, "Tide Tables", kind, variant).await;
        assert_eq!(reply.status, StatusCode::PAYMENT_REQUIRED, "{}", reply.text);
    }
    assert!(selected(&lab, "Tide Tables").await.is_empty());
}

#[tokio::test]
async fn recovery_and_small_sizes_exclude_each_other() {
    let lab = Lab::new(json!({ "projects": 1 })).await;
    let project = "Project 001";
    assert_eq!(selected(&lab, project).await, [json!("ci_micro")]);
    assert_eq!(
        apply(&lab, project, "pitr", "pitr_7").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        apply(&lab, project, "compute_instance", "ci_small").await.status,
        StatusCode::OK
    );
    let early = apply(&lab, project, "pitr", "pitr_7").await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST, "it is still being resized");
    lab.advance(10).await;
    assert_eq!(apply(&lab, project, "pitr", "pitr_7").await.status, StatusCode::OK);
    assert_eq!(apply(&lab, project, "pitr", "pitr_28").await.status, StatusCode::OK);
    assert_eq!(
        selected(&lab, project).await,
        [json!("ci_small"), json!("pitr_28")],
        "one variant of each kind"
    );
    let down = remove(&lab, project, "ci_small").await;
    assert_eq!(down.status, StatusCode::BAD_REQUEST);
    assert!(down.message().contains("recovery"), "{}", down.text);
    assert_eq!(remove(&lab, project, "pitr_7").await.status, StatusCode::NOT_FOUND);
    assert_eq!(remove(&lab, project, "pitr_28").await.status, StatusCode::OK);
    assert_eq!(remove(&lab, project, "ci_small").await.status, StatusCode::OK);
    lab.advance(10).await;
    assert_eq!(selected(&lab, project).await, [json!("ci_micro")]);
    assert_eq!(
        remove(&lab, project, "ci_micro").await.status,
        StatusCode::BAD_REQUEST,
        "it is the smallest"
    );
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let lab = Lab::new(json!({})).await;
    for (kind, variant) in [
        ("pitr", "ipv4_default"),
        ("pitr", "pitr_8"),
        ("compute_instance", "ci_nano"),
        // The document lets the API apply neither of these.
        ("auth_mfa_phone", "auth_mfa_phone_default"),
        ("log_drain", "log_drain_default"),
        // The size there is, and one that the region (eu-west-2) has not.
        ("compute_instance", "ci_large"),
        ("compute_instance", "ci_48xlarge_high_memory"),
    ] {
        let reply = apply(&lab, "Difference Engine", kind, variant).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{variant}: {}", reply.text);
    }
    let paused = apply(&lab, "Bernoulli (staging)", "ipv4", "ipv4_default").await;
    assert_eq!(paused.status, StatusCode::BAD_REQUEST);
    assert!(paused.message().contains("INACTIVE"), "{}", paused.text);
    let path = format!("/v1/projects/{}/billing/addons", lab.reference("Difference Engine"));
    let body = json!({ "addon_type": "ipv4", "addon_variant": "ipv4_default" });
    let developer = lab.call(Method::PATCH, &path, lab.pat("Alan"), Some(body)).await;
    assert_eq!(developer.status, StatusCode::FORBIDDEN);
}
