//! Sign-in.

use axum::http::{Method, StatusCode};
use management_api::OperationId;
use sandbox::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use serde_json::json;

use super::Check;

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
