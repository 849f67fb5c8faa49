//! Every operation of these configurations is reached from a page: the page makes the call, or has the form that does.

use std::collections::BTreeSet;

use app::{page::Page, pages, plan::Kind};
use management_api::{Area, OperationId};
use regex::Regex;
use serde_json::json;

use super::{demo, note_g};
use crate::routes::vouching;

/// What the pages are about.
fn is_ours(id: OperationId) -> bool {
    let row = id.row();
    let words = [
        "/config/disk",
        "/network-",
        "/sso/",
        "/third-party-auth",
        "/readonly",
        "/jit",
        "/pgsodium",
        "/claim-token",
        "/config/database/pgbouncer",
        "/config/database/pooler",
    ];
    matches!(row.area, Area::Domains | Area::Billing) || words.iter().any(|word| row.path.contains(word))
}

/// Those that no page needs, and why.
const LEFT_OUT: &[(OperationId, &str)] = &[(
    OperationId::ListNetworkBans,
    "the other list of bans tells the same with the database of each",
)];

#[tokio::test]
async fn every_operation_of_a_configuration_is_reached_from_a_page() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let (provider, issuer) = vouching(&stage, &project).await;
    let addon = json!({ "addon_type": "custom_domain", "addon_variant": "cd_default" });
    stage.patch_upstream(&format!("/v1/projects/{project}/billing/addons"), &addon).await;
    let links = Regex::new("/(?:do|reveal)/(v1-[A-Za-z0-9-]+(?:%20[a-z]+)*)").unwrap();
    let plans = Regex::new("action=\"/plans/([a-z-]+)\"").unwrap();
    let filled = |page: &Page| {
        page.template()
            .replace("{ref}", &project)
            .replace("{provider}", &provider)
            .replace("{issuer}", &issuer)
    };
    let paths: Vec<String> = pages::all()
        .map(filled)
        .filter(|path| path.contains(&project) && !path.contains('{'))
        .collect();
    let more = [
        format!("/projects/{project}/settings/hostname/vanity?name=reach"),
        format!("/projects/{project}/settings/jit?role=postgres&from=203.0.113.9"),
        format!("/projects/{project}/settings/jit/grant?person=a&role=postgres"),
    ];
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut look = async |browser: &mut crate::browser::Browser, path: &str| {
        let body = browser.get(path).await.body;
        found.extend(links.captures_iter(&body).map(|found| found[1].replace("%20", " ")));
        let kinds = plans.captures_iter(&body).filter_map(|found| Kind::read(&found[1]));
        found.extend(kinds.map(|kind| kind.operation().as_str().to_owned()));
    };
    for path in paths.iter().chain(&more) {
        look(&mut browser, path).await;
    }
    // A hostname at each of its steps, a vanity subdomain and a claim token that are there.
    let hostname = format!("/v1/projects/{project}/custom-hostname");
    let page = format!("/projects/{project}/settings/hostname");
    let vanity = json!({ "vanity_subdomain": "reach" });
    stage.post_upstream(&format!("/v1/projects/{project}/vanity-subdomain/activate"), &vanity).await;
    stage.post_upstream(&format!("/v1/projects/{project}/claim-token"), &json!(null)).await;
    look(&mut browser, &format!("{page}/vanity")).await;
    look(&mut browser, &format!("/projects/{project}/settings/claim-token")).await;
    let grant = json!({ "user_id": stage.world().await["people"][0]["id"], "roles": [{ "role": "postgres" }] });
    stage.ask_upstream(reqwest::Method::PUT, &format!("/v1/projects/{project}/database/jit"), Some(&grant)).await;
    look(&mut browser, &format!("/projects/{project}/settings/jit")).await;
    let begin = json!({ "custom_hostname": "api.example.com" });
    stage.post_upstream(&format!("{hostname}/initialize"), &begin).await;
    for _ in 0..3 {
        look(&mut browser, &page).await;
        stage.advance(3_600).await;
        stage.post_upstream(&format!("{hostname}/reverify"), &json!(null)).await;
    }
    look(&mut browser, &page).await;
    let calls = stage.world().await["counters"]["calls"].clone();
    let read = |id: &OperationId| {
        let called = calls.get(id.as_str()).is_some_and(|count| count != 0);
        called && id.row().effect == management_api::Effect::Read
    };
    found.extend(OperationId::ALL.iter().filter(|id| read(id)).map(|id| id.as_str().to_owned()));
    let ours: Vec<&OperationId> = OperationId::ALL.iter().filter(|id| is_ours(**id)).collect();
    assert!(ours.len() > 40, "{ours:?}");
    let left_out = |id: &OperationId| LEFT_OUT.iter().any(|(left_out, _)| left_out == id);
    let missing: Vec<&str> = ours
        .into_iter()
        .filter(|id| !found.contains(id.as_str()) && !left_out(id))
        .map(|id| id.as_str())
        .collect();
    assert!(missing.is_empty(), "no page leads to {missing:?}");
}
