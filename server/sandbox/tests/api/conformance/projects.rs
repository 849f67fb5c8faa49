//! Projects, their health and usage, and their life.

use management_api::{analytics::*, projects::*};

use super::{Check, claim, upgrade};

pub async fn walk(check: &Check) {
    let projects = check.call(ListProjects {}).await;
    assert_eq!(projects.len(), 12);
    for Project { reference: project, .. } in projects {
        assert_eq!(
            check
                .call(GetProject {
                    project: project.clone()
                })
                .await
                .reference,
            project
        );
        let health = check.call(GetServicesHealth::of(project.clone())).await;
        assert_eq!(health.len(), SERVICES.len());
        for interval in ["15min", "30min", "1hr", "3hr", "1day", "3day", "7day"] {
            let usage = GetApiUsage {
                project: project.clone(),
                interval: interval.to_owned(),
            };
            assert!(!check.call(usage).await.result.is_empty());
        }
        assert_eq!(
            check
                .call(GetApiRequestCount {
                    project: project.clone()
                })
                .await
                .result
                .len(),
            1
        );
        assert!(
            !check
                .call(ListRestoreVersions { project })
                .await
                .available_versions
                .is_empty()
        );
    }
    life(check).await;
    upgrade::walk(check).await;
    claim::walk(check).await;
}

async fn life(check: &Check) {
    let slug = check.lab.slug("Analytical Engines");
    let mut project = String::new();
    for region in ["eu-west-1", "apac"] {
        let new = CreateProject {
            organization_slug: slug.to_owned(),
            name: format!("New in {region}"),
            db_pass: "correct horse".to_owned().into(),
            region: region.to_owned(),
            desired_instance_size: Some("small".to_owned()),
        };
        let made = check.call(new).await;
        assert_eq!(made.status, ProjectStatus::Unknown);
        project = made.reference;
    }
    let wait = || check.lab.advance(10);
    wait().await;
    check
        .call(UpdateProject {
            project: project.clone(),
            name: "Renamed".to_owned(),
        })
        .await;
    check
        .call(PauseProject {
            project: project.clone(),
        })
        .await;
    wait().await;
    check
        .call(RestoreProject {
            project: project.clone(),
        })
        .await;
    check
        .call(CancelProjectRestoration {
            project: project.clone(),
        })
        .await;
    check.call(DeleteProject { project }).await;
}
