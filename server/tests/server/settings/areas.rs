//! Every page of settings does what each of them does: a change is shown, applied, read back, undone and read back; what
//! somebody else changed meanwhile is not overwritten; a value that cannot be is refused at its field. By forms alone, as a
//! browser without scripts sends them.

use app::settings::Area;
use serde_json::{Value, json};

use super::{id_of, review};
use crate::{
    configure::{demo, note_g},
    stage::Stage,
};

/// One setting of an area, changed.
struct Case {
    area: &'static str,
    setting: &'static str,
    /// Where the value lies in what Supabase answers.
    at: &'static str,
    typed: &'static str,
    becomes: Value,
    /// Another setting of the area, and what it cannot be.
    wrong: (&'static str, &'static str),
}

fn cases() -> Vec<Case> {
    let case = |area, setting, at, typed, becomes, wrong| Case {
        area,
        setting,
        at,
        typed,
        becomes,
        wrong,
    };
    vec![
        case(
            "auth",
            "site_url",
            "/site_url",
            "https://after.example",
            json!("https://after.example"),
            ("password_min_length", "3"),
        ),
        case(
            "database",
            "max_connections",
            "/max_connections",
            "120",
            json!(120),
            ("max_parallel_workers", "99999999"),
        ),
        case(
            "pooler",
            "pool_mode",
            "/0/pool_mode",
            "session",
            json!("session"),
            ("default_pool_size", "99999"),
        ),
        case(
            "ssl",
            "requestedConfig.database",
            "/currentConfig/database",
            "true",
            json!(true),
            ("requestedConfig.database", "perhaps"),
        ),
        case(
            "network",
            "dbAllowedCidrs",
            "/config/dbAllowedCidrs",
            "203.0.113.0/24",
            json!(["203.0.113.0/24"]),
            ("dbAllowedCidrsV6", "2001:db8::/200"),
        ),
        case(
            "data-api",
            "max_rows",
            "/max_rows",
            "77",
            json!(77),
            ("db_pool", "many"),
        ),
        case(
            "storage",
            "features.icebergCatalog.maxTables",
            "/features/icebergCatalog/maxTables",
            "12",
            json!(12),
            ("features.vectorBuckets.maxBuckets", "-1"),
        ),
        case(
            "realtime",
            "max_channels_per_client",
            "/max_channels_per_client",
            "50",
            json!(50),
            ("max_concurrent_users", "99999999"),
        ),
    ]
}

async fn at(stage: &Stage, case: &Case, project: &str) -> Value {
    let path = Area::of(case.area).unwrap().read.row().path.replace("{ref}", project);
    let answer = stage.get_upstream(&path).await;
    answer.pointer(case.at).cloned().unwrap_or_default()
}

#[test]
fn every_area_is_tried() {
    let (tried, all): (Vec<_>, Vec<_>) = (
        cases().iter().map(|case| case.area).collect(),
        Area::ALL.iter().map(|area| area.key).collect(),
    );
    assert_eq!(tried, all);
}

#[tokio::test]
async fn a_change_goes_there_and_back_on_every_page() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    for case in cases() {
        let (area, setting) = (case.area, case.setting);
        let before = at(&stage, &case, &project).await;
        assert_ne!(before, case.becomes, "{area}");
        let (was, now) = (format!("_was.{setting}"), before.to_string());
        let drawn = review(
            &mut browser,
            area,
            &project,
            &[(was.as_str(), now.as_str()), (setting, case.typed)],
        )
        .await;
        let id = id_of(&drawn);
        let shown = browser.get(&drawn.location()).await;
        assert!(shown.body.contains("Review 1 change"), "{area}: {}", shown.body);
        assert_eq!(at(&stage, &case, &project).await, before, "{area}: shown, not sent");

        let told = browser.carry_out(&drawn.location()).await;
        assert!(told.body.contains("Applied."), "{area}: {}", told.body);
        assert_eq!(at(&stage, &case, &project).await, case.becomes, "{area}");

        let undo = browser
            .post_multipart("/plans/undo", &[("plan", &id)], &[], super::OURS)
            .await;
        id_of(&undo);
        let told = browser.carry_out(&undo.location()).await;
        assert!(told.body.contains("Applied."), "{area}: {}", told.body);
        assert_eq!(at(&stage, &case, &project).await, before, "{area}: undone");
    }
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_asked_about_on_every_page() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    for case in cases() {
        let (area, setting) = (case.area, case.setting);
        let before = at(&stage, &case, &project).await;
        // A switch has no third position.
        if before.is_boolean() {
            continue;
        }
        // The page was drawn when the setting was something else than both.
        let (was, other) = (format!("_was.{setting}"), other_than(&before));
        let drawn = review(
            &mut browser,
            area,
            &project,
            &[(was.as_str(), other.as_str()), (setting, case.typed)],
        )
        .await;
        id_of(&drawn);
        let shown = browser.get(&drawn.location()).await;
        assert!(
            shown.body.contains("Changed in the meantime."),
            "{area}: {}",
            shown.body
        );
        browser.begin(&drawn.location()).await;
        assert_eq!(at(&stage, &case, &project).await, before, "{area}: not overwritten");
    }
}

/// Another value of the same kind.
fn other_than(value: &Value) -> String {
    match value {
        Value::Number(_) | Value::Null => "7".to_owned(),
        Value::Array(_) => json!(["192.0.2.0/24"]).to_string(),
        _ => json!("other").to_string(),
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_at_its_field_on_every_page() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    for case in cases() {
        let (area, (setting, typed)) = (case.area, case.wrong);
        let before = at(&stage, &case, &project).await;
        let was = format!("_was.{setting}");
        let page = review(
            &mut browser,
            area,
            &project,
            &[(was.as_str(), "null"), (setting, typed)],
        )
        .await;
        assert_eq!(page.status, 422, "{area}: {}", page.body);
        assert!(page.body.contains("aria-invalid=\"true\""), "{area}: {}", page.body);
        assert_eq!(at(&stage, &case, &project).await, before, "{area}");
    }
}
