//! Sign-in.

use axum::{
    body::Body,
    http::{Method, Request as HttpRequest, StatusCode, header},
};
use management_api::{OperationId, Request, oauth::AuthorizeProjectClaim, projects::CreateClaimToken};
use sandbox::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use serde_json::json;

use super::Check;
use crate::support::{REDIRECT, form};

pub async fn walk(check: &Check) {
    let lab = &check.lab;
    // The document promises 204 where a browser meets a page; the page is looked at in its own test.
    let parameters = [
        ("client_id", DEMO_CLIENT_ID),
        ("response_type", "code"),
        ("redirect_uri", crate::support::REDIRECT),
    ];
    assert_eq!(lab.authorize(&parameters).await.status, StatusCode::OK);
    let known = check.entry(OperationId::Authorize)["parameters"].as_array().unwrap();
    assert!(
        parameters
            .iter()
            .all(|(name, _)| known.iter().any(|known| known["name"] == *name))
    );
    check.seen.borrow_mut().insert(OperationId::Authorize);

    claim(check).await;

    let first = lab.exchange(&lab.code("Ada").await).await;
    check.answer(OperationId::ExchangeToken, &first);
    let fields = json!({
        "grant_type": "refresh_token",
        "refresh_token": first.json()["refresh_token"],
        "client_id": DEMO_CLIENT_ID,
        "client_secret": DEMO_CLIENT_SECRET,
    });
    check.request(
        OperationId::ExchangeToken,
        "application~1x-www-form-urlencoded",
        &fields,
    );
    let second = lab.refresh(first.json()["refresh_token"].as_str().unwrap()).await;
    check.answer(OperationId::ExchangeToken, &second);

    let revocation = json!({
        "client_id": DEMO_CLIENT_ID,
        "client_secret": DEMO_CLIENT_SECRET,
        "refresh_token": second.json()["refresh_token"],
    });
    check.request(OperationId::RevokeToken, "application~1json", &revocation);
    check.answer(
        OperationId::RevokeToken,
        &lab.control(Method::POST, "/v1/oauth/revoke", revocation).await,
    );
}

/// The page that asks to claim a project; a browser meets it, so it needs no token.
async fn claim(check: &Check) {
    let project = check.lab.reference("Tide Tables").to_owned();
    check
        .call(CreateClaimToken {
            project: project.clone(),
        })
        .await;
    let request = Request::of(&AuthorizeProjectClaim {
        project_ref: project,
        client_id: DEMO_CLIENT_ID.to_owned(),
        response_type: "code".to_owned(),
        redirect_uri: REDIRECT.to_owned(),
        state: None,
        response_mode: None,
        code_challenge: None,
        code_challenge_method: None,
    });
    let request = request.unwrap();
    let known = check.entry(request.id)["parameters"].as_array().unwrap();
    assert!(
        request
            .query
            .iter()
            .all(|(name, _)| known.iter().any(|known| known["name"] == *name))
    );
    let query: Vec<_> = request
        .query
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let visit = HttpRequest::builder()
        .uri(format!("{}?{}", request.path, form(&query)))
        .header(header::COOKIE, format!("sandbox_world={}", check.lab.id()));
    let page = check.lab.send(visit.body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("Tide Tables"));
    check.seen.borrow_mut().insert(request.id);
}
