//! Notebooks: made, read, edited cell by cell, a cell run read-only, and deleted by name.

use app::paths;
use serde_json::{Value, json};

use crate::{
    audit::signed_in_as,
    configure::{demo, done, failing, holds, note_g, perform},
    stage::Stage,
};

async fn told(stage: &Stage, project: &str, id: &str) -> Value {
    let notebook = stage
        .get_upstream(&format!("/v2/projects/{project}/notebooks/{id}"))
        .await;
    notebook["data"]["attributes"].clone()
}

#[tokio::test]
async fn a_notebook_is_made_written_run_and_deleted() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let (list, new) = (paths::notebooks(&project), paths::new_notebook(&project));
    holds(
        &ada.get(&list).await,
        &["Monday morning", "Kept by whoever is on duty", "New notebook"],
    );
    let of = ("ref", project.as_str());
    let content = ("content", "{\"cells\":[]}");
    let refused = perform(&mut ada, "v2-create-notebook", &new, &[of, content, ("name", "")]).await;
    holds(&refused, &["id=\"name-error\""]);
    let next = format!("{list}/{{id}}/edit");
    let fields = [
        ("_back", new.as_str()),
        ("_next", next.as_str()),
        of,
        content,
        ("name", "Rows"),
        ("favorite", "false"),
    ];
    let made = ada.post("/do/v2-create-notebook", &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let edit = made.location().split('?').next().unwrap().to_owned();
    let id = edit.split('/').nth(4).unwrap().to_owned();
    let page = paths::notebook(&project, &id);
    holds(&ada.get(&page).await, &["Nothing stands in it yet"]);

    // Two cells, one after the other.
    let seen = told(&stage, &project, &id).await["updated_at"]
        .as_str()
        .unwrap()
        .to_owned();
    let head = |seen: &str| {
        vec![
            ("ref", project.clone()),
            ("id", id.clone()),
            ("cell.seen", seen.to_owned()),
        ]
    };
    let text = |name: &'static str, value: &str| (name, value.to_owned());
    let mut first = head(&seen);
    first.extend([
        text("cell.0.id", ""),
        text("cell.0.kind", "database"),
        text("cell.0.title", "Both"),
        text("cell.0.text", "select 1 as one,\r\n null as nothing"),
        text("cell.0.place", "1"),
    ]);
    let borrowed = |fields: &[(&'static str, String)]| -> Vec<(String, String)> {
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    };
    let fields = borrowed(&first);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    done(&mut ada, "v2-update-notebook", &edit, &fields).await;
    let cells = told(&stage, &project, &id).await["content"]["cells"].clone();
    assert_eq!(cells[0]["sql"], "select 1 as one,\n null as nothing");
    let cell = cells[0]["id"].as_str().unwrap().to_owned();

    // The same form once more was drawn of an earlier state; what was written comes back.
    let stale = perform(&mut ada, "v2-update-notebook", &edit, &fields).await;
    assert_eq!(stale.status, 422, "{}", stale.body);
    holds(&stale, &["The notebook was changed meanwhile", "null as nothing"]);
    assert_eq!(
        told(&stage, &project, &id).await["content"]["cells"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    // It is run, and only reads.
    let run = ada.get(&paths::notebook_run(&project, &id, &cell)).await;
    run.assert_complete();
    holds(&run, &["Answer of Both", ">nothing<", "1 row"]);
    let seen = told(&stage, &project, &id).await["updated_at"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut second = head(&seen);
    second.extend([
        text("cell.0.id", &cell),
        text("cell.0.title", ""),
        text("cell.0.text", "create table made (id int)"),
        text("cell.0.place", "2"),
        text("cell.1.id", ""),
        text("cell.1.kind", "markdown"),
        text("cell.1.text", "<script>alert(1)</script>"),
        text("cell.1.place", "1"),
    ]);
    let fields = borrowed(&second);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    done(&mut ada, "v2-update-notebook", &edit, &fields).await;
    let cells = told(&stage, &project, &id).await["content"]["cells"].clone();
    assert_eq!(
        (cells[0]["type"].as_str(), cells[1]["id"].as_str()),
        (Some("markdown"), Some(cell.as_str()))
    );
    let writes = ada.get(&paths::notebook_run(&project, &id, &cell)).await;
    holds(&writes, &["read-only transaction", "&lt;script&gt;alert(1)"]);
    assert!(!writes.body.contains("<script>alert(1)"), "a cell became markup");

    let end = [of, ("id", id.as_str())];
    let unnamed = perform(&mut ada, "v2-delete-notebook", &page, &end).await;
    holds(&unnamed, &["name of the notebook"]);
    done(
        &mut ada,
        "v2-delete-notebook",
        &list,
        &[of, ("id", id.as_str()), ("_confirm", "Rows")],
    )
    .await;
    assert!(!ada.get(&list).await.body.contains(&page));
}

#[tokio::test]
async fn who_may_only_read_edits_nothing_and_what_fails_says_so() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let list = stage.get_upstream(&format!("/v2/projects/{project}/notebooks")).await;
    let id = list["data"][0]["id"].as_str().unwrap().to_owned();
    let page = paths::notebook(&project, &id);
    holds(
        &ada.get(&page).await,
        &[
            "Tables by schema",
            "Errors of the last hour",
            "the last hour",
            "Run read-only",
            "class=\"lines\"",
        ],
    );
    let mut katherine = signed_in_as(&stage, 3).await;
    let edit = paths::notebook_edit(&project, &id);
    let fields = [
        ("ref", project.as_str()),
        ("id", id.as_str()),
        ("_was.name", "\"Monday morning\""),
        ("name", "Mine"),
    ];
    let refused = perform(&mut katherine, "v2-update-notebook", &edit, &fields).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    let mut grace = failing(&stage, "v2-get-notebook").await;
    holds(&grace.get(&page).await, &["Supabase has a problem"]);
    let missing = paths::notebook(&project, "3f0c0b3e-1111-4111-8111-111111111111");
    stage.clear_faults().await;
    holds(&ada.get(&missing).await, &["Not found"]);
}

#[tokio::test]
async fn a_question_to_the_logs_is_asked_over_its_own_time() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let cell = |sql: &str, amount: u32| json!({ "type": "log", "sql": sql, "time_range": { "type": "relative", "unit": "hour", "amount": amount } });
    let cells = json!([
        cell("select id, source from logs limit 3", 2),
        cell("select id from logs", 48)
    ]);
    let attributes = json!({ "name": "Logs", "content": { "cells": cells } });
    let body = json!({ "data": { "type": "notebook", "attributes": attributes } });
    let made = stage
        .post_upstream(&format!("/v2/projects/{project}/notebooks"), &body)
        .await;
    let made: Value = serde_json::from_str(&made).unwrap();
    let id = made["data"]["id"].as_str().unwrap();
    let cell = |at: usize| {
        made["data"]["attributes"]["content"]["cells"][at]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let run = ada.get(&paths::notebook_run(&project, id, &cell(0))).await;
    run.assert_complete();
    holds(&run, &["Answer of Logs", "3 rows"]);
    // More than the service allows is not made less in silence.
    let long = ada.get(&paths::notebook_run(&project, id, &cell(1))).await;
    holds(&long, &["24 hours"]);
}
