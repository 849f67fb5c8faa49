//! Backups, recovery and restore points.

use management_api::{billing::*, database::*};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Mill & Store").to_owned();
    daily(check, &project).await;
    schedule(check, &project).await;
    points(check, &project).await;
    recovery(check, &project).await;
    download(check, check.lab.reference("Jacquard Loom")).await;
}

/// Those of an older database are files.
async fn download(check: &Check, project: &str) {
    let backup = backups(check, project).await.backups.remove(0);
    assert!(!backup.is_physical_backup);
    let download = DownloadBackup {
        project: project.to_owned(),
        id: backup.id,
    };
    assert!(
        check
            .call(download)
            .await
            .data
            .file_url
            .expose()
            .starts_with("https://")
    );
}

async fn backups(check: &Check, project: &str) -> Backups {
    let project = project.to_owned();
    check.call(ListBackups { project }).await
}

/// The project is being restored, and comes back.
async fn comes_back(check: &Check, project: &str) {
    assert_eq!(check.lab.status(project).await, "RESTORING");
    check.lab.advance(10).await;
    assert_eq!(check.lab.status(project).await, "ACTIVE_HEALTHY");
}

async fn daily(check: &Check, project: &str) {
    let Backups {
        backups: daily,
        pitr_enabled,
        region,
        ..
    } = backups(check, project).await;
    assert!(!pitr_enabled && region == "us-west-2");
    assert_eq!(daily.len(), 7, "the plan keeps seven days");
    let times: Vec<_> = daily
        .iter()
        .map(|backup| OffsetDateTime::parse(&backup.inserted_at, &Rfc3339).unwrap())
        .collect();
    assert!(times.windows(2).all(|pair| pair[0] - pair[1] == Duration::DAY));
    assert_eq!(backups(check, check.lab.reference("Tide Tables")).await.backups, []);
    check
        .call(RestorePhysicalBackup {
            project: project.to_owned(),
            id: daily[6].id,
        })
        .await;
    comes_back(check, project).await;
}

async fn schedule(check: &Check, project: &str) {
    let get = || GetBackupSchedule {
        project: project.to_owned(),
    };
    let before = check.call(get()).await;
    let other = if before.schedule_for == "03:30:00" {
        "04:30:00"
    } else {
        "03:30:00"
    };
    let updated = check
        .call(UpdateBackupSchedule {
            project: project.to_owned(),
            schedule_for: other.to_owned(),
        })
        .await;
    assert_eq!(updated.schedule_for, other);
    assert_eq!(check.call(get()).await, updated);
    check.lab.advance(24 * 60 * 60).await;
    let newest = &backups(check, project).await.backups[0];
    assert!(newest.inserted_at.contains(&format!("T{other}")), "{newest:?}");
}

async fn points(check: &Check, project: &str) {
    let create = |name: &str| CreateRestorePoint {
        project: project.to_owned(),
        name: name.to_owned(),
    };
    let get = |name: Option<&str>| GetRestorePoint {
        project: project.to_owned(),
        name: name.map(str::to_owned),
    };
    let made = check.call(create("before the change")).await;
    assert_eq!((made.status.as_str(), made.completed_on), ("PENDING", None));
    check.lab.advance(10).await;
    check.call(create("after it")).await;
    check.lab.advance(10).await;
    let ready = check.call(get(Some("before the change"))).await;
    assert_eq!(ready.status, "AVAILABLE");
    assert!(ready.completed_on.is_some());
    assert_eq!(check.call(get(None)).await.name, "after it");
    check
        .call(UndoToRestorePoint {
            project: project.to_owned(),
            name: "before the change".to_owned(),
        })
        .await;
    comes_back(check, project).await;
    assert_eq!(check.call(get(Some("after it"))).await.status, "REMOVED");
    assert_eq!(check.call(get(Some("before the change"))).await.status, "AVAILABLE");
}

async fn recovery(check: &Check, project: &str) {
    check
        .call(ApplyAddon {
            project: project.to_owned(),
            addon_type: "pitr".to_owned(),
            addon_variant: "pitr_7".to_owned(),
        })
        .await;
    check.lab.advance(60 * 60).await;
    let Backups {
        pitr_enabled,
        backups,
        physical_backup_data: span,
        ..
    } = backups(check, project).await;
    assert!(pitr_enabled && backups.is_empty());
    let (earliest, latest) = (span.earliest.unwrap(), span.latest.unwrap());
    assert!(earliest < latest);
    check
        .call(RestorePitrBackup {
            project: project.to_owned(),
            recovery_time_target_unix: earliest + 60,
        })
        .await;
    comes_back(check, project).await;
    check
        .call(RemoveAddon {
            project: project.to_owned(),
            addon_variant: "pitr_7".to_owned(),
        })
        .await;
}
