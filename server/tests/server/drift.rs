//! Baselines: kept by a deliberate act, compared on demand and by themselves, undone or accepted; told to nobody who cannot
//! read the project.

use serde_json::{Value, json};
use server::baselines::check_due;
use server::store::sql;

use crate::{
    audit::signed_in_as,
    browser::{Browser, Page},
    configure::{demo, done, note_g},
    stage::Stage,
};

const OURS: &[(&str, &str)] = &[("accept", "text/html"), ("sec-fetch-site", "same-origin")];

async fn act(browser: &mut Browser, project: &str, act: &str, fields: &[(&str, &str)]) -> Page {
    browser
        .post_multipart(&format!("/baselines/{project}/{act}"), fields, &[], OURS)
        .await
}

async fn drift(browser: &mut Browser, project: &str) -> String {
    browser.get(&format!("/projects/{project}/drift")).await.body
}

async fn auth(stage: &Stage, project: &str) -> Value {
    stage.get_upstream(&format!("/v1/projects/{project}/config/auth")).await
}

async fn change(stage: &Stage, project: &str, body: Value) {
    stage
        .patch_upstream(&format!("/v1/projects/{project}/config/auth"), &body)
        .await;
}

/// What the form holds of a setting as it is seen.
fn seen(page: &str, name: &str) -> String {
    let found = regex::Regex::new(&format!("name=\"_was.auth.{name}\" value=\"([^\"]*)\"")).unwrap();
    found.captures(page).unwrap_or_else(|| panic!("{name}: {page}"))[1].replace("&quot;", "\"")
}

#[tokio::test]
async fn what_differs_is_told_since_when_and_by_whom_and_is_accepted_or_undone() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    change(
        &stage,
        &project,
        json!({ "password_min_length": 12, "site_url": "https://a.example", "smtp_pass": "hush-hush" }),
    )
    .await;
    assert!(drift(&mut browser, &project).await.contains("No baseline"));
    let set = act(&mut browser, &project, "set", &[("name", "Release 1")]).await;
    assert_eq!(set.status, 303, "{}", set.body);
    let page = drift(&mut browser, &project).await;
    assert!(page.contains("As the baseline") && page.contains("Release 1"), "{page}");

    // One change past Steward, one through it, and a secret.
    change(&stage, &project, json!({ "password_min_length": 6, "smtp_pass": "" })).await;
    let path = format!("/projects/{project}/settings/auth");
    let fields = [
        ("_area", "auth"),
        ("_project", project.as_str()),
        ("_back", path.as_str()),
        ("_was.site_url", "\"https://a.example\""),
        ("site_url", "https://b.example"),
    ];
    let drawn = browser.post_multipart("/plans/settings", &fields, &[], OURS).await;
    browser.carry_out(&drawn.location()).await;
    assert_eq!(auth(&stage, &project).await["site_url"], "https://b.example");

    let page = drift(&mut browser, &project).await;
    for part in [
        "6 characters",
        "12 characters",
        "Weaker security.",
        "Not through Steward",
        "/audit/",
        "https://b.example",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("hush-hush"));
    let all = browser.get("/drift").await.body;
    assert!(all.contains("3, 1 weaker"), "{all}");
    let menu = browser.get(&format!("/projects/{project}/configuration")).await.body;
    assert!(
        regex::Regex::new("/drift\"[^>]*>.{0,400}?Drift.{0,200}?[23]")
            .unwrap()
            .is_match(&menu.replace('\n', " ")),
        "{menu}"
    );

    // Only what was seen is accepted.
    let was = seen(&page, "site_url");
    let stale = [
        ("take", "auth/site_url"),
        ("_was.auth.site_url", "\"https://c.example\""),
    ];
    let refused = act(&mut browser, &project, "accept", &stale).await;
    assert!(
        refused.body.contains("has changed since the page was drawn"),
        "{} {}",
        refused.status,
        refused.body
    );
    let fields = [("take", "auth/site_url"), ("_was.auth.site_url", was.as_str())];
    let accepted = act(&mut browser, &project, "accept", &fields).await;
    assert_eq!(accepted.status, 303, "{was} {}", accepted.body);
    let page = drift(&mut browser, &project).await;
    assert!(
        !page.contains("https://b.example") && page.contains("6 characters"),
        "{page}"
    );

    let fields = [("_project", project.as_str()), ("take", "auth/password_min_length")];
    let undo = browser.post_multipart("/plans/drift", &fields, &[], OURS).await;
    assert!(
        undo.location().contains("/drift?plan="),
        "{} {}",
        undo.status,
        undo.body
    );
    assert_eq!(auth(&stage, &project).await["password_min_length"], 6);
    browser.carry_out(&undo.location()).await;
    assert_eq!(auth(&stage, &project).await["password_min_length"], 12);
    let here = format!("/projects/{project}/drift");
    let secret = [
        ("_project", project.as_str()),
        ("_back", &here),
        ("take", "auth/smtp_pass"),
    ];
    let refused = browser.post_multipart("/plans/drift", &secret, &[], OURS).await;
    assert!(refused.body.contains("A secret cannot be put back"), "{}", refused.body);
    act(&mut browser, &project, "forget", &[]).await;
    assert!(drift(&mut browser, &project).await.contains("No baseline"));
}

#[tokio::test]
async fn who_has_changed_it_is_told_of_a_name_with_a_dot_and_of_one_that_lies_deeper() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    act(&mut browser, &project, "set", &[("name", "Release 1")]).await;
    for (area, path, setting, at) in [
        (
            "database",
            "config/database/postgres",
            "pg_net.batch_size",
            "/pg_net.batch_size",
        ),
        (
            "storage",
            "config/storage",
            "features.s3Protocol.enabled",
            "/features/s3Protocol/enabled",
        ),
    ] {
        let path = format!("/v1/projects/{project}/{path}");
        let was = stage.get_upstream(&path).await.pointer(at).cloned().unwrap_or_default();
        let value = match was {
            Value::Bool(on) => (!on).to_string(),
            _ => "150".to_owned(),
        };
        let back = format!("/projects/{project}/settings/{area}");
        let (shown, was_text) = (format!("_was.{setting}"), was.to_string());
        let fields = [
            ("_area", area),
            ("_project", project.as_str()),
            ("_back", back.as_str()),
            (&shown, &was_text),
            (setting, value.as_str()),
        ];
        let drawn = browser.post_multipart("/plans/settings", &fields, &[], OURS).await;
        assert_eq!(drawn.status, 303, "{area}: {}", drawn.body);
        browser.carry_out(&drawn.location()).await;
        assert_ne!(stage.get_upstream(&path).await.pointer(at), Some(&was), "{area}");
    }
    let page = drift(&mut browser, &project).await;
    assert!(page.contains("2 differences"), "{page}");
    assert!(!page.contains("Not through Steward"), "{page}");
    assert_eq!(page.matches("href=\"/audit/").count(), 2, "{page}");
}

#[tokio::test]
async fn secrets_by_digest_functions_and_keys_are_held_against_the_baseline_too() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let of = |path: &str| format!("/v1/projects/{project}/{path}");
    let secret = |value: &str| json!([{ "name": "DRIFT_A", "value": value }]);
    stage.post_upstream(&of("secrets"), &secret("hush-hush-4")).await;
    act(&mut browser, &project, "set", &[("name", "Release 1")]).await;
    let page = drift(&mut browser, &project).await;
    assert!(
        page.contains("As the baseline") && !page.contains("Not all of it could be compared"),
        "{page}"
    );

    stage.post_upstream(&of("secrets"), &secret("hush-hush-5")).await;
    stage.delete_upstream(&of("functions/hello-world")).await;
    let key = json!({ "type": "secret", "name": "drift_key" });
    stage.post_upstream(&of("api-keys"), &key).await;
    // One of them through Steward.
    let page_of = format!("/projects/{project}/keys");
    let legacy = [("ref", project.as_str()), ("enabled", "false"), ("_sure", "true")];
    done(&mut browser, "v1-update-project-legacy-api-keys", &page_of, &legacy).await;
    let page = drift(&mut browser, &project).await;
    let shown = [
        "4 differences",
        "DRIFT_A",
        "hello-world",
        "Not there",
        "drift_key",
        "Legacy keys",
        "href=\"/audit/",
    ];
    for part in shown {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("hush-hush"));
    assert!(browser.get("/drift").await.body.contains("Secrets of functions"));

    let here = format!("/projects/{project}/drift");
    let undo = [
        ("_project", project.as_str()),
        ("_back", &here),
        ("take", "secrets/DRIFT_A"),
    ];
    let refused = browser.post_multipart("/plans/drift", &undo, &[], OURS).await;
    assert!(refused.body.contains("put it back on its own page"), "{}", refused.body);
    let seen = |name: &str| {
        let found = regex::Regex::new(&format!("name=\"_was.{name}\" value=\"([^\"]*)\"")).unwrap();
        found.captures(&page).unwrap()[1].replace("&quot;", "\"")
    };
    let (secret, function) = (seen("secrets.DRIFT_A"), seen("functions.hello-world"));
    let stale = [("take", "secrets/DRIFT_A"), ("_was.secrets.DRIFT_A", "null")];
    let refused = act(&mut browser, &project, "accept", &stale).await;
    assert!(
        refused.body.contains("has changed since the page was drawn"),
        "{}",
        refused.body
    );
    let fields = [
        ("take", "secrets/DRIFT_A"),
        ("_was.secrets.DRIFT_A", secret.as_str()),
        ("take", "functions/hello-world"),
        ("_was.functions.hello-world", function.as_str()),
    ];
    let accepted = act(&mut browser, &project, "accept", &fields).await;
    assert_eq!(accepted.status, 303, "{}", accepted.body);
    let page = drift(&mut browser, &project).await;
    assert!(page.contains("2 differences") && !page.contains("DRIFT_A"), "{page}");
}

#[tokio::test]
async fn a_baseline_holds_no_secret_and_is_told_to_nobody_else() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    change(
        &stage,
        &project,
        json!({ "smtp_pass": "hush-hush-3", "site_url": "https://inner.example" }),
    )
    .await;
    act(&mut browser, &project, "set", &[("name", "Inner name")]).await;
    let kept = stage.steward.state.store.baseline(&project).await.unwrap().unwrap();
    let text = serde_json::to_string(&kept).unwrap();
    assert!(!text.contains("hush") && text.contains("https://inner.example"));

    // Somebody of another world, at the same Steward.
    let made: Value = stage.another_world(&json!({ "projects": 1 })).await;
    let mut stranger = stage.browser();
    stranger.set_cookie("sandbox_world", made["id"].as_str().unwrap());
    stranger.sign_in("/healthz").await;
    let page = drift(&mut stranger, &project).await;
    assert!(
        !page.contains("Inner name") && !page.contains("inner.example"),
        "{page}"
    );
    assert!(!stranger.get("/drift").await.body.contains("Inner name"));
    for (what, fields) in [
        ("forget", vec![]),
        ("set", vec![("name", "Theirs")]),
        ("checks", vec![("hours", "1")]),
    ] {
        let refused = act(&mut stranger, &project, what, &fields).await;
        assert!(refused.status.as_u16() >= 400, "{what} {}", refused.status);
    }
    let back = format!("/projects/{project}/drift");
    let fields = [
        ("_project", project.as_str()),
        ("_back", &back),
        ("take", "auth/site_url"),
    ];
    let undo = stranger.post_multipart("/plans/drift", &fields, &[], OURS).await;
    assert!(
        undo.status.as_u16() >= 400 && !undo.body.contains("inner.example"),
        "{}",
        undo.body
    );
    assert_eq!(
        stage
            .steward
            .state
            .store
            .baseline(&project)
            .await
            .unwrap()
            .unwrap()
            .name,
        "Inner name"
    );
    let mut nobody = stage.browser();
    let away = act(&mut nobody, &project, "forget", &[]).await;
    assert!(away.location().starts_with("/sign-in"), "{}", away.location());
}

#[tokio::test]
async fn somebody_who_may_not_change_settings_decides_on_no_baseline() {
    let stage = Stage::new().await;
    let mut reader = signed_in_as(&stage, 3).await;
    let project = stage.projects().await[0].reference.clone();
    // A page or two tells what they are.
    for _ in 0..20 {
        reader.get(&format!("/projects/{project}")).await;
        let refused = act(&mut reader, &project, "set", &[("name", "Theirs")]).await;
        if refused.status.as_u16() >= 400 {
            assert_eq!(stage.steward.state.store.baseline(&project).await.unwrap(), None);
            return;
        }
        stage.steward.state.store.drop_baseline(&project).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("a reader has set a baseline");
}

#[tokio::test]
async fn checks_run_by_themselves_on_a_persons_sign_in_and_end_with_it() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let store = &stage.steward.state.store;
    change(&stage, &project, json!({ "password_min_length": 12 })).await;
    act(&mut browser, &project, "set", &[("name", "Release 1")]).await;
    let due = async || {
        sql::query("UPDATE baselines SET check_at = 1 WHERE check_at IS NOT NULL")
            .execute(&store.pool)
            .await
            .unwrap();
        check_due(&stage.steward.state).await.unwrap();
        store.baseline(&project).await.unwrap().unwrap()
    };
    change(&stage, &project, json!({ "password_min_length": 6 })).await;
    assert_eq!(
        due().await.reading.unwrap().drifts.len(),
        0,
        "they are off until somebody switches them on"
    );
    act(&mut browser, &project, "checks", &[("hours", "6")]).await;
    assert!(drift(&mut browser, &project).await.contains("and ends with it"));
    change(&stage, &project, json!({ "password_min_length": 7 })).await;
    let checked = due().await;
    assert_eq!(checked.reading.as_ref().unwrap().weaker(), 1);

    browser.post("/sign-out", &[]).await;
    let ended = due().await;
    assert!(
        ended.checks.is_none() && ended.ended.as_deref().unwrap().contains("has ended"),
        "{ended:?}"
    );
    assert!(store.take_check().await.unwrap().is_none());
    let mut again = stage.signed_in().await;
    assert!(drift(&mut again, &project).await.contains("Checks have ended"));
}
