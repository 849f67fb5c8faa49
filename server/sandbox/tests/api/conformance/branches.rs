//! Branches and their action runs.

use management_api::{branches::*, projects::ProjectStatus};

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    let list = || ListBranches {
        project: project.clone(),
    };
    let branch = check
        .call(CreateBranch {
            project: project.clone(),
            branch_name: "login-page".to_owned(),
            git_branch: Some("feature/login-page".to_owned()),
            region: Some("eu-west-1".to_owned()),
            desired_instance_size: Some("small".to_owned()),
            notify_url: Some("https://example.com/hook".to_owned()),
            ..CreateBranch::default()
        })
        .await;
    assert_eq!(branch.status, BranchStatus::CreatingProject);
    assert_eq!(branch.parent_project_ref, project);
    let named = GetBranch {
        project: project.clone(),
        name: "login-page".to_owned(),
    };
    let found = check.call(named).await;
    assert_eq!((&found.id, &found.project_ref), (&branch.id, &branch.project_ref));
    let all = check.call(list()).await;
    let names: Vec<_> = all
        .iter()
        .map(|branch| (branch.name.as_str(), branch.is_default))
        .collect();
    assert_eq!(names, [("main", true), ("login-page", false)]);
    assert_eq!(all[0].project_ref, project);

    runs(check, &project, &branch).await;
    check.lab.advance(20).await;
    sync(check, &branch.project_ref).await;
    ends(check, &project, &branch).await;
    let sized = CreateSizedBranch {
        project: project.clone(),
        name: "with-a-size".to_owned(),
        desired_instance_size: Some("small".to_owned()),
        desired_disk_size_gb: Some(16),
        ..CreateSizedBranch::default()
    };
    let sized = check.call(sized).await.data;
    assert_eq!(sized.parent_project_ref.as_deref(), Some(project.as_str()));
    check.lab.advance(20).await;
    let delete = DeleteBranch {
        branch_id_or_ref: sized.project_ref.clone().unwrap(),
        force: Some(true),
    };
    check.call(delete).await;
}

/// The run that makes the branch.
async fn runs(check: &Check, project: &str, branch: &Branch) {
    for of in [project, branch.project_ref.as_str()] {
        let of = of.to_owned();
        assert_eq!(check.call(CountActionRuns { project: of.clone() }).await, 1);
        let runs = check
            .call(ListActionRuns {
                project: of.clone(),
                offset: Some(0),
                limit: Some(10),
            })
            .await;
        let [run] = <[ActionRun; 1]>::try_from(runs).unwrap();
        assert_eq!(run.branch_id, branch.id);
        assert!(!run.is_over());
        let get = GetActionRun {
            project: of.clone(),
            run_id: run.id.clone(),
        };
        assert_eq!(check.call(get).await.id, run.id);
        let logs = GetActionRunLogs {
            project: of.clone(),
            run_id: run.id.clone(),
        };
        assert!(check.call(logs).await.contains("[clone] Started"));
        let set = UpdateActionRunStatus {
            project: of,
            run_id: run.id,
            clone: Some("EXITED".to_owned()),
            ..UpdateActionRunStatus::default()
        };
        check.call(set).await;
    }
}

async fn sync(check: &Check, branch: &str) {
    let branch_id_or_ref = branch.to_owned();
    let config = check
        .call(GetBranchConfig {
            branch_id_or_ref: branch_id_or_ref.clone(),
        })
        .await;
    assert_eq!(config.status, ProjectStatus::ActiveHealthy);
    assert!(config.db_pass.is_some() && config.jwt_secret.is_some());
    let diff = check
        .call(DiffBranch {
            branch_id_or_ref: branch_id_or_ref.clone(),
            included_schemas: Some("public".to_owned()),
            pgdelta: Some(true),
        })
        .await;
    assert_eq!(diff, "", "a new branch is like production");
    let migration_version = None;
    let push = PushBranch {
        branch_id_or_ref: branch_id_or_ref.clone(),
        migration_version: migration_version.clone(),
    };
    let reset = ResetBranch {
        branch_id_or_ref: branch_id_or_ref.clone(),
        migration_version: migration_version.clone(),
    };
    let merge = MergeBranch {
        branch_id_or_ref,
        migration_version,
    };
    let mut runs = vec![
        check.call(push).await.workflow_run_id,
        check.call(reset).await.workflow_run_id,
        check.call(merge).await.workflow_run_id,
    ];
    runs.sort();
    runs.dedup();
    assert_eq!(runs.len(), 3);
}

async fn ends(check: &Check, project: &str, branch: &Branch) {
    let branch_id_or_ref = branch.id.clone();
    let changed = check
        .call(UpdateBranch {
            branch_id_or_ref: branch_id_or_ref.clone(),
            branch_name: Some("sign-in page".to_owned()),
            persistent: Some(true),
            request_review: Some(true),
            ..UpdateBranch::default()
        })
        .await;
    assert!(changed.persistent && changed.review_requested_at.is_some());
    assert_eq!(changed.git_branch.as_deref(), Some("feature/login-page"));
    check
        .call(DeleteBranch {
            branch_id_or_ref: branch_id_or_ref.clone(),
            force: Some(false),
        })
        .await;
    let named = || GetBranch {
        project: project.to_owned(),
        name: "sign-in page".to_owned(),
    };
    assert!(check.call(named()).await.deletion_scheduled_at.is_some());
    check
        .call(RestoreBranch {
            branch_id_or_ref: branch_id_or_ref.clone(),
        })
        .await;
    assert_eq!(check.call(named()).await.deletion_scheduled_at, None);
    check
        .call(DeleteBranch {
            branch_id_or_ref,
            force: None,
        })
        .await;
    check
        .call(DisableBranching {
            project: project.to_owned(),
        })
        .await;
}
