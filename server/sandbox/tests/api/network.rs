//! Bans and restrictions: what is refused, and what stays as it was.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

async fn call(lab: &Lab, method: Method, what: &str, body: Value) -> Reply {
    let path = format!("/v1/projects/{}/{what}", lab.reference("Project 001"));
    lab.call(method, &path, lab.pat("Ada"), Some(body)).await
}

async fn banned(lab: &Lab) -> Value {
    let reply = call(lab, Method::POST, "network-bans/retrieve", json!(null)).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    reply.json()["banned_ipv4_addresses"].clone()
}

#[tokio::test]
async fn only_the_bans_that_were_named_are_lifted() {
    let lab = Lab::new(json!({ "projects": 1 })).await;
    let before = banned(&lab).await;
    let all = before.as_array().unwrap();
    let mut once = all.clone();
    once.dedup();
    assert!((2..=4).contains(&all.len()) && once.len() == all.len(), "{before}");
    let lift = |body| call(&lab, Method::DELETE, "network-bans", body);
    let wrong = lift(json!({ "ipv4_addresses": ["1.2.3"] })).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let recorded = lift(json!({ "ipv4_addresses": ["1.2.3.4", "5.6.7.8"], "requester_ip": false })).await;
    assert_eq!((recorded.status, recorded.text.as_str()), (StatusCode::OK, ""));
    let elsewhere = lift(json!({ "ipv4_addresses": before, "identifier": "a-replica" })).await;
    assert_eq!(elsewhere.status, StatusCode::OK);
    assert_eq!(banned(&lab).await, before);
    lift(json!({ "ipv4_addresses": before })).await;
    assert_eq!(banned(&lab).await, json!([]));
}

#[tokio::test]
async fn ranges_have_to_be_ranges() {
    let lab = Lab::new(json!({ "projects": 1 })).await;
    let before = call(&lab, Method::GET, "network-restrictions", json!(null))
        .await
        .json();
    for wrong in [
        json!({ "dbAllowedCidrs": ["8.8.8.8"] }),
        json!({ "dbAllowedCidrs": ["8.8.8.0/33"] }),
        json!({ "dbAllowedCidrs": ["::/0"] }),
        json!({ "dbAllowedCidrsV6": ["0.0.0.0/0"] }),
        json!({ "dbAllowedCidrs": "0.0.0.0/0" }),
        json!({ "dbAllowedCidrs": vec!["8.8.8.8/32"; 101] }),
    ] {
        let apply = call(&lab, Method::POST, "network-restrictions/apply", wrong.clone()).await;
        assert_eq!(apply.status, StatusCode::BAD_REQUEST, "{wrong}");
        let patch = call(&lab, Method::PATCH, "network-restrictions", json!({ "add": wrong })).await;
        assert_eq!(patch.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let after = call(&lab, Method::GET, "network-restrictions", json!(null))
        .await
        .json();
    assert_eq!(after, before);
    assert_eq!(after["config"]["dbAllowedCidrs"], json!(["0.0.0.0/0"]));
}

#[tokio::test]
async fn a_patch_after_a_patch_keeps_what_holds() {
    let lab = Lab::new(json!({ "projects": 1 })).await;
    let add = |range: &str| json!({ "add": { "dbAllowedCidrs": [range] } });
    call(&lab, Method::PATCH, "network-restrictions", add("8.8.8.0/24")).await;
    let second = call(&lab, Method::PATCH, "network-restrictions", add("9.9.9.0/24"))
        .await
        .json();
    let versions = |list: &Value| -> Vec<Value> {
        let list = list["dbAllowedCidrs"].as_array().unwrap();
        list.iter().map(|range| range["address"].clone()).collect()
    };
    assert_eq!(second["status"], "stored");
    assert_eq!(versions(&second["old_config"]), ["0.0.0.0/0", "::/0"]);
    assert_eq!(
        versions(&second["config"]),
        ["0.0.0.0/0", "8.8.8.0/24", "9.9.9.0/24", "::/0"]
    );
}
