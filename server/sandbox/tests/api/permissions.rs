//! Who may do what: tokens, scopes of the app, roles of people.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::support::Lab;

#[tokio::test]
async fn without_a_living_token_nothing_is_answered() {
    let lab = Lab::new(json!({})).await;
    for token in [
        "",
        "nonsense",
        "sbp_oauth_00000000",
        "sbp_ffffffffffffffffffffffffffffffffffffffff",
    ] {
        let reply = lab.get("/v1/projects", token).await;
        assert_eq!(
            (reply.status, reply.message().as_str()),
            (StatusCode::UNAUTHORIZED, "Unauthorized")
        );
    }
}

#[tokio::test]
async fn paths_and_methods_that_are_not_are_404_in_json() {
    let lab = Lab::new(json!({})).await;
    for (method, path) in [
        (Method::GET, "/v1/nothing"),
        (Method::PUT, "/v1/projects"),
        (Method::GET, "/sandbox/nothing"),
    ] {
        let reply = lab.call(method.clone(), path, lab.pat("Ada"), None).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert_eq!(reply.message(), format!("There is no {method} {path}."));
    }
}

#[tokio::test]
async fn the_apps_scopes_bind_its_tokens_and_not_personal_ones() {
    let lab = Lab::new(json!({ "scopes": ["organizations:read", "projects:read"], "grant": "all" })).await;
    let reference = lab.reference("Note G");
    let pause = format!("/v1/projects/{reference}/pause");
    let token = lab.sign_in("Ada").await.access;
    assert_eq!(lab.get("/v1/projects", &token).await.status, StatusCode::OK);
    assert_eq!(
        lab.get("/v1/profile", &token).await.status,
        StatusCode::OK,
        "it asks for no scope"
    );
    let reply = lab.post(&pause, &token, json!(null)).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.message().contains("projects:write"), "{}", reply.message());
    assert_eq!(
        lab.post(&pause, lab.pat("Ada"), json!(null)).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn roles_decide_who_may_change_a_project() {
    let lab = Lab::new(json!({ "projects": 1 })).await;
    let path = format!("/v1/projects/{}", lab.reference("Project 001"));
    let slug = lab.slug("Organization 001");
    let rename = |name: &str| Some(json!({ "name": name }));
    for (name, may_rename, may_administer) in [
        ("Katherine", false, false),
        ("Alan", false, false),
        ("Grace", true, true),
        ("Ada", true, true),
    ] {
        let token = lab.pat(name);
        assert_eq!(lab.get(&path, token).await.status, StatusCode::OK, "{name} reads");
        let renamed = lab.call(Method::PATCH, &path, token, rename(name)).await;
        assert_eq!(renamed.status == StatusCode::OK, may_rename, "{name}: {}", renamed.text);
        let new = json!({
            "name": format!("{name}\u{2019}s"),
            "organization_slug": slug,
            "db_pass": "secret",
            "region_selection": { "type": "specific", "code": "eu-west-1" },
        });
        let created = lab.post("/v1/projects", token, new).await;
        assert_eq!(
            created.status == StatusCode::CREATED,
            may_administer,
            "{name}: {}",
            created.text
        );
        if !may_administer {
            for refused in [
                created,
                lab.post(&format!("{path}/pause"), token, json!(null)).await,
                lab.call(Method::DELETE, &path, token, None).await,
            ] {
                assert_eq!(refused.status, StatusCode::FORBIDDEN);
                assert!(
                    refused.message().starts_with("Your role in this organization"),
                    "{}",
                    refused.message()
                );
            }
        }
    }
}

#[tokio::test]
async fn what_belongs_to_others_is_not_found() {
    let lab = Lab::new(json!({})).await;
    let emmy = lab.pat("Emmy");
    for path in [
        format!("/v1/projects/{}", lab.reference("Note G")),
        format!("/v1/organizations/{}", lab.slug("Quiet Team")),
        format!("/v1/organizations/{}/members", lab.slug("Quiet Team")),
        format!(
            "/v1/projects/available-regions?organization_slug={}",
            lab.slug("Quiet Team")
        ),
    ] {
        let reply = lab.get(&path, emmy).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(lab.get("/v1/projects", emmy).await.json(), json!([]));
    assert_eq!(lab.get("/v1/organizations", emmy).await.json(), json!([]));
}
