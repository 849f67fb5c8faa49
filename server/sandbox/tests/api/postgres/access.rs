//! Login roles, just-in-time access and read-only mode, as the world's clock goes on.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::Sql;
use crate::support::{Lab, Reply};

const LOGINS: &str = "select rolname from pg_roles where rolname like 'cli\\_login\\_%' || current_database()
    order by rolname";

#[tokio::test]
async fn a_login_role_lasts_five_minutes() {
    let Some(sql) = Sql::new().await else { return };
    let (path, ada) = (sql.path("cli/login-role"), sql.lab.pat("Ada"));
    let first = sql.lab.post(&path, ada, json!({ "read_only": false })).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let again = sql.lab.post(&path, ada, json!({ "read_only": false })).await.json();
    let first = first.json();
    assert_eq!((&first["role"], &first["ttl_seconds"]), (&again["role"], &json!(300)));
    assert_ne!(first["password"], again["password"]);
    assert_eq!(sql.rows(LOGINS).await, json!([{ "rolname": first["role"] }]));
    sql.lab.advance(200).await;
    let reader = sql.lab.post(&path, ada, json!({ "read_only": true })).await.json();
    sql.lab.advance(101).await;
    assert_eq!(sql.rows(LOGINS).await, json!([{ "rolname": reader["role"] }]));
    sql.lab.call(Method::DELETE, &path, ada, None).await;
    assert_eq!(sql.rows(LOGINS).await, json!([]));
    let wrong = sql.lab.post(&path, ada, json!({})).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

/// A project's just-in-time access.
struct Jit {
    lab: Lab,
    path: String,
}

impl Jit {
    async fn new() -> Self {
        let lab = Lab::new(json!({})).await;
        let path = format!("/v1/projects/{}", lab.reference("Note G"));
        let jit = Self { lab, path };
        assert_eq!(jit.switch("enabled").await.status, StatusCode::OK);
        jit
    }

    async fn switch(&self, state: &str) -> Reply {
        let path = format!("{}/jit-access", self.path);
        self.lab
            .call(Method::PUT, &path, self.lab.pat("Ada"), Some(json!({ "state": state })))
            .await
    }

    async fn grant(&self, person: &str, roles: Value) -> Reply {
        let path = format!("{}/database/jit", self.path);
        let body = json!({ "user_id": person, "roles": roles });
        self.lab.call(Method::PUT, &path, self.lab.pat("Ada"), Some(body)).await
    }

    async fn attempt(&self, person: &str, role: &str, from: &str) -> StatusCode {
        let path = format!("{}/database/jit", self.path);
        let body = json!({ "role": role, "rhost": from });
        self.lab.post(&path, self.lab.pat(person), body).await.status
    }
}

#[tokio::test]
async fn just_in_time_access_ends_in_time() {
    let jit = Jit::new().await;
    let grace = jit.lab.person_id("Grace").to_owned();
    let soon = time_in(60);
    let roles = json!([
        { "role": "postgres", "expires_at": soon, "allowed_networks": {
            "allowed_cidrs": [{ "cidr": "203.0.113.0/24" }], "allowed_cidrs_v6": [{ "cidr": "2001:db8::/32" }] } },
        { "role": "supabase_read_only_user" },
        { "role": "anon", "branches_only": true },
    ]);
    let granted = jit.grant(&grace, roles.clone()).await;
    assert_eq!(
        (granted.status, &granted.json()["user_roles"]),
        (StatusCode::OK, &roles)
    );
    for (who, role, from, expected) in [
        ("Grace", "postgres", "203.0.113.7", StatusCode::OK),
        ("Grace", "postgres", "2001:db8::1", StatusCode::OK),
        ("Grace", "postgres", "198.51.100.1", StatusCode::FORBIDDEN),
        ("Grace", "supabase_read_only_user", "198.51.100.1", StatusCode::OK),
        ("Grace", "anon", "198.51.100.1", StatusCode::FORBIDDEN),
        ("Grace", "service_role", "203.0.113.7", StatusCode::FORBIDDEN),
        ("Grace", "postgres", "somewhere", StatusCode::BAD_REQUEST),
        ("Ada", "postgres", "203.0.113.7", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(jit.attempt(who, role, from).await, expected, "{who} {role} {from}");
    }
    jit.lab.advance(61).await;
    assert_eq!(
        jit.attempt("Grace", "postgres", "203.0.113.7").await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        jit.attempt("Grace", "supabase_read_only_user", "::1").await,
        StatusCode::OK
    );
    jit.switch("disabled").await;
    assert_eq!(
        jit.attempt("Grace", "supabase_read_only_user", "::1").await,
        StatusCode::FORBIDDEN
    );
}

/// A number as the API writes those.
fn time_in(seconds: u64) -> f64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    (now.unwrap().as_secs() + seconds) as f64
}

#[tokio::test]
async fn just_in_time_access_is_checked() {
    let jit = Jit::new().await;
    let grace = jit.lab.person_id("Grace").to_owned();
    let networks = |v4: &str, v6: &str| {
        json!([{ "role": "postgres", "allowed_networks": {
        "allowed_cidrs": [{ "cidr": v4 }], "allowed_cidrs_v6": [{ "cidr": v6 }] } }])
    };
    for (who, roles) in [
        ("00000000-0000-4000-8000-000000000000", json!([])),
        ("x", json!([])),
        (grace.as_str(), json!([{ "role": "" }])),
        (grace.as_str(), json!([{ "role": "postgres", "expires_at": 1 }])),
        (grace.as_str(), networks("10.0.0.0/33", "::/0")),
        (grace.as_str(), networks("::/0", "::/0")),
        (grace.as_str(), networks("10.0.0.0/8", "10.0.0.0/8")),
    ] {
        assert_eq!(
            jit.grant(who, roles.clone()).await.status,
            StatusCode::BAD_REQUEST,
            "{who} {roles}"
        );
    }
    assert_eq!(jit.switch("unavailable").await.status, StatusCode::BAD_REQUEST);
    jit.grant(&grace, json!([{ "role": "postgres" }])).await;
    let path = format!("{}/database/jit/{grace}", jit.path);
    let remove = async || {
        jit.lab
            .call(Method::DELETE, &path, jit.lab.pat("Ada"), None)
            .await
            .status
    };
    assert_eq!(remove().await, StatusCode::OK);
    assert_eq!(jit.attempt("Grace", "postgres", "::1").await, StatusCode::FORBIDDEN);
    assert_eq!(remove().await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_full_disk_takes_writes_for_fifteen_minutes() {
    let Some(sql) = Sql::new().await else { return };
    let full = async |full| {
        let body = json!({ "ref": sql.project, "full": full });
        sql.lab.here(Method::POST, "/disk", body).await.status
    };
    let mode = async || sql.lab.get(&sql.path("readonly"), sql.lab.pat("Ada")).await.json();
    assert_eq!(mode().await["enabled"], false);
    sql.rows("create table t ()").await;
    assert_eq!(full(true).await, StatusCode::NO_CONTENT);
    assert_eq!(mode().await["enabled"], true);
    let write = json!({ "query": "insert into t default values" });
    assert!(sql.refusal(write.clone()).await.contains("25006"));
    let path = sql.path("readonly/temporary-disable");
    let lifted = sql.lab.post(&path, sql.lab.pat("Ada"), json!(null)).await;
    assert_eq!((lifted.status, lifted.text.as_str()), (StatusCode::CREATED, ""));
    assert_eq!(mode().await["override_enabled"], true);
    assert_eq!(sql.query(write.clone()).await.status, StatusCode::CREATED);
    sql.lab.advance(15 * 60).await;
    assert_eq!(
        (&mode().await["enabled"], &mode().await["override_enabled"]),
        (&json!(true), &json!(false))
    );
    assert!(sql.refusal(write.clone()).await.contains("25006"));
    full(false).await;
    assert_eq!(sql.query(write).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_password_is_long_enough_and_never_told() {
    let lab = Lab::new(json!({})).await;
    let path = format!("/v1/projects/{}/database/password", lab.reference("Note G"));
    for (password, status) in [("abc", StatusCode::BAD_REQUEST), ("correct horse", StatusCode::OK)] {
        let reply = lab
            .call(
                Method::PATCH,
                &path,
                lab.pat("Ada"),
                Some(json!({ "password": password })),
            )
            .await;
        assert_eq!(reply.status, status);
        assert!(!reply.text.contains("horse"));
    }
}
