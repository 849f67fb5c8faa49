//! Settings of Postgres and its poolers, SSL, and read replicas.

use management_api::database::*;

use super::{Check, databases};

pub async fn walk(check: &Check) {
    let project = check.lab.reference("Mill & Store").to_owned();
    postgres(check, &project).await;
    poolers(check, &project).await;
    ssl(check, &project).await;
    replicas(check, &project).await;
}

async fn postgres(check: &Check, project: &str) {
    let get = || GetPostgresConfig {
        project: project.to_owned(),
    };
    assert_eq!(check.call(get()).await, PostgresConfig::default());
    let settings = PostgresConfig {
        max_connections: Some(120),
        statement_timeout: Some("8s".to_owned()),
        session_replication_role: Some("origin".to_owned()),
        hot_standby_feedback: Some(true),
        ..PostgresConfig::default()
    };
    let updated = check
        .call(UpdatePostgresConfig {
            project: project.to_owned(),
            settings: settings.clone(),
            restart_database: Some(true),
        })
        .await;
    assert_eq!(updated, settings);
    assert_eq!(check.lab.status(project).await, "RESTARTING");
    check.lab.advance(10).await;
    assert_eq!(check.lab.status(project).await, "ACTIVE_HEALTHY");
    assert_eq!(check.call(get()).await, settings);
    let patch = PatchPostgresConfig {
        project: project.to_owned(),
        settings: PostgresConfig {
            log_connections: Some(true),
            ..PostgresConfig::default()
        },
        restart_database: Some(false),
    };
    let patched = check.call(patch).await;
    assert_eq!(
        (patched.max_connections, patched.log_connections),
        (Some(120), Some(true))
    );
}

async fn poolers(check: &Check, project: &str) {
    let get = || GetPoolerConfig {
        project: project.to_owned(),
    };
    let pgbouncer = || GetPgbouncerConfig {
        project: project.to_owned(),
    };
    let before = check.call(get()).await;
    assert_eq!(before.len(), 1);
    assert_eq!(
        (before[0].identifier.as_str(), before[0].default_pool_size),
        (project, None)
    );
    let usual = check.call(pgbouncer()).await;
    let update = |size, mode: Option<&str>| UpdatePoolerConfig {
        project: project.to_owned(),
        default_pool_size: size,
        pool_mode: mode.map(str::to_owned),
    };
    let updated = check.call(update(Some(Some(25)), Some("session"))).await;
    assert_eq!(
        (updated.default_pool_size, updated.pool_mode.as_str()),
        (Some(25), "session")
    );
    assert_eq!(check.call(get()).await[0].default_pool_size, Some(25));
    let changed = check.call(pgbouncer()).await;
    assert_eq!(changed.default_pool_size, Some(25));
    assert_eq!(changed.pool_mode.as_deref(), Some("session"));
    check.call(update(None, Some("transaction"))).await;
    assert_eq!(
        check.call(get()).await[0].default_pool_size,
        Some(25),
        "what is left out stays"
    );
    check.call(update(Some(None), None)).await;
    assert_eq!(check.call(pgbouncer()).await, usual);
}

async fn ssl(check: &Check, project: &str) {
    let get = || GetSslEnforcement {
        project: project.to_owned(),
    };
    assert!(!check.call(get()).await.current.database);
    let update = UpdateSslEnforcement {
        project: project.to_owned(),
        requested: SslConfig { database: true },
    };
    let updated = check.call(update).await;
    assert!(updated.current.database && updated.applied);
    assert_eq!(check.call(get()).await, updated);
}

/// Identifier, region and status of each replica, as the organization's list tells it.
async fn listed(check: &Check, project: &str) -> Vec<(String, String, String)> {
    let databases = databases(check, "Analytical Engines", project).await;
    let replicas = databases.into_iter();
    replicas
        .filter(|database| database.kind == "READ_REPLICA")
        .map(|replica| (replica.identifier, replica.region, replica.status))
        .collect()
}

async fn replicas(check: &Check, project: &str) {
    let poolers = || GetPoolerConfig {
        project: project.to_owned(),
    };
    check
        .call(SetupReadReplica {
            project: project.to_owned(),
            read_replica_region: "eu-west-1".to_owned(),
        })
        .await;
    let [(identifier, region, status)] = listed(check, project).await.try_into().unwrap();
    assert_eq!((region.as_str(), status.as_str()), ("eu-west-1", "INIT_READ_REPLICA"));
    assert_eq!(check.call(poolers()).await.len(), 1, "it cannot be reached yet");
    check.lab.advance(10).await;
    assert_eq!(listed(check, project).await[0].2, "ACTIVE_HEALTHY");
    let pooler = &check.call(poolers()).await[1];
    assert_eq!(
        (&pooler.identifier, pooler.database_type.as_str()),
        (&identifier, "READ_REPLICA")
    );
    check
        .call(RemoveReadReplica {
            project: project.to_owned(),
            database_identifier: identifier,
        })
        .await;
    assert_eq!(listed(check, project).await[0].2, "GOING_DOWN");
    check.lab.advance(10).await;
    assert_eq!(listed(check, project).await, []);
}
