//! Plans: what takes several calls is shown before anything is sent, and then made call by call.

use app::plan::{Phase, Plan, State, Step};
use management_api::OperationId;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

/// Secrets that are replaced cannot be brought back, which is asked first.
const SURE: &[(&str, &str)] = &[("_sure", "true")];
const OURS: &[(&str, &str)] = &[("accept", "text/html"), ("sec-fetch-site", "same-origin")];

async fn send(browser: &mut Browser, address: &str, fields: &[(&str, &str)]) -> Page {
    browser.post_multipart(address, fields, &[], OURS).await
}

/// The id in the address that a plan was drawn up at.
fn id_of(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().split_once("?plan=").unwrap().1.to_owned()
}

/// The names of a project's secrets, as Supabase has them.
async fn names(browser: &mut Browser, project: &str) -> Vec<String> {
    let page = browser.explore("v1-list-all-secrets", &[("ref", project)]).await;
    let found = regex::Regex::new("PLAN_[A-Z]+").unwrap();
    let mut names: Vec<String> = found
        .find_iter(&page.body)
        .map(|name| name.as_str().to_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

#[tokio::test]
async fn nothing_is_sent_before_the_plan_is_carried_out_and_no_secret_comes_back() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let mine = stage.accounts().await.remove(0);
    let project = &stage.projects().await[0].reference;
    let fields = [
        ("ref", project.as_str()),
        ("name", "PLAN_A"),
        ("value", "hush-hush-a"),
        ("name", "PLAN_B"),
        ("value", "hush-hush-b"),
    ];
    let drawn = send(&mut browser, "/plans/secrets", &fields).await;
    let id = id_of(&drawn);
    assert_eq!(drawn.location(), format!("/projects/{project}/secrets?plan={id}"));
    assert_eq!(names(&mut browser, project).await, [""; 0]);
    let shown = browser.get(&drawn.location()).await;
    assert!(!shown.body.contains("hush-hush"), "{}", shown.body);

    let apply = format!("/plans/{id}/apply");
    let mut another = stage.signed_in().await;
    another.post(&apply, SURE).await;
    another.post(&format!("/plans/{id}/discard"), &[]).await;
    assert_eq!(
        names(&mut browser, project).await,
        [""; 0],
        "a plan is its own person's"
    );
    let mut nobody = stage.browser();
    let refused = nobody.post(&apply, &[]).await;
    assert!(refused.location().starts_with("/sign-in"), "{}", refused.location());
    let from_elsewhere = [("accept", "text/html"), ("sec-fetch-site", "cross-site")];
    let refused = browser
        .request(reqwest::Method::POST, &apply, &from_elsewhere, Some(&[]))
        .await;
    assert_eq!(refused.status, 403);
    assert_eq!(names(&mut browser, project).await, [""; 0]);

    let applied = browser.post(&apply, SURE).await;
    assert_eq!(
        applied.location(),
        drawn.location(),
        "{} {}",
        applied.status,
        applied.body
    );
    assert_eq!(names(&mut browser, project).await, ["PLAN_A", "PLAN_B"]);
    // The same values again: there is nothing to do.
    let again = id_of(&send(&mut browser, "/plans/secrets", &fields).await);
    let plan = plan(&stage, &mine, &again).await;
    assert!(plan.steps.is_empty(), "{plan:?}");
}

async fn plan(stage: &Stage, account: &server::identity::AccountKey, id: &str) -> Plan {
    stage.steward.state.store.plan(account, id).await.unwrap().unwrap()
}

fn set(project: &str, name: &str) -> Step {
    let parameters = json!({ "ref": project, "secrets": [{ "name": name, "value": "hush-hush" }] });
    Step::new(OperationId::CreateSecrets, format!("Set {name}"), parameters)
}

#[tokio::test]
async fn what_fails_stops_its_own_project_only_and_the_rest_can_be_tried_again() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let account = stage.accounts().await[0].clone();
    let projects = stage.projects().await;
    let (one, two) = (projects[0].reference.as_str(), projects[1].reference.as_str());
    let steps = vec![set(one, "PLAN_A"), set(one, "PLAN_B"), set(two, "PLAN_C")];
    let drawn = Plan::new(format!("/projects/{one}"), "Set 3 secrets", Vec::new(), steps);
    let id = stage.steward.state.store.add_plan(&account, &drawn).await.unwrap();
    let once = json!({ "operation": "v1-bulk-create-secrets", "kind": "status", "code": 400, "times": 1 });
    stage.fault(once).await;

    browser.post(&format!("/plans/{id}/apply"), SURE).await;
    let ended = plan(&stage, &account, &id).await;
    assert_eq!(ended.phase, Phase::Ended);
    assert!(matches!(ended.steps[0].state, State::Failed(_)), "{ended:?}");
    assert_eq!(ended.steps[1].state, State::Waiting);
    assert_eq!(ended.steps[2].state, State::Done);
    assert_eq!(ended.steps[2].parameters, None, "what was sent is not kept");
    assert_eq!(names(&mut browser, one).await, [""; 0]);
    assert_eq!(names(&mut browser, two).await, ["PLAN_C"]);

    stage.clear_faults().await;
    browser.post(&format!("/plans/{id}/apply"), SURE).await;
    let ended = plan(&stage, &account, &id).await;
    assert!(ended.steps.iter().all(|step| step.state == State::Done), "{ended:?}");
    assert_eq!(names(&mut browser, one).await, ["PLAN_A", "PLAN_B"]);
}

#[tokio::test]
async fn a_change_that_was_overtaken_holds_back_its_own_project_and_no_other() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let account = stage.accounts().await[0].clone();
    let projects = stage.projects().await;
    let (one, two) = (projects[0].reference.as_str(), projects[1].reference.as_str());
    let fields = [
        ("_area", "auth"),
        ("_setting", "password_min_length"),
        ("password_min_length", "12"),
        ("_back", "/bulk-change"),
        ("to", one),
        ("to", two),
    ];
    let drawn = id_of(&send(&mut browser, "/plans/settings-across", &fields).await);
    let mut drawn = plan(&stage, &account, &drawn).await;
    drawn.steps.push(set(one, "PLAN_A"));
    drawn.steps.push(set(two, "PLAN_B"));
    let id = stage.steward.state.store.add_plan(&account, &drawn).await.unwrap();
    for project in [one, two] {
        let path = format!("/v1/projects/{project}/config/auth");
        stage.patch_upstream(&path, &json!({ "password_min_length": 20 })).await;
    }

    browser.begin(&format!("{}?plan={id}", drawn.page)).await;
    let ended = plan(&stage, &account, &id).await;
    for at in [0, 1] {
        let State::Failed(error) = &ended.steps[at].state else {
            panic!("each says itself what is wrong: {ended:?}");
        };
        assert!(error.to_string().contains("somebody else has changed"), "{error}");
    }
    for at in [2, 3] {
        assert_eq!(
            ended.steps[at].state,
            State::Waiting,
            "it comes after what failed there"
        );
    }
    assert_eq!(names(&mut browser, one).await, [""; 0]);
}

#[tokio::test]
async fn what_is_asked_first_is_asked_of_a_plan_too() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let account = stage.accounts().await[0].clone();
    let project = stage.projects().await[0].reference.clone();
    let pause = Step::new(OperationId::PauseProject, "Pause it", json!({ "ref": project }));
    let drawn = Plan::new(
        format!("/projects/{project}/settings"),
        "Pause",
        Vec::new(),
        vec![pause],
    );
    let id = stage.steward.state.store.add_plan(&account, &drawn).await.unwrap();
    let apply = format!("/plans/{id}/apply");
    let refused = browser.post(&apply, &[]).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(plan(&stage, &account, &id).await.steps[0].state, State::Waiting);
    let world: Value = stage.world().await;
    assert!(world.to_string().contains("ACTIVE_HEALTHY"));
    browser.post(&apply, SURE).await;
    assert_eq!(plan(&stage, &account, &id).await.steps[0].state, State::Done);
}
