//! Refreshing: once for all who wait, and never at the cost of somebody's sign-in.

use std::time::{Duration, Instant};

use futures::future::join_all;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use server::{Steward, store::sql};

use crate::{
    browser::Browser,
    stage::{Project, Stage, config},
};

/// Opens every project's branches at once; each page makes three calls that no other can share. All must be complete.
async fn open_all(browser: &Browser, projects: &[Project]) {
    let pages = projects.iter().map(|project| {
        let mut browser = browser.clone();
        async move {
            let page = browser.get(&app::paths::branches(&project.reference)).await;
            page.assert_complete();
            for part in [&project.reference, "Turn branching on"] {
                assert!(page.body.contains(part), "{part} is not in {}: {}", page.url, page.body);
            }
        }
    });
    join_all(pages).await;
}

async fn refreshes(stage: &Stage) -> Value {
    stage.world().await["counters"]["refreshes"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_requests_with_an_expired_token_cause_one_refresh_and_no_failure() {
    let stage = Stage::with(json!({ "projects": 100 }), &[]).await;
    let browser = stage.signed_in().await;
    let projects = stage.projects().await;
    assert_eq!(projects.len(), 100);

    // Steward knows that it has expired.
    stage.control("tokens/expire").await;
    stage.tokens_end_in(-1).await;
    open_all(&browser, &projects).await;
    assert_eq!(refreshes(&stage).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_requests_that_are_answered_401_cause_one_refresh_and_no_failure() {
    let stage = Stage::with(json!({ "projects": 100 }), &[]).await;
    let browser = stage.signed_in().await;
    let projects = stage.projects().await;
    stage.control("tokens/expire").await;
    open_all(&browser, &projects).await;
    assert_eq!(refreshes(&stage).await, 1);
}

/// A second console on the stage's database, and the same browser at it. Behind a load balancer both have one public
/// address, so the cookie is the same.
async fn second(stage: &Stage, browser: &Browser) -> (Steward, Browser) {
    let flags = [
        "--supabase-api-url",
        &stage.sandbox,
        "--supabase-client-id",
        sandbox::DEMO_CLIENT_ID,
    ];
    let flags = [&flags[..], &["--supabase-client-secret", sandbox::DEMO_CLIENT_SECRET]].concat();
    let flags = [&flags[..], &["--public-url", stage.steward.url.as_str()]].concat();
    let second = Steward::start(config(stage.dir.path(), &flags)).await.unwrap();
    let mut at_second = Browser::new(&format!("http://{}", second.bound));
    at_second.cookies = browser.cookies.clone();
    (second, at_second)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_on_one_database_refresh_once() {
    let stage = Stage::with(json!({ "projects": 40 }), &[]).await;
    let browser = stage.signed_in().await;
    let (second, at_second) = second(&stage, &browser).await;
    let projects = stage.projects().await;
    for round in 1..=3 {
        stage.control("tokens/expire").await;
        if round == 2 {
            stage.tokens_end_in(-1).await;
        }
        let (here, there) = projects.split_at(20);
        tokio::join!(open_all(&browser, here), open_all(&at_second, there));
        assert_eq!(refreshes(&stage).await, round);
        // Answers are kept for a few seconds; the next round must ask again.
        tokio::time::sleep(Duration::from_secs(6)).await;
    }
    second.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wakes_up_with_an_old_lease_takes_what_another_has_renewed() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let (second, mut at_second) = second(&stage, &browser).await;
    stage.tokens_end_in(-1).await;
    // Its refresh is under way, and arrives after the other's, as it does of an instance that was frozen meanwhile.
    stage
        .fault(json!({ "operation": "v1-exchange-oauth-token", "kind": "slow", "ms": 1500, "times": 1 }))
        .await;
    let asking = tokio::spawn(async move { browser.get("/projects").await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    stage.leases_end().await;
    let project = &stage.projects().await[0].reference;
    for page in [at_second.get("/projects").await, asking.await.unwrap()] {
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains(project), "{}", page.body);
    }
    // The one that came late was refused.
    assert_eq!(refreshes(&stage).await, 2);
    second.stop().await.unwrap();
}

#[tokio::test]
async fn whoever_waits_for_one_that_was_killed_is_told_how_long_and_goes_on_then() {
    let stage = Stage::new().await;
    let browser = stage.signed_in().await;
    stage.tokens_end_in(-1).await;
    let account = stage.accounts().await.remove(0);
    // Another is renewing them, and nothing more is heard of it.
    let store = &stage.steward.state.store;
    assert!(store.take_lease(&account, "killed", 30).await.unwrap());
    let left = async |seconds: i64| {
        let left = sql::query("UPDATE accounts SET lease_until = unixepoch() + $1").bind(seconds);
        left.execute(&store.pool).await.unwrap();
    };
    let project = stage.projects().await.remove(0).reference;
    let branches = app::paths::branches(&project);
    let began = Instant::now();
    let page = browser.clone().get(&branches).await;
    // As long as it may still come to its end.
    assert!((10..15).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    assert!(
        page.body.contains("The sign-in is still being renewed"),
        "{}",
        page.body
    );
    let comes_back = page.body.split("http-equiv=\"refresh\" content=\"").nth(1).unwrap();
    let seconds: u32 = comes_back.split('"').next().unwrap().parse().unwrap();
    assert!((15..=20).contains(&seconds), "{seconds}");
    // Whoever comes later need not wait to be told so.
    left(12).await;
    let began = Instant::now();
    let fields = [("ref", &*project), ("name", "Harbour")];
    let form = browser.clone().post_in_place("/do/v1-update-a-project", &fields).await;
    assert_eq!(form.status, 503);
    for words in ["still being renewed", "begun anew", "Nothing was changed"] {
        assert!(form.body.contains(words), "{words}: {}", form.body);
    }
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(refreshes(&stage).await, 0, "nothing is sent twice");
    // Its end is near.
    left(3).await;
    let page = browser.clone().get(&branches).await;
    page.assert_complete();
    assert!(page.body.contains(&project), "{}", page.body);
    assert_eq!(refreshes(&stage).await, 1);
}

#[tokio::test]
async fn a_token_that_ends_soon_is_replaced_while_the_old_one_is_still_used() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    stage.tokens_end_in(30).await;
    stage
        .fault(json!({ "operation": "v1-exchange-oauth-token", "kind": "slow", "ms": 1000 }))
        .await;
    let started = Instant::now();
    assert_eq!(browser.places("organizations").await.status, 200);
    assert!(started.elapsed() < Duration::from_millis(800), "nobody waits for it");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(refreshes(&stage).await, 1);
    let tokens = stage
        .steward
        .state
        .store
        .tokens(&stage.accounts().await[0])
        .await
        .unwrap()
        .unwrap();
    assert!(tokens.tokens.access_expires_at.unwrap() > server::store::now() + 60);
}

#[tokio::test]
async fn network_trouble_kills_no_grant() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    stage
        .fault(json!({ "operation": "v1-exchange-oauth-token", "kind": "status", "code": 502 }))
        .await;

    stage.tokens_end_in(30).await;
    assert_eq!(
        browser.places("projects").await.status,
        200,
        "the old token still works"
    );
    stage.tokens_end_in(-1).await;
    let answer = browser.places("organizations").await;
    assert!(answer.body.contains("unreachable"), "{}", answer.body);
    stage.clear_faults().await;
    assert_eq!(browser.places("organizations").await.status, 200);
    let tokens = stage
        .steward
        .state
        .store
        .tokens(&stage.accounts().await[0])
        .await
        .unwrap()
        .unwrap();
    assert!(!tokens.dead);
}

#[tokio::test]
async fn a_browser_that_goes_away_loses_no_rotated_token() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    stage.tokens_end_in(-1).await;
    stage
        .fault(json!({ "operation": "v1-exchange-oauth-token", "kind": "slow", "ms": 500, "times": 1 }))
        .await;
    let gone = tokio::time::timeout(Duration::from_millis(200), browser.places("organizations")).await;
    assert!(gone.is_err());
    tokio::time::sleep(Duration::from_millis(800)).await;
    assert_eq!(browser.places("organizations").await.status, 200);
    assert_eq!(refreshes(&stage).await, 1);
}

#[tokio::test]
async fn signing_out_during_a_refresh_leaves_no_grant_behind() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    stage.tokens_end_in(-1).await;
    stage
        .fault(json!({ "operation": "v1-exchange-oauth-token", "kind": "slow", "ms": 600, "times": 1 }))
        .await;
    let mut tab = browser.clone();
    let read = tokio::spawn(async move { tab.places("organizations").await.status });
    tokio::time::sleep(Duration::from_millis(200)).await;
    browser.post("/sign-out", &[]).await;
    assert_ne!(read.await.unwrap(), 200);
    assert!(stage.accounts().await.is_empty());
    assert_eq!(stage.world().await["grants"], 0);
}

#[tokio::test]
async fn what_is_stored_is_sealed() {
    let stage = Stage::new().await;
    stage.signed_in().await;
    let account = stage.accounts().await.remove(0);
    let tokens = stage
        .steward
        .state
        .store
        .tokens(&account)
        .await
        .unwrap()
        .unwrap()
        .tokens;
    let refresh = tokens.refresh.unwrap();
    let Stage { steward, dir, .. } = stage;
    steward.stop().await.unwrap();
    for file in std::fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().path()) {
        // The sandbox's own file is Supabase's side of it.
        if file.ends_with("sandbox.json") {
            continue;
        }
        let bytes = std::fs::read(&file).unwrap();
        for secret in [tokens.access.expose_secret(), refresh.expose_secret()] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{}", file.display());
        }
    }
}
