//! Every operation is reached from a page that is not the explorer: the page makes the call, or has the form that does, or
//! leads to where it is.

use std::collections::{BTreeMap, BTreeSet};

use app::{page::Page, pages, paths, plan::Kind};
use management_api::OperationId;
use regex::Regex;
use serde_json::{Value, json};

use crate::{
    audit::signed_in_as,
    browser::Browser,
    claim, configure, private_link,
    routes::{migrated, vouching},
    stage::Stage,
};

/// What only the explorer reaches, as far as the pages that are opened here show; in the catalogue's order. A page that
/// reaches one of these takes it from the list. Some are reached where their page looks otherwise than it does here.
const NOT_YET: &[&str] = &[];

/// What no page needs, and why.
const LEFT_OUT: &[(OperationId, &str)] = &[
    (
        OperationId::ListNetworkBans,
        "the other list of bans tells the same with the database of each",
    ),
    (
        OperationId::QueryLogsBefore,
        "the service has taken it away and answers 410",
    ),
];

#[tokio::test]
async fn every_operation_is_reached_from_a_page() {
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

    let version = migrated(&stage, &project).await;
    let backups = backups(&stage, &project, &named("Difference Engine"), &named("Jacquard Loom")).await;

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

    let (provider, issuer) = vouching(&stage, &project).await;
    let slug = stage
        .organizations()
        .await
        .into_iter()
        .find(|organization| organization.name == "Analytical Engines")
        .unwrap()
        .slug;
    let member = stage.world().await["people"][0]["id"].as_str().unwrap().to_owned();
    // One that is on its way back.
    let returning = named("Harbour Sketches");
    stage
        .post_upstream(&format!("/v1/projects/{returning}/restore"), &json!({}))
        .await;
    let mut found: BTreeSet<String> = configure::reach::reached().await;
    let links = Regex::new("/(?:do|explorer|reveal)/(v[12]-[A-Za-z0-9-]+)").unwrap();
    let plans = Regex::new("action=\"/plans/([a-z-]+)\"").unwrap();
    let first = async |path: String| -> String {
        let list = stage.get_upstream(&path).await;
        list["data"][0]["id"].as_str().unwrap().to_owned()
    };
    let of_project = first(format!("/v2/projects/{project}/webhooks/endpoints")).await;
    let of_organization = first(format!("/v2/organizations/{slug}/webhooks/endpoints")).await;
    let notebook = first(format!("/v2/projects/{project}/notebooks")).await;
    let drain = first(format!("/v2/projects/{project}/analytics/log-drains")).await;
    let deliveries = async |place: String, id: &str| {
        let told = first(format!("/v2{place}/webhooks/endpoints/{id}/deliveries")).await;
        format!("{place}/webhooks/{id}?delivery={told}")
    };
    let filled = |page: &Page| {
        page.template()
            .replace("{ref}/webhooks/{webhook}", &format!("{{ref}}/webhooks/{of_project}"))
            .replace("{webhook}", &of_organization)
            .replace("{drain}", &drain)
            .replace("{notebook}", &notebook)
            .replace(
                "{ref}/compute/{name}",
                &format!("{}/compute/mailer", named("Mill & Store")),
            )
            .replace("{ref}", &project)
            .replace("{branch}", &branch)
            .replace("{run}", &run)
            .replace("{key}", &key)
            .replace("{provider}", &provider)
            .replace("{issuer}", &issuer)
            .replace("{member}", &member)
            .replace("{version}", &version)
            .replace("functions/{slug}", "functions/hello-world")
            .replace("{slug}", &slug)
    };
    // The audit of one call is left out, and the explorer, which reaches everything.
    let paths = pages::all()
        .map(filled)
        .filter(|path| !path.contains('{') && !path.starts_with("/explorer"));
    let paths: Vec<String> = paths.collect();
    let member_page = format!("/organizations/{slug}/members");
    let goal = stage.organizations().await.remove(2).slug;
    let snippets = stage.get_upstream(&format!("/v1/snippets?project_ref={project}")).await;
    let more = [
        unsigned,
        paused,
        several,
        paths::sql_beside(&project, "saved", &[]),
        paths::sql_snippet(&project, snippets["data"][0]["id"].as_str().unwrap()),
        deliveries(format!("/projects/{project}"), &of_project).await,
        deliveries(format!("/organizations/{slug}"), &of_organization).await,
        format!("/projects/{project}/log-drains/new?kind=otlp"),
        format!("/projects/{}/compute/new?name=resizer", named("Mill & Store")),
        format!("{member_page}/invite?to=somebody%40example.com&role=developer"),
        format!("{member_page}/{member}?role=developer"),
        format!("/projects/{project}/settings/transfer?to={goal}"),
        // Those that do not run are offered something else.
        format!("/projects/{}", named("Lighthouse")),
        format!("/projects/{}/settings", named("Lighthouse")),
        format!("/projects/{}/settings", named("Mill Archive")),
        format!("/projects/{returning}/settings"),
        // One that does not run the newest version.
        format!("/projects/{}/infrastructure/upgrade", named("Difference Engine")),
    ];
    let before = counted(&stage).await;
    for path in paths.into_iter().chain(more).chain(backups) {
        let shown = browser.get(&path).await;
        // The form of SQL is its own.
        if shown.body.contains("name=\"_mode\" value=\"write\"") {
            found.insert(OperationId::RunQuery.as_str().to_owned());
        }
        found.extend(links.captures_iter(&shown.body).map(|found| found[1].to_owned()));
        let kinds = plans
            .captures_iter(&shown.body)
            .filter_map(|found| Kind::read(&found[1]));
        found.extend(kinds.map(|kind| kind.operation().as_str().to_owned()));
    }
    // Calls that the pages made, and not the test itself.
    claimed(&stage, &mut browser, &named("Tide Tables"), &slug).await;
    signed_in_as(&stage, 1).await.post(paths::SIGN_OUT, &[]).await;
    // Of this one a grant is ended.
    browser.post(paths::SIGN_OUT, &[]).await;
    let after = counted(&stage).await;
    found.extend(
        after
            .into_iter()
            .filter(|(id, count)| before.get(id) != Some(count))
            .map(|(id, _)| id),
    );
    let mut grace = signed_in_as(&stage, 1).await;
    private_link::share_both(&stage, &mut grace, &named("Compiler")).await;
    let shared = grace.get(&paths::private_link(&named("Compiler"))).await;
    found.extend(links.captures_iter(&shared.body).map(|found| found[1].to_owned()));
    let missing: Vec<&str> = OperationId::ALL
        .iter()
        .map(|id| id.as_str())
        .filter(|id| !found.contains(*id) && !LEFT_OUT.iter().any(|(left_out, _)| left_out.as_str() == *id))
        .collect();
    assert_eq!(missing, NOT_YET, "what no page leads to, and what is said to be so");
}

/// A restore point in `project`, a moment that `recoverable` can be set back to, and a backup of `filed` that is a file:
/// the pages that offer what can be done with them.
async fn backups(stage: &Stage, project: &str, recoverable: &str, filed: &str) -> [String; 2] {
    let of = |project: &str| format!("/v1/projects/{project}/database/backups");
    let point = json!({ "name": "reach" });
    stage
        .post_upstream(&format!("{}/restore-point", of(project)), &point)
        .await;
    let addon = json!({ "addon_type": "pitr", "addon_variant": "pitr_7" });
    stage
        .patch_upstream(&format!("/v1/projects/{recoverable}/billing/addons"), &addon)
        .await;
    // And a replica, which can be removed.
    let replica = json!({ "read_replica_region": "eu-west-1" });
    stage
        .post_upstream(&format!("/v1/projects/{project}/read-replicas/setup"), &replica)
        .await;
    stage.advance(7_200).await;
    let told = stage.get_upstream(&of(recoverable)).await;
    let latest = told["physical_backup_data"]["latest_physical_backup_date_unix"]
        .as_i64()
        .unwrap();
    let moment = time::OffsetDateTime::from_unix_timestamp(latest - 60).unwrap();
    let moment = moment.format(&time::format_description::well_known::Rfc3339).unwrap();
    let file = stage.get_upstream(&of(filed)).await["backups"][0]["id"].to_string();
    [
        format!("/projects/{recoverable}/backups?at={}", moment.trim_end_matches('Z')),
        format!("/projects/{filed}/backups?file={file}"),
    ]
}

/// A project is looked at by its claim token, and Supabase's own page is asked for one.
async fn claimed(stage: &Stage, browser: &mut Browser, project: &str, slug: &str) {
    let token = claim::token(stage, project).await;
    let looked = claim::looked_at(browser, slug, &token).await;
    assert!(looked.body.contains("What will be done"), "{}", looked.body);
    let started = browser.post(paths::CONNECT, &[("claim", project)]).await;
    browser.follow(started).await;
}

/// How often the sandbox was asked for each operation.
async fn counted(stage: &Stage) -> BTreeMap<String, u64> {
    serde_json::from_value(stage.world().await["counters"]["calls"].take()).unwrap()
}
