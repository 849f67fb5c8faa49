//! Sign-in with a personal access token.

use serde_json::json;
use server::Steward;
use server::store::sql;

use crate::{
    browser::Browser,
    stage::{Stage, config, data_dir},
};

#[tokio::test]
async fn a_personal_access_token_is_the_second_way_in() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let world = stage.world().await;
    let pat = world["people"][0]["pat"].as_str().unwrap();
    let fields = [
        ("token", format!("  {pat}\n")),
        ("return_to", "/organizations".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        browser.post("/sign-in/token", &fields).await.location(),
        "/organizations"
    );
    let page = browser.get("/organizations").await;
    assert!(page.body.contains("ada@example.com"));
    let out = browser.post("/sign-out", &[]).await.location();
    assert_eq!(out, "/sign-in?signed_out=token");
    let page = browser.get(&out).await.body;
    assert!(page.contains("the token still works"), "{page}");
    assert!(page.contains("https://supabase.com/dashboard/account/tokens"), "{page}");
    assert!(!page.contains("has been revoked"), "{page}");
}

#[tokio::test]
async fn a_token_that_is_none_is_refused() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    for token in [
        "",
        "   ",
        "sbp_0000000000000000000000000000000000000000",
        "two words",
        "b\u{e4}d",
        "line\nbreak",
    ] {
        let answer = browser
            .post("/sign-in/token", &[("token", token), ("return_to", "/projects")])
            .await;
        assert_eq!(
            answer.location(),
            "/sign-in?problem=token-refused&return_to=%2Fprojects",
            "{token:?}"
        );
    }
    assert!(stage.accounts().await.is_empty());
    assert!(browser.session().is_none());

    let world = stage.world().await;
    let pat = world["people"][0]["pat"].as_str().unwrap().to_owned();
    stage
        .fault(json!({ "operation": "v1-list-all-organizations", "kind": "status", "code": 503 }))
        .await;
    let answer = browser.post("/sign-in/token", &[("token", &pat)]).await;
    assert_eq!(answer.location(), "/sign-in?problem=unavailable&return_to=%2F");
    assert!(stage.accounts().await.is_empty());
}

/// Anybody can send tokens: what they leave must not grow with how many they send.
#[tokio::test]
async fn tokens_that_are_refused_leave_a_count_and_no_rows() {
    let stage = Stage::with(json!({}), &["--sign-ins-a-minute", "1000"]).await;
    let state = &stage.steward.state;
    let mut browser = stage.browser();
    for n in 0..50 {
        let token = format!("sbp_{n:040x}");
        let answer = browser.post("/sign-in/token", &[("token", &token)]).await;
        assert_eq!(answer.location(), "/sign-in?problem=token-refused&return_to=%2F");
    }
    state.audit.flush().await;
    for table in [
        "audit",
        "accounts",
        "sessions",
        "sign_ins",
        "revocations",
        "notices",
        "people",
    ] {
        let rows: i64 = sql::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
            .fetch_one(&state.store.pool)
            .await
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    assert_eq!(state.failures.take().as_deref(), Some("token-refused 50"));
}

#[tokio::test]
async fn tokens_can_be_switched_off() {
    let stage = Stage::with(json!({}), &["--pat-sign-in", "off"]).await;
    let world = stage.world().await;
    let pat = world["people"][0]["pat"].as_str().unwrap();
    let answer = stage.browser().post("/sign-in/token", &[("token", pat)]).await;
    assert_eq!(answer.location(), "/sign-in?problem=not-configured&return_to=%2F");
    assert!(stage.accounts().await.is_empty());
}

#[tokio::test]
async fn without_an_oauth_app_the_token_is_the_way_in_and_stands_open() {
    let both = Stage::new().await;
    let page = both.browser().get("/sign-in").await;
    assert!(page.body.contains("Continue with Supabase") && page.body.contains("<details class=\"sign-in-token\">"));

    let only = Stage::with(json!({}), &["--pat-sign-in", "off"]).await;
    let page = only.browser().get("/sign-in").await;
    assert!(page.body.contains("Continue with Supabase") && !page.body.contains("name=\"token\""));

    let dir = data_dir();
    let flags = ["--supabase-api-url", both.sandbox.as_str()];
    let steward = Steward::start(config(dir.path(), &flags)).await.unwrap();
    let mut browser = Browser::new(steward.url.as_str());
    let page = browser.get("/sign-in?return_to=%2Forganizations").await;
    assert!(!page.body.contains("Continue with Supabase"), "{}", page.body);
    assert!(!page.body.contains("<details"), "{}", page.body);
    assert!(page.body.contains("name=\"token\""), "{}", page.body);
    steward.stop().await.unwrap();
}
