//! Migrations: all or nothing, a history, and the way back.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};

use super::Sql;
use crate::support::Reply;

impl Sql {
    async fn migrate(&self, method: Method, body: Value, key: Option<&str>) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(self.path("database/migrations"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.lab.pat("Ada")));
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        self.lab.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn history(&self) -> Vec<Value> {
        let reply = self
            .lab
            .get(&self.path("database/migrations"), self.lab.pat("Ada"))
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        serde_json::from_str(&reply.text).unwrap()
    }

    async fn roll_back(&self, gte: &str) -> Reply {
        let path = self.path(&format!("database/migrations?gte={gte}"));
        self.lab.call(Method::DELETE, &path, self.lab.pat("Ada"), None).await
    }

    async fn has(&self, table: &str) -> bool {
        self.rows(&format!("select to_regclass('{table}') is not null as it"))
            .await
            == json!([{ "it": true }])
    }
}

fn table(name: &str) -> Value {
    json!({ "query": format!("create table {name} ();"), "name": name, "rollback": format!("drop table {name}") })
}

#[tokio::test]
async fn migrations_are_applied_and_rolled_back_newest_first() {
    let Some(sql) = Sql::new().await else { return };
    for name in ["a", "b", "c"] {
        let applied = sql.migrate(Method::POST, table(name), None).await;
        assert_eq!((applied.status, applied.text.as_str()), (StatusCode::OK, ""));
        assert!(sql.has(name).await);
    }
    // The second one's rollback needs what the third one's takes away.
    let history = sql.history().await;
    let names: Vec<_> = history.iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let version = |at: usize| history[at]["version"].as_str().unwrap();
    assert!(version(0).len() == 14 && version(0) < version(1) && version(1) < version(2));
    assert_eq!(sql.roll_back(version(1)).await.status, StatusCode::OK);
    assert!(sql.has("a").await && !sql.has("b").await && !sql.has("c").await);
    assert_eq!(sql.history().await.len(), 1);
    assert_eq!(sql.roll_back("99990101000000").await.status, StatusCode::NOT_FOUND);
    assert_eq!(sql.roll_back("x").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_fails_leaves_nothing() {
    let Some(sql) = Sql::new().await else { return };
    for query in [
        "create table a (); create table a ();",
        "begin; create table a (); commit; select 1/0;",
        "create table a (); rollback;",
    ] {
        let failed = sql.migrate(Method::POST, json!({ "query": query }), None).await;
        assert_eq!(failed.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(!sql.has("a").await && sql.history().await.is_empty(), "{query}");
    }
    let failed = sql
        .migrate(Method::POST, json!({ "query": "create table a ();\nselect x" }), None)
        .await;
    assert!(
        failed.message().contains("LINE 2: select x\n               ^\n"),
        "{}",
        failed.message()
    );
    let whole = "begin; create table a (); set role anon; commit;";
    assert_eq!(
        sql.migrate(Method::POST, json!({ "query": whole }), None).await.status,
        StatusCode::OK
    );
    assert!(sql.has("a").await);
}

#[tokio::test]
async fn words_that_only_look_like_keywords_hide_no_statement() {
    let Some(sql) = Sql::new().await else { return };
    for query in [
        "create function public.cs(begin date) returns int language sql as 'select 1'; create table public.b2(i int); rollback",
        "create function public.begin() returns int language sql as 'select 1'; create table public.b2(i int); commit prepared 'x'",
        "create table public.b2(i int) -- no more\r; rollback",
    ] {
        let refused = sql.migrate(Method::POST, json!({ "query": query }), None).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{query}: {}", refused.text);
        assert!(!sql.has("b2").await && sql.history().await.is_empty(), "{query}");
    }
    let whole = "create function public.cs(begin date, \"end\" int) returns int language sql begin atomic \
        select 1; select case when $2 > 1 then 1 end; end; create table public.b2(i int)";
    let done = sql.migrate(Method::POST, json!({ "query": whole }), None).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert!(sql.has("b2").await && sql.history().await.len() == 1);
}

#[tokio::test]
async fn a_rollback_that_fails_or_lacks_changes_nothing() {
    let Some(sql) = Sql::new().await else { return };
    sql.migrate(Method::POST, table("a"), None).await;
    sql.migrate(Method::POST, json!({ "query": "create table b ()" }), None)
        .await;
    let first = sql.history().await[0]["version"].as_str().unwrap().to_owned();
    let second = sql.history().await[1]["version"].as_str().unwrap().to_owned();
    let lacking = sql.roll_back(&first).await;
    assert!(lacking.status == StatusCode::BAD_REQUEST && lacking.message().contains(&second));
    let patch = async |body| {
        let path = sql.path(&format!("database/migrations/{second}"));
        sql.lab
            .call(Method::PATCH, &path, sql.lab.pat("Ada"), Some(body))
            .await
            .status
    };
    assert_eq!(patch(json!({ "rollback": "drop table nowhere" })).await, StatusCode::OK);
    assert_eq!(sql.roll_back(&first).await.status, StatusCode::BAD_REQUEST);
    assert!(sql.has("a").await && sql.has("b").await && sql.history().await.len() == 2);
    assert_eq!(patch(json!({ "rollback": "drop table b" })).await, StatusCode::OK);
    assert_eq!(sql.roll_back(&first).await.status, StatusCode::OK);
    assert!(!sql.has("a").await && !sql.has("b").await);
    assert_eq!(patch(json!({ "name": "x" })).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_key_means_once() {
    let Some(sql) = Sql::new().await else { return };
    for _ in 0..2 {
        let applied = sql.migrate(Method::POST, table("a"), Some("key-1")).await;
        assert_eq!(applied.status, StatusCode::OK, "{}", applied.text);
    }
    assert_eq!(sql.history().await.len(), 1);
    let recorded = json!({ "query": "create table b ()", "name": "first" });
    sql.migrate(Method::PUT, recorded, Some("key-2")).await;
    sql.migrate(
        Method::PUT,
        json!({ "query": "create table b ()", "name": "second" }),
        Some("key-2"),
    )
    .await;
    assert!(!sql.has("b").await, "it is recorded, not run");
    let history = sql.history().await;
    assert_eq!((history.len(), &history[1]["name"]), (2, &json!("second")));
    let path = sql.path(&format!(
        "database/migrations/{}",
        history[1]["version"].as_str().unwrap()
    ));
    let one = sql.lab.get(&path, sql.lab.pat("Ada")).await.json();
    assert_eq!(one["idempotency_key"], "key-2");
    assert!(one["created_by"].as_str().unwrap().contains('@') && one.get("rollback").is_none());
}

#[tokio::test]
async fn the_history_is_a_table_like_any_other() {
    let Some(sql) = Sql::new().await else { return };
    sql.lab.advance(86_400).await;
    sql.migrate(Method::POST, table("a"), None).await;
    let rows = sql
        .rows("select version, name from supabase_migrations.schema_migrations")
        .await;
    assert_eq!(json!(sql.history().await), rows);
    let today = sql
        .rows("select to_char(now() at time zone 'utc', 'YYYYMMDD') as day")
        .await;
    assert!(rows[0]["version"].as_str().unwrap() > today[0]["day"].as_str().unwrap());
    assert!(
        !rows[0]["version"]
            .as_str()
            .unwrap()
            .starts_with(today[0]["day"].as_str().unwrap())
    );
    sql.rows("drop schema supabase_migrations cascade").await;
    assert!(sql.history().await.is_empty());
    assert_eq!(sql.migrate(Method::POST, table("b"), None).await.status, StatusCode::OK);
    assert_eq!(sql.history().await.len(), 1);
}

#[tokio::test]
async fn a_migration_may_read_as_many_rows_as_it_likes() {
    let Some(sql) = Sql::new().await else { return };
    let many = json!({ "query": "create table t (); select * from generate_series(1, 20000);", "name": "many" });
    let applied = sql.migrate(Method::POST, many, None).await;
    assert_eq!(applied.status, StatusCode::OK, "{}", applied.text);
    assert!(sql.has("t").await);
}

#[tokio::test]
async fn versions_are_texts_and_so_is_their_order() {
    let Some(sql) = Sql::new().await else { return };
    sql.migrate(Method::POST, table("a"), None).await;
    sql.rows("update supabase_migrations.schema_migrations set version = '9'")
        .await;
    sql.migrate(Method::POST, table("b"), None).await;
    let history = sql.history().await;
    let names: Vec<_> = history.iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, ["b", "a"], "9 comes after every text that begins with 2");
    // What comes from 9 on is that one alone.
    assert_eq!(sql.roll_back("9").await.status, StatusCode::OK);
    assert!(sql.has("b").await && !sql.has("a").await);
}
