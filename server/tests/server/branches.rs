//! What is asked before something is done with a branch, whichever form asks, and a run's log as a file.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

const MERGE: &str = "/do/v1-merge-a-branch";

/// The console, its browser, production, and a branch of it whose pages have been seen.
pub async fn branched() -> (Stage, Browser, String, String) {
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

#[tokio::test]
async fn a_reset_tells_what_the_tables_hold() {
    let (stage, mut browser, project, branch) = branched().await;
    let changes = app::paths::branch_changes(&project, &branch);
    let rows = "create table public.notes as select generate_series(1, 1204); create table public.one as select 1; \
                create table public.empty (a int)";
    sql(&stage, &branch, rows).await;
    let page = browser.get(&changes).await;
    page.assert_complete();
    for words in [
        "public.notes",
        "1,204 rows",
        "public.one",
        "1 row",
        "1,205 rows in 2 tables are lost",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("public.empty</code>"), "{}", page.body);

    stage
        .fault(json!({ "operation": "v1-read-only-query", "kind": "status", "code": 500 }))
        .await;
    let unknown = browser.get(&format!("{changes}?schemas=public")).await;
    for words in [
        "How many rows these are could not be read",
        "how many could not be read",
    ] {
        assert!(unknown.body.contains(words), "{words}: {}", unknown.body);
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
        browser.post_in_place(MERGE, &fields).await
    }
    // Where new tables are granted by themselves.
    let usual = "alter default privileges in schema public grant select on tables to anon";
    sql(&stage, &project, usual).await;
    sql(&stage, &branch, usual).await;
    // What only adds asks nothing.
    sql(&stage, &branch, "create table public.kept (id int, legacy int)").await;
    let done = merge(&mut browser, &of(&[])).await;
    assert_eq!(done.status, 200, "{}", done.body);

    // What changes who gets in asks for a tick, and for no name.
    sql(&stage, &branch, "revoke select on public.kept from anon").await;
    let asked = merge(&mut browser, &of(&[])).await.problem().question.unwrap();
    assert_eq!(asked.does(), "changes production: it takes rights away from anon");
    assert_eq!(asked.name, None);
    let done = merge(&mut browser, &of(&[("_sure", &asked.ticks[0].sure)])).await;
    assert_eq!(done.status, 200, "{}", done.body);

    // What loses rows asks for production\u{2019}s name as well, and for nothing that was said of another diff.
    sql(&stage, &branch, "alter table public.kept drop column legacy").await;
    let lost = merge(&mut browser, &of(&[("_sure", &asked.ticks[0].sure)]))
        .await
        .problem()
        .question
        .unwrap();
    assert_eq!(lost.does(), "drops the column legacy of public.kept on production");
    assert_eq!(lost.name.as_deref(), Some("Harbour"));
    let sure = &lost.ticks[0].sure;
    let unnamed = merge(&mut browser, &of(&[("_sure", sure), ("_confirm", "harbour")]))
        .await
        .problem();
    assert_eq!(unnamed.field.as_deref(), Some("_confirm"));
    let unticked = merge(&mut browser, &of(&[("_confirm", "Harbour")])).await.problem();
    assert_eq!(unticked.question.map(|question| question.name), Some(None));
    // Somebody else goes on in the meantime, which is seen at once.
    sql(&stage, &branch, "drop table public.kept").await;
    let other = merge(&mut browser, &of(&[("_sure", sure), ("_confirm", "Harbour")]))
        .await
        .problem();
    let other = other.question.unwrap();
    assert_eq!(other.does(), "drops the table public.kept on production");

    // The explorer asks the same.
    let page = browser
        .explore("v1-merge-a-branch", &[("branch_id_or_ref", &branch)])
        .await;
    assert!(page.body.contains("drops the table public.kept"), "{}", page.body);

    // Where the difference cannot be read, anything may be lost.
    stage
        .fault(json!({ "operation": "v1-diff-a-branch", "kind": "status", "code": 503 }))
        .await;
    let sure = &other.ticks[0].sure;
    let blind = merge(&mut browser, &of(&[("_sure", sure), ("_confirm", "Harbour")]))
        .await
        .problem();
    assert!(
        blind
            .question
            .unwrap()
            .does()
            .contains("what differs could not be read")
    );
    stage.clear_faults().await;
    let done = merge(&mut browser, &of(&[("_sure", sure), ("_confirm", "Harbour")])).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(
        (calls(&stage, "v1-merge-a-branch").await, project.len()),
        (json!(3), 20),
        "nothing left before it was confirmed"
    );
}

async fn calls(stage: &Stage, operation: &str) -> Value {
    stage.world().await["counters"]["calls"][operation].clone()
}

/// Runs a migration, as another client of the API would.
async fn migrate(stage: &Stage, project: &str, query: &str) {
    let world = stage.world().await;
    let token = world["people"][0]["pat"].as_str().unwrap();
    let path = format!("{}/v1/projects/{project}/database/migrations", stage.sandbox);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client
        .post(path)
        .bearer_auth(token)
        .json(&json!({ "query": query, "name": "change" }))
        .send()
        .await
        .unwrap();
    assert!(
        answer.status().is_success(),
        "{query}: {}",
        answer.text().await.unwrap()
    );
}

#[tokio::test]
async fn what_pending_migrations_do_to_rows_is_asked_about_though_no_diff_shows_it() {
    let (stage, mut browser, project, branch) = branched().await;
    let changes = format!("/projects/{project}/branches/{branch}/changes");
    let merge = |fields: Vec<(&'static str, String)>| {
        let branch = branch.clone();
        std::iter::once(("branch_id_or_ref", branch))
            .chain(fields)
            .collect::<Vec<_>>()
    };
    async fn post(browser: &mut Browser, path: &str, fields: Vec<(&'static str, String)>) -> Page {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post_in_place(path, &fields).await
    }
    for side in [&project, &branch] {
        sql(
            &stage,
            side,
            "create table public.orders (id int, note text); create table public.log (id int)",
        )
        .await;
    }
    let rows = "insert into public.orders select n, case when n = 1 then 'x' end from generate_series(1, 1200) n";
    sql(&stage, &project, rows).await;
    migrate(
        &stage,
        &branch,
        "delete from orders; update public.orders set note = 'y'; truncate log",
    )
    .await;

    // The page says it with its counts, which were read on production.
    let page = browser.get(&changes).await;
    page.assert_complete();
    assert!(page.body.contains("No schema differs"), "{}", page.body);
    assert!(
        page.body
            .contains("deletes every row of orders on production, by the migration"),
        "{}",
        page.body
    );
    assert!(page.body.contains(": 1,200 rows"), "{}", page.body);
    assert!(page.body.contains(": no rows"), "{}", page.body);
    assert!(page.body.contains("Merge, and lose 3 things for good"), "{}", page.body);

    // Each has a tick of its own, and one of them is not enough.
    let asked = post(&mut browser, MERGE, merge(vec![]))
        .await
        .problem()
        .question
        .unwrap();
    assert_eq!(asked.ticks.len(), 3, "{asked:?}");
    assert_eq!(asked.name.as_deref(), Some("Harbour"));
    let name = ("_confirm", "Harbour".to_owned());
    let sures = asked.ticks.iter().map(|tick| ("_sure", tick.sure.clone()));
    let two: Vec<_> = sures.clone().skip(1).chain([name.clone()]).collect();
    let refused = post(&mut browser, MERGE, merge(two)).await.problem();
    assert!(refused.question.is_some(), "{refused:?}");
    // What is drawn on the page is what the server asks.
    for tick in &asked.ticks {
        assert!(page.body.contains(&tick.sure), "{}", tick.does);
    }

    // Where its SQL cannot be read, it may do anything, and a yes to what was known does not hold.
    stage
        .fault(json!({ "operation": "v1-get-a-migration", "kind": "status", "code": 503 }))
        .await;
    let all: Vec<_> = sures.chain([name]).collect();
    let blind = post(&mut browser, MERGE, merge(all.clone()))
        .await
        .problem()
        .question
        .unwrap();
    assert!(blind.does().contains("whose SQL is not known here"), "{}", blind.does());
    stage.clear_faults().await;

    // A migration that came in between is asked about, too.
    migrate(&stage, &branch, "delete from log").await;
    let more = post(&mut browser, MERGE, merge(all)).await.problem().question.unwrap();
    assert_eq!(more.ticks.len(), 4, "{more:?}");
    assert_eq!(calls(&stage, "v1-merge-a-branch").await, Value::Null);

    // A push runs production's migrations on the branch, and so it asks the same of the branch. Versions are seconds.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    migrate(&stage, &project, "drop table public.log").await;
    let push = "/do/v1-push-a-branch";
    let asked = post(&mut browser, push, merge(vec![]))
        .await
        .problem()
        .question
        .unwrap();
    assert_eq!(asked.name.as_deref(), Some("try"));
    // What was read to be asked about, the page knows as well.
    let page = browser.get(&changes).await;
    assert!(
        page.body
            .contains("drops the table public.log on the branch, by the migration"),
        "{}",
        page.body
    );
    let yes = vec![("_sure", asked.ticks[0].sure.clone()), ("_confirm", "try".to_owned())];
    let done = post(&mut browser, push, merge(yes)).await;
    assert_eq!(done.status, 200, "{}", done.body);

    // And a reset of everything that is on it.
    let reset = "/do/v1-reset-a-branch";
    let asked = post(&mut browser, reset, merge(vec![]))
        .await
        .problem()
        .question
        .unwrap();
    assert_eq!((asked.ticks.len(), asked.name.as_deref()), (1, Some("try")));
    let page = browser.get(&changes).await;
    assert!(page.body.contains(&asked.ticks[0].sure), "{}", page.body);
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
    let refused = browser.post_in_place("/do/v1-delete-a-branch", &wrong).await.problem();
    assert_eq!(refused.field.as_deref(), Some("_confirm"));
    assert!(refused.text.contains("\u{201c}try\u{201d}"), "{}", refused.text);
    let right = of("try");
    let right: Vec<_> = right.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = browser.post_in_place("/do/v1-delete-a-branch", &right).await;
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
