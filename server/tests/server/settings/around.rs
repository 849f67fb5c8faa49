//! What stands around the settings of a page: what the machine takes, what a provider needs, buckets, and how everybody is
//! disconnected.

use app::paths;
use serde_json::{Value, json};

use super::review;
use crate::configure::{calls, demo, done, holds, note_g, perform};

#[tokio::test]
async fn postgres_settings_say_what_the_machine_takes_and_send_only_what_was_changed() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "database");
    holds(
        &browser.get(&page).await,
        &["Safe on Small up to 819MB.", "Safe on Small up to 90."],
    );
    let path = format!("/v1/projects/{project}/config/database/postgres");
    let was = stage.get_upstream(&path).await["shared_buffers"].to_string();
    let fields = [("_was.shared_buffers", was.as_str()), ("shared_buffers", "1GB")];
    let drawn = review(&mut browser, "database", &project, &fields).await;
    let shown = browser.get(&drawn.location()).await;
    holds(
        &shown,
        &[
            "More than 819MB, up to which it is safe on Small.",
            "PATCH /v1/projects/",
        ],
    );
    browser.carry_out(&drawn.location()).await;
    assert_eq!(stage.get_upstream(&path).await["shared_buffers"], "1GB");
    assert_eq!(calls(&stage, "v1-patch-postgres-config").await, 1);
    assert_eq!(calls(&stage, "v1-update-postgres-config").await, Value::Null);

    // What is to be as usual again, only the call for everything can set back.
    let fields = [("_was.shared_buffers", "\"1GB\""), ("shared_buffers", "")];
    let drawn = review(&mut browser, "database", &project, &fields).await;
    browser.carry_out(&drawn.location()).await;
    assert_eq!(stage.get_upstream(&path).await["shared_buffers"], Value::Null);
    assert_eq!(calls(&stage, "v1-update-postgres-config").await, 1);
}

#[tokio::test]
async fn a_provider_says_where_people_come_back_to_and_what_it_still_needs() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = browser.get(&paths::settings(&project, "auth")).await;
    let callback = format!("https://{project}.supabase.localhost/auth/v1/callback");
    holds(&page, &[&callback, "Needs its client id and secret."]);
    let on = [
        ("_was.external_github_enabled", "false"),
        ("external_github_enabled", "true"),
    ];
    let drawn = review(&mut browser, "auth", &project, &on).await;
    let shown = browser.get(&drawn.location()).await;
    holds(
        &shown,
        &["It does not work before this is set, too: Client id and Secret."],
    );

    let whole = [
        on[0],
        on[1],
        ("_was.external_github_client_id", "null"),
        ("external_github_client_id", "Iv1.0"),
        ("_was.external_github_secret", "null"),
        ("external_github_secret", "hush-hush-6"),
    ];
    let drawn = review(&mut browser, "auth", &project, &whole).await;
    let shown = browser.get(&drawn.location()).await;
    assert!(!shown.body.contains("It does not work before"), "{}", shown.body);

    // What is left out of the review is not there for the others.
    let id = drawn.location().split_once("?plan=").unwrap().1.to_owned();
    let out = [("setting", "external_github_client_id")];
    let left = browser.post(&paths::leave_out(&id), &out).await;
    let shown = browser.get(&left.location()).await;
    holds(&shown, &["It does not work before this is set, too: Client id."]);
}

#[tokio::test]
async fn buckets_are_listed_beside_the_settings_of_storage() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let buckets = stage
        .get_upstream(&format!("/v1/projects/{project}/storage/buckets"))
        .await;
    let page = browser.get(&paths::settings(&project, "storage")).await;
    let names = buckets
        .as_array()
        .unwrap()
        .iter()
        .map(|bucket| bucket["name"].as_str().unwrap());
    assert!(!buckets.as_array().unwrap().is_empty());
    for name in names {
        holds(&page, &[name]);
    }
}

#[tokio::test]
async fn everybody_is_disconnected_from_realtime_once_the_project_was_named() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "realtime");
    let shutdown = "v1-shutdown-realtime";
    holds(
        &browser.get(&page).await,
        &["Every client is cut off.", "To confirm, type the name of the project"],
    );
    let of = ("ref", project.as_str());
    let unnamed = perform(&mut browser, shutdown, &page, &[of]).await;
    assert!(unnamed.status.is_client_error(), "{}", unnamed.status);
    assert_eq!(calls(&stage, shutdown).await, Value::Null);
    done(&mut browser, shutdown, &page, &[of, ("_confirm", "Note G")]).await;
    assert_eq!(calls(&stage, shutdown).await, json!(1));
}
