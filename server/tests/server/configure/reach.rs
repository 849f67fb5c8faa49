//! What is reached from the pages of configurations, each looked at in the states in which it offers something else.

use std::collections::BTreeSet;

use app::{page::Page, pages, settings};
use management_api::OperationId;
use regex::Regex;
use serde_json::json;

use super::{demo, done, note_g, reference};
use crate::routes::vouching;

/// The operations that the pages call or have a form for.
pub async fn reached() -> BTreeSet<String> {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let (provider, issuer) = vouching(&stage, &project).await;
    let addon = json!({ "addon_type": "custom_domain", "addon_variant": "cd_default" });
    stage
        .patch_upstream(&format!("/v1/projects/{project}/billing/addons"), &addon)
        .await;
    let links = Regex::new("/(?:do|reveal)/(v1-[A-Za-z0-9-]+(?:%20[a-z]+)*)").unwrap();
    let areas = Regex::new("name=\"_area\" value=\"([a-z-]+)\"").unwrap();
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
        format!("/projects/{project}/settings/jit/grant?invite=a@example.org&role=postgres"),
    ];
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut look = async |browser: &mut crate::browser::Browser, path: &str| {
        let body = browser.get(path).await.body;
        found.extend(links.captures_iter(&body).map(|found| found[1].replace("%20", " ")));
        let areas = areas
            .captures_iter(&body)
            .filter_map(|found| settings::Area::of(&found[1]));
        let changes = areas.flat_map(|area| [Some(area.write), area.part]).flatten();
        found.extend(changes.map(|operation| operation.as_str().to_owned()));
    };
    for path in paths.iter().chain(&more) {
        look(&mut browser, path).await;
    }
    // A hostname at each of its steps, and what comes only with what is there.
    let of = ("ref", project.as_str());
    let page = format!("/projects/{project}/settings/hostname");
    let vanity = [of, ("vanity_subdomain", "reach"), ("_sure", "true")];
    done(&mut browser, "v1-activate-vanity-subdomain-config", &page, &vanity).await;
    look(&mut browser, &format!("{page}/vanity")).await;
    stage
        .post_upstream(&format!("/v1/projects/{project}/claim-token"), &json!(null))
        .await;
    let person = stage.world().await["people"][0]["id"].as_str().unwrap().to_owned();
    let grant = [
        of,
        ("user_id", person.as_str()),
        ("roles", "[{\"role\":\"postgres\"}]"),
        ("_sure", "true"),
    ];
    done(&mut browser, "v1-update-jit-access", &page, &grant).await;
    let invite = [
        of,
        ("email", "outside@example.org"),
        ("roles", "[{\"role\":\"postgres\"}]"),
        ("_sure", "true"),
    ];
    done(&mut browser, "v1-invite-external-jit-access", &page, &invite).await;
    // A database that is not well takes no change of its network: it waits to be settled.
    let ill = reference(&stage, "Jacquard Loom").await;
    let ranges = json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": [] });
    let path = format!("/v1/projects/{ill}/network-restrictions/apply");
    stage.post_upstream(&path, &ranges).await;
    look(&mut browser, &format!("/projects/{ill}/settings/network")).await;
    look(&mut browser, &format!("/projects/{project}/settings/jit")).await;
    look(&mut browser, &format!("/projects/{project}/settings/claim-token")).await;
    let begin = [of, ("custom_hostname", "api.example.com"), ("_sure", "true")];
    done(&mut browser, "v1-update-hostname-config", &page, &begin).await;
    for _ in 0..2 {
        look(&mut browser, &page).await;
        stage.advance(3_600).await;
        done(&mut browser, "v1-verify-dns-config", &page, &[of]).await;
    }
    look(&mut browser, &page).await;
    let calls = stage.world().await["counters"]["calls"].clone();
    let read = |id: &OperationId| {
        let called = calls.get(id.as_str()).is_some_and(|count| count != 0);
        called && id.row().effect == management_api::Effect::Read
    };
    found.extend(
        OperationId::ALL
            .iter()
            .filter(|id| read(id))
            .map(|id| id.as_str().to_owned()),
    );
    found
}
