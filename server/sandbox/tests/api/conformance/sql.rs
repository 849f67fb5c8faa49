//! SQL and who may reach the database.

use management_api::database::*;
use serde_json::{Value, json};

use super::Check;

/// A project that the other walks leave as it is.
const PROJECT: &str = "Mill & Store";

pub async fn walk(check: &Check) {
    let project = check.lab.reference(PROJECT).to_owned();
    jit(check, &project).await;
    readonly(check, &project).await;
    let password = UpdateDatabasePassword {
        project: project.clone(),
        password: "correct horse".to_owned().into(),
    };
    assert!(!check.call(password).await.message.is_empty());
    if check.lab.has_postgres().await {
        queries(check, &project).await;
        migrations(check, &project).await;
        logins(check, &project).await;
    }
}

async fn queries(check: &Check, project: &str) {
    let run = async |query: &str, parameters: Option<Vec<Value>>, read_only| {
        let query = RunQuery {
            project: project.to_owned(),
            query: query.to_owned(),
            parameters,
            read_only,
        };
        json!(check.call(query).await)
    };
    assert_eq!(run("SELECT 1", None, None).await, json!([{ "?column?": 1 }]));
    assert_eq!(run("CREATE TABLE walked (id int)", None, None).await, json!([]));
    let insert = "INSERT INTO walked SELECT unnest($1::int[]) RETURNING id";
    assert_eq!(
        run(insert, Some(vec![json!([1, 2])]), Some(false)).await,
        json!([{ "id": 1 }, { "id": 2 }])
    );
    assert_eq!(
        run("SELECT count(*) FROM walked", None, Some(true)).await,
        json!([{ "count": 2 }])
    );
    let read = RunReadOnlyQuery {
        project: project.to_owned(),
        query: "SELECT id FROM walked WHERE id > $1".to_owned(),
        parameters: Some(vec![json!(1)]),
    };
    assert_eq!(json!(check.call(read).await), json!([{ "id": 2 }]));
    check
        .call(EnableDatabaseWebhooks {
            project: project.to_owned(),
        })
        .await;
    let trigger = "CREATE TRIGGER told AFTER INSERT ON walked FOR EACH ROW
        EXECUTE FUNCTION supabase_functions.http_request('https://example.com', 'POST', '{}', '{}', '1000');
        INSERT INTO walked VALUES (3); SELECT hook_name FROM supabase_functions.hooks";
    assert_eq!(run(trigger, None, None).await, json!([{ "hook_name": "told" }]));
}

async fn migrations(check: &Check, project: &str) {
    let project = || project.to_owned();
    let history = async || check.call(ListMigrations { project: project() }).await;
    assert_eq!(history().await, []);
    let apply = ApplyMigration {
        project: project(),
        query: "create table gears (id bigint primary key);".to_owned(),
        name: Some("gears".to_owned()),
        rollback: Some("drop table gears;".to_owned()),
        idempotency_key: Some("gears-1".to_owned()),
    };
    check.call(apply).await;
    let upsert = UpsertMigration {
        project: project(),
        query: "create table levers ();".to_owned(),
        name: None,
        rollback: None,
        idempotency_key: None,
    };
    check.call(upsert).await;
    let known = history().await;
    assert_eq!(known.len(), 2);
    let version = known[1].version.clone();
    let patch = PatchMigration {
        project: project(),
        version: version.clone(),
        name: Some("levers".to_owned()),
        rollback: Some("select 1".to_owned()),
    };
    check.call(patch).await;
    let migration = check
        .call(GetMigration {
            project: project(),
            version,
        })
        .await;
    assert_eq!(migration.name.as_deref(), Some("levers"));
    assert_eq!(migration.statements, Some(vec!["create table levers ();".to_owned()]));
    assert_eq!(migration.rollback, Some(vec!["select 1".to_owned()]));
    let rollback = RollbackMigrations {
        project: project(),
        gte: known[0].version.clone(),
    };
    check.call(rollback).await;
    assert_eq!(history().await, []);
}

async fn logins(check: &Check, project: &str) {
    for read_only in [false, true] {
        let login = CreateLoginRole {
            project: project.to_owned(),
            read_only,
        };
        let login = check.call(login).await;
        assert!(login.ttl_seconds > 0 && login.password.expose().len() > 20);
    }
    let delete = DeleteLoginRoles {
        project: project.to_owned(),
    };
    assert_eq!(check.call(delete).await.message, "ok");
}

async fn jit(check: &Check, project: &str) {
    let project = || project.to_owned();
    let ada = check.lab.person_id("Ada").to_owned();
    assert_eq!(
        check.call(GetJitAccessConfig { project: project() }).await.state,
        "disabled"
    );
    let enable = UpdateJitAccessConfig {
        project: project(),
        state: "enabled".to_owned(),
    };
    assert_eq!(check.call(enable).await.applied, Some(true));
    assert!(
        check
            .call(GetJitAccess { project: project() })
            .await
            .user_roles
            .is_empty()
    );
    let roles = vec![JitRole {
        role: "postgres".to_owned(),
        expires_at: Some(4_102_444_800.0),
        allowed_networks: Some(JitNetworks {
            allowed_cidrs: Some(vec![JitNetwork {
                cidr: "203.0.113.0/24".to_owned(),
            }]),
            allowed_cidrs_v6: None,
        }),
        branches_only: Some(false),
    }];
    let update = UpdateJitAccess {
        project: project(),
        user_id: ada.clone(),
        roles: roles.clone(),
    };
    assert_eq!(check.call(update).await.user_roles, roles);
    assert_eq!(check.call(GetJitAccess { project: project() }).await.user_roles, roles);
    let items = check.call(ListJitAccess { project: project() }).await.items;
    assert_eq!((items.len(), items[0].user_id.as_ref()), (1, Some(&ada)));
    let attempt = AuthorizeJitAccess {
        project: project(),
        role: "postgres".to_owned(),
        rhost: "203.0.113.10".to_owned(),
    };
    assert_eq!(check.call(attempt).await.user_role, roles[0]);
    check
        .call(DeleteJitAccess {
            project: project(),
            user_id: ada,
        })
        .await;
    assert!(check.call(ListJitAccess { project: project() }).await.items.is_empty());
    jit_invitations(check, project, roles).await;
}

/// Somebody from outside the organization.
async fn jit_invitations(check: &Check, project: impl Fn() -> String, roles: Vec<JitRole>) {
    let invite = |email: &str| InviteToJit {
        project: project(),
        email: email.to_owned(),
        roles: roles.clone(),
    };
    let withdrawn = check.call(invite("nobody@example.com")).await;
    let delete = DeleteJitInvitation {
        project: project(),
        invite_id: withdrawn.invite_id,
    };
    check.call(delete).await;
    let open = check.call(invite("emmy@example.com")).await;
    let items = check.call(ListJitAccess { project: project() }).await.items;
    assert_eq!((items.len(), items[0].invite_id.as_ref()), (1, Some(&open.invite_id)));
    let accept = AcceptJitInvitation {
        project: project(),
        email: "emmy@example.com".to_owned(),
        token: open.invite_id.into(),
    };
    assert_eq!(check.call_as("Emmy", accept).await.user_roles, roles);
}

async fn readonly(check: &Check, project: &str) {
    let mode = async || {
        let project = project.to_owned();
        check.call(GetReadonlyMode { project }).await
    };
    assert!(!mode().await.override_enabled);
    check
        .call(DisableReadonlyMode {
            project: project.to_owned(),
        })
        .await;
    assert!(mode().await.override_enabled);
}
