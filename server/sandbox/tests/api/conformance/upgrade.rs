//! Upgrading Postgres.

use management_api::projects::*;

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    let status = async |tracking_id: Option<&str>| {
        let asked = GetUpgradeStatus {
            project: project.clone(),
            tracking_id: tracking_id.map(str::to_owned),
        };
        check.call(asked).await.upgrade
    };
    let eligibility = async || {
        let project = project.clone();
        check.call(GetUpgradeEligibility { project }).await
    };
    assert_eq!(status(None).await, None);
    let before = eligibility().await;
    assert!(before.eligible && before.validation_errors.is_empty());
    let target = before.target_upgrade_versions.first().unwrap();
    let started = check
        .call(UpgradePostgres {
            project: project.clone(),
            target_version: target.postgres_version.clone(),
            release_channel: Some(target.release_channel.clone()),
        })
        .await;
    let running = status(Some(&started.tracking_id)).await.unwrap();
    assert_eq!(
        (running.status, running.target_version),
        (Upgrade::RUNNING, "17".to_owned())
    );
    assert!(!eligibility().await.eligible, "not while it is being upgraded");
    check.lab.advance(10).await;
    let done = status(None).await.unwrap();
    assert_eq!((done.status, done.error), (Upgrade::DONE, None));
    assert!(done.latest_status_at > running.latest_status_at);
    let after = eligibility().await;
    assert!(!after.eligible && after.target_upgrade_versions.is_empty());
    assert_eq!(after.current_app_version, target.app_version);
    for (name, kind) in [
        ("Lighthouse", "project_hibernating"),
        ("Mill Archive", "x86_architecture"),
    ] {
        let project = check.lab.reference(name).to_owned();
        let report = check.call(GetUpgradeEligibility { project }).await;
        assert!(!report.eligible && report.validation_errors.iter().any(|found| found.kind == kind));
    }
}
