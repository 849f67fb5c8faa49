//! Advice comes when there is reason for it, and goes with the reason.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::Lab;

struct Adviser {
    lab: Lab,
    path: String,
}

impl Adviser {
    async fn new() -> Self {
        let lab = Lab::new(json!({})).await;
        let path = format!("/v1/projects/{}", lab.reference("Note G"));
        Self { lab, path }
    }

    async fn run(&self, query: &str) {
        let path = format!("{}/database/query", self.path);
        let reply = self
            .lab
            .post(&path, self.lab.pat("Ada"), json!({ "query": query }))
            .await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    }

    /// What is advised beside what the image's age gives, as `rule: name`.
    async fn advice(&self, kind: &str) -> Vec<String> {
        let lints = self.lints(kind).await;
        let line = |lint: &Value| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            format!("{}: {}", text(&lint["name"]), text(&lint["metadata"]["name"]))
        };
        lints.iter().map(line).collect()
    }

    async fn lints(&self, kind: &str) -> Vec<Value> {
        let reply = self
            .lab
            .get(&format!("{}/advisors/{kind}", self.path), self.lab.pat("Ada"))
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json()["lints"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn performance_is_looked_at() {
    let adviser = Adviser::new().await;
    assert_eq!(adviser.advice("performance").await, Vec::<String>::new());
    adviser
        .run(
            "create table a (id int primary key); create table b (a int references a, c int);
             create index one on b (c); create index two on b (c);
             alter table a enable row level security;
             create policy x on a for select to authenticated using (auth.uid() is not null);
             create policy y on a to authenticated using ((select auth.uid()) is not null)",
        )
        .await;
    let wanted = [
        "unindexed_foreign_keys: b",
        "auth_rls_initplan: a",
        "no_primary_key: b",
        "unused_index: b",
        "unused_index: b",
        "multiple_permissive_policies: a",
        "duplicate_index: b",
    ];
    assert_eq!(adviser.advice("performance").await, wanted);
    let lints = adviser.lints("performance").await;
    assert_eq!(lints[0]["metadata"]["fkey_columns"], json!([1]));
    assert_eq!(lints[0]["cache_key"], "unindexed_foreign_keys_public_b_b_a_fkey");
    adviser
        .run("drop index one, two; drop policy x on a; alter table b add primary key (a)")
        .await;
    assert_eq!(
        adviser.advice("performance").await,
        Vec::<String>::new(),
        "the key is an index of its column"
    );
}

#[tokio::test]
async fn security_is_looked_at() {
    let adviser = Adviser::new().await;
    assert_eq!(adviser.advice("security?lint_type=sql").await, Vec::<String>::new());
    adviser
        .run(
            "create table open (id int primary key); create table shut (id int primary key);
             alter table shut enable row level security;
             create table off (id int primary key); create policy p on off using (true);
             create table meta (id int primary key); alter table meta enable row level security;
             create policy m on meta using (auth.jwt() -> 'user_metadata' ->> 'admin' = 'true');
             create view people as select email from auth.users;
             create view careful with (security_invoker = on) as select id from open;
             create materialized view kept as select id from open;
             create function f() returns int language sql as 'select 1';
             create function g() returns int language sql set search_path = '' as 'select 1';
             create table held (f regproc, id int primary key); alter table held enable row level security;
             create policy h on held using (true);
             grant all on all tables in schema public to anon, authenticated",
        )
        .await;
    let wanted = [
        "auth_users_exposed: people",
        "policy_exists_rls_disabled: off",
        "rls_enabled_no_policy: shut",
        "security_definer_view: people",
        "function_search_path_mutable: f",
        "rls_disabled_in_public: off",
        "rls_disabled_in_public: open",
        "rls_references_user_metadata: meta",
        "materialized_view_in_api: kept",
        "unsupported_reg_types: held",
    ];
    assert_eq!(adviser.advice("security?lint_type=sql").await, wanted);
    adviser
        .run("revoke all on open, off, people, kept from anon, authenticated")
        .await;
    let left = adviser.advice("security?lint_type=sql").await;
    assert!(
        !left
            .iter()
            .any(|line| line.contains("disabled_in_public") || line.contains("people")),
        "{left:?}"
    );
}

#[tokio::test]
async fn every_schema_that_is_exposed_is_looked_at_and_no_table_that_nobody_was_granted() {
    let adviser = Adviser::new().await;
    adviser
        .run(
            "create schema shop; grant usage on schema shop to anon;
             create table shop.orders (id int primary key); grant select on shop.orders to anon;
             create view shop.seen as select id from shop.orders; grant select on shop.seen to anon;
             create table public.quiet (id int primary key)",
        )
        .await;
    let advice = async || adviser.advice("security?lint_type=sql").await;
    assert_eq!(
        advice().await,
        Vec::<String>::new(),
        "new tables of public are nobody\u{2019}s"
    );
    let expose = json!({ "db_schema": "public,graphql_public, shop" });
    let path = format!("{}/postgrest", adviser.path);
    let ada = adviser.lab.pat("Ada");
    let reply = adviser.lab.call(Method::PATCH, &path, ada, Some(expose)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let wanted = ["security_definer_view: seen", "rls_disabled_in_public: orders"];
    assert_eq!(advice().await, wanted);
    adviser.run("grant select on public.quiet to authenticated").await;
    let wanted = [wanted[0], "rls_disabled_in_public: quiet", wanted[1]];
    assert_eq!(advice().await, wanted);
}

#[tokio::test]
async fn what_the_database_does_not_tell_can_be_left_out() {
    let adviser = Adviser::new().await;
    let names = async || -> Vec<String> {
        let lints = adviser.lints("security").await;
        lints
            .iter()
            .map(|lint| lint["name"].as_str().unwrap().to_owned())
            .collect()
    };
    // The image is the newest one; how people sign in is looked at all the same.
    let due = "auth_leaked_password_protection".to_owned();
    assert!(names().await.contains(&due) && !names().await.contains(&"vulnerable_postgres_version".to_owned()));
    let path = format!("{}/config/auth", adviser.path);
    let set = json!({ "password_hibp_enabled": true });
    let reply = adviser
        .lab
        .call(Method::PATCH, &path, adviser.lab.pat("Ada"), Some(set))
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert!(!names().await.contains(&due));
    let old = format!(
        "/v1/projects/{}/advisors/security",
        adviser.lab.reference("Difference Engine")
    );
    let ada = adviser.lab.pat("Ada");
    let lints = adviser.lab.get(&old, ada).await.json()["lints"].clone();
    assert_eq!(lints[0]["name"], "vulnerable_postgres_version");
    let lints = adviser.lab.get(&format!("{old}?lint_type=sql"), ada).await.json();
    assert_eq!(lints, json!({ "lints": [] }));
    let unknown = adviser.lab.get(&format!("{old}?lint_type=css"), ada).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    let paused = format!(
        "/v1/projects/{}/advisors/security",
        adviser.lab.reference("Bernoulli (staging)")
    );
    assert_eq!(adviser.lab.get(&paused, ada).await.status, StatusCode::BAD_REQUEST);
}
