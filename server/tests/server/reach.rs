//! Every operation of branches, functions, secrets and keys is reached from a page: the page makes the call, or has the
//! form that does, or leads to where it is.

use std::collections::BTreeSet;

use app::{page::Page, pages, plan::Kind};
use management_api::{Area, OperationId};
use regex::Regex;
use serde_json::{Value, json};

use crate::stage::Stage;

/// What the pages are about.
fn is_ours(id: OperationId) -> bool {
    let row = id.row();
    let keys = row.name.contains("signing-key");
    let about = matches!(row.area, Area::Branches | Area::Functions)
        || row.area == Area::Secrets && !row.name.contains("pgsodium");
    about || keys
}

#[tokio::test]
async fn every_operation_of_what_a_team_builds_is_reached_from_a_page() {
    let stage = Stage::with(json!({ "rate_limit": 1_000_000, "coming_up_ms": 60_000 }), &[]).await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let named = |name: &str| {
        projects
            .iter()
            .find(|project| project.name == name)
            .unwrap()
            .reference
            .clone()
    };
    let (project, branch) = (named("Note G"), named("carry-lookahead"));
    let runs = stage.get_upstream(&format!("/v1/projects/{branch}/actions")).await;
    let run = runs[0]["id"].as_str().unwrap().to_owned();

    let key = json!({ "type": "secret", "name": "reach" });
    let key: Value = serde_json::from_str(
        &stage
            .post_upstream(&format!("/v1/projects/{project}/api-keys"), &key)
            .await,
    )
    .unwrap();
    let key = key["id"].as_str().unwrap().to_owned();

    // A signing key that has come to its end, which can be removed once that is a while ago.
    let keys = format!("/v1/projects/{project}/config/auth/signing-keys");
    let there = stage.get_upstream(&keys).await;
    let standby = there["keys"]
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["status"] == "standby")
        .unwrap();
    let standby = format!("{keys}/{}", standby["id"].as_str().unwrap());
    for status in ["previously_used", "revoked"] {
        stage.patch_upstream(&standby, &json!({ "status": status })).await;
    }
    stage.advance(3_600).await;
    let made = async |name: &str| -> Value {
        let path = format!("/v1/projects/{project}/branches");
        serde_json::from_str(&stage.post_upstream(&path, &json!({ "branch_name": name })).await).unwrap()
    };
    // One that was deleted can be restored.
    let gone = made("gone").await;
    stage.advance(120).await;
    stage
        .delete_upstream(&format!("/v1/branches/{}?force=false", gone["id"].as_str().unwrap()))
        .await;

    // A run that is under way can be paused.
    let busy = made("busy").await["project_ref"].as_str().unwrap().to_owned();
    let runs = stage.get_upstream(&format!("/v1/projects/{busy}/actions")).await;
    let paused = format!(
        "/projects/{project}/branches/{busy}/runs/{}",
        runs[0]["id"].as_str().unwrap()
    );
    let several = format!("/projects/{project}/function-changes?slug=hello-world");
    // One whose JWT secret is no signing key yet.
    let unsigned = format!("/projects/{}/keys/signing/new", named("Tide Tables"));

    let mut found: BTreeSet<String> = BTreeSet::new();
    let links = Regex::new("/(?:do|explorer|reveal)/(v[12]-[a-z0-9-]+)").unwrap();
    let plans = Regex::new("action=\"/plans/([a-z-]+)\"").unwrap();
    let filled = |page: &Page| {
        page.template()
            .replace("{ref}", &project)
            .replace("{branch}", &branch)
            .replace("{run}", &run)
            .replace("{key}", &key)
            .replace("{slug}", "hello-world")
    };
    // The audit of one call is left out, and the explorer, which reaches everything.
    let paths = pages::all()
        .map(filled)
        .filter(|path| !path.contains('{') && !path.starts_with("/explorer"));
    for path in paths.chain([unsigned, paused, several]) {
        let shown = browser.get(&path).await;
        found.extend(links.captures_iter(&shown.body).map(|found| found[1].to_owned()));
        let kinds = plans
            .captures_iter(&shown.body)
            .filter_map(|found| Kind::read(&found[1]));
        found.extend(kinds.map(|kind| kind.operation().as_str().to_owned()));
    }
    let calls = stage.world().await["counters"]["calls"].clone();
    found.extend(calls.as_object().unwrap().keys().cloned());
    let missing: Vec<&str> = OperationId::ALL
        .iter()
        .filter(|id| is_ours(**id) && !found.contains(id.as_str()))
        .map(|id| id.as_str())
        .collect();
    assert!(missing.is_empty(), "no page leads to {missing:?}");
}
