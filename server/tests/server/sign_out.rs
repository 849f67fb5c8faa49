//! The end of a sign-in: by the person here, or by Supabase.

use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn signing_out_ends_the_session_here_and_the_grant_there() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let stolen = browser.clone();
    let out = browser.post("/sign-out", &[]).await;
    assert_eq!(
        (out.status.as_u16(), out.location().as_str()),
        (303, "/sign-in?signed_out=1")
    );
    assert!(browser.session().is_none(), "the cookie is gone");
    let world = stage.world().await;
    assert_eq!(
        (&world["counters"]["revocations"], &world["grants"]),
        (&json!(1), &json!(0))
    );
    assert!(stage.accounts().await.is_empty());
    let mut stolen = stolen;
    assert_eq!(stolen.read("v1-list-all-projects", json!({})).await.status, 401);
    assert!(browser.get("/projects").await.location().starts_with("/sign-in?"));
}

#[tokio::test]
async fn signing_out_works_while_supabase_is_away() {
    let stage = Stage::new().await;
    for fault in [
        json!({ "kind": "status", "code": 500 }),
        json!({ "kind": "drop-connection" }),
    ] {
        let mut browser = stage.signed_in().await;
        let mut fault = fault;
        fault["operation"] = json!("v1-revoke-token");
        stage.fault(fault).await;
        assert_eq!(browser.post("/sign-out", &[]).await.location(), "/sign-in?signed_out=1");
        stage.clear_faults().await;
        assert!(stage.accounts().await.is_empty());
    }
}

#[tokio::test]
async fn a_revoked_grant_leads_to_the_sign_in_page_and_a_new_sign_in_helps() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    stage.control("grants/revoke").await;
    let answer = browser.read("v1-list-all-projects", json!({})).await;
    assert!(answer.body.contains("reconnect"), "{}", answer.body);
    let page = browser.get("/projects").await;
    assert_eq!(page.location(), "/sign-in?return_to=%2Fprojects&problem=revoked");
    assert!(browser.get(&page.location()).await.body.contains("Access has ended"));
    assert_eq!(browser.sign_in("/healthz").await.status, 200);
    assert_eq!(browser.read("v1-list-all-projects", json!({})).await.status, 200);
}
