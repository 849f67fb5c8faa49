//! Tokens and the client secret stay on the server: in no answer, in no log line.

use app::paths;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::{logs, stage::Stage};

#[tokio::test]
async fn no_answer_and_no_log_line_holds_a_secret() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let mut answers = Vec::new();
    let consent = browser.consent_page("/projects").await;
    let callback = browser.decide(&consent, "authorize").await;
    answers.push(browser.get(&callback).await);
    let store = &stage.steward.state.store;
    let account = stage.accounts().await.remove(0);
    let first = store.tokens(&account).await.unwrap().unwrap().tokens;

    let projects = stage.projects().await;
    for path in [
        "/projects",
        "/organizations",
        "/projects/new",
        &paths::project(&projects[0].reference),
        &paths::project_settings(&projects[0].reference),
        "/nothing",
    ] {
        answers.push(browser.get(path).await);
    }
    stage.control("tokens/expire").await;
    answers.push(browser.get(&paths::project(&projects[1].reference)).await);
    answers.last().unwrap().assert_complete();
    answers.push(browser.places("projects").await);
    let second = store.tokens(&account).await.unwrap().unwrap().tokens;
    assert_ne!(first.access.expose_secret(), second.access.expose_secret());
    let fields = [
        ("organization_slug", "nowhere"),
        ("name", "A"),
        ("db_pass", "the-database-password"),
        ("region", "emea"),
        ("_sure", "true"),
    ];
    answers.push(browser.post_in_place("/do/v1-create-a-project", &fields).await);
    answers.push(browser.post("/do/v1-create-a-project", &fields).await);
    stage
        .fault(json!({ "operation": "v1-exchange-oauth-token", "kind": "wrong-shape" }))
        .await;
    stage.tokens_end_in(-1).await;
    let failed = browser.places("projects").await;
    assert!(failed.body.contains("unreachable"), "{}", failed.body);
    answers.push(failed);
    // The answer that nobody could read has used the refresh token up.
    let failed = browser.get(&paths::project(&projects[2].reference)).await;
    assert!(failed.body.contains("Reconnect to Supabase"), "{}", failed.body);
    answers.push(failed);
    stage.clear_faults().await;
    answers.push(browser.post("/sign-out", &[]).await);
    let pat = stage.world().await["people"][0]["pat"].as_str().unwrap().to_owned();
    answers.push(browser.post("/sign-in/token", &[("token", &pat)]).await);
    answers.push(browser.get("/projects").await);

    let session = browser.session().unwrap().1.clone();
    let tokens = [&first, &second]
        .into_iter()
        .flat_map(|set| [Some(&set.access), set.refresh.as_ref()])
        .flatten();
    let mut secrets: Vec<String> = tokens.map(|token| token.expose_secret().to_owned()).collect();
    secrets.extend([
        pat,
        sandbox::DEMO_CLIENT_SECRET.to_owned(),
        "the-database-password".to_owned(),
    ]);
    for answer in &answers {
        for secret in &secrets {
            assert!(!answer.body.contains(secret.as_str()), "a secret is in {}", answer.url);
            assert!(
                !format!("{:?}", answer.headers).contains(secret.as_str()),
                "a secret is in the headers of {}",
                answer.url
            );
        }
    }
    let log = logs::text();
    assert!(log.contains("signed in"), "the log is read at all");
    let code = callback
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned();
    let state = callback
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned();
    for secret in secrets.iter().chain([&session, &code, &state]) {
        let line = log.lines().find(|line| line.contains(secret.as_str()));
        assert!(line.is_none(), "a secret is in the log: {}", line.unwrap_or_default());
    }
}
