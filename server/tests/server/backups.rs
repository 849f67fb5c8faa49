//! Backups: what a project can be set back to, each way back typed, and how all projects stand.

use serde_json::json;

use crate::{
    audit::signed_in_as,
    configure::{calls, demo, done, failing, holds, note_g, perform, reference},
    stage::Stage,
};

#[tokio::test]
async fn the_schedule_moves_and_a_restore_point_is_set() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/backups");
    holds(
        &ada.get(&page).await,
        &["Point-in-time recovery is off", "7 daily backups.", "None was set yet."],
    );
    let fields = |at: &'static str| [("ref", project.clone()), ("schedule_for", at.to_owned())];
    let wrong = fields("noon");
    let wrong: Vec<_> = wrong.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = perform(&mut ada, "v1-update-backup-schedule", &page, &wrong).await;
    assert_eq!(refused.status, 422);
    holds(&refused, &["value=\"noon\""]);
    let right = fields("04:05:06");
    let right: Vec<_> = right.iter().map(|(name, value)| (*name, value.as_str())).collect();
    done(&mut ada, "v1-update-backup-schedule", &page, &right).await;
    holds(&ada.get(&page).await, &["value=\"04:05:06\""]);

    let point = [("ref", project.as_str()), ("name", "before-import")];
    done(&mut ada, "v1-create-restore-point", &page, &point).await;
    holds(
        &ada.get(&page).await,
        &["before-import", "Can be gone back to", "Go back to before-import"],
    );
    holds(
        &ada.get(&format!("{page}?point=other")).await,
        &["There is no restore point", "other"],
    );
    // The project is named before it is set back.
    let unnamed = perform(&mut ada, "v1-undo", &page, &point).await;
    assert_eq!(unnamed.status, 422);
    assert_eq!(calls(&stage, "v1-undo").await, json!(null));
    let named = [point[0], point[1], ("_confirm", "Note G")];
    done(&mut ada, "v1-undo", &page, &named).await;
    assert_eq!(calls(&stage, "v1-undo").await, json!(1));
}

#[tokio::test]
async fn a_daily_backup_is_restored_and_the_page_follows() {
    let stage = Stage::with(json!({ "coming_up_ms": 600_000, "rate_limit": 1_000_000 }), &[]).await;
    let mut ada = stage.signed_in().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/backups");
    let backups = stage
        .get_upstream(&format!("/v1/projects/{project}/database/backups"))
        .await;
    let id = backups["backups"][1]["id"].to_string();
    holds(&ada.get(&page).await, &[&format!("name=\"id\" value=\"{id}\"")]);
    let fields = [("ref", project.as_str()), ("id", id.as_str()), ("_confirm", "Note G")];
    done(&mut ada, "v1-restore-physical-backup", &page, &fields).await;
    holds(&ada.get(&page).await, &["The project is being restored", "live-mark"]);
}

#[tokio::test]
async fn a_moment_is_looked_at_before_the_project_goes_back_to_it() {
    let (stage, mut ada) = demo().await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/backups");
    let addon = json!({ "addon_type": "pitr", "addon_variant": "pitr_7" });
    stage
        .patch_upstream(&format!("/v1/projects/{project}/billing/addons"), &addon)
        .await;
    stage.advance(7_200).await;
    let told = stage
        .get_upstream(&format!("/v1/projects/{project}/database/backups"))
        .await;
    let latest = told["physical_backup_data"]["latest_physical_backup_date_unix"]
        .as_i64()
        .unwrap();
    let written = |seconds: i64| {
        let at = time::OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        let text = at.format(&time::format_description::well_known::Rfc3339).unwrap();
        text.trim_end_matches('Z').to_owned()
    };
    let shown = ada.get(&page).await;
    holds(&shown, &["Moment to restore to", "Newest moment", "timeline-window"]);
    assert!(
        !shown.body.contains("recovery_time_target_unix"),
        "nothing is chosen yet"
    );

    // What was done through Steward since is named.
    let point = [("ref", project.as_str()), ("name", "in-the-window")];
    done(&mut ada, "v1-create-restore-point", &page, &point).await;
    let chosen = latest - 7_000;
    let review = ada.get(&format!("{page}?at={}", written(chosen))).await;
    holds(
        &review,
        &[
            "What is lost, what stays",
            &format!("name=\"recovery_time_target_unix\" value=\"{chosen}\""),
            "in-the-window",
            "timeline-lost",
        ],
    );
    let outside = ada.get(&format!("{page}?at=2020-01-01T00:00")).await;
    holds(&outside, &["The recovery does not reach that moment"]);
    let fields = [
        ("ref", project.clone()),
        ("recovery_time_target_unix", chosen.to_string()),
        ("_confirm", "Note G".to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    done(&mut ada, "v1-restore-pitr-backup", &page, &fields).await;
    assert_eq!(calls(&stage, "v1-restore-pitr-backup").await, json!(1));
}

#[tokio::test]
async fn a_file_is_told_once_and_only_where_there_is_one() {
    let (stage, mut ada) = demo().await;
    let project = reference(&stage, "Jacquard Loom").await;
    let page = format!("/projects/{project}/backups");
    let backups = stage
        .get_upstream(&format!("/v1/projects/{project}/database/backups"))
        .await;
    let id = backups["backups"][0]["id"].to_string();
    let page = format!("{page}?file={id}");
    holds(
        &ada.get(&page).await,
        &["Make the address", "Whoever has it needs nothing else"],
    );
    let fields = [
        ("ref", project.as_str()),
        ("id", id.as_str()),
        ("_back", page.as_str()),
        ("_form", "reveal-file"),
        ("_reveal", "file_url"),
    ];
    let unsure = ada.post("/reveal/v2-download-project-backup", &fields).await;
    holds(&unsure, &["tick the box"]);
    let sure: Vec<_> = fields.into_iter().chain([("_sure", "true")]).collect();
    let told = ada.post("/reveal/v2-download-project-backup", &sure).await;
    holds(&told, &["https://backups.supabase.example/", "Open it"]);
    assert!(!ada.get(&page).await.body.contains("https://backups.supabase.example/"));
    let physical = ada.get(&format!("/projects/{}/backups", note_g(&stage).await)).await;
    holds(&physical, &["Physical: no file"]);
}

#[tokio::test]
async fn all_projects_stand_by_what_worries() {
    let (stage, mut ada) = demo().await;
    let all = ada.get("/backups").await;
    // The free plan has none, and a project that has just come up none yet.
    holds(
        &all,
        &[
            "nothing to go back to.",
            "Tide Tables",
            "Nothing to go back to",
            "A backup each day",
        ],
    );
    let worries = all.body.find("Tide Tables<").unwrap();
    assert!(
        worries < all.body.find("Difference Engine<").unwrap(),
        "what worries stands on top"
    );

    // Of one project nothing can be read: that is told of it, and the others stand.
    let fault = json!({ "operation": "v1-list-all-backups", "kind": "wrong-shape", "ref": note_g(&stage).await });
    stage.fault(fault).await;
    let mut alan = signed_in_as(&stage, 2).await;
    let all = alan.get("/backups").await;
    all.assert_complete();
    holds(&all, &["Not known", "could not read", "A backup each day"]);
    stage.clear_faults().await;

    let mut grace = failing(&stage, "v1-list-all-backups").await;
    holds(&grace.get("/backups").await, &["Not known"]);
    let project = note_g(&stage).await;
    let page = grace.get(&format!("/projects/{project}/backups")).await;
    holds(&page, &["Supabase has a problem"]);
}

#[tokio::test]
async fn who_may_not_is_told_why() {
    let (stage, _) = demo().await;
    let mut reader = signed_in_as(&stage, 3).await;
    let project = note_g(&stage).await;
    let page = format!("/projects/{project}/backups");
    holds(&reader.get(&page).await, &["backups_write", "aria-disabled=\"true\""]);
    let fields = [("ref", project.as_str()), ("name", "mine")];
    let refused = perform(&mut reader, "v1-create-restore-point", &page, &fields).await;
    assert_eq!(refused.status, 403);
}
