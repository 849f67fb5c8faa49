//! Advice, for a database that gives reason for it.

use management_api::{
    advisors::*,
    database::{RunQuery, SslConfig, UpdateSslEnforcement},
};

use super::Check;

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Difference Engine").to_owned();
    check
        .call(RunQuery {
            project: project.clone(),
            query: "create table advised (id int, person uuid references auth.users); grant select on advised to anon"
                .to_owned(),
            parameters: None,
            read_only: None,
        })
        .await;
    let names = |lints: Lints| -> Vec<String> { lints.lints.into_iter().map(|lint| lint.name).collect() };
    let performance = names(
        check
            .call(GetPerformanceAdvisors {
                project: project.clone(),
            })
            .await,
    );
    assert_eq!(performance, ["unindexed_foreign_keys", "no_primary_key"]);
    let checks = ["no_primary_key", "db_not_reachable", "vulnerable_postgres_version"];
    let run = RunAdvisors {
        project: project.clone(),
        lints: checks.map(str::to_owned).to_vec(),
    };
    let run = names(check.call(run).await.data.attributes);
    assert_eq!(run, ["no_primary_key", "vulnerable_postgres_version"]);
    let checks = [
        "auth_otp_long_expiry",
        "ssl_not_enforced",
        "log_connections_not_enabled",
        "pitr_not_enabled",
    ];
    let settings = RunAdvisors {
        project: project.clone(),
        lints: checks.map(str::to_owned).to_vec(),
    };
    let before = names(check.call(settings.clone()).await.data.attributes);
    assert_eq!(
        before,
        ["ssl_not_enforced", "pitr_not_enabled", "log_connections_not_enabled"]
    );
    let enforce = UpdateSslEnforcement {
        project: project.clone(),
        requested: SslConfig { database: true },
    };
    check.call(enforce).await;
    let after = names(check.call(settings).await.data.attributes);
    assert_eq!(after, ["pitr_not_enabled", "log_connections_not_enabled"]);
    let paused = RunAdvisors {
        project: check.lab.reference("Lighthouse").to_owned(),
        lints: vec!["no_primary_key".to_owned()],
    };
    assert_eq!(names(check.call(paused).await.data.attributes), ["project_not_active"]);
    for lint_type in [None, Some("sql".to_owned())] {
        let only_sql = lint_type.is_some();
        let security = GetSecurityAdvisors {
            project: project.clone(),
            lint_type,
        };
        let security = names(check.call(security).await);
        assert_eq!(security[0], "rls_disabled_in_public");
        let beside_sql: &[&str] = if only_sql {
            &[]
        } else {
            &[
                "vulnerable_postgres_version",
                "auth_leaked_password_protection",
                "auth_insufficient_mfa_options",
                "password_requirements_min_length",
            ]
        };
        assert_eq!(security[1..], *beside_sql);
    }
}
