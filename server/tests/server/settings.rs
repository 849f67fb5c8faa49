//! Configurations: shown, reviewed, applied, read back and undone; held against what somebody else changes meanwhile; and
//! refused at the field that is wrong, with what was typed still there.

mod areas;
mod around;

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

const OURS: &[(&str, &str)] = &[("accept", "text/html"), ("sec-fetch-site", "same-origin")];

async fn review(browser: &mut Browser, area: &str, project: &str, fields: &[(&str, &str)]) -> Page {
    let page = format!("/projects/{project}/settings/{area}");
    let own = [("_area", area), ("_project", project), ("_back", page.as_str())];
    let fields: Vec<(&str, &str)> = own.into_iter().chain(fields.iter().copied()).collect();
    browser.post_multipart("/plans/settings", &fields, &[], OURS).await
}

fn id_of(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().split_once("?plan=").unwrap().1.to_owned()
}

/// What Supabase has.
pub async fn now(stage: &Stage, path: &str) -> Value {
    stage.get_upstream(path).await
}

#[tokio::test]
async fn a_change_is_shown_applied_read_back_and_undone() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let path = format!("/v1/projects/{project}/postgrest");
    let before = now(&stage, &path).await["max_rows"].clone();
    let form = browser.get(&format!("/projects/{project}/settings/data-api")).await;
    assert!(
        form.body.contains("Rows of one answer") && form.body.contains("name=\"_was.max_rows\""),
        "{}",
        form.body
    );
    assert!(
        !form.body.contains("jwt_secret"),
        "a secret that no setting stands for is not shown"
    );

    let was = before.to_string();
    let drawn = review(
        &mut browser,
        "data-api",
        &project,
        &[("_was.max_rows", &was), ("max_rows", "77")],
    )
    .await;
    let id = id_of(&drawn);
    assert_eq!(
        now(&stage, &path).await["max_rows"],
        before,
        "nothing is sent before it is applied"
    );
    let shown = browser.get(&drawn.location()).await;
    assert!(
        shown.body.contains("Review 1 change") && shown.body.contains("77 rows"),
        "{}",
        shown.body
    );

    let applied = browser.post(&format!("/plans/{id}/apply"), &[]).await;
    assert_eq!(
        now(&stage, &path).await["max_rows"],
        77,
        "{} {}",
        applied.status,
        applied.body
    );
    let outcome = browser.get(&applied.location()).await;
    assert!(
        outcome.body.contains("Applied.") && outcome.body.contains("As sent"),
        "{}",
        outcome.body
    );

    let undo = browser.post_multipart("/plans/undo", &[("plan", &id)], &[], OURS).await;
    let back = id_of(&undo);
    assert_eq!(now(&stage, &path).await["max_rows"], 77);
    browser.post(&format!("/plans/{back}/apply"), &[]).await;
    assert_eq!(now(&stage, &path).await["max_rows"], before);
}

#[tokio::test]
async fn a_change_without_an_answer_is_read_back() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let path = format!("/v1/projects/{project}/postgrest");
    let update = "v1-update-postgrest-service-config";
    let was = now(&stage, &path).await["max_rows"].to_string();
    let draw_up = [("_was.max_rows", was.as_str()), ("max_rows", "77")];

    // It never came there: so say the settings.
    let id = id_of(&review(&mut browser, "data-api", &project, &draw_up).await);
    stage
        .fault(json!({ "operation": update, "kind": "status", "code": 503, "times": 1 }))
        .await;
    let applied = browser.post(&format!("/plans/{id}/apply"), &[]).await;
    let told = browser.get(&applied.location()).await;
    for words in [
        "Not known whether it was done",
        "it has read the settings back",
        "Not as sent: Supabase says",
        "Look whether it was done before you send it again: Steward sent it once.",
    ] {
        assert!(told.body.contains(words), "{words}: {}", told.body);
    }

    // It was done, and its answer cut off: the settings say so, too.
    stage
        .fault(json!({ "operation": update, "kind": "cut-off", "times": 1 }))
        .await;
    let applied = browser.post(&format!("/plans/{id}/apply"), &[]).await;
    let told = browser.get(&applied.location()).await;
    assert!(
        told.body.contains("Applied.") && told.body.contains("As sent"),
        "{}",
        told.body
    );
    assert_eq!(now(&stage, &path).await["max_rows"], 77);
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_never_overwritten_unasked() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let path = format!("/v1/projects/{project}/postgrest");
    // The page was drawn when it was 5.
    let drawn = review(
        &mut browser,
        "data-api",
        &project,
        &[("_was.max_rows", "5"), ("max_rows", "77")],
    )
    .await;
    let id = id_of(&drawn);
    let shown = browser.get(&drawn.location()).await;
    assert!(shown.body.contains("Changed in the meantime."), "{}", shown.body);
    let apply = format!("/plans/{id}/apply");
    let refused = browser.post(&apply, &[]).await;
    assert!(refused.body.contains("Choose which value is to be"), "{}", refused.body);
    let before = now(&stage, &path).await;
    assert_ne!(before["max_rows"], 77);
    browser.post(&apply, &[("_settle.max_rows", "mine")]).await;
    assert_eq!(now(&stage, &path).await["max_rows"], 77);

    // Between review and button: it was drawn up against 77, and is 78 by then.
    let drawn = review(
        &mut browser,
        "data-api",
        &project,
        &[("_was.max_rows", "77"), ("max_rows", "99")],
    )
    .await;
    let id = id_of(&drawn);
    stage.patch_upstream(&path, &json!({ "max_rows": 78 })).await;
    let applied = browser.post(&format!("/plans/{id}/apply"), &[]).await;
    let told = browser.get(&applied.location()).await;
    assert!(
        told.body.contains("somebody else has changed max_rows"),
        "{}",
        told.body
    );
    assert_eq!(now(&stage, &path).await["max_rows"], 78);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let fields = [
        ("_was.max_rows", "1000"),
        ("max_rows", "99999999"),
        ("_was.db_schema", "\"public\""),
        ("db_schema", "public\nprivate"),
    ];
    let page = review(&mut browser, "data-api", &project, &fields).await;
    assert_eq!(page.status, 422, "{}", page.body);
    assert!(page.body.contains("value=\"99999999\""), "{}", page.body);
    assert!(page.body.contains("public\nprivate"), "{}", page.body);
    let nothing = [("_was.max_rows", "1000"), ("max_rows", "1000")];
    let page = review(&mut browser, "data-api", &project, &nothing).await;
    assert!(page.body.contains("Nothing was changed"), "{}", page.body);
}

#[tokio::test]
async fn one_of_several_changes_can_be_left_out_and_what_opens_something_is_asked_about() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let path = format!("/v1/projects/{project}/postgrest");
    let before = now(&stage, &path).await;
    let (rows, schemas) = (before["max_rows"].to_string(), before["db_schema"].to_string());
    let fields = [
        ("_was.max_rows", rows.as_str()),
        ("max_rows", "55"),
        ("_was.db_schema", schemas.as_str()),
        ("db_schema", "public"),
    ];
    let drawn = review(&mut browser, "data-api", &project, &fields).await;
    let id = id_of(&drawn);
    let shown = browser.get(&drawn.location()).await;
    // Which schemas are shown is asked about at once.
    assert!(
        shown.body.contains("lets the Data API show the schemas public"),
        "{}",
        shown.body
    );
    let refused = browser.post(&format!("/plans/{id}/apply"), &[]).await;
    assert!(
        refused.body.contains("lets the Data API show the schemas public"),
        "{}",
        refused.body
    );
    assert_eq!(now(&stage, &path).await, before);
    browser
        .post(&format!("/plans/{id}/leave-out"), &[("setting", "db_schema")])
        .await;
    browser.post(&format!("/plans/{id}/apply"), &[]).await;
    let after = now(&stage, &path).await;
    assert_eq!(
        (&after["max_rows"], &after["db_schema"]),
        (&json!(55), &before["db_schema"])
    );
}

#[tokio::test]
async fn a_secret_is_set_and_never_shown() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await[0].reference.clone();
    let fields = [("_was.smtp_pass", "null"), ("smtp_pass", "hush-hush-1")];
    let drawn = review(&mut browser, "auth", &project, &fields).await;
    let id = id_of(&drawn);
    let shown = browser.get(&drawn.location()).await;
    assert!(
        shown.body.contains("11 characters, not shown again") && !shown.body.contains("hush-hush"),
        "{}",
        shown.body
    );
    assert!(shown.body.contains("<del><bdi>Not set"), "{}", shown.body);
    let question = regex::Regex::new("name=\"_sure\" value=\"([0-9a-f]+|true)\"").unwrap();
    let yes: Vec<String> = question
        .captures_iter(&shown.body)
        .map(|found| found[1].to_owned())
        .collect();
    let yes: Vec<(&str, &str)> = yes.iter().map(|yes| ("_sure", yes.as_str())).collect();
    let applied = browser.post(&format!("/plans/{id}/apply"), &yes).await;
    let outcome = browser.get(&applied.location()).await;
    assert!(
        outcome.body.contains("Applied.") && !outcome.body.contains("hush-hush"),
        "{}",
        outcome.body
    );
    assert!(outcome.body.contains("It cannot be undone"), "{}", outcome.body);
    let again = review(&mut browser, "auth", &project, &fields).await;
    let again = browser.get(&again.location()).await;
    assert!(again.body.contains("<del><bdi>Set"), "{}", again.body);
}

#[tokio::test]
async fn an_email_is_drawn_as_it_is_typed_and_runs_nothing() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let text = "<h1>Code {{ .Token }}</h1><script>alert(1)</script>";
    let fields = [
        ("mailer_templates_invite_content", text),
        ("site_url", "https://else.where"),
    ];
    let headers = [("sec-fetch-site", "same-origin")];
    let path = "/mail-look/mailer_templates_invite_content";
    let drawn = browser.post_multipart(path, &fields, &[], &headers).await;
    assert_eq!(drawn.status, 200);
    assert!(drawn.body.contains("<h1>Code 123456</h1>") && !drawn.body.contains("else.where"));
    let policy = drawn.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'") && policy.contains("form-action 'none'"),
        "{policy}"
    );
    let elsewhere = [("sec-fetch-site", "cross-site")];
    assert_eq!(browser.post_multipart(path, &fields, &[], &elsewhere).await.status, 403);
    let nobody = stage.browser().post_multipart(path, &fields, &[], &headers).await;
    assert_eq!(nobody.status, 303);
}
