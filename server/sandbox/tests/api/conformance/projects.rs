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
    transfers(check).await;
    links(check).await;
    let config = GetProjectConfig {
        project: check.lab.reference("Note G").to_owned(),
    };
    assert_eq!(
        check.call(config).await.data.database.as_ref().unwrap()["major_version"],
        17
    );
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
            release_channel: None,
            postgres_engine: None,
            high_availability: None,
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
        .call(RestartProject {
            project: project.clone(),
        })
        .await;
    wait().await;
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

async fn transfers(check: &Check) {
    let preview = |project: &str, to: &str| PreviewTransfer {
        project: check.lab.reference(project).to_owned(),
        target_organization_slug: check.lab.slug(to).to_owned(),
    };
    let refused = check.call(preview("Note G", "Harbour Labs")).await.data;
    let why: Vec<_> = refused.errors.iter().map(|note| note.key.as_str()).collect();
    assert_eq!((refused.valid, why), (false, vec!["github_connection", "log_drains"]));
    let fine = preview("Lighthouse", "Analytical Engines");
    assert!(check.call(fine.clone()).await.data.valid);
    let PreviewTransfer {
        project,
        target_organization_slug,
    } = fine;
    let transfer = TransferProject {
        project: project.clone(),
        target_organization_slug: target_organization_slug.clone(),
    };
    check.call(transfer).await;
    assert_eq!(
        check.call(GetProject { project }).await.organization_slug,
        target_organization_slug
    );
}

async fn links(check: &Check) {
    let project = || check.lab.reference("Compiler").to_owned();
    let share = CreatePrivateLink {
        project: project(),
        aws_account_id: "123456789012".to_owned(),
        account_name: Some("Production".to_owned()),
        database_identifier: None,
    };
    assert_eq!(check.call_as("Grace", share.clone()).await.data.status, "CREATING");
    check.lab.advance(20).await;
    let list = || ListPrivateLinks { project: project() };
    assert_eq!(check.call_as("Grace", list()).await.data[0].status, "READY");
    let CreatePrivateLink { aws_account_id, .. } = &share;
    let delete = DeletePrivateLink {
        project: project(),
        aws_account_id: aws_account_id.clone(),
    };
    check.call_as("Grace", delete).await;
    check.call_as("Grace", share.clone()).await;
    let delete = DeletePrivateLinkOfDatabase {
        project: project(),
        aws_account_id: aws_account_id.clone(),
        database_identifier: project(),
    };
    check.call_as("Grace", delete).await;
    assert!(check.call_as("Grace", list()).await.data.is_empty());
}
