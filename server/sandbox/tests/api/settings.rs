//! Settings of Postgres, its poolers, the Data API, Realtime and Storage: limits, and what they do to the project.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

async fn call(lab: &Lab, method: Method, project: &str, what: &str, body: Value) -> Reply {
    let path = format!("/v1/projects/{}/{what}", lab.reference(project));
    let body = (method != Method::GET).then_some(body);
    lab.call(method, &path, lab.pat("Ada"), body).await
}

const POSTGRES: &str = "config/database/postgres";

#[tokio::test]
async fn settings_of_postgres_replace_those_before() {
    let lab = Lab::new(json!({})).await;
    let project = "Difference Engine";
    let put = |body| call(&lab, Method::PUT, project, POSTGRES, body);
    for wrong in [
        json!({ "max_connections": 0 }),
        json!({ "max_connections": "many" }),
        json!({ "statement_timeout": "8 s" }),
        json!({ "session_replication_role": "other" }),
        json!({ "work_mem": null }),
        json!({ "fsync": false }),
        json!({ "restart_database": 1 }),
    ] {
        let reply = put(wrong.clone()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let running = put(json!({ "work_mem": "8MB", "statement_timeout": "8s" })).await;
    assert_eq!(running.status, StatusCode::OK, "{}", running.text);
    assert_eq!(lab.status(lab.reference(project)).await, "ACTIVE_HEALTHY");
    put(json!({ "max_connections": 100, "restart_database": false })).await;
    assert_eq!(
        lab.status(lab.reference(project)).await,
        "ACTIVE_HEALTHY",
        "it waits for the next restart"
    );
    let read = call(&lab, Method::GET, project, POSTGRES, json!(null)).await;
    assert_eq!(read.json(), json!({ "max_connections": 100 }));
    put(json!({ "max_connections": 90 })).await;
    assert_eq!(lab.status(lab.reference(project)).await, "RESTARTING");
    let busy = put(json!({})).await;
    assert_eq!(busy.status, StatusCode::BAD_REQUEST);
    lab.advance(10).await;
    assert_eq!(put(json!({})).await.json(), json!({}));
}

#[tokio::test]
async fn replicas_have_their_limits() {
    let lab = Lab::new(json!({})).await;
    let set_up = |project: &'static str, region: &'static str| {
        let body = json!({ "read_replica_region": region });
        call(&lab, Method::POST, project, "read-replicas/setup", body)
    };
    assert_eq!(
        set_up("Tide Tables", "eu-west-1").await.status,
        StatusCode::PAYMENT_REQUIRED
    );
    assert_eq!(set_up("Note G", "mars-1").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        set_up("Bernoulli (staging)", "eu-west-1").await.status,
        StatusCode::BAD_REQUEST,
        "it is paused"
    );
    for _ in 0..2 {
        assert_eq!(set_up("Note G", "eu-west-1").await.status, StatusCode::CREATED);
    }
    let third = set_up("Note G", "eu-west-1").await;
    assert!(third.message().contains("at most 2"), "{}", third.text);
    let body = json!({ "database_identifier": lab.reference("Note G") });
    let primary = call(&lab, Method::POST, "Note G", "read-replicas/remove", body).await;
    assert_eq!(primary.status, StatusCode::NOT_FOUND, "the primary is none");
}

#[tokio::test]
async fn poolers_refuse_what_does_not_fit() {
    let lab = Lab::new(json!({})).await;
    let pooler = "config/database/pooler";
    for wrong in [
        json!({ "default_pool_size": 3001 }),
        json!({ "default_pool_size": -1 }),
        json!({ "pool_mode": "statement" }),
    ] {
        let reply = call(&lab, Method::PATCH, "Note G", pooler, wrong.clone()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let paused = call(&lab, Method::GET, "Bernoulli (staging)", pooler, json!(null)).await;
    assert_eq!(
        paused.status,
        StatusCode::OK,
        "settings can be read while the project rests"
    );
}

#[tokio::test]
async fn realtime_follows_the_plan_and_shows_in_health() {
    let lab = Lab::new(json!({})).await;
    let realtime = "config/realtime";
    for (wrong, status) in [
        (json!({ "max_concurrent_users": 201 }), StatusCode::PAYMENT_REQUIRED),
        (json!({ "max_concurrent_users": 0 }), StatusCode::BAD_REQUEST),
        (json!({ "connection_pool": 101 }), StatusCode::BAD_REQUEST),
        (json!({ "private_only": 1 }), StatusCode::BAD_REQUEST),
        (json!({ "other": 1 }), StatusCode::BAD_REQUEST),
    ] {
        let reply = call(&lab, Method::PATCH, "Tide Tables", realtime, wrong.clone()).await;
        assert_eq!(reply.status, status, "{wrong}");
    }
    let health = async || {
        let health = call(
            &lab,
            Method::GET,
            "Tide Tables",
            "health?services=realtime",
            json!(null),
        )
        .await;
        health.json()[0].clone()
    };
    assert_eq!(health().await["info"]["connected_cluster"], 1);
    let shutdown = "config/realtime/shutdown";
    let ended = call(&lab, Method::POST, "Tide Tables", shutdown, json!(null)).await;
    assert_eq!((ended.status, ended.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(health().await["info"]["connected_cluster"], 0);
    lab.advance(10).await;
    assert_eq!(health().await["info"]["connected_cluster"], 1, "clients came back");
    call(&lab, Method::PATCH, "Tide Tables", realtime, json!({ "suspend": true })).await;
    assert_eq!(health().await["status"], "UNHEALTHY");
    call(
        &lab,
        Method::PATCH,
        "Tide Tables",
        realtime,
        json!({ "suspend": false }),
    )
    .await;
    assert_eq!(health().await["status"], "ACTIVE_HEALTHY");
}

#[tokio::test]
async fn storage_and_the_data_api_refuse_what_does_not_fit() {
    let lab = Lab::new(json!({})).await;
    let images = json!({ "features": { "imageTransformation": { "enabled": true } } });
    for (project, what, wrong, status) in [
        ("Tide Tables", "config/storage", images, StatusCode::PAYMENT_REQUIRED),
        (
            "Tide Tables",
            "config/storage",
            json!({ "fileSizeLimit": 52_428_801 }),
            StatusCode::PAYMENT_REQUIRED,
        ),
        (
            "Note G",
            "config/storage",
            json!({ "fileSizeLimit": 536_870_912_001_i64 }),
            StatusCode::BAD_REQUEST,
        ),
        (
            "Note G",
            "config/storage",
            json!({ "other": 1 }),
            StatusCode::BAD_REQUEST,
        ),
        (
            "Note G",
            "config/storage",
            json!({ "external": { "upstreamTarget": "x" } }),
            StatusCode::BAD_REQUEST,
        ),
        (
            "Note G",
            "postgrest",
            json!({ "max_rows": 1_000_001 }),
            StatusCode::BAD_REQUEST,
        ),
        (
            "Note G",
            "postgrest",
            json!({ "db_pool": 1001 }),
            StatusCode::BAD_REQUEST,
        ),
        ("Bernoulli (staging)", "postgrest", json!({}), StatusCode::BAD_REQUEST),
    ] {
        let reply = call(&lab, Method::PATCH, project, what, wrong.clone()).await;
        assert_eq!(reply.status, status, "{what} {wrong}: {}", reply.text);
    }
    let reader = lab
        .get(
            &format!("/v1/projects/{}/postgrest", lab.reference("Note G")),
            lab.pat("Katherine"),
        )
        .await;
    assert_eq!(reader.status, StatusCode::OK, "{}", reader.text);
    assert!(!reader.text.contains("jwt_secret"), "{}", reader.text);
    call(
        &lab,
        Method::PATCH,
        "Note G",
        "postgrest",
        json!({ "db_schema": "api" }),
    )
    .await;
    let health = call(&lab, Method::GET, "Note G", "health?services=rest", json!(null)).await;
    assert_eq!(health.json()[0]["info"]["db_schema"], "api");
}

#[tokio::test]
async fn buckets_come_with_time() {
    let lab = Lab::new(json!({})).await;
    let buckets = async |project| {
        let reply = call(&lab, Method::GET, project, "storage/buckets", json!(null)).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json().as_array().unwrap().len()
    };
    assert!(buckets("Difference Engine").await >= 1);
    let new = json!({
        "name": "New",
        "organization_slug": lab.slug("Analytical Engines"),
        "db_pass": "correct horse",
        "region_selection": { "type": "specific", "code": "eu-west-1" },
    });
    let created = lab.post("/v1/projects", lab.pat("Ada"), new).await.json();
    let path = format!("/v1/projects/{}/storage/buckets", created["ref"].as_str().unwrap());
    assert_eq!(lab.get(&path, lab.pat("Ada")).await.status, StatusCode::BAD_REQUEST);
    lab.advance(10).await;
    assert_eq!(lab.get(&path, lab.pat("Ada")).await.json(), json!([]));
    lab.advance(24 * 60 * 60).await;
    assert_ne!(lab.get(&path, lab.pat("Ada")).await.json(), json!([]));
}

#[tokio::test]
async fn a_body_is_refused_where_it_does_not_fit_and_in_the_services_words() {
    let lab = Lab::new(json!({})).await;
    let project = "Difference Engine";
    for (body, said) in [
        (json!([]), "Invalid input: expected object, received array"),
        (
            json!({ "max_rows": "many" }),
            "max_rows: Invalid input: expected int, received string",
        ),
        (
            json!({ "max_rows": null }),
            "max_rows: Invalid input: expected a value, received null",
        ),
        (json!({ "max_row": 1 }), "Unrecognized key: \"max_row\""),
    ] {
        let reply = call(&lab, Method::PATCH, project, "postgrest", body).await;
        assert_eq!(
            (reply.status, reply.message()),
            (StatusCode::BAD_REQUEST, said.to_owned()),
            "{}",
            reply.text
        );
    }
    let types = "types/typescript?included_schemas=";
    for name in ["a%00b", "a%0Ab", &"a".repeat(64)] {
        let reply = call(&lab, Method::GET, project, &format!("{types}{name}"), json!(null)).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    }
}
