//! A project is claimed for an organization: by its token, looked at first; and on Supabase's own page.

use app::paths;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    configure::{calls, demo, holds, note_g, reference},
    logs,
    stage::Stage,
};

/// The slug of the organization of this name.
async fn slug(stage: &Stage, name: &str) -> String {
    let mut all = stage.organizations().await.into_iter();
    all.find(|organization| organization.name == name).unwrap().slug
}

/// A claim token of the project.
pub async fn token(stage: &Stage, project: &str) -> String {
    let path = format!("/v1/projects/{project}/claim-token");
    let told: Value = serde_json::from_str(&stage.post_upstream(&path, &json!(null)).await).unwrap();
    told["token"].as_str().unwrap().to_owned()
}

/// Asks what claiming would mean.
pub async fn looked_at(browser: &mut Browser, slug: &str, token: &str) -> Page {
    let page = paths::claim_project(slug);
    let fields = [("slug", slug), ("token", token), ("_back", page.as_str())];
    let ours = [("accept", "text/html"), ("sec-fetch-site", "same-origin")];
    let answer = browser.post_multipart("/plans/claim", &fields, &[], &ours).await;
    if answer.status == 303 {
        browser.follow(answer).await
    } else {
        answer
    }
}

async fn owner(stage: &Stage, project: &str) -> String {
    let told = stage.get_upstream(&format!("/v1/projects/{project}")).await;
    told["organization_slug"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_project_is_looked_at_by_its_token_and_claimed_once_somebody_says_so() {
    let (stage, mut browser) = demo().await;
    let (project, engines) = (
        reference(&stage, "Tide Tables").await,
        slug(&stage, "Analytical Engines").await,
    );
    let token = token(&stage, &project).await;
    let before = owner(&stage, &project).await;
    let looked = looked_at(&mut browser, &engines, &token).await;
    holds(
        &looked,
        &[
            "Tide Tables",
            "From the free to the pro plan",
            "Analytical Engines pays for the project",
            "which pays for it from then on",
        ],
    );
    assert!(!looked.body.contains(&token) && !looked.url.as_str().contains(&token));
    assert_eq!(owner(&stage, &project).await, before);

    let plan = looked.url.query().unwrap().strip_prefix("plan=").unwrap().to_owned();
    let unasked = browser.post(&format!("/plans/{plan}/apply"), &[]).await;
    assert!(unasked.status.is_client_error(), "{}", unasked.status);
    assert_eq!(owner(&stage, &project).await, before);
    let applied = browser
        .post(&format!("/plans/{plan}/apply"), &[("_sure", "true")])
        .await;
    holds(&browser.follow(applied).await, &["1 of 1 call made"]);
    assert_eq!(owner(&stage, &project).await, engines);

    let audit = browser.get(paths::AUDIT_JSON_LINES).await;
    assert!(audit.body.contains("claimed a project") && !audit.body.contains(&token));
    assert!(!logs::text().contains(&token));
    // It holds once.
    let again = looked_at(&mut browser, &engines, &token).await;
    holds(&again, &["Supabase knows no such token"]);
    assert!(again.status.is_client_error() && !again.body.contains(&token));
}

#[tokio::test]
async fn what_stands_in_the_way_of_a_claim_is_told_and_nothing_can_be_sent() {
    let (stage, mut browser) = demo().await;
    let (project, labs) = (note_g(&stage).await, slug(&stage, "Harbour Labs").await);
    let token = token(&stage, &project).await;
    let looked = looked_at(&mut browser, &labs, &token).await;
    holds(
        &looked,
        &[
            "The free plan has no small instances",
            "Supabase would refuse it",
            "Close",
        ],
    );
    assert!(!looked.body.contains("/apply"), "{}", looked.body);
    let nothing = looked_at(&mut browser, &labs, " ").await;
    holds(&nothing, &["Paste the claim token"]);
    assert_eq!(calls(&stage, "v1-claim-project-for-organization").await, Value::Null);
}

#[tokio::test]
async fn what_is_no_ref_is_told_on_its_field() {
    let (stage, mut browser) = demo().await;
    let here = paths::claim_project(&slug(&stage, "Analytical Engines").await);
    let typed = "https://supabase.com/<b>";
    let fields = [("return_to", here.as_str()), ("claim", typed)];
    let sent = browser.post(paths::CONNECT, &fields).await;
    assert_eq!(sent.status, 303);
    let page = browser.follow(sent).await;
    page.assert_complete();
    holds(
        &page,
        &[
            "ref is 20 small letters",
            "aria-invalid=\"true\"",
            "value=\"https://supabase.com/&lt;b&gt;\"",
        ],
    );
    let fresh = browser.get(&here).await;
    assert!(!fresh.body.contains("aria-invalid"), "{}", fresh.body);
}

#[tokio::test]
async fn on_supabases_own_page_the_project_goes_along_with_the_consent() {
    let (stage, mut browser) = demo().await;
    let (project, engines) = (
        reference(&stage, "Tide Tables").await,
        slug(&stage, "Analytical Engines").await,
    );
    token(&stage, &project).await;
    let page = paths::claim_project(&engines);
    holds(&browser.get(&page).await, &["own page", "Go to Supabase"]);
    let wrong = [("return_to", page.as_str()), ("claim", "../../v1")];
    let refused = browser.post(paths::CONNECT, &wrong).await;
    assert_eq!(refused.location(), format!("{page}?claim=..%2F..%2Fv1"));

    let asked = [("return_to", page.as_str()), ("claim", project.as_str())];
    let started = browser.post(paths::CONNECT, &asked).await;
    assert!(
        started.location().contains("/v1/oauth/authorize/project-claim?"),
        "{}",
        started.location()
    );
    let consent = browser.follow(started).await;
    let callback = browser.decide_for(&engines, &consent).await;
    let done = browser.get(&callback).await;
    assert_eq!(done.location(), page);
    assert_eq!(owner(&stage, &project).await, engines);
}
