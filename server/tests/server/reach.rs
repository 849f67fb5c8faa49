//! Every operation is reached from a page that is not the explorer: the page makes the call, or has the form that does, or
//! leads to where it is.

use std::collections::{BTreeMap, BTreeSet};

use app::{page::Page, pages, plan::Kind};
use management_api::OperationId;
use regex::Regex;
use serde_json::{Value, json};

use crate::{
    routes::{migrated, vouching},
    stage::Stage,
};

/// What only the explorer reaches, as far as the pages that are opened here show; in the catalogue's order. A page that
/// reaches one of these takes it from the list. Some are reached where their page looks otherwise than it does here.
const NOT_YET: &[&str] = &[
    "v2-run-project-advisors",
    "v1-scrape-project-metrics",
    "v1-get-project-logs-all",
    "v2-list-log-drains",
    "v2-create-log-drain",
    "v2-update-log-drain",
    "v2-delete-log-drain",
    "v2-list-all-compute-instances",
    "v2-get-a-compute-instance",
    "v2-create-compute-instance-upload",
    "v2-deploy-a-compute-instance",
    "v2-delete-a-compute-instance",
    "v1-delete-login-roles",
    "v1-create-login-role",
    "v1-update-pooler-config",
    "v1-update-postgres-config",
    "v1-patch-postgres-config",
    "v1-get-database-metadata",
    "v1-authorize-jit-access",
    "v1-update-jit-access",
    "v1-delete-jit-access",
    "v1-invite-external-jit-access",
    "v1-delete-invite-external-jit-access",
    "v1-get-database-openapi",
    "v1-update-database-password",
    "v1-run-a-query",
    "v1-enable-database-webhook",
    "v1-remove-a-read-replica",
    "v1-setup-a-read-replica",
    "v1-update-ssl-enforcement-config",
    "v1-generate-typescript-types",
    "v1-list-all-snippets",
    "v1-get-a-snippet",
    "v1-Delete hostname config",
    "v1-activate-custom-hostname",
    "v1-update-hostname-config",
    "v1-verify-dns-config",
    "v1-deactivate-vanity-subdomain-config",
    "v1-activate-vanity-subdomain-config",
    "v1-check-vanity-subdomain-availability",
    "v2-list-notebooks",
    "v2-get-notebook",
    "v2-create-notebook",
    "v2-update-notebook",
    "v2-delete-notebook",
    "v1-authorize-user",
    "v1-oauth-authorize-project-claim",
    "v1-revoke-token",
    "v2-list-organization-roles",
    "v2-assign-organization-member-role",
    "v2-create-organization-invitations",
    "v1-get-organization-project-claim",
    "v1-claim-project-for-organization",
    "v1-get-profile",
    "v1-delete-project-claim-token",
    "v1-list-all-network-bans",
    "v1-update-network-restrictions",
    "v1-review-network-restrictions",
    "v2-preview-a-project-transfer",
    "v2-transfer-a-project",
    "v2-list-private-link-associations",
    "v2-create-private-link-association",
    "v2-delete-private-link-association",
    "v2-delete-private-link-association-for-database",
    "v2-get-project-config",
    "v1-restore-a-project",
    "v1-cancel-a-project-restoration",
    "v1-upgrade-postgres-version",
    "v1-get-postgres-upgrade-eligibility",
    "v1-get-postgres-upgrade-status",
    "v1-update-realtime-config",
    "v1-shutdown-realtime",
    "v1-update-postgrest-service-config",
    "v1-update-storage-config",
    "v1-list-all-buckets",
    "v2-organizations-slug-webhooks-endpoints-get",
    "v2-organizations-slug-webhooks-endpoints-post",
    "v2-organizations-slug-webhooks-endpoints-delete",
    "v2-organizations-slug-webhooks-endpoints-id-get",
    "v2-organizations-slug-webhooks-endpoints-id-patch",
    "v2-organizations-slug-webhooks-endpoints-id-delete",
    "v2-organizations-slug-webhooks-endpoints-id-test-post",
    "v2-organizations-slug-webhooks-endpoints-id-deliveries-get",
    "v2-organizations-slug-webhooks-deliveries-id-get",
    "v2-organizations-slug-webhooks-deliveries-id-retry-post",
    "v2-projects-ref-webhooks-endpoints-get",
    "v2-projects-ref-webhooks-endpoints-post",
    "v2-projects-ref-webhooks-endpoints-delete",
    "v2-projects-ref-webhooks-endpoints-id-get",
    "v2-projects-ref-webhooks-endpoints-id-patch",
    "v2-projects-ref-webhooks-endpoints-id-delete",
    "v2-projects-ref-webhooks-endpoints-id-test-post",
    "v2-projects-ref-webhooks-endpoints-id-deliveries-get",
    "v2-projects-ref-webhooks-deliveries-id-get",
    "v2-projects-ref-webhooks-deliveries-id-retry-post",
];

#[tokio::test]
async fn every_operation_is_reached_from_a_page() {
    let stage = Stage::with(json!({ "rate_limit": 1_000_000, "coming_up_ms": 60_000 }), &[]).await;
    let mut browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let named = |name: &str| {
        projects
            .iter()
            .find(|project| project.name == name)
            .unwrap()
            .reference
            .clone()
    };
    let (project, branch) = (named("Note G"), named("carry-lookahead"));
    let runs = stage.get_upstream(&format!("/v1/projects/{branch}/actions")).await;
    let run = runs[0]["id"].as_str().unwrap().to_owned();

    let key = json!({ "type": "secret", "name": "reach" });
    let key: Value = serde_json::from_str(
        &stage
            .post_upstream(&format!("/v1/projects/{project}/api-keys"), &key)
            .await,
    )
    .unwrap();
    let key = key["id"].as_str().unwrap().to_owned();

    let version = migrated(&stage, &project).await;
    let backups = backups(&stage, &project, &named("Difference Engine"), &named("Jacquard Loom")).await;

    // A signing key that has come to its end, which can be removed once that is a while ago.
    let keys = format!("/v1/projects/{project}/config/auth/signing-keys");
    let there = stage.get_upstream(&keys).await;
    let standby = there["keys"]
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["status"] == "standby")
        .unwrap();
    let standby = format!("{keys}/{}", standby["id"].as_str().unwrap());
    for status in ["previously_used", "revoked"] {
        stage.patch_upstream(&standby, &json!({ "status": status })).await;
    }
    stage.advance(3_600).await;
    let made = async |name: &str| -> Value {
        let path = format!("/v1/projects/{project}/branches");
        serde_json::from_str(&stage.post_upstream(&path, &json!({ "branch_name": name })).await).unwrap()
    };
    // One that was deleted can be restored.
    let gone = made("gone").await;
    stage.advance(120).await;
    stage
        .delete_upstream(&format!("/v1/branches/{}?force=false", gone["id"].as_str().unwrap()))
        .await;

    // A run that is under way can be paused.
    let busy = made("busy").await["project_ref"].as_str().unwrap().to_owned();
    let runs = stage.get_upstream(&format!("/v1/projects/{busy}/actions")).await;
    let paused = format!(
        "/projects/{project}/branches/{busy}/runs/{}",
        runs[0]["id"].as_str().unwrap()
    );
    let several = format!("/projects/{project}/function-changes?slug=hello-world");
    // One whose JWT secret is no signing key yet.
    let unsigned = format!("/projects/{}/keys/signing/new", named("Tide Tables"));

    let (provider, issuer) = vouching(&stage, &project).await;
    let slug = stage
        .organizations()
        .await
        .into_iter()
        .find(|organization| organization.name == "Analytical Engines")
        .unwrap()
        .slug;
    let member = stage.world().await["people"][0]["id"].as_str().unwrap().to_owned();
    let before = counted(&stage).await;
    let mut found: BTreeSet<String> = BTreeSet::new();
    let links = Regex::new("/(?:do|explorer|reveal)/(v[12]-[a-z0-9-]+)").unwrap();
    let plans = Regex::new("action=\"/plans/([a-z-]+)\"").unwrap();
    let filled = |page: &Page| {
        page.template()
            .replace("{ref}", &project)
            .replace("{branch}", &branch)
            .replace("{run}", &run)
            .replace("{key}", &key)
            .replace("{provider}", &provider)
            .replace("{issuer}", &issuer)
            .replace("{member}", &member)
            .replace("{version}", &version)
            .replace("functions/{slug}", "functions/hello-world")
            .replace("{slug}", &slug)
    };
    // The audit of one call is left out, and the explorer, which reaches everything.
    let paths = pages::all()
        .map(filled)
        .filter(|path| !path.contains('{') && !path.starts_with("/explorer"));
    for path in paths.chain([unsigned, paused, several]).chain(backups) {
        let shown = browser.get(&path).await;
        found.extend(links.captures_iter(&shown.body).map(|found| found[1].to_owned()));
        let kinds = plans
            .captures_iter(&shown.body)
            .filter_map(|found| Kind::read(&found[1]));
        found.extend(kinds.map(|kind| kind.operation().as_str().to_owned()));
    }
    // Calls that the pages made, and not the test itself.
    let after = counted(&stage).await;
    found.extend(
        after
            .into_iter()
            .filter(|(id, count)| before.get(id) != Some(count))
            .map(|(id, _)| id),
    );
    let missing: Vec<&str> = OperationId::ALL
        .iter()
        .map(|id| id.as_str())
        .filter(|id| !found.contains(*id))
        .collect();
    assert_eq!(missing, NOT_YET, "what no page leads to, and what is said to be so");
}

/// A restore point in `project`, a moment that `recoverable` can be set back to, and a backup of `filed` that is a file:
/// the pages that offer what can be done with them.
async fn backups(stage: &Stage, project: &str, recoverable: &str, filed: &str) -> [String; 2] {
    let of = |project: &str| format!("/v1/projects/{project}/database/backups");
    let point = json!({ "name": "reach" });
    stage
        .post_upstream(&format!("{}/restore-point", of(project)), &point)
        .await;
    let addon = json!({ "addon_type": "pitr", "addon_variant": "pitr_7" });
    stage
        .patch_upstream(&format!("/v1/projects/{recoverable}/billing/addons"), &addon)
        .await;
    stage.advance(7_200).await;
    let told = stage.get_upstream(&of(recoverable)).await;
    let latest = told["physical_backup_data"]["latest_physical_backup_date_unix"]
        .as_i64()
        .unwrap();
    let moment = time::OffsetDateTime::from_unix_timestamp(latest - 60).unwrap();
    let moment = moment.format(&time::format_description::well_known::Rfc3339).unwrap();
    let file = stage.get_upstream(&of(filed)).await["backups"][0]["id"].to_string();
    [
        format!("/projects/{recoverable}/backups?at={}", moment.trim_end_matches('Z')),
        format!("/projects/{filed}/backups?file={file}"),
    ]
}

/// How often the sandbox was asked for each operation.
async fn counted(stage: &Stage) -> BTreeMap<String, u64> {
    serde_json::from_value(stage.world().await["counters"]["calls"].take()).unwrap()
}
