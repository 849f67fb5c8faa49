//! Compute, in the one region that has it.

use management_api::{compute::*, projects::RestoreProject};

use super::Check;

pub async fn walk(check: &Check) {
    let project = || check.lab.reference("Bernoulli (staging)").to_owned();
    check.call(RestoreProject { project: project() }).await;
    check.lab.advance(20).await;
    let name = || "worker".to_owned();
    let upload = CreateComputeUpload {
        project: project(),
        name: name(),
    };
    let upload = check.call(upload).await.data;
    let deploy = DeployCompute {
        project: project(),
        name: name(),
        spec: ComputeSpec {
            size: "micro".to_owned(),
            exposure: "private".to_owned(),
            instances: 2,
            ..ComputeSpec::default()
        },
        context_upload_id: Some(upload.id.clone()),
    };
    assert_eq!(check.call(deploy).await.data.build_state, "building");
    check.lab.advance(20).await;
    let get = || GetCompute {
        project: project(),
        name: name(),
    };
    let running = check.call(get()).await.data;
    assert_eq!(
        (running.build_state.as_str(), running.instances.unwrap().live),
        ("active", 2.0)
    );
    let list = || ListCompute { project: project() };
    assert_eq!(check.call(list()).await.data[0].id, "worker");
    let GetCompute { project, name } = get();
    check.call(DeleteCompute { project, name }).await;
    check.lab.advance(20).await;
    assert!(check.call(list()).await.data.is_empty());
}
