//! Compute, disk and add-ons.

use app::paths;
use serde_json::json;

use super::{demo, done, holds, note_g, perform, reference};
use crate::audit::signed_in_as;

#[tokio::test]
async fn sizes_stand_with_their_prices_against_the_present_one() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "infrastructure");
    let shown = browser.get(&page).await;
    shown.assert_complete();
    // Small is $15; Medium is $60.
    holds(
        &shown,
        &[
            "Small",
            "$15",
            "+$45",
            "\u{2212}$5",
            "larger sizes",
            "60, 200",
            "gp3",
            "Grows by",
            "50%",
        ],
    );
    let fields = [
        ("ref", project.as_str()),
        ("addon_type", "compute_instance"),
        ("addon_variant", "ci_medium"),
        ("_form", "compute"),
    ];
    let unasked = perform(&mut browser, "v1-apply-project-addon", &page, &fields).await;
    holds(&unasked, &["changes what the organization pays", "checked"]);
    let mut sure = fields.to_vec();
    sure.push(("_sure", "true"));
    done(&mut browser, "v1-apply-project-addon", &page, &sure).await;
    stage.advance(3_600).await;
    let after = stage
        .get_upstream(&format!("/v1/projects/{project}/billing/addons"))
        .await;
    assert_eq!(after["selected_addons"][0]["variant"]["id"], "ci_medium");

    // Its own size is none to change to.
    let refused = perform(&mut browser, "v1-apply-project-addon", &page, &sure).await;
    assert!(refused.status.is_client_error());
    holds(&refused, &["compute size is medium already"]);
}

#[tokio::test]
async fn the_disk_is_changed_as_a_whole_and_refused_at_the_field() {
    let (stage, mut browser) = demo().await;
    let project = reference(&stage, "Difference Engine").await;
    let page = paths::settings(&project, "infrastructure");
    let path = format!("/v1/projects/{project}/config/disk");
    let was = stage.get_upstream(&path).await["attributes"].clone();
    let size = was["size_gb"].as_i64().unwrap();
    let disk = |size: String| {
        [
            ("ref", project.clone()),
            ("attributes.type", "gp3".to_owned()),
            ("attributes.size_gb", size),
            ("attributes.iops", "3000".to_owned()),
            ("attributes.throughput_mibps", "125".to_owned()),
            ("_sure", "true".to_owned()),
        ]
    };
    let smaller = disk((size - 1).to_string());
    let smaller: Vec<(&str, &str)> = smaller.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = perform(&mut browser, "v1-modify-database-disk", &page, &smaller).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    holds(&refused, &["a disk cannot shrink", "id=\"attributes.size_gb-error\""]);
    let larger = disk((size + 40).to_string());
    let larger: Vec<(&str, &str)> = larger.iter().map(|(name, value)| (*name, value.as_str())).collect();
    done(&mut browser, "v1-modify-database-disk", &page, &larger).await;
    stage.advance(3_600).await;
    let now = stage.get_upstream(&path).await["attributes"].clone();
    assert_eq!(
        now,
        json!({ "type": "gp3", "size_gb": size + 40, "iops": 3000, "throughput_mibps": 125 })
    );
    holds(&browser.get(&page).await, &["Some hours have to pass"]);
}

#[tokio::test]
async fn add_ons_are_added_changed_and_removed() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::addons(&project);
    let of = ("ref", project.as_str());
    let shown = browser.get(&page).await;
    shown.assert_complete();
    holds(
        &shown,
        &[
            "All that is on comes to about $15 a month",
            "pitr_7",
            "$4/month",
            "Back to the size before",
        ],
    );
    // It cannot be had by the API.
    assert!(!shown.body.contains("value=\"log_drain_default\""));
    let pitr = |variant| {
        [
            of,
            ("addon_type", "pitr"),
            ("addon_variant", variant),
            ("_sure", "true"),
        ]
    };
    done(&mut browser, "v1-apply-project-addon", &page, &pitr("pitr_7")).await;
    let shown = browser.get(&page).await;
    holds(
        &shown,
        &[
            "about $115 a month",
            "Change to this",
            "+$100",
            "To confirm, type the name: ",
        ],
    );
    let unnamed = perform(
        &mut browser,
        "v1-remove-project-addon",
        &page,
        &[of, ("addon_variant", "pitr_7")],
    )
    .await;
    holds(&unnamed, &["pitr_7"]);
    assert!(unnamed.status.is_client_error());
    let end = [of, ("addon_variant", "pitr_7"), ("_confirm", "pitr_7")];
    done(&mut browser, "v1-remove-project-addon", &page, &end).await;
    holds(&browser.get(&page).await, &["about $15 a month"]);
}

#[tokio::test]
async fn what_is_not_read_is_said_beside_what_is() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "infrastructure");
    for operation in [
        "v1-get-disk-utilization",
        "v1-get-project-disk-autoscale-config",
        "v1-list-project-addons",
    ] {
        stage
            .fault(json!({ "operation": operation, "kind": "status", "code": 500, "times": 10 }))
            .await;
    }
    holds(
        &browser.get(&page).await,
        &["Not known: ", "Supabase has a problem", "Change the disk"],
    );
    let mut reader = signed_in_as(&stage, 3).await;
    reader.get(&paths::project(&project)).await;
    holds(&reader.get(&page).await, &["aria-disabled=\"true\"", "Administrator"]);
}
