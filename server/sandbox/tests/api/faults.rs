//! Faults, over a real connection where the connection is what fails.

use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::support::Lab;

#[tokio::test]
async fn a_status_strikes_so_many_calls_of_one_operation() {
    let lab = Lab::new(json!({})).await;
    let ada = lab.pat("Ada");
    lab.fault(json!({
        "operation": "v1-list-all-projects",
        "kind": "status",
        "code": 503,
        "message": "Down for a while",
        "headers": { "x-why": "test" },
        "times": 2,
    }))
    .await;
    assert_eq!(lab.get("/v1/organizations", ada).await.status, StatusCode::OK);
    for _ in 0..2 {
        let reply = lab.get("/v1/projects", ada).await;
        assert_eq!(
            (reply.status.as_u16(), reply.message().as_str()),
            (503, "Down for a while")
        );
        assert_eq!(reply.header("x-why"), Some("test"));
    }
    assert_eq!(lab.get("/v1/projects", ada).await.status, StatusCode::OK);
    let counters = lab.content().await["counters"].clone();
    assert_eq!(counters["statuses"], json!({ "200": 2, "503": 2 }));
}

#[tokio::test]
async fn a_fault_lasts_until_it_is_cleared() {
    let lab = Lab::new(json!({})).await;
    lab.fault(json!({ "operation": "*", "kind": "rate-limited", "seconds": 17, "times": null }))
        .await;
    for path in ["/v1/profile", "/v1/projects", "/v1/organizations"] {
        let reply = lab.get(path, lab.pat("Ada")).await;
        assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(reply.header("x-ratelimit-reset"), Some("17"));
        assert_eq!(reply.header("x-ratelimit-remaining"), Some("0"));
    }
    assert_eq!(lab.content().await["faults"][0]["kind"], "rate-limited");
    assert_eq!(
        lab.here(Method::DELETE, "/faults", Value::Null).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(lab.get("/v1/profile", lab.pat("Ada")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn answers_are_late_or_spoilt() {
    let lab = Lab::new(json!({})).await;
    let ada = lab.pat("Ada");
    for kind in [
        json!({ "kind": "slow", "ms": 100 }),
        json!({ "kind": "wrong-json" }),
        json!({ "kind": "wrong-shape" }),
    ] {
        let mut fault = json!({ "operation": "v1-list-all-projects", "times": 1 });
        fault.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
        lab.fault(fault).await;
    }
    let start = Instant::now();
    assert!(lab.get("/v1/projects", ada).await.json().is_array());
    assert!(start.elapsed() >= Duration::from_millis(100));
    let wrong_json = lab.get("/v1/projects", ada).await;
    assert_eq!(wrong_json.status, StatusCode::OK);
    assert!(serde_json::from_str::<Value>(&wrong_json.text).is_err());
    assert!(lab.get("/v1/projects", ada).await.json().is_string());
}

#[tokio::test]
async fn the_sign_in_can_be_struck_as_well() {
    let lab = Lab::new(json!({})).await;
    let tokens = lab.sign_in("Ada").await;
    lab.fault(json!({ "operation": "v1-exchange-oauth-token", "kind": "status", "code": 500, "times": 1 }))
        .await;
    assert_eq!(
        lab.refresh(&tokens.refresh).await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    let again = lab.refresh(&tokens.refresh).await;
    assert_eq!(again.status, StatusCode::CREATED, "the failed call used nothing up");
    lab.fault(json!({ "operation": "v1-authorize-user", "kind": "status", "code": 502, "times": 1 }))
        .await;
    assert_eq!(lab.authorize(&[]).await.status, StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn a_fault_that_cannot_be_is_refused() {
    let lab = Lab::new(json!({})).await;
    for fault in [
        json!({ "operation": "v1-nothing", "kind": "cut-off" }),
        json!({ "operation": "*", "kind": "explode" }),
        json!({ "operation": "*", "kind": "slow" }),
        json!({ "operation": "*", "kind": "status", "code": 99 }),
        json!({ "operation": "*", "kind": "status", "code": 500, "headers": { "a b": "c" } }),
    ] {
        let reply = lab.here(Method::POST, "/faults", fault.clone()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{fault}");
        assert!(!reply.message().is_empty());
    }
}

/// Serves the lab on a port of its own and sends one request as it is.
async fn over_tcp(lab: &Lab, path: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut connection = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let server = tokio::spawn(axum::serve(listener, lab.router.clone()).into_future());
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n",
        lab.pat("Ada")
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // ok: a reset connection is what the faults are for; what came before it is kept.
    let _ = tokio::time::timeout(Duration::from_secs(5), connection.read_to_end(&mut answer))
        .await
        .unwrap();
    server.abort();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_connection_ends_too_early() {
    let lab = Lab::new(json!({})).await;
    lab.fault(json!({ "operation": "v1-get-profile", "kind": "drop-connection", "times": 1 }))
        .await;
    assert_eq!(over_tcp(&lab, "/v1/profile").await, "");

    lab.fault(json!({ "operation": "v1-get-profile", "kind": "cut-off", "times": 1 }))
        .await;
    let answer = over_tcp(&lab, "/v1/profile").await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    let announced: usize = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned))
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(body.len(), announced / 2);
    assert_eq!(lab.get("/v1/profile", lab.pat("Ada")).await.status, StatusCode::OK);
}
