//! The number of a request: given back, in every line of the log that belongs to it, and on the page that says that it failed.

use http::Method;
use serde_json::json;

use crate::{logs, stage::Stage};

const ID: &str = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

#[tokio::test]
async fn a_proxys_number_goes_through_to_the_calls() {
    let stage = Stage::with(json!({ "projects": 1 }), &["--trusted-proxy-header", "x-forwarded-for"]).await;
    let mut ada = stage.signed_in().await;
    // What a sign-in asks ahead is asked no more.
    let branches = app::paths::branches(&stage.projects().await[0].reference);
    let page = ada.request(Method::GET, &branches, &[("x-request-id", ID)], None).await;
    page.assert_complete();
    assert_eq!(page.headers["x-request-id"], ID);
    let lines = logs::text();
    let answered = lines
        .lines()
        .filter(|line| line.contains(ID) && line.contains("answered"));
    assert_eq!(answered.count(), 1);
    let call = format!("call{{request_id=\"{ID}\" operation=v1-list-all-branches");
    assert!(
        lines.contains(&call),
        "the page is streamed, and its calls know their request"
    );
    // What is none is not taken over.
    let other = ada
        .request(Method::GET, "/projects", &[("x-request-id", "a b")], None)
        .await;
    assert_eq!(other.headers["x-request-id"].len(), 32);
}

#[tokio::test]
async fn a_strangers_number_is_not_taken() {
    let stage = Stage::new().await;
    let mut nobody = stage.browser();
    let page = nobody
        .request(Method::GET, "/sign-in", &[("x-request-id", ID)], None)
        .await;
    assert_ne!(page.headers["x-request-id"], ID);
}

#[tokio::test]
async fn a_page_that_failed_tells_its_number() {
    let stage = Stage::new().await;
    let mut ada = stage.signed_in().await;
    stage.steward.state.store.close().await;
    let page = ada.get("/projects").await;
    assert_eq!(page.status, 503);
    let id = page.headers["x-request-id"].to_str().unwrap();
    assert!(
        page.body.contains(&format!("The number of this request is {id}.")),
        "{}",
        page.body
    );
    assert!(
        logs::text()
            .lines()
            .any(|line| line.contains(id) && line.contains("a request failed"))
    );
}
