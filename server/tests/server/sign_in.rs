//! Sign-in and sign-out, and every way they fail.

use server::store::sql;
use std::time::Duration;

use serde_json::json;
use server::Steward;

use crate::{
    browser::Browser,
    stage::{Stage, config, data_dir},
};

#[tokio::test]
async fn a_person_signs_in_and_lands_where_they_wanted_to_go() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let turned_away = browser.get("/projects?search=a%20b").await;
    assert_eq!(
        (turned_away.status.as_u16(), turned_away.location().as_str()),
        (303, "/sign-in?return_to=%2Fprojects%3Fsearch%3Da%2520b")
    );

    let started = browser
        .post("/sign-in/start", &[("return_to", "/projects?search=a%20b")])
        .await;
    let authorize = started.location();
    assert!(
        authorize.starts_with(&format!("{}/v1/oauth/authorize?", stage.sandbox)),
        "{authorize}"
    );
    for part in [
        "response_type=code",
        "code_challenge_method=S256",
        "code_challenge=",
        "state=",
        "redirect_uri=",
    ] {
        assert!(authorize.contains(part), "{part} is missing in {authorize}");
    }
    let consent = browser.follow(started).await;
    let callback = browser.decide(&consent, "authorize").await;
    let done = browser.get(&callback).await;
    assert_eq!(
        (done.status.as_u16(), done.location().as_str()),
        (303, "/projects?search=a%20b")
    );

    let page = browser.follow(done).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("ada@example.com"), "the page names who is signed in");
    assert_eq!(stage.world().await["counters"]["exchanges"], 1);
}

#[tokio::test]
async fn the_session_gets_a_new_id_when_somebody_signs_in() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let consent = browser.consent_page("/").await;
    let before = browser.clone();
    let callback = browser.decide(&consent, "authorize").await;
    browser.get(&callback).await;
    assert_ne!(browser.session().unwrap(), before.session().unwrap());
    // Whoever planted the first id has nothing of it.
    let mut planter = before;
    assert_eq!(planter.places("projects").await.status, 401);
    assert_eq!(browser.places("projects").await.status, 200);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let stage = Stage::new().await;
    let started = stage.browser().post("/sign-in/start", &[]).await;
    let cookie = started.header("set-cookie");
    assert!(
        cookie.starts_with(&format!("steward-{}=", stage.steward.url.port().unwrap())),
        "{cookie}"
    );
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(cookie.contains(part), "{part} is missing in {cookie}");
    }

    let dir = data_dir();
    let secure = Steward::start(config(
        dir.path(),
        &["--public-url", "https://steward.example.com", "--sandbox", "public"],
    ))
    .await
    .unwrap();
    let sandbox = secure.sandbox_url.clone().unwrap();
    let address = format!("http://{}", secure.bound);
    let started = Browser::new(&address).post("/sign-in/start", &[]).await;
    let cookie = started.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-steward=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert!(started.headers.contains_key("strict-transport-security"));
    assert!(started.location().starts_with(sandbox.as_str()));
    assert!(
        started
            .location()
            .contains("redirect_uri=https%3A%2F%2Fsteward.example.com%2Fsign-in%2Fcallback")
    );
}

#[tokio::test]
async fn declining_leads_back_with_the_wish_kept() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let consent = browser.consent_page("/organizations").await;
    let callback = browser.decide(&consent, "decline").await;
    let answer = browser.get(&callback).await;
    assert_eq!(
        answer.location(),
        "/sign-in?problem=consent-denied&return_to=%2Forganizations"
    );
    let page = browser.follow(answer).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Access was declined"));
}

#[tokio::test]
async fn a_state_is_good_for_one_callback_in_its_own_browser() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let consent = browser.consent_page("/").await;
    let callback = browser.decide(&consent, "authorize").await;

    let wrong = "/sign-in?problem=wrong-state&return_to=%2F";
    assert_eq!(
        stage.browser().get(&callback).await.location(),
        wrong,
        "no session at all"
    );
    let mut another = stage.browser();
    another.consent_page("/").await;
    assert_eq!(
        another.get(&callback).await.location(),
        wrong,
        "another browser's session"
    );
    assert_eq!(
        browser.get("/sign-in/callback?code=x&state=made-up").await.location(),
        wrong
    );
    assert_eq!(browser.get("/sign-in/callback?code=x").await.location(), wrong);
    assert_eq!(browser.get(&callback).await.location(), "/");
    assert_eq!(browser.get(&callback).await.location(), wrong, "used already");
    assert_eq!(stage.world().await["counters"]["exchanges"], 1);
}

#[tokio::test]
async fn several_tabs_may_sign_in_at_once() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let (first, second) = (
        browser.consent_page("/projects").await,
        browser.consent_page("/organizations").await,
    );
    let callback = browser.decide(&first, "authorize").await;
    assert_eq!(browser.get(&callback).await.location(), "/projects");
    let callback = browser.decide(&second, "authorize").await;
    assert_eq!(browser.get(&callback).await.location(), "/organizations");
    assert_eq!(
        stage.accounts().await.len(),
        1,
        "the later sign-in takes the place of the earlier one"
    );
    assert_eq!(browser.places("projects").await.status, 200);
}

#[tokio::test]
async fn failures_at_supabase_say_what_to_do() {
    let stage = Stage::new().await;
    for (fault, problem) in [
        (json!({ "kind": "status", "code": 503 }), "unavailable"),
        (json!({ "kind": "status", "code": 429 }), "unavailable"),
        (json!({ "kind": "drop-connection" }), "unavailable"),
        (json!({ "kind": "wrong-json" }), "unavailable"),
        (json!({ "kind": "cut-off" }), "unavailable"),
        (
            json!({ "kind": "status", "code": 400, "message": "no" }),
            "expired-code",
        ),
        (
            json!({ "kind": "status", "code": 401, "message": "no" }),
            "expired-code",
        ),
        (
            json!({ "kind": "status", "code": 401, "message": "Unrecognized client_id" }),
            "not-configured",
        ),
        (
            json!({ "kind": "status", "code": 403, "message": "blocked" }),
            "unavailable",
        ),
    ] {
        let mut browser = stage.browser();
        let consent = browser.consent_page("/projects").await;
        let callback = browser.decide(&consent, "authorize").await;
        let mut fault = fault;
        fault["operation"] = json!("v1-exchange-oauth-token");
        stage.fault(fault.clone()).await;
        let answer = browser.get(&callback).await;
        stage.clear_faults().await;
        assert_eq!(
            answer.location(),
            format!("/sign-in?problem={problem}&return_to=%2Fprojects"),
            "{fault}"
        );
        assert_eq!(browser.get(&answer.location()).await.status, 200);
    }
    assert!(stage.accounts().await.is_empty());
}

#[tokio::test]
async fn a_code_that_came_too_late_is_told() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let consent = browser.consent_page("/").await;
    let callback = browser.decide(&consent, "authorize").await;
    stage.control("codes/expire").await;
    assert_eq!(
        browser.get(&callback).await.location(),
        "/sign-in?problem=expired-code&return_to=%2F"
    );
}

#[tokio::test]
async fn an_app_that_supabase_does_not_accept_is_told() {
    let stage = Stage::new().await;
    let dir = data_dir();
    let flags = [
        "--supabase-api-url",
        &stage.sandbox,
        "--supabase-client-id",
        sandbox::DEMO_CLIENT_ID,
    ];
    let wrong = [&flags[..], &["--supabase-client-secret", "not-the-secret"]].concat();
    let steward = Steward::start(config(dir.path(), &wrong)).await.unwrap();
    let mut browser = Browser::new(steward.url.as_str());
    let consent = browser.consent_page("/").await;
    let callback = browser.decide(&consent, "authorize").await;
    assert_eq!(
        browser.get(&callback).await.location(),
        "/sign-in?problem=not-configured&return_to=%2F"
    );

    let dir = data_dir();
    let steward = Steward::start(config(dir.path(), &flags[..2])).await.unwrap();
    let started = Browser::new(steward.url.as_str()).post("/sign-in/start", &[]).await;
    assert_eq!(started.location(), "/sign-in?problem=not-configured&return_to=%2F");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let stage = Stage::new().await;
    for elsewhere in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/.//evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
    ] {
        let mut browser = stage.browser();
        let consent = browser.consent_page(elsewhere).await;
        let callback = browser.decide(&consent, "authorize").await;
        assert_eq!(browser.get(&callback).await.location(), "/", "{elsewhere}");
        let theme = browser
            .post("/theme", &[("theme", "dark"), ("return_to", elsewhere)])
            .await;
        assert_eq!(theme.location(), "/", "{elsewhere}");
    }
}

#[tokio::test]
async fn a_restart_keeps_people_signed_in() {
    let stage = Stage::new().await;
    // The demo world is the one that the sandbox keeps.
    let mut browser = Browser::new(stage.steward.url.as_str());
    assert_eq!(browser.sign_in("/healthz").await.status, 200);
    let (bound, sandbox) = (stage.steward.bound, stage.steward.sandbox_url.clone().unwrap());
    let Stage { steward, dir, .. } = stage;
    steward.stop().await.unwrap();

    let addr = bound.to_string();
    let sandbox_addr = format!("127.0.0.1:{}", sandbox.port().unwrap());
    let again = config(dir.path(), &[]);
    let again = server::config::Config {
        addr: addr.parse().unwrap(),
        sandbox_addr: sandbox_addr.parse().unwrap(),
        ..again
    };
    let steward = Steward::start(again).await.unwrap();
    assert_eq!(browser.places("projects").await.status, 200);
    steward.stop().await.unwrap();
}

/// Renames a project, which is a write, and gives whom the audit puts it down to.
async fn renamed_by(stage: &Stage, browser: &mut Browser, name: &str) -> Result<(String, String), String> {
    let project = stage.projects().await.remove(0);
    let fields = [("ref", project.reference.as_str()), ("name", name)];
    let done = browser.post_in_place("/do/v1-update-a-project", &fields).await;
    if done.status != 200 {
        return Err(done.body);
    }
    let last = "SELECT person, label FROM audit WHERE operation = 'v1-update-a-project' ORDER BY id DESC LIMIT 1";
    Ok(sql::query_as(last)
        .fetch_one(&stage.steward.state.store.pool)
        .await
        .unwrap())
}

/// Grants of one organization, which all real ones are, are refused at the profile.
#[tokio::test]
async fn somebody_whose_profile_is_hidden_is_known_by_their_sign_in() {
    let stage = Stage::new().await;
    let organization = stage.organizations().await.remove(0).name;
    for code in [401, 403, 404] {
        stage
            .fault(json!({ "operation": "v1-get-profile", "kind": "status", "code": code }))
            .await;
        let mut browser = stage.signed_in().await;
        assert_eq!(browser.places("projects").await.status, 200);
        let (person, label) = renamed_by(&stage, &mut browser, "Another name").await.unwrap();
        assert_eq!(
            label,
            format!("someone at {organization} (sign-in {})", &person[..4]),
            "{code}"
        );
        let page = browser.get("/sessions").await;
        assert!(
            page.body.contains("Other sign-ins of yours may be missing"),
            "{}",
            page.body
        );
        stage.clear_faults().await;
    }
}

#[tokio::test]
async fn somebody_who_could_not_be_asked_about_is_asked_before_they_change_anything() {
    let stage = Stage::new().await;
    stage
        .fault(json!({ "operation": "v1-get-profile", "kind": "status", "code": 503 }))
        .await;
    let mut browser = stage.signed_in().await;
    assert_eq!(browser.places("projects").await.status, 200);
    let asked = async || stage.world().await["counters"]["calls"]["v1-get-profile"].clone();
    stage.clear_faults().await;
    let before = asked().await;
    browser.get("/sessions").await.assert_complete();
    assert_eq!(asked().await, before, "reading needs no name");
    let (_, label) = renamed_by(&stage, &mut browser, "One").await.unwrap();
    assert_eq!(label, "ada@example.com");
    let known = asked().await;
    renamed_by(&stage, &mut browser, "Two").await.unwrap();
    assert_eq!(asked().await, known, "known once and for all");
}

#[tokio::test]
async fn nothing_is_kept_of_somebody_whose_browser_goes_away_during_the_trial() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let consent = browser.consent_page("/").await;
    let callback = browser.decide(&consent, "authorize").await;
    stage
        .fault(json!({ "operation": "v1-get-profile", "kind": "slow", "ms": 1000, "times": 1 }))
        .await;
    let gone = tokio::time::timeout(Duration::from_millis(400), browser.get(&callback)).await;
    assert!(gone.is_err());
    for _ in 0..100 {
        if stage.world().await["grants"] == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(stage.world().await["grants"], 0);
    assert!(stage.accounts().await.is_empty());
}

#[tokio::test]
async fn a_second_sign_in_ends_the_grant_of_somebody_else_and_never_its_own() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    // The same person again: whether Supabase keeps the first grant apart is not known, so it is not revoked.
    browser.sign_in("/healthz").await;
    assert_eq!(browser.places("projects").await.status, 200);
    assert_eq!(stage.accounts().await.len(), 1);
    assert_eq!(stage.world().await["counters"]["revocations"], 0);

    let consent = browser.consent_page("/healthz").await;
    let callback = browser.decide_as(1, &consent, "authorize").await;
    assert_eq!(browser.get(&callback).await.location(), "/healthz");
    stage.steward.state.keeper.work_off(i64::MAX).await;
    assert_eq!(browser.places("organizations").await.status, 200);
    assert_eq!(stage.accounts().await.len(), 1);
    for _ in 0..100 {
        if stage.world().await["counters"]["revocations"] == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(stage.world().await["counters"]["revocations"], 1);
    assert!(browser.get("/projects").await.body.contains("grace@example.com"));
}

/// The ids of a person's calls that concern no place, as the audit's file has them.
async fn own_calls(browser: &mut Browser) -> Vec<i64> {
    let file = browser.get("/audit.jsonl").await;
    assert_eq!(file.status, 200, "{}", file.body);
    file.body
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|call| call["id"].as_i64())
        .collect()
}

#[tokio::test]
async fn what_stood_under_an_address_stays_with_its_person_and_passes_to_nobody() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    browser.places("projects").await.json();
    stage.steward.state.audit.flush().await;
    let pool = &stage.steward.state.store.pool;
    // As a Steward of before has left it.
    let old = server::store::crypto::hashed("person ada@example.com");
    sql::query("UPDATE audit SET person = $1")
        .bind(&old)
        .execute(pool)
        .await
        .unwrap();
    sql::query("INSERT INTO people (alias) VALUES ($1)")
        .bind(&old)
        .execute(pool)
        .await
        .unwrap();
    // What is about an organization, its people are told.
    let kept: Vec<i64> = sql::query_scalar("SELECT id FROM audit WHERE organization IS NULL")
        .fetch_all(pool)
        .await
        .unwrap();
    assert!(!kept.is_empty());

    let mut grace = stage.browser();
    let consent = grace.consent_page("/healthz").await;
    let callback = grace.decide_as(1, &consent, "authorize").await;
    grace.get(&callback).await;
    let mut again = stage.signed_in().await;
    let seen = own_calls(&mut again).await;
    assert!(kept.iter().all(|id| seen.contains(id)), "{kept:?} {seen:?}");
    let of_others = own_calls(&mut grace).await;
    assert!(kept.iter().all(|id| !of_others.contains(id)), "{kept:?} {of_others:?}");

    // Somebody else gets the address: what is taken stays taken.
    sql::query("UPDATE people SET person = 'somebody else'")
        .execute(pool)
        .await
        .unwrap();
    let mut heir = stage.signed_in().await;
    let seen = own_calls(&mut heir).await;
    assert!(kept.iter().all(|id| !seen.contains(id)), "{kept:?} {seen:?}");
}

#[tokio::test]
async fn an_app_that_supabase_does_not_know_is_told_to_whoever_runs_the_console_and_ends_nothing() {
    let stage = Stage::new().await;
    let mut ada = stage.signed_in().await;
    assert_eq!(ada.get("/readyz").await.body, "ready\n");
    stage
        .fault(json!({
            "operation": "v1-exchange-oauth-token",
            "kind": "status",
            "code": 401,
            "message": "Unrecognized client_id",
        }))
        .await;
    stage.tokens_end_in(-1).await;
    let page = app::paths::branches(&stage.projects().await[0].reference);
    let answer = ada.get(&page).await;
    assert!(answer.body.contains("error-view"), "{}", answer.body);
    let ready = ada.get("/readyz").await;
    assert_eq!(ready.status, 200);
    assert!(ready.body.contains("does not accept the OAuth app"), "{}", ready.body);
    let (known, mut stranger) = ("Supabase does not accept this console at the moment", stage.browser());
    let shown = stranger.get("/sign-in").await;
    assert!(shown.status == 200 && shown.body.contains(known), "{}", shown.body);
    assert!(
        shown.body.contains("Continue with Supabase"),
        "it may have been put right meanwhile"
    );
    // A sign-in that has just failed by it says so itself.
    let shown = stranger.get("/sign-in?problem=not-configured").await;
    assert!(
        !shown.body.contains(known) && shown.body.contains("is not set up correctly"),
        "{}",
        shown.body
    );

    stage.clear_faults().await;
    // The grant is as it was.
    ada.get(&page).await.assert_complete();
    assert_eq!(ada.get("/readyz").await.body, "ready\n");
    assert!(!stranger.get("/sign-in").await.body.contains(known));
}
