//! A project's disk.

use management_api::projects::*;

use super::{Check, databases};

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Mill & Store").to_owned();
    let get = || GetDisk {
        project: project.clone(),
    };
    let before = check.call(get()).await;
    assert_eq!(before.attributes.kind, "gp3");
    assert_eq!(before.last_modified_at, None);
    let wanted = DiskAttributes {
        kind: "io2".to_owned(),
        size_gb: 100,
        iops: 20_000,
        throughput_mibps: None,
    };
    check
        .call(UpdateDisk {
            project: project.clone(),
            attributes: wanted.clone(),
        })
        .await;
    let meanwhile = check.call(get()).await;
    assert_eq!(meanwhile.attributes, before.attributes, "it takes a while");
    assert!(meanwhile.last_modified_at.is_some());
    check.lab.advance(10).await;
    assert_eq!(check.call(get()).await.attributes, wanted);
    assert_eq!(databases(check, "Analytical Engines", &project).await.len(), 1);

    let autoscale = |project: &str| GetDiskAutoscale {
        project: project.to_owned(),
    };
    assert_eq!(check.call(autoscale(&project)).await.min_increment_gb, Some(4));
    let free = check.call(autoscale(check.lab.reference("Tide Tables"))).await;
    assert_eq!(free.min_increment_gb, None);
    let DiskRoom { size, available, used } = check.call(GetDiskUtilization { project }).await.metrics;
    assert!(used > 0.0 && available > 0.0 && used + available == size);
    assert!((size / 1e9) > 100.0, "the file system grew with the disk");
}
