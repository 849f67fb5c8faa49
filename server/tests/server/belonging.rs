//! What calls belong to: branches and snippets are told to the people of their project, and to nobody else.

use reqwest::StatusCode;
use serde_json::{Value, json};
use server::store::sql;

use crate::{
    audit::signed_in_as,
    browser::Browser,
    stage::{Stage, data_dir},
};

const GRACE: usize = 1;
const EMMY: usize = 4;

/// The calls that the person sees, the newest first.
async fn lines(browser: &mut Browser, choices: &str) -> Vec<Value> {
    let file = browser.get(&format!("/audit.jsonl?{choices}")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    file.body
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The call of an operation, if the person sees one.
async fn seen(browser: &mut Browser, operation: &str) -> Option<Value> {
    let mut lines = lines(browser, "").await.into_iter();
    lines.find(|line| line["operation"] == operation)
}

async fn calls(stage: &Stage, operation: &str) -> u64 {
    stage.world().await["counters"]["calls"][operation]
        .as_u64()
        .unwrap_or_default()
}

/// Runs the operation, and says yes to what is asked about what it would do.
async fn run(browser: &mut Browser, operation: &str, fields: &[(&str, &str)]) {
    let mut page = browser.explore(operation, fields).await;
    let tag = page
        .body
        .split('>')
        .find(|tag| tag.contains("name=\"_sure\""))
        .map(str::to_owned);
    if let (StatusCode::UNPROCESSABLE_ENTITY, Some(tag)) = (page.status, tag) {
        let yes = tag
            .split("value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        let fields: Vec<(&str, &str)> = fields.iter().copied().filter(|(name, _)| *name != "_sure").collect();
        page = browser
            .explore(operation, &[fields.as_slice(), &[("_sure", yes)]].concat())
            .await;
    }
    assert_eq!(page.status, StatusCode::OK, "{operation}: {}", page.body);
}

/// A branch of the project, whose making is over: its own ref and its id.
async fn branch(stage: &Stage, browser: &mut Browser, project: &str) -> (String, String) {
    let fields = [("ref", project), ("branch_name", "try"), ("_sure", "true")];
    run(browser, "v1-create-a-branch", &fields).await;
    stage.advance(60).await;
    let made = rows(stage).await;
    let made = made.iter().find(|(_, _, own)| own.is_some()).unwrap();
    (made.2.clone().unwrap(), made.0.clone())
}

/// What the console has written down of what belongs to what: key, project and own project.
async fn rows(stage: &Stage) -> Vec<(String, Option<String>, Option<String>)> {
    stage.steward.state.directory.flush().await;
    sql::query_as("SELECT key, project, own FROM places")
        .fetch_all(&stage.steward.state.store.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_done_to_a_branch_is_told_to_colleagues_and_to_no_stranger() {
    let stage = Stage::new().await;
    let (mut ada, mut grace, mut emmy) = (
        stage.signed_in().await,
        signed_in_as(&stage, GRACE).await,
        signed_in_as(&stage, EMMY).await,
    );
    let project = stage.projects().await.remove(0).reference;
    let (own, id) = branch(&stage, &mut ada, &project).await;
    let sure = |key| [("branch_id_or_ref", key), ("_confirm", "try"), ("_sure", "true")];
    for operation in ["v1-push-a-branch", "v1-reset-a-branch", "v1-merge-a-branch"] {
        run(&mut ada, operation, &sure(&own)).await;
        stage.advance(60).await;
    }
    run(
        &mut ada,
        "v1-get-a-branch-config",
        &[("branch_id_or_ref", &own), ("_reveal", "db_pass")],
    )
    .await;
    run(&mut ada, "v1-delete-a-branch", &sure(&id)).await;

    for operation in [
        "v1-push-a-branch",
        "v1-reset-a-branch",
        "v1-merge-a-branch",
        "v1-get-a-branch-config",
        "v1-delete-a-branch",
    ] {
        let line = seen(&mut grace, operation).await;
        let line = line.unwrap_or_else(|| panic!("{operation} is not told"));
        assert_eq!(line["project"], project, "{line}");
        assert_eq!(seen(&mut emmy, operation).await, None);
    }
}

#[tokio::test]
async fn what_a_branch_belongs_to_is_asked_once_and_only_before_a_write() {
    let stage = Stage::new().await;
    let (mut ada, mut grace) = (stage.signed_in().await, signed_in_as(&stage, GRACE).await);
    let project = stage.projects().await.remove(0).reference;
    let (own, _) = branch(&stage, &mut ada, &project).await;

    // Grace has seen neither the branch nor its project.
    let before = calls(&stage, "v1-get-project").await;
    run(&mut grace, "v1-diff-a-branch", &[("branch_id_or_ref", &own)]).await;
    assert_eq!(
        calls(&stage, "v1-get-project").await,
        before,
        "a read waits for nothing"
    );
    for _ in 0..3 {
        let fields = [
            ("branch_id_or_ref", own.as_str()),
            ("persistent", "true"),
            ("_sure", "true"),
        ];
        run(&mut grace, "v1-update-a-branch-config", &fields).await;
    }
    assert_eq!(calls(&stage, "v1-get-project").await, before + 1);
    let told = lines(&mut ada, "person=grace").await;
    let told: Vec<&Value> = told
        .iter()
        .filter(|line| line["operation"] == "v1-update-a-branch-config")
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    // The first answer told whose branch it is.
    assert_eq!(told[0]["project"], project);
    let slug = stage.organizations().await.remove(0).slug;
    assert_eq!(
        told[2]["organization"],
        slug.as_str(),
        "until then, its organization was known"
    );
}

#[tokio::test]
async fn what_cannot_be_found_out_stays_with_the_caller() {
    let stage = Stage::new().await;
    let (mut ada, mut grace) = (stage.signed_in().await, signed_in_as(&stage, GRACE).await);
    let project = stage.projects().await.remove(0).reference;
    let (own, _) = branch(&stage, &mut ada, &project).await;
    stage
        .fault(json!({ "operation": "v1-get-project", "kind": "status", "code": 403, "message": "Not you" }))
        .await;
    let before = calls(&stage, "v1-get-project").await;
    let fields = [("branch_id_or_ref", own.as_str())];
    for _ in 0..2 {
        run(&mut grace, "v1-diff-a-branch", &fields).await;
        stage.advance(60).await;
    }
    assert!(calls(&stage, "v1-get-project").await <= before + 1);
    assert!(
        seen(&mut grace, "v1-diff-a-branch").await.is_some(),
        "it was sent all the same"
    );
    assert_eq!(seen(&mut ada, "v1-diff-a-branch").await, None);
}

#[tokio::test]
async fn a_snippet_that_was_read_is_told_to_its_project() {
    let stage = Stage::new().await;
    let (mut ada, mut grace, mut emmy) = (
        stage.signed_in().await,
        signed_in_as(&stage, GRACE).await,
        signed_in_as(&stage, EMMY).await,
    );
    let project = stage.projects().await.remove(0).reference;
    run(&mut ada, "v1-list-all-snippets", &[("project_ref", &project)]).await;
    let known = rows(&stage).await;
    let snippet = known
        .iter()
        .find(|(key, home, _)| key.len() == 36 && home.as_deref() == Some(project.as_str()));
    let id = &snippet.unwrap().0;
    run(&mut ada, "v1-get-a-snippet", &[("id", id)]).await;
    let line = seen(&mut grace, "v1-get-a-snippet").await.unwrap();
    assert_eq!(line["project"], project, "{line}");
    assert_eq!(seen(&mut emmy, "v1-get-a-snippet").await, None);
}

#[tokio::test]
async fn a_restart_forgets_nothing_of_it() {
    let stage = Stage::new().await;
    let project = stage.projects().await.remove(0).reference;
    let (own, id) = branch(&stage, &mut stage.signed_in().await, &project).await;
    let dir = data_dir();
    let steward = stage.beside(dir.path()).await;
    let mut ada = stage.signed_in_at(&steward).await;
    ada.get("/projects").await.assert_complete();
    run(&mut ada, "v1-list-all-branches", &[("ref", &project)]).await;
    steward.stop().await.unwrap();

    let steward = stage.beside(dir.path()).await;
    let mut ada = stage.signed_in_at(&steward).await;
    let before = calls(&stage, "v1-get-project").await;
    for key in [&own, &id] {
        let fields = [("branch_id_or_ref", key.as_str()), ("_confirm", key), ("_sure", "true")];
        run(&mut ada, "v1-reset-a-branch", &fields).await;
        stage.advance(60).await;
    }
    assert_eq!(calls(&stage, "v1-get-project").await, before);
    let told = lines(&mut ada, "effect=destructive").await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|line| line["project"] == project.as_str()), "{told:?}");
    steward.stop().await.unwrap();
}

#[tokio::test]
async fn the_organization_stands_on_what_was_done_to_a_project_that_is_no_more() {
    let stage = Stage::new().await;
    let (mut ada, mut grace, mut emmy) = (
        stage.signed_in().await,
        signed_in_as(&stage, GRACE).await,
        signed_in_as(&stage, EMMY).await,
    );
    let project = stage.projects().await.remove(0);
    let slug = stage.organizations().await.remove(0).slug;
    let named = [("ref", project.reference.as_str()), ("name", "Harbour")];
    let answer = ada.post_in_place("/do/v1-update-a-project", &named).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let sure = [("ref", project.reference.as_str()), ("_confirm", "Harbour")];
    run(&mut ada, "v1-delete-a-project", &sure).await;
    assert!(
        stage
            .projects()
            .await
            .iter()
            .all(|left| left.reference != project.reference)
    );
    for operation in ["v1-update-a-project", "v1-delete-a-project"] {
        let line = seen(&mut grace, operation).await;
        let line = line.unwrap_or_else(|| panic!("{operation} is not told"));
        assert_eq!(
            (&line["project"], &line["organization"]),
            (&json!(project.reference), &json!(slug))
        );
        assert_eq!(seen(&mut emmy, operation).await, None);
    }
}
