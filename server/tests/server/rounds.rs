//! How often a page waits for Supabase: calls that do not need one another's answers are made side by side, also for somebody
//! who has just signed in. Counted with an upstream that takes a while for everything.

use std::time::{Duration, Instant};

use app::paths;
use serde_json::json;

use crate::{audit::signed_in_as, browser::Browser, stage::Stage};

/// How long each call takes; long against what a page takes besides.
const SLOW: Duration = Duration::from_millis(800);

async fn slowed(stage: &Stage) {
    stage
        .fault(json!({ "operation": "*", "kind": "slow", "ms": SLOW.as_millis() }))
        .await;
}

/// How many rounds of calls the page takes.
async fn rounds(browser: &mut Browser, path: &str) -> u128 {
    let began = Instant::now();
    browser.get(path).await.assert_complete();
    began.elapsed().as_millis() / SLOW.as_millis()
}

async fn made(stage: &Stage, operation: &str) -> u64 {
    let calls = &stage.world().await["counters"]["calls"];
    calls[operation].as_u64().unwrap_or_default()
}

#[tokio::test]
async fn whoever_has_just_signed_in_waits_for_one_round() {
    let stage = Stage::new().await;
    let project = stage.projects().await.remove(0).reference;
    let paths = [
        paths::KEYS.to_owned(),
        paths::SECRETS.to_owned(),
        paths::project(&project),
        paths::new_branch(&project),
    ];
    // Somebody else was there before: databases are up.
    let mut ada = stage.signed_in().await;
    for path in &paths {
        ada.get(path).await.assert_complete();
    }
    let mut grace = signed_in_as(&stage, 1).await;
    slowed(&stage).await;
    for path in &paths {
        assert_eq!(rounds(&mut grace, path).await, 1, "{path}");
    }
    // What it needs to know of the plan has come with the sign-in.
    assert_eq!(rounds(&mut grace, &paths::new_function(&project)).await, 0);
}

#[tokio::test]
async fn what_hardly_changes_is_asked_at_the_sign_in_and_not_again() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let asked = ["v1-list-organization-members", "v1-get-organization-entitlements"];
    for operation in asked {
        assert_eq!(made(&stage, operation).await, 1, "{operation}");
    }
    browser.get(&paths::branches(&project)).await.assert_complete();
    for operation in asked {
        assert_eq!(made(&stage, operation).await, 1, "{operation}");
    }
}

#[tokio::test]
async fn a_page_of_all_projects_goes_by_what_there_is_now() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let path = format!("/v1/projects/{}", projects[0].reference);
    stage.delete_upstream(&path).await;
    let organization = stage.organizations().await.remove(0).slug;
    let new = json!({ "name": "Newcomer", "organization_slug": organization, "db_pass": "Long-enough-1", "region": "eu-west-1" });
    stage.post_upstream("/v1/projects", &new).await;
    stage.advance(600).await;
    // Past what is kept of the list for a moment.
    tokio::time::sleep(Duration::from_millis(5_100)).await;
    let page = browser.get(&format!("{}?project=none", paths::SECRETS)).await;
    page.assert_complete();
    assert!(page.body.contains("Newcomer"), "{}", page.body);
    assert!(!page.body.contains(projects[0].reference.as_str()), "{}", page.body);
    let keys = browser.get(paths::KEYS).await;
    assert!(
        keys.body.contains("Newcomer") && keys.body.contains(&*projects[1].name),
        "{}",
        keys.body
    );
    assert!(!keys.body.contains(projects[0].reference.as_str()), "{}", keys.body);
}
