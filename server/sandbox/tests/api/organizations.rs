//! Organizations: list, create, read, members, entitlements.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::Lab;

#[tokio::test]
async fn a_new_organization_is_free_and_owned() {
    let lab = Lab::new(json!({ "empty": true })).await;
    let ada = lab.pat("Ada");
    assert_eq!(lab.get("/v1/organizations", ada).await.json(), json!([]));
    let created = lab
        .post("/v1/organizations", ada, json!({ "name": "Søren & <b>" }))
        .await;
    assert_eq!(created.status, StatusCode::CREATED);
    assert!(created.header("x-ratelimit-limit").is_none(), "as recorded");
    let slug = created.json()["slug"].as_str().unwrap().to_owned();
    let path = format!("/v1/organizations/{slug}");
    let detail = lab.get(&path, ada).await.json();
    assert_eq!(
        (&detail["plan"], &detail["name"]),
        (&json!("free"), &json!("Søren & <b>"))
    );
    let members = lab.get(&format!("{path}/members"), ada).await.json();
    assert_eq!(
        (members.as_array().unwrap().len(), &members[0]["role_name"]),
        (1, &json!("Owner"))
    );
    assert_eq!(lab.get(&path, lab.pat("Grace")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn names_are_checked_and_sentinels_fail() {
    let lab = Lab::new(json!({ "empty": true })).await;
    let create = async |body: Value| lab.post("/v1/organizations", lab.pat("Ada"), body).await;
    for body in [
        json!({ "name": "" }),
        json!({ "name": "é".repeat(257) }),
        json!({}),
        json!({ "name": "x", "plan": "pro" }),
    ] {
        assert_eq!(create(body).await.status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(
        create(json!({ "name": "é".repeat(256) })).await.status,
        StatusCode::CREATED
    );
    for status in [402, 409, 422, 500, 544] {
        let reply = create(json!({ "name": format!("fail-{status}") })).await;
        assert_eq!(reply.status.as_u16(), status);
        assert!(!reply.message().is_empty());
        assert_eq!(reply.json()["errorEventId"].is_string(), status >= 500);
    }
    assert_eq!(
        create(json!({ "name": "fail-200" })).await.status,
        StatusCode::CREATED,
        "no failure, so a name"
    );
}

#[tokio::test]
async fn members_have_roles_and_mfa() {
    let lab = Lab::new(json!({})).await;
    let path = format!("/v1/organizations/{}/members", lab.slug("Analytical Engines"));
    let members = lab.get(&path, lab.pat("Katherine")).await.json();
    let members: Vec<_> = members
        .as_array()
        .unwrap()
        .iter()
        .map(|member| {
            (
                member["user_name"].as_str().unwrap(),
                member["role_name"].as_str().unwrap(),
                &member["mfa_enabled"],
            )
        })
        .collect();
    assert_eq!(members[0], ("Ada Lovelace", "Owner", &json!(true)));
    assert_eq!(members[2], ("Alan Turing", "Developer", &json!(false)));
    assert_eq!(members.len(), 4);
}

#[tokio::test]
async fn entitlements_follow_the_plan_in_three_shapes() {
    let lab = Lab::new(json!({})).await;
    let mut access = Vec::new();
    for name in ["Harbour Labs", "Analytical Engines", "Quiet Team"] {
        let path = format!("/v1/organizations/{}/entitlements", lab.slug(name));
        let entitlements = lab.get(&path, lab.pat("Ada")).await.json()["entitlements"]
            .as_array()
            .unwrap()
            .clone();
        assert!(entitlements.len() >= 25);
        for shape in ["boolean", "numeric", "set"] {
            assert!(
                entitlements.iter().any(|entitlement| entitlement["type"] == shape),
                "{shape}"
            );
        }
        assert!(
            entitlements
                .iter()
                .all(|entitlement| entitlement["hasAccess"] == entitlement["config"]["enabled"])
        );
        access.push(
            entitlements
                .iter()
                .filter(|entitlement| entitlement["hasAccess"] == true)
                .count(),
        );
    }
    assert!(
        access.is_sorted() && access[0] < access[1] && access[1] < access[2],
        "{access:?}"
    );
}
