//! One setting in several projects: shown with old and new for each, made one after the other, stopped by somebody or by the
//! first that fails, and undone by another plan.

use serde_json::{Value, json};
use server::store::sql;

use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

const OURS: &[(&str, &str)] = &[("accept", "text/html"), ("sec-fetch-site", "same-origin")];
const NAME: &str = "password_min_length";

async fn draw(browser: &mut Browser, value: &str, to: &[&str], halt: bool) -> Page {
    let mut fields = vec![
        ("_area", "auth"),
        ("_setting", NAME),
        (NAME, value),
        ("_back", "/bulk-change?area=auth&setting=password_min_length"),
    ];
    fields.extend(to.iter().map(|to| ("to", *to)));
    if halt {
        fields.push(("_halt", "true"));
    }
    browser
        .post_multipart("/plans/settings-across", &fields, &[], OURS)
        .await
}

fn id_of(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().split_once("?plan=").unwrap().1.to_owned()
}

async fn length(stage: &Stage, project: &str) -> Value {
    stage.get_upstream(&format!("/v1/projects/{project}/config/auth")).await[NAME].clone()
}

async fn set(stage: &Stage, project: &str, value: i64) {
    let path = format!("/v1/projects/{project}/config/auth");
    stage.patch_upstream(&path, &json!({ NAME: value })).await;
}

/// Three projects with 8, 10 and 12 characters, in the order of their names.
async fn three(stage: &Stage, browser: &mut Browser) -> Vec<String> {
    // Their names are known once they were seen.
    browser.get("/projects").await.assert_complete();
    let mut projects = stage.projects().await;
    projects.sort_by_key(|project| project.name.to_lowercase());
    for (project, value) in projects.iter().zip([8, 10, 12]) {
        set(stage, &project.reference, value).await;
    }
    projects.into_iter().map(|project| project.reference).collect()
}

#[tokio::test]
async fn each_project_is_shown_changed_and_undone() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let projects = three(&stage, &mut browser).await;
    let [one, two, three] = [0, 1, 2].map(|at| projects[at].as_str());
    let form = browser.get(&format!("/bulk-change?area=auth&setting={NAME}")).await;
    assert!(
        form.body.contains("Characters at least") && form.body.contains(one),
        "{}",
        form.body
    );
    let hook = format!("/projects/{one}/settings/auth");
    assert!(browser.get(&hook).await.body.contains("/bulk-change?area=auth"));

    let drawn = draw(&mut browser, "12", &[one, two, three], true).await;
    let id = id_of(&drawn);
    let shown = browser.get(&drawn.location()).await;
    for part in [
        "Will change",
        "Already so",
        "8 characters",
        "10 characters",
        "Change 2 projects",
    ] {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
    assert_eq!(length(&stage, one).await, 8, "nothing is sent before it is applied");
    browser.carry_out(&drawn.location()).await;
    let outcome = browser.get(&drawn.location()).await;
    assert!(
        outcome.body.contains("2 as sent, 0 refused, 0 not sent"),
        "{}",
        outcome.body
    );
    for project in [one, two, three] {
        assert_eq!(length(&stage, project).await, 12);
    }
    // What somebody else has changed since is left alone by the way back.
    set(&stage, two, 20).await;
    let undo = browser.post_multipart("/plans/undo", &[("plan", &id)], &[], OURS).await;
    assert!(
        undo.location().starts_with("/bulk-change?plan="),
        "{} {}",
        undo.status,
        undo.body
    );
    let shown = browser.get(&undo.location()).await;
    assert!(
        shown.body.contains("Somebody else has changed it since"),
        "{}",
        shown.body
    );
    browser.carry_out(&undo.location()).await;
    assert_eq!(
        (length(&stage, one).await, length(&stage, two).await),
        (json!(8), json!(20))
    );
}

#[tokio::test]
async fn the_first_that_fails_stops_it_where_that_is_asked_for_and_the_rest_can_be_sent() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let projects = three(&stage, &mut browser).await;
    let [one, two, three] = [0, 1, 2].map(|at| projects[at].as_str());
    let drawn = draw(&mut browser, "14", &[one, two, three], true).await;
    let fault = json!({ "operation": "v1-update-auth-service-config", "ref": two, "kind": "status", "code": 400 });
    stage.fault(fault.clone()).await;
    browser.carry_out(&drawn.location()).await;
    let told = browser.get(&drawn.location()).await;
    for part in [
        "1 as sent, 1 refused, 1 not sent",
        "Stopped at the first that failed",
        "Not sent",
        "Try the rest again",
    ] {
        assert!(told.body.contains(part), "{part}: {}", told.body);
    }
    assert_eq!(
        (length(&stage, one).await, length(&stage, three).await),
        (json!(14), json!(12))
    );
    stage.clear_faults().await;
    browser.carry_out(&drawn.location()).await;
    assert_eq!(
        (length(&stage, two).await, length(&stage, three).await),
        (json!(14), json!(14))
    );

    // Where it is not, the others go on; and one project can be left out before.
    stage.fault(fault).await;
    let drawn = draw(&mut browser, "15", &[one, two, three], false).await;
    let id = id_of(&drawn);
    browser
        .post(&format!("/plans/{id}/leave-out"), &[("project", one)])
        .await;
    browser.carry_out(&drawn.location()).await;
    let told = browser.get(&drawn.location()).await;
    assert!(told.body.contains("1 as sent, 1 refused, 0 not sent"), "{}", told.body);
    assert_eq!(
        (length(&stage, one).await, length(&stage, three).await),
        (json!(14), json!(15))
    );
}

#[tokio::test]
async fn nothing_more_is_sent_after_it_is_stopped() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let mut other = stage.signed_in().await;
    let projects = three(&stage, &mut browser).await;
    let [one, two, three] = [0, 1, 2].map(|at| projects[at].as_str());
    let drawn = draw(&mut browser, "16", &[one, two, three], false).await;
    let id = id_of(&drawn);
    let slow = json!({ "operation": "v1-update-auth-service-config", "ref": one, "kind": "slow", "ms": 8_000 });
    stage.fault(slow).await;
    // It answers while the first call is still under way.
    browser.begin(&drawn.location()).await;
    let running = browser.get(&drawn.location()).await;
    assert!(running.body.contains(&format!("/plans/{id}/stop")), "{}", running.body);
    // Nobody else stops it.
    other.post(&format!("/plans/{id}/stop"), &[]).await;
    let stopped: bool = sql::query_scalar("SELECT stopped FROM plans WHERE phase = 'running'")
        .fetch_one(&stage.steward.state.store.pool)
        .await
        .unwrap();
    assert!(!stopped);
    browser.post(&format!("/plans/{id}/stop"), &[]).await;
    let told = browser.ended(&drawn.location()).await;
    assert!(told.body.contains("1 as sent, 0 refused, 2 not sent"), "{}", told.body);
    assert!(told.body.contains("Stopped"), "{}", told.body);
    assert_eq!(
        (
            length(&stage, one).await,
            length(&stage, two).await,
            length(&stage, three).await
        ),
        (json!(16), json!(10), json!(12))
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_and_projects_that_are_not_ones_own_are_refused() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let projects = three(&stage, &mut browser).await;
    let one = projects[0].as_str();
    let wrong = draw(&mut browser, "many", &[one], true).await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let nowhere = draw(&mut browser, "12", &[], true).await;
    assert!(nowhere.body.contains("Tick the projects"), "{}", nowhere.body);
    let secret = [
        ("_area", "auth"),
        ("_setting", "smtp_pass"),
        ("smtp_pass", "hush-hush"),
        ("_back", "/bulk-change"),
        ("to", one),
    ];
    let refused = browser
        .post_multipart("/plans/settings-across", &secret, &[], OURS)
        .await;
    assert!(
        refused.status == 422 && !refused.body.contains("hush-hush"),
        "{}",
        refused.body
    );

    let other = Stage::with(json!({ "projects": 1 }), &[]).await;
    let theirs = other.projects().await[0].reference.clone();
    let drawn = draw(&mut browser, "13", &[one, &theirs], true).await;
    let shown = browser.get(&drawn.location()).await;
    assert!(
        shown.body.contains("Refused") && shown.body.contains("Change 1 project"),
        "{}",
        shown.body
    );
    let mut nobody = stage.browser();
    let away = nobody.post(&format!("/plans/{}/stop", id_of(&drawn)), &[]).await;
    assert!(away.location().starts_with("/sign-in"));
}
