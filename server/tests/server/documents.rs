//! Documents: a configuration is exported without its secrets, and imported after a look at what would change; what fails
//! keeps the rest from being sent, and nobody reads what is not theirs.

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

const OURS: &[(&str, &str)] = &[("accept", "text/html"), ("sec-fetch-site", "same-origin")];

fn exported(project: &str, format: &str) -> String {
    format!("/files/{project}/configuration/{format}")
}

async fn import(browser: &mut Browser, project: &str, text: &str) -> Page {
    let back = format!("/projects/{project}/configuration");
    let fields = [("_project", project), ("_back", back.as_str()), ("text", text)];
    browser.post_multipart("/plans/import", &fields, &[], OURS).await
}

fn id_of(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().split_once("?plan=").unwrap().1.to_owned()
}

async fn apply(browser: &mut Browser, drawn: &Page) -> Page {
    assert_eq!(drawn.status, 303, "{}", drawn.body);
    browser.carry_out(&drawn.location()).await
}

#[tokio::test]
async fn what_is_exported_comes_back_as_nothing_and_is_the_same_text_again() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let auth = format!("/v1/projects/{project}/config/auth");
    let secret = json!({ "smtp_pass": "hush-hush-1", "password_min_length": 11 });
    stage.patch_upstream(&auth, &secret).await;
    for format in ["toml", "json"] {
        let file = browser.get(&exported(&project, format)).await;
        assert_eq!(file.status, 200, "{}", file.body);
        assert!(file.body.contains("minimum_password_length"), "{}", file.body);
        assert!(!file.body.contains("hush-hush") && !file.body.contains("[secret]"));
        assert_eq!(file.body, browser.get(&exported(&project, format)).await.body);
        let drawn = import(&mut browser, &project, &file.body).await;
        let shown = browser.get(&drawn.location()).await;
        assert!(shown.body.contains("Nothing would change"), "{}", shown.body);
        assert!(!shown.body.contains("left out</summary>"), "{}", shown.body);
    }
    let audit = browser.get("/audit").await;
    assert!(audit.body.contains("Auth"), "an export is read through the audit");
}

#[tokio::test]
async fn an_export_of_one_project_makes_another_the_same_and_can_be_undone() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let (one, other) = (&projects[0].reference, &projects[1].reference);
    let (auth, rest) = (
        format!("/v1/projects/{one}/config/auth"),
        format!("/v1/projects/{one}/postgrest"),
    );
    let changed = json!({
        "password_min_length": 13, "disable_signup": true, "uri_allow_list": "https://a.example,https://b.example",
        "sessions_timebox": 24, "mailer_subjects_invite": "Come \"in\"", "smtp_pass": "hush-hush-2",
    });
    stage.patch_upstream(&auth, &changed).await;
    stage.patch_upstream(&rest, &json!({ "max_rows": 77 })).await;
    let theirs = format!("/v1/projects/{other}/config/auth");
    let before = stage.get_upstream(&theirs).await;

    let file = browser.get(&exported(one, "toml")).await;
    let drawn = import(&mut browser, other, &file.body).await;
    assert_eq!(
        stage.get_upstream(&theirs).await,
        before,
        "nothing is sent before it is applied"
    );
    let shown = browser.get(&drawn.location()).await;
    assert!(
        shown.body.contains("New people may sign up") && shown.body.contains("77 rows"),
        "{}",
        shown.body
    );
    let outcome = apply(&mut browser, &drawn).await;
    assert!(outcome.body.contains("Applied."), "{}", outcome.body);
    let after = stage.get_upstream(&theirs).await;
    for name in [
        "password_min_length",
        "disable_signup",
        "uri_allow_list",
        "sessions_timebox",
        "mailer_subjects_invite",
    ] {
        let same = match (after[name].as_f64(), changed[name].as_f64()) {
            (Some(after), Some(changed)) => after == changed,
            _ => after[name] == changed[name],
        };
        assert!(same, "{name}: {}", after[name]);
    }
    assert_eq!(after["smtp_pass"], before["smtp_pass"], "no secret is taken over");
    let compared = browser.get(&format!("/compare?a={one}&b={other}")).await;
    assert!(
        !compared.body.contains("name=\"take\""),
        "only secrets may differ: {}",
        compared.body
    );

    let undo = browser
        .post_multipart("/plans/undo", &[("plan", &id_of(&drawn))], &[], OURS)
        .await;
    assert!(
        undo.location()
            .starts_with(&format!("/projects/{other}/configuration?plan="))
    );
    apply(&mut browser, &undo).await;
    let back = stage.get_upstream(&theirs).await;
    for name in [
        "password_min_length",
        "disable_signup",
        "uri_allow_list",
        "mailer_subjects_invite",
    ] {
        assert_eq!(back[name], before[name], "{name}");
    }
}

#[tokio::test]
async fn what_fails_keeps_the_rest_from_being_sent_and_can_be_tried_again() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let rest = format!("/v1/projects/{project}/postgrest");
    let before = stage.get_upstream(&rest).await;
    let text = "[api]\nmax_rows = 78\n[auth]\nminimum_password_length = 14\n";
    let drawn = import(&mut browser, &project, text).await;
    let fault = json!({ "operation": "v1-update-auth-service-config", "kind": "status", "code": 400, "times": 1 });
    stage.fault(fault).await;
    let outcome = apply(&mut browser, &drawn).await;
    assert!(
        outcome
            .body
            .contains("Not sent, because what came before has failed: Change 1 setting of Data API."),
        "{}",
        outcome.body
    );
    assert_eq!(stage.get_upstream(&rest).await, before);
    stage.clear_faults().await;
    let outcome = apply(&mut browser, &drawn).await;
    assert!(outcome.body.contains("2 changes are made."), "{}", outcome.body);
    assert_eq!(stage.get_upstream(&rest).await["max_rows"], 78);
}

#[tokio::test]
async fn what_somebody_else_changes_between_review_and_button_is_not_overwritten() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let rest = format!("/v1/projects/{project}/postgrest");
    let drawn = import(&mut browser, &project, "[api]\nmax_rows = 78\n").await;
    stage.patch_upstream(&rest, &json!({ "max_rows": 5 })).await;
    let outcome = apply(&mut browser, &drawn).await;
    assert!(
        outcome.body.contains("somebody else has changed max_rows"),
        "{}",
        outcome.body
    );
    assert_eq!(stage.get_upstream(&rest).await["max_rows"], 5);
}

#[tokio::test]
async fn a_config_toml_is_taken_and_what_is_not_is_listed_without_its_value() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let text = "[api]\nport = 54321\nmax_rows = 79\n[auth.external.github]\nenabled = true\nclient_id = \"abc\"\nsecret = \"hush-hush\"\n[surprise]\na = 1\n";
    let drawn = import(&mut browser, &project, text).await;
    let shown = browser.get(&drawn.location()).await;
    for part in ["auth.external.github.secret", "api.port", "surprise", "79 rows"] {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
    assert!(!shown.body.contains("hush-hush"));
    // What is no document says where, and does not come back.
    let wrong = import(&mut browser, &project, "[api]\nkey = \"hush-hush\nb = 1\n").await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.body.contains("Line 2") && !wrong.body.contains("hush-hush"),
        "{}",
        wrong.body
    );
    let empty = import(&mut browser, &project, " ").await;
    assert!(
        empty.body.contains("Choose a document, or paste one."),
        "{}",
        empty.body
    );
    // A value that the API would not take is left out, and the rest goes on.
    let drawn = import(
        &mut browser,
        &project,
        "[api]\nmax_rows = 99999999\nschemas = [\"public\"]\n",
    )
    .await;
    let shown = browser.get(&drawn.location()).await;
    assert!(shown.body.contains("1 part is left out"), "{}", shown.body);
}

#[tokio::test]
async fn nobody_reads_or_imports_what_is_not_theirs() {
    let stage = Stage::new().await;
    let mut nobody = stage.browser();
    let project = stage.projects().await[0].reference.clone();
    let file = nobody.get(&exported(&project, "toml")).await;
    assert!(!file.body.contains("[auth]"), "{}", file.body);
    let other = Stage::with(json!({ "projects": 1 }), &[]).await;
    let mut stranger = other.signed_in().await;
    let theirs = stranger.get(&exported(&project, "toml")).await;
    assert!(
        theirs.status == 404 || theirs.status == 403,
        "{} {}",
        theirs.status,
        theirs.body
    );
    let refused = import(&mut stranger, &project, "[api]\nmax_rows = 5\n").await;
    assert!(
        refused.status == 404 || refused.status == 403,
        "{} {}",
        refused.status,
        refused.body
    );
    let unknown = stranger.get(&exported(&project, "yaml")).await;
    assert_eq!(unknown.status, 404);
    let world: Value = stage.world().await;
    assert_ne!(world["counters"]["calls"], Value::Null);
}
