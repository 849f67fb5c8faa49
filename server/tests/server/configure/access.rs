//! Read-only mode, just-in-time access, the encryption root key, the claim token, and PgBouncer.

use app::paths;
use serde_json::{Value, json};

use super::{calls, demo, done, failing, holds, note_g, perform};
use crate::{audit::signed_in_as, logs};

#[tokio::test]
async fn a_full_disk_lets_writes_through_for_a_while_that_counts_down() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "read-only");
    let mut grace = signed_in_as(&stage, 1).await;
    holds(
        &grace.get(&page).await,
        &["Writes are taken", "Writes are taken already."],
    );
    stage.fill_disk(&project).await;
    holds(
        &browser.get(&page).await,
        &["takes no writes", "Let writes through for 15 minutes"],
    );
    done(
        &mut browser,
        "v1-disable-readonly-mode-temporarily",
        &page,
        &[("ref", &project)],
    )
    .await;
    let counting = browser.get(&page).await;
    holds(
        &counting,
        &["Writes are let through for now", "Read-only again at", "Again in "],
    );
    let mut alan = signed_in_as(&stage, 2).await;
    failing(&stage, "v1-get-readonly-mode-status").await;
    holds(&alan.get(&page).await, &["error-view"]);
}

#[tokio::test]
async fn access_is_put_together_looked_at_given_and_taken_away() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    browser.get(paths::PROJECTS).await.assert_complete();
    let page = paths::settings(&project, "jit");
    let of = ("ref", project.as_str());
    let off = browser.get(&page).await;
    holds(
        &off,
        &[
            "Nobody connects by it",
            "Turn it on",
            "Nobody has access",
            "You were given no role",
        ],
    );
    let on = [of, ("state", "enabled"), ("_sure", "true")];
    done(&mut browser, "v1-update-jit-access-config", &page, &on).await;
    holds(
        &browser.get(&page).await,
        &["Whoever was given a role connects with it", "Turn it off"],
    );

    let grant = paths::jit_grant(&project, "");
    let form = browser.get(&grant).await;
    holds(&form, &["grace@example.com", "alan@example.com", "datetime-local"]);
    let world = stage.world().await;
    let grace = world["people"][1]["id"].as_str().unwrap().to_owned();
    for (query, wrong) in [
        ("role=postgres&until=2001-01-01T10:00", "This time is past"),
        ("role=postgres&networks=203.0.113.7/24", "A /24 begins at 203.0.113.0"),
        ("until=2099-01-01T10:00", "Which role of the database it is"),
    ] {
        let shown = browser.get(&format!("{grant}?person={grace}&{query}")).await;
        holds(&shown, &[wrong]);
        assert!(!shown.body.contains("Set the access"), "{query}");
    }
    let asked =
        format!("{grant}?person={grace}&role=postgres&until=2099-01-01T10:00&networks=203.0.113.0/24%0A2001:db8::/32");
    let shown = browser.get(&asked).await;
    holds(
        &shown,
        &[
            "What grace@example.com has then",
            "from 203.0.113.0/24, 2001:db8::/32",
            "Set the access",
        ],
    );
    let roles = hidden(&shown.body, "roles");
    let fields = [of, ("user_id", grace.as_str()), ("roles", roles.as_str())];
    let unasked = perform(&mut browser, "v1-update-jit-access", &asked, &fields).await;
    holds(&unasked, &["lets this person connect to the database"]);
    let mut sure = fields.to_vec();
    sure.push(("_sure", "true"));
    done(&mut browser, "v1-update-jit-access", &page, &sure).await;
    let known = stage
        .get_upstream(&format!("/v1/projects/{project}/database/jit/list"))
        .await;
    assert_eq!(known["items"][0]["user_roles"][0]["role"], "postgres");
    assert_eq!(
        known["items"][0]["user_roles"][0]["allowed_networks"]["allowed_cidrs_v6"],
        json!([{ "cidr": "2001:db8::/32" }])
    );
    holds(&browser.get(&page).await, &["grace@example.com", "until", "Take away"]);

    // A second role beside the first, which is taken away.
    let both = browser
        .get(&format!(
            "{grant}?person={grace}&drop=postgres&role=reader&branches_only=true"
        ))
        .await;
    holds(&both, &["Has now", "on branches only"]);
    let roles: Value = serde_json::from_str(&hidden(&both.body, "roles")).unwrap();
    assert_eq!(roles, json!([{ "role": "reader", "branches_only": true }]));

    // Whether one gets in is asked, and changes nothing.
    let tried = browser.get(&format!("{page}?role=postgres&from=203.0.113.9")).await;
    holds(&tried, &["You would not get in"]);
    let end = [of, ("user_id", grace.as_str()), ("_sure", "true")];
    done(&mut browser, "v1-delete-jit-access", &page, &end).await;
    holds(&browser.get(&page).await, &["Nobody has access"]);

    failing(&stage, "v1-get-jit-access-config").await;
    let mut grace = failing(&stage, "v1-list-jit-access").await;
    holds(&grace.get(&page).await, &["Supabase has a problem", "Would I get in?"]);
}

/// What the hidden field of this name holds.
fn hidden(body: &str, name: &str) -> String {
    let field = body
        .split("<input ")
        .find(|field| field.contains(&format!("name=\"{name}\"")))
        .unwrap();
    let value = field.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    value.replace("&quot;", "\"").replace("&amp;", "&")
}

#[tokio::test]
async fn the_root_key_is_seen_on_demand_and_replaced_by_name_only() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "encryption-key");
    let path = format!("/v1/projects/{project}/pgsodium");
    let key = stage.get_upstream(&path).await["root_key"].as_str().unwrap().to_owned();
    let before = calls(&stage, "v1-get-pgsodium-config").await;
    let shown = browser.get(&page).await;
    holds(
        &shown,
        &["Destroys.", "/reveal/v1-get-pgsodium-config", "type=\"password\""],
    );
    assert!(!shown.body.contains(&key));
    assert_eq!(
        calls(&stage, "v1-get-pgsodium-config").await,
        before,
        "it is not read for the page"
    );
    let ask = [
        ("ref", project.as_str()),
        ("_reveal", "root_key"),
        ("_form", "reveal-root-key"),
        ("_back", page.as_str()),
    ];
    let revealed = browser.post("/reveal/v1-get-pgsodium-config", &ask).await;
    assert_eq!(revealed.body.matches(&key).count(), 1);

    let short = [("ref", project.as_str()), ("root_key", "abc"), ("_confirm", "Note G")];
    let refused = perform(&mut browser, "v1-update-pgsodium-config", &page, &short).await;
    holds(&refused, &["Expected a 32 byte secret"]);
    let new = "ab".repeat(32);
    let unnamed = [("ref", project.as_str()), ("root_key", new.as_str())];
    let unnamed = perform(&mut browser, "v1-update-pgsodium-config", &page, &unnamed).await;
    assert!(unnamed.status.is_client_error() && !unnamed.body.contains(&new));
    let named = [
        ("ref", project.as_str()),
        ("root_key", new.as_str()),
        ("_confirm", "Note G"),
    ];
    done(&mut browser, "v1-update-pgsodium-config", &page, &named).await;
    assert_eq!(stage.get_upstream(&path).await["root_key"], new);
    assert!(!logs::text().contains(&new) && !logs::text().contains(&key));
}

#[tokio::test]
async fn a_claim_token_is_told_once() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "claim-token");
    holds(
        &browser.get(&page).await,
        &["No claim token", "whoever holds it can take the project"],
    );
    let reveal = "/reveal/v1-create-project-claim-token";
    let ask = [
        ("ref", project.as_str()),
        ("_reveal", "token"),
        ("_form", "reveal-claim-token"),
        ("_back", page.as_str()),
    ];
    let unasked = browser.post(reveal, &ask).await;
    assert!(unasked.status.is_client_error());
    assert_eq!(calls(&stage, "v1-create-project-claim-token").await, Value::Null);
    let mut sure = ask.to_vec();
    sure.push(("_sure", "true"));
    let told = browser.post(reveal, &sure).await;
    assert_eq!(told.status, 200, "{}", told.body);
    assert_eq!(told.header("cache-control"), "no-store");
    holds(&told, &["sbp_claim_", "it is not told again", "There is one"]);
    let token = told
        .body
        .split("data-once")
        .nth(1)
        .unwrap()
        .split("<code>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    let again = browser.get(&page).await;
    holds(&again, &["There is one", "Revoke it"]);
    assert!(!again.body.contains(&token) && !logs::text().contains(&token));
    let audit = browser.get(paths::AUDIT_JSON_LINES).await;
    assert!(audit.body.contains("created a claim token") && !audit.body.contains(&token));
    done(
        &mut browser,
        "v1-delete-project-claim-token",
        &page,
        &[("ref", &project)],
    )
    .await;
    holds(&browser.get(&page).await, &["No claim token"]);
}

#[tokio::test]
async fn nothing_that_destroys_is_done_by_the_way_of_secrets() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "encryption-key");
    let new = "cd".repeat(32);
    let ask = [
        ("ref", project.as_str()),
        ("root_key", new.as_str()),
        ("_confirm", "Note G"),
        ("_reveal", "root_key"),
        ("_form", "reveal-root-key"),
        ("_back", page.as_str()),
    ];
    let refused = browser.post("/reveal/v1-update-pgsodium-config", &ask).await;
    assert!(refused.status.is_client_error());
    assert_eq!(calls(&stage, "v1-update-pgsodium-config").await, Value::Null);
}

#[tokio::test]
async fn pgbouncer_stands_beside_the_pooler() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::pgbouncer(&project);
    holds(&browser.get(&paths::settings(&project, "pooler")).await, &[&page]);
    let shown = browser.get(&page).await;
    shown.assert_complete();
    holds(&shown, &["default_pool_size", "server_lifetime", "pool_mode"]);
}

#[tokio::test]
async fn whoever_only_reads_may_not_open_anything() {
    let (stage, _) = demo().await;
    let project = note_g(&stage).await;
    let mut reader = signed_in_as(&stage, 3).await;
    reader.get(&paths::project(&project)).await;
    for page in ["read-only", "jit", "encryption-key", "claim-token"] {
        let shown = reader.get(&paths::settings(&project, page)).await;
        holds(&shown, &["aria-disabled=\"true\""]);
    }
}
