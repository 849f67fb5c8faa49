//! Secrets: what is refused, and that a value once given cannot be read.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

async fn lab() -> (Lab, String) {
    let lab = Lab::new(json!({ "names": ["Secrets"], "projects": 1 })).await;
    let path = format!("/v1/projects/{}", lab.reference("Secrets"));
    (lab, path)
}

fn refused(reply: &Reply, status: StatusCode, words: &str) {
    assert_eq!(reply.status, status, "{}", reply.text);
    assert!(reply.message().contains(words), "{}", reply.text);
}

#[tokio::test]
async fn api_keys_have_names_of_their_own() {
    let (lab, path) = lab().await;
    let (keys, ada) = (format!("{path}/api-keys"), lab.pat("Ada"));
    for (body, words) in [
        (json!({ "type": "legacy", "name": "anon" }), "type: Invalid option"),
        (json!({ "type": "secret", "name": "abc" }), "name"),
        (json!({ "type": "secret", "name": "1abc" }), "name"),
        (json!({ "type": "secret", "name": "Worker" }), "name"),
        (json!({ "type": "secret", "name": "w".repeat(65) }), "name"),
        (
            json!({ "type": "publishable", "name": "mobile", "secret_jwt_template": { "role": "anon" } }),
            "secret_jwt_template",
        ),
    ] {
        refused(&lab.post(&keys, ada, body).await, StatusCode::BAD_REQUEST, words);
    }
    let new = |kind: &str| json!({ "type": kind, "name": "default" });
    for kind in ["secret", "publishable"] {
        refused(&lab.post(&keys, ada, new(kind)).await, StatusCode::CONFLICT, "default");
    }
    let worker = lab
        .post(&keys, ada, json!({ "type": "secret", "name": "worker" }))
        .await;
    assert_eq!(worker.status, StatusCode::CREATED, "{}", worker.text);
    assert!(worker.json()["api_key"].as_str().unwrap().ends_with('\u{b7}'), "masked");
    assert_eq!(worker.json()["secret_jwt_template"], json!({ "role": "service_role" }));

    let one = format!("{keys}/{}", worker.json()["id"].as_str().unwrap());
    let change = |body: Value| lab.call(Method::PATCH, &one, ada, Some(body));
    refused(
        &change(json!({ "name": "default" })).await,
        StatusCode::CONFLICT,
        "default",
    );
    let changed = change(json!({ "name": "worker", "description": "Nightly" }))
        .await
        .json();
    assert_eq!(changed["description"], "Nightly", "its own name is no obstacle");
    let changed = change(json!({ "description": null })).await.json();
    assert_eq!(changed["description"], Value::Null);

    refused(
        &lab.get(&format!("{one}?reveal=perhaps"), ada).await,
        StatusCode::BAD_REQUEST,
        "reveal",
    );
    refused(
        &lab.get(&format!("{keys}/anon"), ada).await,
        StatusCode::BAD_REQUEST,
        "UUID",
    );
    let delete = || lab.call(Method::DELETE, &one, ada, None);
    assert_eq!(delete().await.status, StatusCode::OK);
    refused(&delete().await, StatusCode::NOT_FOUND, "API key not found");
}

#[tokio::test]
async fn keys_are_for_administrators_to_change_and_for_developers_to_see() {
    let (lab, path) = lab().await;
    let keys = format!("{path}/api-keys?reveal=true");
    assert_eq!(lab.get(&keys, lab.pat("Alan")).await.status, StatusCode::OK);
    assert_eq!(lab.get(&keys, lab.pat("Katherine")).await.status, StatusCode::FORBIDDEN);
    // A token that may list keys and not see them.
    let lists = json!({
        "person": lab.person_id("Ada"),
        "reach": { "projects": [lab.reference("Secrets")] },
        "permissions": ["api_gateway_keys_read", "data_api_config_read"],
    });
    let lists = lab.here(Method::POST, "/tokens", lists).await.json()["token"].clone();
    let lists = lists.as_str().unwrap();
    let shown = lab.get(&format!("{path}/api-keys"), lists).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    let refusal = lab.get(&keys, lists).await;
    assert_eq!(refusal.status, StatusCode::FORBIDDEN);
    assert_eq!(
        refusal.json()["missing_permissions"],
        json!(["api_gateway_keys_secret_read"])
    );
    let rest = format!("{path}/postgrest");
    assert_eq!(lab.get(&rest, lists).await.json()["jwt_secret"], Value::Null);
    assert!(lab.get(&rest, lab.pat("Ada")).await.json()["jwt_secret"].is_string());
    let new = json!({ "type": "secret", "name": "worker" });
    let alan = lab.post(&format!("{path}/api-keys"), lab.pat("Alan"), new).await;
    assert_eq!(alan.status, StatusCode::FORBIDDEN);
    // Reading the root key asks for the permission to change it.
    let root = format!("{path}/pgsodium");
    assert_eq!(lab.get(&root, lab.pat("Ada")).await.status, StatusCode::OK);
    refused(
        &lab.get(&root, lab.pat("Alan")).await,
        StatusCode::FORBIDDEN,
        "project_admin_write",
    );
}

#[tokio::test]
async fn a_root_key_has_32_bytes_and_a_running_project() {
    let (lab, path) = lab().await;
    let (root, ada) = (format!("{path}/pgsodium"), lab.pat("Ada"));
    for key in ["", "abc", &"g".repeat(64), &"a".repeat(65)] {
        let reply = lab
            .call(Method::PUT, &root, ada, Some(json!({ "root_key": key })))
            .await;
        refused(
            &reply,
            StatusCode::BAD_REQUEST,
            "Expected a 32 byte secret, hex-encoded (64 characters).",
        );
    }
    lab.post(&format!("{path}/pause"), ada, json!(null)).await;
    lab.advance(10).await;
    refused(&lab.get(&root, ada).await, StatusCode::BAD_REQUEST, "INACTIVE");
}

#[tokio::test]
async fn a_project_holds_a_hundred_secrets_of_its_own() {
    let (lab, path) = lab().await;
    let (secrets, ada) = (format!("{path}/secrets"), lab.pat("Ada"));
    let some = |from: usize, to: usize| -> Value {
        let one = |at: usize| json!({ "name": format!("SECRET_{at}"), "value": "x" });
        (from..to).map(one).collect()
    };
    assert_eq!(lab.post(&secrets, ada, some(0, 98)).await.status, StatusCode::CREATED);
    refused(
        &lab.post(&secrets, ada, some(97, 101)).await,
        StatusCode::BAD_REQUEST,
        "at most 100",
    );
    assert_eq!(lab.post(&secrets, ada, some(0, 100)).await.status, StatusCode::CREATED);
    refused(
        &lab.post(&secrets, ada, some(100, 101)).await,
        StatusCode::BAD_REQUEST,
        "at most 100",
    );
}

#[tokio::test]
async fn secrets_are_checked_and_their_values_stay_hidden() {
    let (lab, path) = lab().await;
    let (secrets, ada) = (format!("{path}/secrets"), lab.pat("Ada"));
    let one = |name: &str, value: &str| json!({ "name": name, "value": value });
    let many: Vec<_> = (0..101).map(|place| one(&format!("SECRET_{place}"), "x")).collect();
    for (body, words) in [
        (json!([one("SUPABASE_URL", "x")]), "reserved"),
        (json!([one("", "x")]), "name"),
        (json!([one(&"N".repeat(257), "x")]), "256"),
        (json!([one("LONG", &"x".repeat(24_577))]), "24576"),
        (json!(many), "100"),
        (json!([one("GOOD", "x"), { "name": "BAD" }]), "value"),
    ] {
        refused(&lab.post(&secrets, ada, body).await, StatusCode::BAD_REQUEST, words);
    }
    let names = |reply: &Reply| -> Vec<String> {
        let all = reply.json();
        let all = all.as_array().unwrap().iter();
        all.map(|secret| secret["name"].as_str().unwrap().to_owned())
            .filter(|name| !name.starts_with("SUPABASE_"))
            .collect()
    };
    assert!(
        names(&lab.get(&secrets, ada).await).is_empty(),
        "nothing of a refused call is kept"
    );
    let value = "correct horse battery staple";
    let most = json!([one("HORSE", value), one(&"N".repeat(256), &"\u{e9}".repeat(24_576))]);
    let reply = lab.post(&secrets, ada, most).await;
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::CREATED, ""));
    let listed = lab.get(&secrets, ada).await;
    assert_eq!(names(&listed).len(), 2);
    assert!(!listed.text.contains(value) && !lab.content().await.to_string().contains(value));
    let gone = lab.call(Method::DELETE, &secrets, ada, Some(json!(["HORSE"]))).await;
    assert_eq!((gone.status, gone.text.as_str()), (StatusCode::OK, ""));
    assert_eq!(names(&lab.get(&secrets, ada).await).len(), 1);
    let reserved = lab
        .call(Method::DELETE, &secrets, ada, Some(json!(["SUPABASE_URL"])))
        .await;
    refused(&reserved, StatusCode::BAD_REQUEST, "SUPABASE_URL");
}
