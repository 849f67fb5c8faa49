//! Custom hostname and vanity subdomain.

use app::paths;
use serde_json::json;

use super::{demo, done, failing, holds, note_g, perform};
use crate::{audit::signed_in_as, stage::Stage};

const HOSTNAME: &str = "api.example.com";

async fn pay(stage: &Stage, project: &str) {
    let addon = json!({ "addon_type": "custom_domain", "addon_variant": "cd_default" });
    stage
        .patch_upstream(&format!("/v1/projects/{project}/billing/addons"), &addon)
        .await;
}

#[tokio::test]
async fn a_hostname_goes_its_way_step_by_step() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::settings(&project, "hostname");
    let of = ("ref", project.as_str());
    holds(
        &browser.get(&page).await,
        &["needs the add-on", "$10/month", "value=\"cd_default\""],
    );
    let addon = [
        of,
        ("addon_type", "custom_domain"),
        ("addon_variant", "cd_default"),
        ("_sure", "true"),
    ];
    done(&mut browser, "v1-apply-project-addon", &page, &addon).await;
    let empty = browser.get(&page).await;
    holds(&empty, &["name=\"custom_hostname\"", "The add-on is on: $10/month."]);
    assert!(!empty.body.contains("Remove the hostname") && !empty.body.contains("Give up"));

    // What cannot be one is refused at its field, with what was typed.
    let wrong = [of, ("custom_hostname", "example.com"), ("_sure", "true")];
    let refused = perform(&mut browser, "v1-update-hostname-config", &page, &wrong).await;
    assert!(refused.status.is_client_error());
    holds(
        &refused,
        &[
            "value=\"example.com\"",
            "expected a subdomain",
            "id=\"custom_hostname-error\"",
        ],
    );
    let unasked = [of, ("custom_hostname", HOSTNAME)];
    let unasked = perform(&mut browser, "v1-update-hostname-config", &page, &unasked).await;
    holds(&unasked, &["changes what the organization pays"]);

    let begin = [of, ("custom_hostname", HOSTNAME), ("_sure", "true")];
    done(&mut browser, "v1-update-hostname-config", &page, &begin).await;
    let records = browser.get(&page).await;
    let target = format!("{project}.supabase.localhost");
    let names = [
        "Waiting for the records",
        "2_initiated",
        "_cf-custom-hostname.api.example.com",
        "_acme-challenge.api.example.com",
        &target,
        "As a zone file",
        "Give up",
    ];
    holds(&records, &names);
    assert!(!records.body.contains("v1-activate-custom-hostname"), "not yet");
    // Another one is not begun beside it.
    let second = [of, ("custom_hostname", "www.example.com"), ("_sure", "true")];
    let second = perform(&mut browser, "v1-update-hostname-config", &page, &second).await;
    assert!(!second.status.is_success() && !second.status.is_redirection());

    for expected in ["3_challenge_verified", "4_origin_setup_completed"] {
        stage.advance(3_600).await;
        done(&mut browser, "v1-verify-dns-config", &page, &[of]).await;
        holds(&browser.get(&page).await, &[expected]);
    }
    let ready = browser.get(&page).await;
    holds(
        &ready,
        &[
            "Ready, not activated",
            "https://api.example.com/auth/v1/callback",
            "v1-activate-custom-hostname",
        ],
    );
    let unasked = perform(&mut browser, "v1-activate-custom-hostname", &page, &[of]).await;
    holds(&unasked, &["callback address turn people away"]);
    done(
        &mut browser,
        "v1-activate-custom-hostname",
        &page,
        &[of, ("_sure", "true")],
    )
    .await;
    let active = browser.get(&page).await;
    holds(
        &active,
        &[
            "5_services_reconfigured",
            "and under its old address as well",
            "Remove the hostname",
        ],
    );
    holds(
        &browser.get(&paths::vanity(&project)).await,
        &["An active custom hostname takes its place"],
    );

    let unnamed = perform(&mut browser, "v1-Delete%20hostname%20config", &page, &[of]).await;
    holds(&unnamed, &["Note G"]);
    let end = [of, ("_confirm", "Note G"), ("remove_addon", "true")];
    done(&mut browser, "v1-Delete%20hostname%20config", &page, &end).await;
    holds(&browser.get(&page).await, &["needs the add-on"]);
}

#[tokio::test]
async fn records_that_are_not_found_are_said_and_so_is_what_fails() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    pay(&stage, &project).await;
    let begin = json!({ "custom_hostname": "api.example.invalid" });
    let path = format!("/v1/projects/{project}/custom-hostname");
    stage.post_upstream(&format!("{path}/initialize"), &begin).await;
    let page = paths::settings(&project, "hostname");
    done(&mut browser, "v1-verify-dns-config", &page, &[("ref", &project)]).await;
    holds(
        &browser.get(&page).await,
        &[
            "Records not found",
            "The ownership record was not found in the DNS yet.",
        ],
    );

    // Without the prices and the providers the way is still there.
    failing(&stage, "v1-list-project-addons").await;
    let mut grace = failing(&stage, "v1-get-auth-service-config").await;
    holds(
        &grace.get(&page).await,
        &["Records not found", "Which are on could not be read"],
    );
    let mut alan = signed_in_as(&stage, 2).await;
    failing(&stage, "v1-get-hostname-config").await;
    holds(&alan.get(&page).await, &["error-view", "Supabase has a problem"]);
}

#[tokio::test]
async fn whoever_may_not_change_a_domain_sees_why() {
    let (stage, _) = demo().await;
    let project = note_g(&stage).await;
    pay(&stage, &project).await;
    let mut reader = signed_in_as(&stage, 3).await;
    reader.get(&paths::project(&project)).await;
    let page = reader.get(&paths::settings(&project, "hostname")).await;
    holds(&page, &["aria-disabled=\"true\"", "Administrator"]);
}

#[tokio::test]
async fn a_vanity_subdomain_is_checked_then_taken_then_given_back() {
    let (stage, mut browser) = demo().await;
    let project = note_g(&stage).await;
    let page = paths::vanity(&project);
    holds(&browser.get(&page).await, &["The project has no vanity subdomain"]);
    let taken = browser.get(&paths::vanity_checked(&project, "www")).await;
    holds(&taken, &["cannot be had", "value=\"www\""]);
    let wrong = browser.get(&paths::vanity_checked(&project, "no spaces")).await;
    holds(&wrong, &["expected 3 to 63"]);
    let free = browser.get(&paths::vanity_checked(&project, "note-g")).await;
    holds(&free, &["can be had", "v1-activate-vanity-subdomain-config"]);
    let fields = [("ref", project.as_str()), ("vanity_subdomain", "note-g")];
    let checked = paths::vanity_checked(&project, "note-g");
    let unasked = perform(&mut browser, "v1-activate-vanity-subdomain-config", &checked, &fields).await;
    holds(&unasked, &["stops answering"]);
    let fields = [
        ("ref", project.as_str()),
        ("vanity_subdomain", "note-g"),
        ("_sure", "true"),
    ];
    done(&mut browser, "v1-activate-vanity-subdomain-config", &page, &fields).await;
    holds(
        &browser.get(&page).await,
        &["https://note-g.supabase.localhost", "Remove the name"],
    );
    let end = [("ref", project.as_str()), ("_confirm", "Note G")];
    done(&mut browser, "v1-deactivate-vanity-subdomain-config", &page, &end).await;
    holds(&browser.get(&page).await, &["The project has no vanity subdomain"]);
    let mut grace = failing(&stage, "v1-get-vanity-subdomain-config").await;
    holds(&grace.get(&page).await, &["error-view"]);
}
