//! Who may sign in: some organizations and addresses, asked about at the sign-in and once a day.

use server::store::sql;
use std::time::Duration;

use serde_json::json;
use server::Steward;

use crate::{
    browser::Browser,
    stage::{Stage, config, data_dir},
};

const NOT_ALLOWED: &str = "/sign-in?problem=not-allowed&return_to=%2Fprojects";

/// Makes everybody's admission so many seconds old.
async fn age(stage: &Stage, seconds: i64) {
    sql::query("UPDATE accounts SET admitted_at = admitted_at - $1, admission_asked_at = 0")
        .bind(seconds)
        .execute(&stage.steward.state.store.pool)
        .await
        .unwrap();
}

async fn organization_calls(stage: &Stage) -> u64 {
    stage.world().await["counters"]["calls"]["v1-list-all-organizations"]
        .as_u64()
        .unwrap_or_default()
}

/// Longer than an answer is given again.
async fn let_answers_grow_old() {
    tokio::time::sleep(Duration::from_millis(5_500)).await;
}

/// Signs in, and tells where that leads and what it leaves.
async fn tried(stage: &Stage) -> (String, usize) {
    let mut browser = stage.browser();
    let consent = browser.consent_page("/projects").await;
    let callback = browser.decide(&consent, "authorize").await;
    let location = browser.get(&callback).await.location();
    (location, stage.accounts().await.len())
}

#[tokio::test]
async fn one_of_the_lists_must_fit() {
    for fits in [
        &["--allow-emails", "ada@example.com"][..],
        &["--allow-emails", "nobody@example.org, @example.com"],
        &["--allow-emails", "nobody@example.org", "--allow-organizations", "*"],
    ] {
        let stage = Stage::with(json!({ "projects": 1 }), &[]).await;
        let slug = stage.organizations().await.remove(0).slug;
        let flags: Vec<&str> = fits
            .iter()
            .map(|flag| if *flag == "*" { slug.as_str() } else { flag })
            .collect();
        let stage = second(&stage, &flags).await;
        assert_eq!(tried(&stage).await, ("/projects".to_owned(), 1), "{flags:?}");
    }
    for refused in [
        &["--allow-emails", "grace@example.com, @example.org"][..],
        &["--allow-organizations", "somebody-elses"],
    ] {
        let first = Stage::with(json!({ "projects": 1 }), &[]).await;
        let stage = second(&first, refused).await;
        assert_eq!(tried(&stage).await.0, NOT_ALLOWED, "{refused:?}");
        stage.steward.state.keeper.idle().await;
        assert_eq!(stage.accounts().await.len(), 0, "{refused:?}");
        assert_eq!(stage.world().await["grants"], 0, "the grant was given back");
    }
}

/// Another console on the stage's sandbox and world.
async fn second(stage: &Stage, flags: &[&str]) -> Stage {
    let flags = [
        &[
            "--supabase-api-url",
            stage.sandbox.as_str(),
            "--supabase-client-id",
            sandbox::DEMO_CLIENT_ID,
            "--supabase-client-secret",
            sandbox::DEMO_CLIENT_SECRET,
        ],
        flags,
    ]
    .concat();
    let dir = data_dir();
    let steward = Steward::start(config(dir.path(), &flags)).await.unwrap();
    Stage::of(steward, stage.sandbox.clone(), stage.world.clone(), dir)
}

#[tokio::test]
async fn a_token_is_asked_about_as_well() {
    let stage = Stage::with(json!({ "projects": 1 }), &["--allow-emails", "@example.org"]).await;
    let pat = stage.world().await["people"][0]["pat"].as_str().unwrap().to_owned();
    let fields = [("token", pat.as_str()), ("return_to", "/projects")];
    assert_eq!(
        stage.browser().post("/sign-in/token", &fields).await.location(),
        NOT_ALLOWED
    );
    stage.steward.state.keeper.idle().await;
    assert!(stage.accounts().await.is_empty());
    let page = stage.browser().get(NOT_ALLOWED).await;
    assert!(page.body.contains("This account may not sign in here"), "{}", page.body);
    assert!(!page.body.contains("example.org"), "{}", page.body);
}

#[tokio::test]
async fn where_nobody_can_be_asked_nobody_new_comes_in() {
    let stage = Stage::with(json!({ "projects": 1 }), &["--allow-organizations", "acme"]).await;
    stage
        .fault(json!({ "operation": "v1-list-all-organizations", "kind": "status", "code": 503 }))
        .await;
    assert_eq!(
        tried(&stage).await.0,
        "/sign-in?problem=unavailable&return_to=%2Fprojects"
    );
    stage.steward.state.keeper.idle().await;
    assert!(stage.accounts().await.is_empty());
}

#[tokio::test]
async fn it_is_asked_again_once_a_day_and_by_one_request() {
    let first = Stage::with(json!({ "projects": 1 }), &[]).await;
    let slug = first.organizations().await.remove(0).slug;
    let stage = second(&first, &["--allow-organizations", &slug]).await;
    let mut browser = stage.signed_in().await;
    let asked = organization_calls(&stage).await;
    browser.get("/sign-in").await;
    browser
        .request(reqwest::Method::GET, "/nowhere", &[("accept", "text/html")], None)
        .await;
    assert_eq!(organization_calls(&stage).await, asked, "not yet");
    let_answers_grow_old().await;
    age(&stage, 25 * 60 * 60).await;
    let mut many: Vec<Browser> = vec![browser.clone(); 5];
    let pages = futures::future::join_all(many.iter_mut().map(|browser| browser.get("/nowhere"))).await;
    assert!(pages.iter().all(|page| page.status == 404));
    assert_eq!(organization_calls(&stage).await, asked + 1);

    // Supabase is away: for another day that keeps nobody out.
    stage
        .fault(json!({ "operation": "v1-list-all-organizations", "kind": "status", "code": 503 }))
        .await;
    let_answers_grow_old().await;
    age(&stage, 25 * 60 * 60).await;
    assert_eq!(browser.get("/nowhere").await.status, 404);
    age(&stage, 25 * 60 * 60).await;
    let away = browser.get("/projects").await;
    assert_eq!(away.location(), "/sign-in?problem=unavailable&return_to=%2Fprojects");
    assert_eq!(browser.get(&away.location()).await.status, 200);
    stage.clear_faults().await;
    age(&stage, 0).await;
    assert_eq!(browser.get("/nowhere").await.status, 404, "the session was not lost");
}

#[tokio::test]
async fn whoever_no_longer_fits_is_signed_out_with_the_reason() {
    let first = Stage::with(json!({ "projects": 1 }), &[]).await;
    let mut browser = first.signed_in().await;
    let Stage {
        steward,
        dir,
        sandbox,
        world,
        ..
    } = first;
    let url = steward.url.to_string();
    steward.stop().await.unwrap();
    // The same console with a list that does not hold them: nobody waits for a day.
    let flags = [
        "--supabase-api-url",
        &sandbox,
        "--supabase-client-id",
        sandbox::DEMO_CLIENT_ID,
        "--supabase-client-secret",
        sandbox::DEMO_CLIENT_SECRET,
        "--allow-emails",
        "@example.org",
        "--public-url",
        &url,
    ];
    let Ok(steward) = Steward::start(config(dir.path(), &flags)).await else {
        panic!("it starts again")
    };
    let address = format!("http://{}", steward.bound);
    let mut again = Browser::new(&address);
    again.cookies = std::mem::take(&mut browser.cookies);
    assert_eq!(again.get("/projects").await.location(), NOT_ALLOWED);
    assert_eq!(
        again.get("/projects").await.location(),
        "/sign-in?return_to=%2Fprojects",
        "signed out"
    );
    let stage = Stage::of(steward, sandbox, world, dir);
    stage.steward.state.keeper.idle().await;
    assert!(stage.accounts().await.is_empty());
}
