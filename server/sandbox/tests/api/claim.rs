//! Claim tokens: who may use one, until when, and what stands in the way.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use sandbox::DEMO_CLIENT_ID;
use serde_json::{Value, json};

use crate::support::{Lab, REDIRECT, Reply, form, parameter};

async fn token(lab: &Lab, project: &str) -> Value {
    let path = format!("/v1/projects/{}/claim-token", lab.reference(project));
    let made = lab.post(&path, lab.pat("Ada"), json!(null)).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    made.json()["token"].clone()
}

fn path(lab: &Lab, organization: &str, token: &Value) -> String {
    let slug = lab.slug(organization);
    format!("/v1/organizations/{slug}/project-claim/{}", token.as_str().unwrap())
}

#[tokio::test]
async fn a_token_works_once_and_for_a_day() {
    let lab = Lab::new(json!({})).await;
    // Grace owns the organization that takes the project over; she sees nothing of the project before.
    let (ada, grace) = (lab.pat("Ada"), lab.pat("Grace"));
    let project = format!("/v1/projects/{}", lab.reference("Tide Tables"));
    let old = token(&lab, "Tide Tables").await;
    let new = token(&lab, "Tide Tables").await;
    let claim = async |token: &Value| lab.post(&path(&lab, "Quiet Team", token), grace, json!(null)).await;
    assert_eq!(
        claim(&old).await.status,
        StatusCode::NOT_FOUND,
        "a new token ends the old one"
    );
    assert_eq!(lab.get(&project, grace).await.status, StatusCode::NOT_FOUND);
    lab.advance(24 * 60 * 60).await;
    let late = claim(&new).await;
    assert_eq!(
        (late.status, late.message().as_str()),
        (StatusCode::BAD_REQUEST, "The claim token has expired.")
    );
    assert_eq!(
        lab.get(&format!("{project}/claim-token"), ada).await.status,
        StatusCode::NOT_FOUND
    );

    let fresh = token(&lab, "Tide Tables").await;
    let shown = lab.get(&format!("{project}/claim-token"), ada).await;
    assert!(
        !shown.text.contains(fresh.as_str().unwrap()),
        "only its maker saw it, once"
    );
    assert_eq!(claim(&fresh).await.status, StatusCode::NO_CONTENT);
    assert_eq!(claim(&fresh).await.status, StatusCode::NOT_FOUND, "it is used up");
    assert_eq!(
        lab.get(&project, grace).await.json()["organization_slug"],
        lab.slug("Quiet Team")
    );
    assert_eq!(lab.get(&project, ada).await.status, StatusCode::OK, "Ada reads there");
    let delete = lab.call(Method::DELETE, &project, ada, None).await;
    assert_eq!(delete.status, StatusCode::FORBIDDEN, "and no longer owns it");
}

#[tokio::test]
async fn what_stands_in_the_way_is_told_and_refused() {
    let lab = Lab::new(json!({})).await;
    for (project, organization, person, key, status) in [
        (
            "Mill & Store",
            "Harbour Labs",
            "Ada",
            "compute_size",
            StatusCode::PAYMENT_REQUIRED,
        ),
        (
            "Tide Tables",
            "Harbour Labs",
            "Ada",
            "same_organization",
            StatusCode::CONFLICT,
        ),
        (
            "Lighthouse",
            "Analytical Engines",
            "Ada",
            "project_not_running",
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let path = path(&lab, organization, &token(&lab, project).await);
        let preview = lab.get(&path, lab.pat(person)).await.json()["preview"].clone();
        assert_eq!(
            (&preview["valid"], &preview["errors"][0]["key"]),
            (&json!(false), &json!(key))
        );
        let reply = lab.post(&path, lab.pat(person), json!(null)).await;
        assert_eq!(reply.status, status, "{project}: {}", reply.text);
    }
    let path = path(&lab, "Analytical Engines", &token(&lab, "Tide Tables").await);
    for person in ["Grace", "Alan", "Katherine"] {
        for method in [Method::GET, Method::POST] {
            let reply = lab.call(method, &path, lab.pat(person), None).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{person} does not own it");
        }
    }
    let outsider = lab.post(&path, lab.pat("Emmy"), json!(null)).await;
    assert_eq!(outsider.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn signing_in_can_claim_a_project() {
    let lab = Lab::new(json!({})).await;
    let reference = lab.reference("Tide Tables");
    let ask = async || -> Reply {
        let query = form(&[
            ("project_ref", reference),
            ("client_id", DEMO_CLIENT_ID),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT),
        ]);
        let request = Request::builder()
            .uri(format!("/v1/oauth/authorize/project-claim?{query}"))
            .header(header::COOKIE, format!("sandbox_world={}", lab.id()));
        lab.send(request.body(Body::empty()).unwrap()).await
    };
    let refused = ask().await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "nobody offered the project");
    token(&lab, "Tide Tables").await;
    let page = ask().await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Tide Tables") && page.text.contains("name=\"organization\""));

    let decide = async |person: &str, decision: &str| {
        let fields = [
            ("project_ref", reference),
            ("organization", lab.slug("Quiet Team")),
            ("person", lab.person_id(person)),
            ("decision", decision),
        ];
        lab.decide(&fields).await
    };
    let owner = async || {
        let project = lab
            .get(&format!("/v1/projects/{reference}"), lab.pat("Ada"))
            .await
            .json();
        project["organization_slug"].as_str().unwrap().to_owned()
    };
    let declined = decide("Grace", "decline").await;
    assert_eq!(
        parameter(&declined.location(), "error").as_deref(),
        Some("access_denied")
    );
    assert_eq!(
        decide("Ada", "authorize").await.status,
        StatusCode::BAD_REQUEST,
        "Ada only reads there"
    );
    assert_eq!(owner().await, lab.slug("Harbour Labs"));
    let done = decide("Grace", "authorize").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(owner().await, lab.slug("Quiet Team"));
    let code = parameter(&done.location(), "code").unwrap();
    assert_eq!(lab.exchange(&code).await.status, StatusCode::CREATED);
    assert_eq!(
        decide("Grace", "authorize").await.status,
        StatusCode::BAD_REQUEST,
        "once"
    );
}
