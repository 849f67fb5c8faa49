//! Migrations: applied, written into the history, changed, rolled back and compared; and what is closed says why.

use serde_json::{Value, json};

use crate::{
    audit::signed_in_as,
    configure::{calls, demo, done, failing, holds, note_g, perform, reference},
    stage::Stage,
};

async fn history(stage: &Stage, project: &str) -> Vec<(String, String)> {
    let rows = stage
        .get_upstream(&format!("/v1/projects/{project}/database/migrations"))
        .await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| (text(&row["version"]), text(&row["name"]))).collect()
}

#[tokio::test]
async fn a_migration_is_applied_changed_and_rolled_back() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let (page, new) = (
        format!("/projects/{project}/migrations"),
        format!("/projects/{project}/migrations/new"),
    );
    holds(&ada.get(&page).await, &["No migration yet"]);
    let fields = [
        ("ref", project.as_str()),
        ("name", "wheels"),
        ("query", "create table wheels (id int primary key)"),
    ];
    done(&mut ada, "v1-apply-a-migration", &new, &fields).await;
    // What destroys is named and asked about.
    let drops = [
        ("ref", project.as_str()),
        ("name", "no_wheels"),
        ("query", "drop table wheels"),
        ("rollback", "create table wheels (id int primary key)"),
    ];
    let asked = perform(&mut ada, "v1-apply-a-migration", &new, &drops).await;
    assert_eq!(asked.status, 422);
    holds(&asked, &["drops the table wheels", "no_wheels"]);
    assert_eq!(calls(&stage, "v1-apply-a-migration").await, json!(1));
    let wrong = [("ref", project.as_str()), ("query", "select nothing from nowhere")];
    let refused = perform(&mut ada, "v1-apply-a-migration", &new, &wrong).await;
    holds(&refused, &["nowhere", "select nothing from"]);

    let (version, _) = history(&stage, &project).await.remove(0);
    let one = format!("{page}/{version}");
    holds(&ada.get(&page).await, &["wheels", &format!("href=\"{one}\"")]);
    holds(
        &ada.get(&one).await,
        &["primary", "ada@example.com", "Nothing is known that undoes it"],
    );
    // Without what undoes it, it cannot be rolled back, and the page says so before anything is sent.
    let back = format!("{one}/rollback");
    holds(
        &ada.get(&back).await,
        &["Nothing undoes it.", "has nothing that undoes it"],
    );
    let rollback = "drop table wheels";
    let kept = [
        ("ref", project.as_str()),
        ("version", version.as_str()),
        ("name", "first_wheels"),
        ("rollback", rollback),
    ];
    let asked = perform(&mut ada, "v1-patch-a-migration", &one, &kept).await;
    holds(&asked, &["keeps SQL for later that drops the table wheels"]);
    let sure = asked.body.split("name=\"_sure\"").nth(1).unwrap();
    let sure = sure
        .split("value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let kept: Vec<_> = kept.into_iter().chain([("_sure", sure.as_str())]).collect();
    done(&mut ada, "v1-patch-a-migration", &one, &kept).await;
    holds(&ada.get(&one).await, &["first_wheels"]);

    holds(&ada.get(&back).await, &["Undo 1 migration", "first_wheels"]);
    let fields = [("ref", project.as_str()), ("gte", version.as_str())];
    let unnamed = perform(&mut ada, "v1-rollback-migrations", &back, &fields).await;
    assert_eq!(unnamed.status, 422);
    let named = [fields[0], fields[1], ("_confirm", "Note G")];
    done(&mut ada, "v1-rollback-migrations", &page, &named).await;
    assert_eq!(history(&stage, &project).await, []);
    // What is gone is gone.
    holds(&ada.get(&one).await, &["Not found"]);
}

#[tokio::test]
async fn what_is_only_written_down_does_not_run_and_two_histories_stand_side_by_side() {
    let (stage, mut ada) = demo().await;
    let (project, other) = (note_g(&stage).await, reference(&stage, "Difference Engine").await);
    let new = format!("/projects/{project}/migrations/new");
    let fields = [
        ("ref", project.as_str()),
        ("name", "by_hand"),
        ("query", "create table by_hand (id int)"),
    ];
    done(&mut ada, "v1-upsert-a-migration", &new, &fields).await;
    let tables = json!({ "query": "select count(*)::int as count from pg_tables where tablename = 'by_hand'" });
    let there = stage
        .post_upstream(&format!("/v1/projects/{project}/database/query/read-only"), &tables)
        .await;
    assert_eq!(serde_json::from_str::<Value>(&there).unwrap(), json!([{ "count": 0 }]));

    let apply = async |project: &str, name: &str, query: &str| {
        let body = json!({ "name": name, "query": query });
        stage
            .post_upstream(&format!("/v1/projects/{project}/database/migrations"), &body)
            .await;
    };
    apply(&other, "by_hand", "create table by_hand (id bigint)").await;
    apply(&other, "only_there", "create table there ()").await;
    let page = format!("/projects/{project}/migrations/compare");
    holds(
        &ada.get(&page).await,
        &["Choose a project or a branch", "carry-lookahead (branch of Note G)"],
    );
    let compared = ada.get(&format!("{page}?with={other}")).await;
    holds(
        &compared,
        &["2 differ, 0 are on both sides.", "Other text", "Only there", "bigint"],
    );
}

#[tokio::test]
async fn who_may_not_and_what_fails_is_told() {
    let (stage, _) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/migrations");
    let mut reader = signed_in_as(&stage, 3).await;
    holds(&reader.get(&page).await, &["database_migrations_write"]);
    let mut grace = failing(&stage, "v1-list-migration-history").await;
    holds(&grace.get(&page).await, &["Supabase has a problem"]);
    stage.clear_faults().await;
    // The real service opens them to selected apps only.
    let fault = json!({ "operation": "v1-list-migration-history", "kind": "status", "code": 403, "times": 10 });
    stage.fault(fault).await;
    holds(
        &grace.get(&page).await,
        &["You may not do this", "to selected apps only", "schema_migrations"],
    );
}

#[tokio::test]
async fn a_folder_is_held_against_the_history_and_applied_in_order_up_to_the_first_that_fails() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/migrations/folder");
    holds(&ada.get(&page).await, &["webkitdirectory", "name=\"file\"", "multiple"]);
    for (name, query) in [
        ("same", "create table same (id int);"),
        ("changed", "create table changed (id int)"),
        ("by_hand", "create table by_hand (id int)"),
    ] {
        let body = json!({ "name": name, "query": query });
        stage
            .post_upstream(&format!("/v1/projects/{project}/database/migrations"), &body)
            .await;
    }
    let own = [("_back", page.as_str()), ("ref", project.as_str())];
    let files = [
        (
            "file",
            "migrations/3_third.sql",
            "create table third (id int references nothing)",
        ),
        ("file", "migrations/2_second.sql", "create table second (id int)"),
        ("file", "migrations/4_fourth.sql", "create table fourth (id int)"),
        (
            "file",
            "migrations/1_same.sql",
            "-- as it was\ncreate table same (id int);\n",
        ),
        ("file", "migrations/1_changed.sql", "create table changed (id bigint)"),
        ("file", "migrations/README.md", "# Read me"),
    ];
    let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin")];
    let none = ada
        .post_multipart("/plans/migrations", &own, &files[5..], &headers)
        .await;
    assert_eq!(none.status, 422);
    holds(&none, &["Choose the folder of your migrations"]);

    let drawn = ada.post_multipart("/plans/migrations", &own, &files, &headers).await;
    assert_eq!(drawn.status, 303, "{}", drawn.body);
    let address = drawn.location();
    let shown = ada.get(&address).await;
    holds(
        &shown,
        &[
            "Apply 3 migrations",
            "and the file has another text since",
            "and not among the files",
            "3 added",
            "1 changed",
            "1 refused",
        ],
    );
    assert_eq!(
        calls(&stage, "v1-apply-a-migration").await,
        json!(3),
        "nothing was sent yet"
    );
    let ended = ada.carry_out(&address).await;
    holds(
        &ended,
        &[
            "Not all of it was done",
            "1 of 3 calls made",
            "does not exist",
            "Not sent",
            "Try the rest again",
        ],
    );
    let names = async || {
        let rows = history(&stage, &project).await;
        rows.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["same", "changed", "by_hand", "second"]);

    // What made it fail is mended, and the rest goes on where it stopped.
    stage
        .post_upstream(
            &format!("/v1/projects/{project}/database/query"),
            &json!({ "query": "create table nothing (id int primary key)" }),
        )
        .await;
    let third = [
        (files[0].0, files[0].1, "create table third (id int references nothing)"),
        files[1],
        files[2],
    ];
    let drawn = ada.post_multipart("/plans/migrations", &own, &third, &headers).await;
    let ended = ada.carry_out(&drawn.location()).await;
    holds(&ended, &["2 of 2 calls made"]);
    assert_eq!(
        names().await,
        ["same", "changed", "by_hand", "second", "third", "fourth"]
    );
}

#[tokio::test]
async fn a_form_that_is_sent_twice_applies_once_and_another_text_is_another_migration() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let new = format!("/projects/{project}/migrations/new");
    let key = |page: &crate::browser::Page| {
        let field = page.body.split("name=\"idempotency_key\" value=\"").nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let (first, second) = (key(&ada.get(&new).await), key(&ada.get(&new).await));
    assert!(first.len() == 32 && first != second, "each form has a key of its own");
    let fields = |query: &'static str| {
        [
            ("ref", project.as_str()),
            ("name", "once"),
            ("query", query),
            ("idempotency_key", first.as_str()),
        ]
    };
    // The second would fail if it ran: the table is there.
    for _ in 0..2 {
        done(
            &mut ada,
            "v1-apply-a-migration",
            &new,
            &fields("create table once (id int)"),
        )
        .await;
    }
    assert_eq!(history(&stage, &project).await.len(), 1);
    // The form came back out of the browser's history and was filled in anew.
    done(
        &mut ada,
        "v1-apply-a-migration",
        &new,
        &fields("create table again (id int)"),
    )
    .await;
    assert_eq!(history(&stage, &project).await.len(), 2);
}
