//! /api/places: what the switchers offer, and the only thing that a browser can call besides forms.

use leptos::server_fn::axum::server_fn_paths;
use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn places_are_names_and_links_and_nothing_else() {
    let names = ["Zebra", "<b>apple</b>", "Mango \u{1f96d}"];
    let stage = Stage::with(json!({ "names": names }), &[]).await;
    let mut browser = stage.signed_in().await;
    let mut projects = stage.projects().await;
    projects.sort_by_key(|project| project.name.to_lowercase());
    let expected: Vec<_> = projects
        .iter()
        .map(|project| json!({ "name": project.name, "href": format!("/projects/{}", project.reference) }))
        .collect();
    for name in names {
        assert!(projects.iter().any(|project| project.name == name), "{name}");
    }
    let answer = browser.places("projects").await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!(expected)));

    let mut organizations = stage.organizations().await;
    organizations.sort_by_key(|organization| organization.name.to_lowercase());
    let expected: Vec<_> = organizations
        .iter()
        .map(|one| json!({ "name": one.name, "href": format!("/organizations/{}", one.slug) }))
        .collect();
    assert_eq!(browser.places("organizations").await.json(), json!(expected));
}

#[tokio::test]
async fn nobody_but_people_signed_in_is_told_places() {
    let stage = Stage::new().await;
    let answer = stage.browser().places("projects").await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()),
        (401, json!({ "kind": "signed_out" }))
    );

    stage
        .fault(json!({ "operation": "v1-list-all-projects", "kind": "status", "code": 402, "message": "No more" }))
        .await;
    let mut browser = stage.signed_in().await;
    let answer = browser.places("projects").await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.json(), json!({ "kind": "plan_limit", "message": "No more" }));
}

#[tokio::test]
async fn a_browser_cannot_name_an_operation() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let mut functions: Vec<_> = server_fn_paths().collect();
    functions.sort_by_key(|(path, _)| *path);
    let reads = [
        "/api/advice",
        "/api/advice-about",
        "/api/advice-everywhere",
        "/api/backups",
        "/api/backups-everywhere",
        "/api/branch",
        "/api/branch-changes",
        "/api/branch-offer",
        "/api/branch-run",
        "/api/branch-runs",
        "/api/branch-settings",
        "/api/branches",
        "/api/claim-token",
        "/api/columns",
        "/api/compute",
        "/api/compute-instance",
        "/api/data-api-document",
        "/api/drift",
        "/api/drift-everywhere",
        "/api/find",
        "/api/function",
        "/api/function_everywhere",
        "/api/function_limits",
        "/api/function_numbers",
        "/api/function_rows",
        "/api/function_source",
        "/api/function_usage",
        "/api/functions",
        "/api/hostname",
        "/api/in-force",
        "/api/infrastructure",
        "/api/jit",
        "/api/jit-choice",
        "/api/key",
        "/api/keys",
        "/api/keys-everywhere",
        "/api/log-drains",
        "/api/logs-counts",
        "/api/logs-kept",
        "/api/logs-lines",
        "/api/logs-rows",
        "/api/machines",
        "/api/members",
        "/api/metrics",
        "/api/migration",
        "/api/migration-rollback",
        "/api/migrations",
        "/api/migrations-compared",
        "/api/notebook",
        "/api/notebooks",
        "/api/organization-attention",
        "/api/parts-compared",
        "/api/places",
        "/api/places_of_functions",
        "/api/project-attention",
        "/api/project-branches",
        "/api/project-functions",
        "/api/readonly",
        "/api/relations",
        "/api/roles_to_give",
        "/api/roster",
        "/api/schema",
        "/api/secrets",
        "/api/secrets_across",
        "/api/settings",
        "/api/settings-comparable",
        "/api/settings-compared",
        "/api/signing-keys",
        "/api/signing-place",
        "/api/sql-history",
        "/api/sql-history-one",
        "/api/sql-kept-one",
        "/api/sql-saved",
        "/api/sql-saved-one",
        "/api/sso-provider",
        "/api/sso-providers",
        "/api/table",
        "/api/third-party-issuer",
        "/api/third-party-issuers",
        "/api/types",
        "/api/upgrade",
        "/api/usage-health",
        "/api/usage-room",
        "/api/usage-traffic",
        "/api/vanity",
        "/api/versions",
        "/api/ways-in",
        "/api/webhook",
        "/api/webhooks",
    ];
    assert_eq!(functions, reads.map(|path| (path, reqwest::Method::POST)));

    let calls = stage.world().await["counters"]["calls"].clone();
    let delete = json!({ "operation": "v1-delete-a-project", "parameters": { "ref": "x" }, "kind": "v1-get-profile" });
    assert_eq!(browser.ask("/api/read", &delete).await.status, 404);
    assert_eq!(browser.ask("/api/places", &delete).await.status, 500);
    assert_eq!(browser.get("/api/places?kind=projects").await.status, 405);
    assert_eq!(stage.world().await["counters"]["calls"], calls, "nothing was called");
}
