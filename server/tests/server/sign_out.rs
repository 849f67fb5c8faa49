//! The end of a sign-in: by the person here, or by Supabase.

use server::store::sql;
use std::time::Duration;

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
        (303, "/sign-in?signed_out=revoked")
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

async fn waiting(stage: &Stage) -> i64 {
    sql::query_scalar("SELECT count(*) FROM revocations")
        .fetch_one(&stage.steward.state.store.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn signing_out_works_while_supabase_is_away_and_its_grant_ends_afterwards() {
    let stage = Stage::new().await;
    for fault in [
        json!({ "kind": "status", "code": 500 }),
        json!({ "kind": "status", "code": 403, "message": "blocked" }),
        json!({ "kind": "drop-connection" }),
    ] {
        let mut browser = stage.signed_in().await;
        let mut fault = fault;
        fault["operation"] = json!("v1-revoke-token");
        stage.fault(fault).await;
        let out = browser.post("/sign-out", &[]).await.location();
        assert_eq!(out, "/sign-in?signed_out=later");
        let page = browser.get(&out).await.body;
        assert!(page.contains("Steward keeps trying for a day"), "{page}");
        assert!(!page.contains("has been revoked"), "{page}");
        assert!(stage.accounts().await.is_empty());
        assert_eq!(
            (stage.world().await["grants"].clone(), waiting(&stage).await),
            (json!(1), 1)
        );

        let later = server::store::now() + 60 * 60;
        stage.steward.state.keeper.work_off(later).await;
        assert_eq!(waiting(&stage).await, 1, "still away");
        stage.clear_faults().await;
        stage.steward.state.keeper.work_off(later).await;
        assert_eq!(
            (stage.world().await["grants"].clone(), waiting(&stage).await),
            (json!(0), 0)
        );
    }
}

#[tokio::test]
async fn a_restart_forgets_no_grant_that_is_to_end() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    stage
        .fault(json!({ "operation": "v1-revoke-token", "kind": "status", "code": 503 }))
        .await;
    browser.post("/sign-out", &[]).await;
    // The sandbox must outlive the console that ends.
    let other = second(&stage).await;
    let Stage { steward, dir, .. } = other;
    let mut there = Browser::new(steward.url.as_str());
    there.set_cookie("sandbox_world", &stage.world);
    assert_eq!(there.sign_in("/healthz").await.status, 200);
    assert_eq!(
        there.post("/sign-out", &[]).await.location(),
        "/sign-in?signed_out=later"
    );
    let public = steward.url.to_string();
    steward.stop().await.unwrap();
    stage.clear_faults().await;
    assert_eq!(stage.world().await["grants"], 2);
    let flags = flags(&stage.sandbox);
    let flags = [&flags[..], &["--public-url", &public]].concat();
    let steward = Steward::start(config(dir.path(), &flags)).await.unwrap();
    for _ in 0..100 {
        if stage.world().await["grants"] == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(
        stage.world().await["grants"],
        1,
        "that of the console that was started again has ended"
    );
    steward.stop().await.unwrap();
}

fn flags(sandbox: &str) -> [&str; 6] {
    [
        "--supabase-api-url",
        sandbox,
        "--supabase-client-id",
        sandbox::DEMO_CLIENT_ID,
        "--supabase-client-secret",
        sandbox::DEMO_CLIENT_SECRET,
    ]
}

/// Another console on the stage's sandbox and world.
async fn second(stage: &Stage) -> Stage {
    let dir = data_dir();
    let steward = Steward::start(config(dir.path(), &flags(&stage.sandbox)))
        .await
        .unwrap();
    Stage::of(steward, stage.sandbox.clone(), stage.world.clone(), dir)
}

#[tokio::test]
async fn an_account_whose_time_is_over_gives_its_grant_back() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let store = &stage.steward.state.store;
    let age = |sql: &'static str| sql::query(sql).execute(&store.pool);
    // However much it is used, it ends thirty days after the sign-in.
    age("UPDATE accounts SET signed_in_at = signed_in_at - 29 * 86400")
        .await
        .unwrap();
    store.keep_account(&stage.accounts().await[0]).await.unwrap();
    let left: i64 = sql::query_scalar("SELECT expires_at - unixepoch() FROM accounts")
        .fetch_one(&store.pool)
        .await
        .unwrap();
    assert!((86_000..=86_400).contains(&left), "{left}");
    age("UPDATE accounts SET expires_at = unixepoch() - 1").await.unwrap();
    assert_eq!(
        browser.get("/projects").await.location(),
        "/sign-in?return_to=%2Fprojects"
    );
    store.delete_expired().await.unwrap();
    stage.steward.state.keeper.work_off(i64::MAX).await;
    assert!(stage.accounts().await.is_empty());
    assert_eq!(stage.world().await["grants"], 0);
}

#[tokio::test]
async fn a_revoked_grant_leads_to_the_sign_in_page_and_a_new_sign_in_helps() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    stage.control("grants/revoke").await;
    let answer = browser.places("organizations").await;
    assert!(answer.body.contains("reconnect"), "{}", answer.body);
    let page = browser.get("/projects").await;
    assert_eq!(page.location(), "/sign-in?problem=revoked&return_to=%2Fprojects");
    assert!(browser.get(&page.location()).await.body.contains("Access has ended"));
    assert_eq!(browser.sign_in("/healthz").await.status, 200);
    assert_eq!(browser.places("organizations").await.status, 200);
}
