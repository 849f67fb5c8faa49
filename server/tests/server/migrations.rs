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
