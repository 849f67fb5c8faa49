//! The pages of keys: what they show, what is revealed and written down of that, and what a key is made, changed and
//! deleted by.

use app::paths;
use management_api::OperationId;
use serde_json::{Value, json};

use crate::{
    audit::signed_in_as,
    branches::branched,
    browser::{Browser, Page},
    logs,
    stage::{Project, Stage},
};

const REVEAL: &str = "/reveal/v1-get-project-api-key";

async fn stage() -> (Stage, Browser, Project) {
    let stage = Stage::new().await;
    let browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    (stage, browser, project)
}

/// What upstream itself tells of the keys, the secret ones in full.
async fn upstream(stage: &Stage, project: &str) -> Vec<Value> {
    let world = stage.world().await;
    let token = world["people"][0]["pat"].as_str().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let address = format!("{}/v1/projects/{project}/api-keys?reveal=true", stage.sandbox);
    let answer = client.get(address).bearer_auth(token).send().await.unwrap();
    answer.json().await.unwrap()
}

fn of<'a>(keys: &'a [Value], kind: &str, name: &str) -> &'a Value {
    let found = keys.iter().find(|key| key["type"] == kind && key["name"] == name);
    found.unwrap()
}

fn text<'a>(key: &'a Value, field: &str) -> &'a str {
    key[field].as_str().unwrap()
}

/// What the box of a key holds.
fn shown_in(page: &Page, id: &str) -> String {
    let start = format!("id=\"reveal-{id}\"");
    let rest = page.body.split_once(&start).map(|(_, rest)| rest).unwrap_or_default();
    let end = rest.find("</td>").or_else(|| rest.find("</dd>")).unwrap_or(rest.len());
    rest[..end].to_owned()
}

#[tokio::test]
async fn keys_stand_by_their_kinds_and_none_is_read_from_the_page() {
    let (stage, mut browser, project) = stage().await;
    let keys = upstream(&stage, &project.reference).await;
    let page = browser.get(&paths::keys(&project.reference)).await;
    page.assert_complete();
    for words in [
        "Row level security decides what they reach",
        "For servers only",
        "around the end of 2026",
        "New keys are there: 1 publishable, 1 secret",
        "Still on",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(page.body.contains(text(of(&keys, "publishable", "default"), "api_key")));
    for hidden in [
        of(&keys, "secret", "default"),
        of(&keys, "legacy", "anon"),
        of(&keys, "legacy", "service_role"),
    ] {
        assert!(!page.body.contains(text(hidden, "api_key")), "{hidden}");
        assert!(page.body.contains(&format!("id=\"reveal-{}\"", text(hidden, "id"))));
    }
    let asked = browser.ask("/api/keys", &json!({ "project": project.reference })).await;
    assert!(asked.body.contains("service_role"), "{}", asked.body);
    for hidden in keys.iter().filter(|key| key["type"] != "publishable") {
        assert!(!asked.body.contains(text(hidden, "api_key")), "{}", asked.body);
    }
}

#[tokio::test]
async fn a_key_is_shown_alone_once_and_written_down_first() {
    let (stage, mut browser, project) = stage().await;
    let list = paths::keys(&project.reference);
    let keys = upstream(&stage, &project.reference).await;
    let key = of(&keys, "secret", "default");
    let (id, secret) = (text(key, "id"), text(key, "api_key"));
    let fields = [
        ("ref", project.reference.as_str()),
        ("id", id),
        ("reveal", "true"),
        ("_reveal", "api_key"),
        ("_form", &format!("reveal-{id}")),
        ("_back", &list),
    ];
    let shown = browser.post(REVEAL, &fields).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert_eq!(
        shown.body.matches(secret).count(),
        1,
        "it stands where it is shown and nowhere else"
    );
    assert!(shown_in(&shown, id).contains(secret));
    assert_eq!(shown.header("cache-control"), "no-store");
    assert!(!shown.url.as_str().contains(secret));
    // Without scripts the page comes back without it.
    assert!(
        shown.body.contains(&format!("content=\"30;url={list}\"")),
        "{}",
        shown.body
    );
    for other in keys.iter().filter(|key| key["type"] == "legacy") {
        assert!(!shown.body.contains(text(other, "api_key")));
    }

    let page = browser.get(&list).await;
    assert!(!page.body.contains(secret) && page.body.contains("data-reveal"));
    let audit = browser.get(paths::AUDIT_JSON_LINES).await;
    let told = audit.body.lines().find(|line| line.contains("asked to see api_key"));
    assert!(told.is_some_and(|line| line.contains(id)), "{}", audit.body);
    assert!(!audit.body.contains(secret) && !logs::text().contains(secret));
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_asked_for() {
    let (stage, mut browser, project) = stage().await;
    let keys = upstream(&stage, &project.reference).await;
    let key = of(&keys, "secret", "default");
    let calls = async || stage.world().await["counters"]["calls"]["v1-get-project-api-key"].clone();
    stage.refuse_audit().await;
    let list = paths::keys(&project.reference);
    let fields = [
        ("ref", project.reference.as_str()),
        ("id", text(key, "id")),
        ("reveal", "true"),
        ("_reveal", "api_key"),
        ("_form", "reveal-x"),
        ("_back", &list),
    ];
    let before = calls().await;
    let answer = browser.post(REVEAL, &fields).await;
    assert!(!answer.status.is_success(), "{}", answer.status);
    assert!(!answer.body.contains(text(key, "api_key")));
    assert_eq!(calls().await, before);
}

#[tokio::test]
async fn the_legacy_keys_are_shown_one_at_a_time() {
    let (stage, mut browser, project) = stage().await;
    let list = paths::keys(&project.reference);
    let keys = upstream(&stage, &project.reference).await;
    for (one, other) in [("anon", "service_role"), ("service_role", "anon")] {
        let fields = [
            ("ref", project.reference.as_str()),
            ("_reveal", "api_key"),
            ("_of", one),
            ("_form", &format!("reveal-{one}")),
            ("_back", &list),
        ];
        let shown = browser.post("/reveal/v1-get-project-api-keys", &fields).await;
        assert!(shown_in(&shown, one).contains(text(of(&keys, "legacy", one), "api_key")));
        assert!(!shown.body.contains(text(of(&keys, "legacy", other), "api_key")));
        assert!(!shown.body.contains(text(of(&keys, "secret", "default"), "api_key")));
    }
}

#[tokio::test]
async fn who_may_not_see_it_still_has_the_list() {
    let (stage, mut browser, project) = stage().await;
    let list = paths::keys(&project.reference);
    let keys = upstream(&stage, &project.reference).await;
    let key = of(&keys, "secret", "default");
    let (id, secret) = (text(key, "id"), text(key, "api_key"));
    let form = format!("reveal-{id}");
    let fields = [
        ("ref", project.reference.as_str()),
        ("id", id),
        ("reveal", "true"),
        ("_reveal", "api_key"),
        ("_form", &form),
        ("_back", &list),
    ];
    let fault = |kind: Value| {
        let mut fault = json!({ "operation": "v1-get-project-api-key", "times": 1 });
        fault.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
        fault
    };
    let refusal = "Missing api_gateway_keys_secret_read";
    stage
        .fault(fault(json!({ "kind": "status", "code": 403, "message": refusal })))
        .await;
    let refused = browser.post(REVEAL, &fields).await;
    assert_eq!(refused.status, 403);
    assert!(shown_in(&refused, id).contains(refusal), "{}", refused.body);
    assert!(refused.body.contains("service_role") && !refused.body.contains(secret));
    // A token that may list keys and not see them can be answered with the mask.
    let masked: Vec<_> = fields.into_iter().filter(|(name, _)| *name != "reveal").collect();
    let refused = browser.post(REVEAL, &masked).await;
    assert_eq!(refused.status, 502);
    assert!(
        shown_in(&refused, id).contains("not the secret itself"),
        "{}",
        refused.body
    );
    for kind in ["drop-connection", "wrong-shape", "wrong-json", "cut-off"] {
        stage.fault(fault(json!({ "kind": kind, "times": 3 }))).await;
        let failed = browser.post(REVEAL, &fields).await;
        assert!(failed.status.is_server_error(), "{kind}: {}", failed.status);
        assert!(shown_in(&failed, id).contains("reveal-why"), "{kind}: {}", failed.body);
        assert!(!failed.body.contains(secret), "{kind}");
        stage.clear_faults().await;
    }
}

#[tokio::test]
async fn nothing_else_is_revealed() {
    let (stage, mut browser, project) = stage().await;
    let list = paths::keys(&project.reference);
    let keys = upstream(&stage, &project.reference).await;
    let id = text(of(&keys, "secret", "default"), "id");
    let base = [("ref", project.reference.as_str()), ("_back", list.as_str())];
    let before = stage.world().await["counters"]["calls"].clone();
    for (operation, more) in [
        // No secret, another secret, a write, the sign-in's own, none at all, and fields that are none.
        (OperationId::GetApiKey.as_str(), vec![("id", id)]),
        (OperationId::GetApiKey.as_str(), vec![("id", id), ("_reveal", "hash")]),
        (
            OperationId::CreateApiKey.as_str(),
            vec![("type", "secret"), ("name", "mine"), ("_reveal", "api_key")],
        ),
        (
            OperationId::DeleteApiKey.as_str(),
            vec![("id", id), ("_reveal", "api_key")],
        ),
        ("no-such-operation", vec![("_reveal", "api_key")]),
        (
            OperationId::GetApiKey.as_str(),
            vec![("id", id), ("_reveal", "api_key"), ("other", "x")],
        ),
    ] {
        let mut fields = base.to_vec();
        fields.extend(&more);
        let refused = browser.post(&format!("/reveal/{operation}"), &fields).await;
        assert_eq!(refused.status, 422, "{operation} {more:?}: {}", refused.body);
    }
    let fields = [
        ("ref", base[0].1),
        ("id", id),
        ("_reveal", "api_key"),
        ("_back", "//elsewhere"),
    ];
    let nowhere = browser.post(REVEAL, &fields).await;
    assert_eq!(nowhere.status, 422, "there must be a page to show it");
    let after = stage.world().await["counters"]["calls"].clone();
    for operation in [
        "v1-get-project-api-key",
        "v1-create-project-api-key",
        "v1-delete-project-api-key",
    ] {
        assert_eq!(before[operation], after[operation]);
    }
    let out = stage.browser().post(REVEAL, &fields).await;
    assert!(out.location().starts_with("/sign-in"), "{}", out.body);
    let got = browser.get(REVEAL).await;
    assert_eq!(got.status, 405);
}

#[tokio::test]
async fn a_key_is_made_renamed_and_deleted_by_its_name() {
    let (stage, mut browser, project) = stage().await;
    let reference = project.reference.as_str();
    let list = paths::keys(reference);
    let page = browser.get(&paths::new_key(reference, "secret")).await;
    assert!(page.body.contains("pattern=\"[a-z_][a-z0-9_]{3,63}\""), "{}", page.body);
    let create = "/do/v1-create-project-api-key";
    let made = [
        ("ref", reference),
        ("type", "secret"),
        ("name", "loom_orders"),
        ("description", "<b>orders"),
        ("secret_jwt_template", "{\"role\": \"orders\"}"),
        ("_back", &paths::new_key(reference, "secret")),
        ("_next", &list),
    ];
    let asked = browser.post(create, &made).await;
    assert_eq!(asked.status, 422);
    assert!(
        asked.body.contains("Please confirm") && asked.body.contains("loom_orders"),
        "{}",
        asked.body
    );
    for (name, wrong) in [("name", "Loom"), ("name", "9lives"), ("secret_jwt_template", "{")] {
        let fields: Vec<_> = made
            .iter()
            .map(|(field, value)| {
                if *field == name {
                    (*field, wrong)
                } else {
                    (*field, *value)
                }
            })
            .chain([("_sure", "true")])
            .collect();
        let refused = browser.post(create, &fields).await;
        assert!(refused.status.is_client_error(), "{name} {wrong}: {}", refused.status);
    }
    let sure: Vec<_> = made.into_iter().chain([("_sure", "true")]).collect();
    let done = browser.post(create, &sure).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let page = browser.get(&done.location()).await;
    assert!(
        page.body.contains("loom_orders") && page.body.contains("&lt;b&gt;orders"),
        "{}",
        page.body
    );
    let keys = upstream(&stage, reference).await;
    let key = of(&keys, "secret", "loom_orders").clone();
    assert!(!page.body.contains(text(&key, "api_key")) && !done.body.contains(text(&key, "api_key")));
    let id = text(&key, "id");

    let here = paths::key(reference, id);
    let page = browser.get(&here).await;
    page.assert_complete();
    assert!(
        page.body.contains("&quot;role&quot;") || page.body.contains("\"role\""),
        "{}",
        page.body
    );
    let renamed = [
        ("ref", reference),
        ("id", id),
        ("_was.name", "\"loom_orders\""),
        ("name", "loom_sync"),
        ("_was.description", "\"<b>orders\""),
        ("description", "<b>orders"),
        ("_next", &here),
    ];
    let done = browser.post("/do/v1-update-project-api-key", &renamed).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let now = upstream(&stage, reference).await;
    let now = of(&now, "secret", "loom_sync");
    assert_eq!(
        (&now["description"], &now["secret_jwt_template"]),
        (&key["description"], &key["secret_jwt_template"])
    );
    // Another role is asked about.
    let role = [
        ("ref", reference),
        ("id", id),
        ("_was.secret_jwt_template", "{\"role\":\"orders\"}"),
        ("secret_jwt_template", "{\"role\": \"service_role\"}"),
        ("_back", &here),
    ];
    let asked = browser.post("/do/v1-update-project-api-key", &role).await;
    assert!(
        asked.status == 422 && asked.body.contains("changes the role"),
        "{}",
        asked.body
    );

    let delete = "/do/v1-delete-project-api-key";
    for typed in ["", id, "loom_orders", project.name.as_str()] {
        let fields = [("ref", reference), ("id", id), ("_confirm", typed), ("_back", &here)];
        let refused = browser.post(delete, &fields).await;
        assert_eq!(refused.status, 422, "{typed}");
        assert!(
            refused.body.contains("That is the name of the key."),
            "{}",
            refused.body
        );
    }
    let fields = [
        ("ref", reference),
        ("id", id),
        ("_confirm", "loom_sync"),
        ("reason", "the loom is gone"),
        ("was_compromised", "false"),
        ("_next", &list),
    ];
    let gone = browser.post(delete, &fields).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    let keys = upstream(&stage, reference).await;
    assert!(keys.iter().all(|key| key["id"] != id));
    let audit = browser.get(paths::AUDIT_JSON_LINES).await;
    assert!(audit.body.contains("the loom is gone"), "{}", audit.body);
}

#[tokio::test]
async fn legacy_keys_are_turned_off_and_on_again() {
    let (_stage, mut browser, project) = stage().await;
    let reference = project.reference.as_str();
    let list = paths::keys(reference);
    let switch = "/do/v1-update-project-legacy-api-keys";
    for (enabled, says) in [("false", "They open nothing now"), ("true", "Before you turn them off")] {
        let mut fields = vec![
            ("ref", reference),
            ("enabled", enabled),
            ("_form", "legacy"),
            ("_back", list.as_str()),
            ("_next", list.as_str()),
        ];
        let asked = browser.post(switch, &fields).await;
        assert_eq!(asked.status, 422, "{}", asked.body);
        fields.push(("_sure", "true"));
        let done = browser.post(switch, &fields).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let page = browser.get(&done.location()).await;
        assert!(page.body.contains(says), "{says}: {}", page.body);
    }
}

#[tokio::test]
async fn a_part_that_cannot_be_read_is_not_known_and_the_rest_stands() {
    let (stage, mut browser, first) = stage().await;
    // Each of another project: what was read of one is known for a moment.
    let parts = [
        ("v1-get-project-legacy-api-keys", "Whether they work is not known"),
        (
            "v1-get-project-signing-keys",
            "What access tokens are signed with is not known",
        ),
        ("v1-list-all-functions", "Which Edge Functions check JWTs is not known"),
    ];
    for ((operation, says), project) in parts.into_iter().zip(stage.projects().await) {
        stage
            .fault(json!({ "operation": operation, "kind": "status", "code": 500 }))
            .await;
        let page = browser.get(&paths::keys(&project.reference)).await;
        page.assert_complete();
        assert!(page.body.contains(says), "{operation}: {}", page.body);
        stage.clear_faults().await;
    }
    // Supabase will remove them one day.
    stage
        .fault(json!({ "operation": "v1-get-project-legacy-api-keys", "kind": "status", "code": 404 }))
        .await;
    let page = browser.get(&paths::keys(&first.reference)).await;
    assert!(
        page.body.contains("Gone") && !page.body.contains("Turn legacy keys off"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn who_may_only_look_is_told_before_trying() {
    let stage = Stage::new().await;
    let project = stage.projects().await.remove(0);
    // A developer lists keys and makes none.
    let mut browser = signed_in_as(&stage, 2).await;
    browser.get(&paths::project(&project.reference)).await;
    let page = browser.get(&paths::keys(&project.reference)).await;
    page.assert_complete();
    assert!(
        page.body.contains("New key") && page.body.contains("Administrator"),
        "{}",
        page.body
    );
    assert!(page.body.contains("data-reveal"));
}

/// Rotates, revokes and so on; what came of it.
async fn moved(browser: &mut Browser, project: &str, id: &str, status: &str, sure: bool) -> Page {
    let here = paths::signing_keys(project);
    let form = format!("{status}-{id}");
    let mut fields = vec![
        ("ref", project),
        ("id", id),
        ("status", status),
        ("_form", form.as_str()),
        ("_back", here.as_str()),
        ("_next", here.as_str()),
    ];
    if sure {
        fields.push(("_sure", "true"));
    }
    browser.post("/do/v1-update-project-signing-key", &fields).await
}

/// The ids of the keys that stand in this part of their lives.
fn in_stage(page: &Page, stage: &str) -> Vec<String> {
    let start = format!("data-stage=\"{stage}\"");
    let rest = page.body.split_once(&start).map(|(_, rest)| rest).unwrap_or_default();
    let stage = rest.split("data-stage=").next().unwrap_or_default();
    let keys = stage.split("data-key=\"").skip(1);
    keys.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

/// Makes a signing key with these fields beside the usual ones.
async fn make(browser: &mut Browser, project: &str, more: &[(&str, &str)]) -> Page {
    let (list, here) = (paths::signing_keys(project), paths::new_signing_key(project));
    let mut fields = vec![
        ("ref", project),
        ("_form", "made"),
        ("_sure", "true"),
        ("_back", here.as_str()),
        ("_next", list.as_str()),
    ];
    fields.extend(more);
    browser.post("/do/v1-create-project-signing-key", &fields).await
}

#[tokio::test]
async fn a_signing_key_goes_through_its_life_by_legal_moves_only() {
    let (stage, mut browser, project) = stage().await;
    let reference = project.reference.as_str();
    let list = paths::signing_keys(reference);
    let empty = browser.get(&list).await;
    empty.assert_complete();
    assert!(empty.body.contains("No signing key yet"), "{}", empty.body);
    // The legacy secret becomes the first key, and is in use.
    let legacy = [
        ("ref", reference),
        ("_sure", "true"),
        ("_back", list.as_str()),
        ("_next", list.as_str()),
    ];
    let taken = browser.post("/do/v1-create-legacy-signing-key", &legacy).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let made = make(
        &mut browser,
        reference,
        &[("algorithm", "ES256"), ("status", "standby")],
    )
    .await;
    assert_eq!(made.status, 303, "{}", made.body);
    let page = browser.get(&list).await;
    page.assert_complete();
    let (old, new) = (in_stage(&page, "in_use"), in_stage(&page, "standby"));
    assert_eq!((old.len(), new.len()), (1, 1), "{}", page.body);
    let (old, new) = (old[0].as_str(), new[0].as_str());
    assert!(page.body.contains("Made of the legacy JWT secret") && page.body.contains("Rotate to this key"));
    // There is room for one on standby, and a box is ticked before anything moves.
    let full = make(
        &mut browser,
        reference,
        &[("algorithm", "RS256"), ("status", "standby")],
    )
    .await;
    assert_eq!(full.status, 409, "{}", full.body);
    assert!(
        browser
            .get(&paths::new_signing_key(reference))
            .await
            .body
            .contains("The standby place is taken")
    );
    let asked = moved(&mut browser, reference, new, "in_use", false).await;
    assert_eq!(asked.status, 422);
    let open = format!("<input type=\"hidden\" name=\"_form\" value=\"in_use-{new}\"");
    assert!(
        asked.body.contains(&open) && asked.body.contains(" open"),
        "{}",
        asked.body
    );

    let rotated = moved(&mut browser, reference, new, "in_use", true).await;
    assert_eq!(rotated.status, 303, "{}", rotated.body);
    let page = browser.get(&list).await;
    assert_eq!(
        (in_stage(&page, "in_use"), in_stage(&page, "previously_used")),
        (vec![new.to_owned()], vec![old.to_owned()])
    );
    assert!(
        page.body.contains("anon and service_role are signed with it"),
        "{}",
        page.body
    );
    // What the page does not offer, Supabase refuses, too.
    for (id, status) in [(old, "revoked"), (old, "in_use"), (new, "revoked"), (new, "standby")] {
        let refused = moved(&mut browser, reference, id, status, true).await;
        assert_eq!(refused.status, 400, "{status}: {}", refused.body);
    }
    let off = [
        ("ref", reference),
        ("enabled", "false"),
        ("_sure", "true"),
        ("_back", list.as_str()),
    ];
    browser.post("/do/v1-update-project-legacy-api-keys", &off).await;
    let page = browser.get(&list).await;
    assert!(page.body.contains("Signs people out until"), "{}", page.body);
    let revoked = moved(&mut browser, reference, old, "revoked", true).await;
    assert_eq!(revoked.status, 303, "{}", revoked.body);
    let page = browser.get(&list).await;
    assert_eq!(in_stage(&page, "revoked"), [old]);
    assert!(
        page.body
            .contains("The key that was made of the legacy JWT secret stays"),
        "{}",
        page.body
    );
    stage
        .fault(json!({ "operation": "v1-update-project-signing-key", "kind": "status", "code": 500, "times": 1 }))
        .await;
    let failed = moved(&mut browser, reference, old, "standby", true).await;
    assert_eq!(failed.status, 502, "{}", failed.body);
    assert_eq!(in_stage(&browser.get(&list).await, "revoked"), [old]);
}

#[tokio::test]
async fn a_private_key_is_imported_and_kept_nowhere() {
    let (stage, mut browser, project) = stage().await;
    let reference = project.reference.as_str();
    let secret = "hush-hush-hush-hush";
    let jwk = format!("{{\"kty\": \"oct\", \"k\": \"{secret}\"}}");
    // The other algorithm's.
    let refused = make(
        &mut browser,
        reference,
        &[("algorithm", "ES256"), ("status", "standby"), ("private_jwk", &jwk)],
    )
    .await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    let broken = make(
        &mut browser,
        reference,
        &[("algorithm", "HS256"), ("private_jwk", &jwk[1..])],
    )
    .await;
    assert_eq!(broken.status, 422, "{}", broken.body);
    let done = make(
        &mut browser,
        reference,
        &[("algorithm", "HS256"), ("status", "standby"), ("private_jwk", &jwk)],
    )
    .await;
    assert_eq!(done.status, 303, "{}", done.body);
    let list = browser.get(&paths::signing_keys(reference)).await;
    let id = in_stage(&list, "standby").remove(0);
    let audit = browser.get(paths::AUDIT_JSON_LINES).await;
    assert!(audit.body.contains("signing key"), "{}", audit.body);
    for page in [&refused, &broken, &done, &list, &audit] {
        assert!(!page.body.contains(secret), "{}", page.url);
    }
    assert!(!logs::text().contains(secret));
    // A key is deleted once it has been revoked for a while, and its id typed.
    for status in ["previously_used", "revoked"] {
        let done = moved(&mut browser, reference, &id, status, true).await;
        assert_eq!(done.status, 303, "{}", done.body);
    }
    let here = paths::signing_keys(reference);
    let mut fields = vec![
        ("ref", reference),
        ("id", id.as_str()),
        ("_back", here.as_str()),
        ("_next", here.as_str()),
    ];
    let asked = browser.post("/do/v1-remove-project-signing-key", &fields).await;
    assert_eq!(asked.status, 422, "{}", asked.body);
    fields.push(("_confirm", id.as_str()));
    let soon = browser.post("/do/v1-remove-project-signing-key", &fields).await;
    assert_eq!(soon.status, 400, "{}", soon.body);
    stage.advance(24 * 60 * 60).await;
    let gone = browser.post("/do/v1-remove-project-signing-key", &fields).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    assert!(!browser.get(&here).await.body.contains(&id));
}

#[tokio::test]
async fn all_projects_stand_by_what_is_to_be_done_first() {
    let stage = Stage::with(json!({ "names": ["Done", "On", "Refuses"] }), &[]).await;
    let mut browser = stage.signed_in().await;
    let of = async |name: &str| {
        let found = stage.projects().await.into_iter().find(|one| one.name == name);
        found.unwrap().reference
    };
    let done = of("Done").await;
    make(&mut browser, &done, &[("algorithm", "ES256"), ("status", "in_use")]).await;
    let off = [("ref", done.as_str()), ("enabled", "false"), ("_sure", "true")];
    browser.post("/do/v1-update-project-legacy-api-keys", &off).await;
    let page = browser.get(paths::KEYS).await;
    page.assert_complete();
    let place = |page: &Page, name: &str| page.body.find(&format!("><bdi>{name}<")).unwrap();
    assert!(place(&page, "On") < place(&page, "Done") && place(&page, "Refuses") < place(&page, "Done"));
    assert!(
        page.body.contains("2 projects have their legacy keys on."),
        "{}",
        page.body
    );
    assert!(page.body.contains("1 publishable, 1 secret") && page.body.contains("<code>ES256<"));
    // One that refuses is one row that says so. What was read is known for a moment, until it is written to.
    let refuses = of("Refuses").await;
    let on = [("ref", refuses.as_str()), ("enabled", "true"), ("_sure", "true")];
    browser.post("/do/v1-update-project-legacy-api-keys", &on).await;
    stage
        .fault(json!({ "operation": "v1-get-project-legacy-api-keys", "kind": "status", "code": 403, "message": "Not for you" }))
        .await;
    let page = browser.get(paths::KEYS).await;
    page.assert_complete();
    assert!(
        page.body.contains("Not for you") && page.body.contains("Not known"),
        "{}",
        page.body
    );
    assert!(place(&page, "On") < place(&page, "Refuses") && place(&page, "Refuses") < place(&page, "Done"));
    let found = browser.get(&format!("{}?first=ask", paths::KEYS)).await;
    assert!(found.body.contains("1 of 3 projects"), "{}", found.body);
}

#[tokio::test]
async fn a_branchs_password_is_shown_alone() {
    let (stage, mut browser, project, branch) = branched().await;
    let here = paths::branch(&project, &branch);
    let page = browser.get(&here).await;
    page.assert_complete();
    assert!(
        page.body
            .contains("Reveal<span class=\"visually-hidden\"> database password"),
        "{}",
        page.body
    );
    let config = stage.get_upstream(&format!("/v1/branches/{branch}")).await;
    let fields = [
        ("branch_id_or_ref", branch.as_str()),
        ("_reveal", "db_pass"),
        ("_form", "reveal-password"),
        ("_back", &here),
    ];
    let shown = browser.post("/reveal/v1-get-a-branch-config", &fields).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert!(shown_in(&shown, "password").contains(text(&config, "db_pass")));
    assert!(!shown.body.contains(text(&config, "jwt_secret")));
    assert!(!page.body.contains(text(&config, "db_pass")));
    let audit = browser.get(paths::AUDIT_JSON_LINES).await;
    assert!(audit.body.contains("asked to see db_pass") && !audit.body.contains(text(&config, "db_pass")));
}
