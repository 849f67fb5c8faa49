//! The end of a sign-in: by the person here, or by Supabase.

use serde_json::json;

use server::Steward;

use crate::{
    browser::Browser,
    stage::{Stage, config, data_dir},
};

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
    assert_eq!(stolen.places("projects").await.status, 401);
    assert!(browser.get("/projects").await.location().starts_with("/sign-in?"));
}

/// Browsers set and remove a `__Host-` cookie only where the answer says `Secure`; [`Browser`] does the same.
#[tokio::test]
async fn signing_out_takes_a_secure_cookie_back() {
    let dir = data_dir();
    let public = "https://steward.example.com";
    let steward = Steward::start(config(dir.path(), &["--public-url", public, "--sandbox", "public"]))
        .await
        .unwrap();
    // As a proxy would, this browser reaches the public address over plain HTTP.
    let mut browser = Browser::new(&format!("http://{}", steward.bound));
    let consent = browser.consent_page("/healthz").await;
    let callback = browser.decide(&consent, "authorize").await;
    let done = browser.get(callback.strip_prefix(public).unwrap()).await;
    assert_eq!(done.location(), "/healthz");
    assert_eq!(browser.places("projects").await.status, 200);
    assert_eq!(browser.session().unwrap().0, "__Host-steward");

    let stolen = browser.clone();
    let out = browser.post("/sign-out", &[]).await;
    let cookie = out.header("set-cookie");
    for part in ["__Host-steward=;", "; Max-Age=0", "; Path=/", "; Secure"] {
        assert!(cookie.contains(part), "{part} is missing in {cookie}");
    }
    assert!(browser.session().is_none(), "the cookie is gone");
    // The same where a session has ended otherwise, and its cookie has not.
    let mut late = stolen;
    let answer = late.get("/projects").await;
    assert!(answer.location().starts_with("/sign-in?"), "{}", answer.location());
    assert!(late.session().is_none(), "the cookie is gone");
    steward.stop().await.unwrap();
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
    let answer = browser.places("projects").await;
    assert!(answer.body.contains("reconnect"), "{}", answer.body);
    let page = browser.get("/projects").await;
    assert_eq!(page.location(), "/sign-in?problem=revoked&return_to=%2Fprojects");
    assert!(browser.get(&page.location()).await.body.contains("Access has ended"));
    assert_eq!(browser.sign_in("/healthz").await.status, 200);
    assert_eq!(browser.places("projects").await.status, 200);
}
