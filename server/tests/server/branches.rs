//! What is asked before something is done with a branch, whichever form asks, and a run's log as a file.

use std::time::Duration;

use app::outcome::{FormOutcome, Problem};
use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

const MERGE: &str = "/do/v1-merge-a-branch";

/// The console, its browser, production, and a branch of it whose pages have been seen.
async fn branched() -> (Stage, Browser, String, String) {
    let stage = Stage::with(json!({ "names": ["Harbour"], "coming_up_ms": 0 }), &[]).await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let fields = [
        ("ref", project.as_str()),
        ("branch_name", "try"),
        ("_sure", "true"),
        ("_next", "/projects/{project_ref}"),
    ];
    let made = browser.post("/do/v1-create-a-branch", &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let branch = made.location().split(['/', '?']).nth(2).unwrap().to_owned();
    browser
        .get(&format!("/projects/{project}/branches"))
        .await
        .assert_complete();
    (stage, browser, project, branch)
}

async fn sql(stage: &Stage, project: &str, query: &str) {
    let world = stage.world().await;
    let token = world["people"][0]["pat"].as_str().unwrap();
    let path = format!("{}/v1/projects/{project}/database/query", stage.sandbox);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client
        .post(path)
        .bearer_auth(token)
        .json(&json!({ "query": query }))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201, "{query}: {}", answer.text().await.unwrap());
}

fn problem(answer: &Page) -> Problem {
    match serde_json::from_str(&answer.body).unwrap() {
        FormOutcome::Failed { problem } => problem,
        FormOutcome::Done { .. } | FormOutcome::SignedOut { .. } => panic!("{}", answer.body),
    }
}

#[tokio::test]
async fn a_merge_is_asked_about_by_what_it_does() {
    let (stage, mut browser, project, branch) = branched().await;
    let of = |more: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        std::iter::once(("branch_id_or_ref", branch.clone()))
            .chain(more)
            .collect()
    };
    async fn merge(browser: &mut Browser, fields: &[(&'static str, String)]) -> Page {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post_json(MERGE, &fields).await
    }
    // What only adds asks nothing.
    sql(&stage, &branch, "create table public.kept (id int, legacy int)").await;
    let done = merge(&mut browser, &of(&[])).await;
    assert_eq!(done.status, 200, "{}", done.body);

    // What changes who gets in asks for a tick, and for no name.
    sql(&stage, &branch, "revoke select on public.kept from anon").await;
    let asked = problem(&merge(&mut browser, &of(&[])).await).question.unwrap();
    assert_eq!(asked.does, "changes production: it takes rights away from anon");
    assert_eq!(asked.name, None);
    let done = merge(&mut browser, &of(&[("_sure", &asked.sure)])).await;
    assert_eq!(done.status, 200, "{}", done.body);

    // What loses rows asks for production\u{2019}s name as well, and for nothing that was said of another diff.
    sql(&stage, &branch, "alter table public.kept drop column legacy").await;
    let lost = problem(&merge(&mut browser, &of(&[("_sure", &asked.sure)])).await)
        .question
        .unwrap();
    assert!(lost.does.contains("it drops the column"), "{}", lost.does);
    assert_eq!(lost.name.as_deref(), Some("Harbour"));
    let unnamed = problem(&merge(&mut browser, &of(&[("_sure", &lost.sure), ("_confirm", "harbour")])).await);
    assert_eq!(unnamed.field.as_deref(), Some("_confirm"));
    let unticked = problem(&merge(&mut browser, &of(&[("_confirm", "Harbour")])).await);
    assert_eq!(unticked.question.map(|question| question.name), Some(None));
    sql(&stage, &branch, "drop table public.kept").await;
    // What was read is kept for five seconds.
    tokio::time::sleep(Duration::from_millis(5_100)).await;
    let other = problem(&merge(&mut browser, &of(&[("_sure", &lost.sure), ("_confirm", "Harbour")])).await);
    let other = other.question.unwrap();
    assert!(other.does.contains("it drops the table"), "{}", other.does);

    // The explorer asks the same.
    let page = browser
        .explore("v1-merge-a-branch", &[("branch_id_or_ref", &branch)])
        .await;
    assert!(page.body.contains("it drops the table"), "{}", page.body);

    // Where the difference cannot be read, anything may be lost.
    tokio::time::sleep(Duration::from_millis(5_100)).await;
    stage
        .fault(json!({ "operation": "v1-diff-a-branch", "kind": "status", "code": 503 }))
        .await;
    let blind = problem(&merge(&mut browser, &of(&[("_sure", &other.sure), ("_confirm", "Harbour")])).await);
    assert!(blind.question.unwrap().does.contains("what differs could not be read"));
    stage.clear_faults().await;
    let done = merge(&mut browser, &of(&[("_sure", &other.sure), ("_confirm", "Harbour")])).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let calls: Value = stage.world().await["counters"]["calls"]["v1-merge-a-branch"].clone();
    assert_eq!(
        (calls, project.len()),
        (json!(3), 20),
        "nothing left before it was confirmed"
    );
}

#[tokio::test]
async fn a_branch_is_deleted_by_its_name() {
    let (stage, mut browser, project, branch) = branched().await;
    let fields = |name: &'static str| {
        [
            ("branch_id_or_ref", branch.clone()),
            ("force", "true".to_owned()),
            ("_confirm", name.to_owned()),
        ]
    };
    let of = |name| fields(name).map(|(name, value)| (name, value));
    let wrong = of("Try");
    let wrong: Vec<_> = wrong.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = problem(&browser.post_json("/do/v1-delete-a-branch", &wrong).await);
    assert_eq!(refused.field.as_deref(), Some("_confirm"));
    assert!(refused.text.contains("\u{201c}try\u{201d}"), "{}", refused.text);
    let right = of("try");
    let right: Vec<_> = right.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = browser.post_json("/do/v1-delete-a-branch", &right).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let page = browser.get(&format!("/projects/{project}/branches/{branch}")).await;
    assert!(page.body.contains("Not found"), "{}", page.body);
    drop(stage);
}

#[tokio::test]
async fn a_runs_log_is_a_file_of_whoever_may_read_it() {
    let (stage, mut browser, project, branch) = branched().await;
    let runs = browser
        .get(&format!("/projects/{project}/branches/{branch}/runs"))
        .await
        .body;
    let start = format!("/projects/{project}/branches/{branch}/runs/");
    let run = runs
        .split(&start)
        .nth(1)
        .and_then(|rest| rest.get(..36))
        .unwrap()
        .to_owned();
    let path = format!("/files/{branch}/runs/{run}");
    let file = browser.get(&path).await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        file.header("content-disposition"),
        format!("attachment; filename=\"run-{run}.log\"")
    );
    assert!(file.body.contains("[migrate]"), "{}", file.body);
    assert_eq!(browser.get(&format!("/files/{branch}/runs/nothing")).await.status, 404);
    let nobody = stage.browser().get(&path).await;
    assert!(!nobody.body.contains("[migrate]"), "{}", nobody.body);
}
