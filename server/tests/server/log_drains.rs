//! Log drains: added by the form of their kind, named anew, sent elsewhere, removed by name; secrets go in and never out.

use app::paths;
use serde_json::json;
use server::store::sql;

use crate::configure::{demo, done, failing, holds, note_g, perform, reference};

const TOKEN: &str = "xaat-0123456789-secret";

#[tokio::test]
async fn a_log_drain_is_added_by_its_own_form_changed_and_removed() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let list = paths::log_drains(&project);
    holds(&ada.get(&list).await, &["Add a log drain"]);
    let choose = ada.get(&paths::new_log_drain(&project, "")).await;
    holds(&choose, &["Grafana Loki", "Syslog", "OpenTelemetry"]);
    assert!(!choose.body.contains("config."), "a form before the kind is chosen");
    let new = paths::new_log_drain(&project, "axiom");
    let form = ada.get(&new).await;
    holds(
        &form,
        &[
            "config.dataset_name",
            "type=\"password\"",
            "is billed by time and by event",
        ],
    );
    assert!(!form.body.contains("config.s3_bucket"), "the form of another kind");
    let of = ("ref", project.as_str());
    let fields = [
        of,
        ("backend_type", "axiom"),
        ("name", "Cold store"),
        ("config.dataset_name", "note-g"),
        ("config.api_token", TOKEN),
        ("_sure", "true"),
    ];
    let lacking: Vec<_> = fields
        .iter()
        .filter(|(name, _)| *name != "config.dataset_name")
        .copied()
        .collect();
    let refused = perform(&mut ada, "v2-create-log-drain", &new, &lacking).await;
    holds(
        &refused,
        &[
            "config.dataset_name: axiom needs it",
            "id=\"config.dataset_name-error\"",
        ],
    );
    assert!(!refused.body.contains(TOKEN), "the token came back");
    done(&mut ada, "v2-create-log-drain", &new, &fields).await;
    let known = stage
        .get_upstream(&format!("/v2/projects/{project}/analytics/log-drains"))
        .await;
    let drains = known["data"].as_array().unwrap();
    let drain = drains
        .iter()
        .find(|one| one["attributes"]["name"] == "Cold store")
        .unwrap();
    let id = drain["id"].as_str().unwrap().to_owned();
    let page = paths::log_drain(&project, &id);
    holds(&ada.get(&list).await, &["Cold store", "Axiom", "note-g", &page]);
    let shown = ada.get(&page).await;
    holds(&shown, &["Cold store", "Axiom", "To confirm, type the name: "]);
    assert!(!shown.body.contains(TOKEN));
    let audited: Vec<String> =
        sql::query_scalar("SELECT parameters FROM audit WHERE operation = 'v2-create-log-drain'")
            .fetch_all(&stage.steward.state.store.pool)
            .await
            .unwrap();
    assert!(!audited.is_empty() && !audited.concat().contains(TOKEN));

    // Another name leaves where it leads.
    let told = [of, ("id", id.as_str()), ("backend_type", "axiom")];
    let about = [
        told[0],
        told[1],
        told[2],
        ("_form", "about"),
        ("_was.name", "\"Cold store\""),
        ("name", "Colder store"),
        ("_was.description", "null"),
        ("description", ""),
        ("_sure", "true"),
    ];
    done(&mut ada, "v2-update-log-drain", &page, &about).await;
    holds(&ada.get(&page).await, &["Colder store", "note-g"]);
    let to = [
        told[0],
        told[1],
        told[2],
        ("_form", "where"),
        ("config.dataset_name", "archive"),
        ("config.api_token", "another token"),
        ("_sure", "true"),
    ];
    done(&mut ada, "v2-update-log-drain", &page, &to).await;
    let now = stage
        .get_upstream(&format!("/v2/projects/{project}/analytics/log-drains"))
        .await;
    let drains = now["data"].as_array().unwrap();
    let drain = drains.iter().find(|one| one["id"] == json!(id)).unwrap();
    assert_eq!(drain["attributes"]["name"], "Colder store");
    assert_eq!(drain["attributes"]["config"]["dataset_name"], "archive");

    let end = [of, ("id", id.as_str())];
    let unnamed = perform(&mut ada, "v2-delete-log-drain", &page, &end).await;
    holds(&unnamed, &["name of the log drain"]);
    let end = [of, ("id", id.as_str()), ("_confirm", "Colder store")];
    done(&mut ada, "v2-delete-log-drain", &list, &end).await;
    assert!(!ada.get(&list).await.body.contains("Colder store"));
}

#[tokio::test]
async fn a_plan_without_them_is_told_and_a_list_that_fails_says_so() {
    let (stage, mut ada) = demo().await;
    let tides = reference(&stage, "Tide Tables").await;
    let new = paths::new_log_drain(&tides, "sentry");
    let fields = [
        ("ref", tides.as_str()),
        ("backend_type", "sentry"),
        ("name", "Errors"),
        ("config.dsn", "https://key@sentry.example.com/1"),
        ("_sure", "true"),
    ];
    let refused = perform(&mut ada, "v2-create-log-drain", &new, &fields).await;
    assert_eq!(refused.status, 402, "{}", refused.body);
    holds(&refused, &["The free plan has no log drains"]);
    let project = note_g(&stage).await;
    let mut grace = failing(&stage, "v2-list-log-drains").await;
    holds(
        &grace.get(&paths::log_drains(&project)).await,
        &["Supabase has a problem", "Add a log drain"],
    );
}
