//! What queries answer, how errors are told, and what reading may not do.

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::Sql;
use crate::support::Lab;

#[tokio::test]
async fn rows_are_those_of_the_last_statement_that_had_any() {
    let Some(sql) = Sql::new().await else { return };
    assert_eq!(
        sql.rows("select 1; select 2 as two; create table t ()").await,
        json!([{ "two": 2 }])
    );
    assert_eq!(sql.rows("select 1 where false").await, json!([]));
    assert_eq!(sql.rows("-- nothing").await, json!([]));
    assert_eq!(sql.rows("select 1 as a, 2 as a").await, json!([{ "a": 2 }]));
    let reply = sql.query(json!({ "query": "select 1 as z, 2 as a" })).await;
    assert_eq!(reply.text, r#"[{"z":1,"a":2}]"#, "columns stay in order");
}

#[tokio::test]
async fn values_are_what_the_service_makes_of_them() {
    let Some(sql) = Sql::new().await else { return };
    let query = "select true as bool, 7::int2 as small, 8::int8 as big, 9007199254740993 as bigger, 1.50 as numeric,
        0.5::float8 as float, null as nothing, '{\"b\":[1]}'::jsonb as json, array['x', null] as texts,
        '2026-01-02 03:04:05+00'::timestamptz as moment, '2026-01-02'::date as day, interval '90 minutes' as span,
        '\\x00ff'::bytea as bytes, '5f0c7c5e-0000-4000-8000-000000000000'::uuid as id";
    assert_eq!(
        sql.rows(query).await,
        json!([{
            "bool": true, "small": 7, "big": 8, "bigger": "9007199254740993", "numeric": "1.50", "float": 0.5,
            "nothing": null, "json": { "b": [1] }, "texts": ["x", null], "moment": "2026-01-02 03:04:05+00",
            "day": "2026-01-02", "span": "01:30:00", "bytes": { "type": "Buffer", "data": [0, 255] },
            "id": "5f0c7c5e-0000-4000-8000-000000000000",
        }])
    );
    let made = "create type mood as enum ('calm'); select 'calm'::mood as mood, array['calm'::mood] as moods";
    assert_eq!(sql.rows(made).await, json!([{ "mood": "calm", "moods": "{calm}" }]));
}

#[tokio::test]
async fn parameters_are_values_and_never_sql() {
    let Some(sql) = Sql::new().await else { return };
    let query =
        "select $1::int + 1 as next, $2 as text, $3::jsonb ->> 'a' as inner, $4::bool as no, $5::int as nothing";
    let parameters = json!(["41", "it's; \\ drop", { "a": "x" }, false, null]);
    let reply = sql.query(json!({ "query": query, "parameters": parameters })).await;
    assert_eq!(
        reply.json(),
        json!([{ "next": 42, "text": "it's; \\ drop", "inner": "x", "no": false, "nothing": null }])
    );
    let two = json!({ "query": "select $1; select 2", "parameters": [1] });
    assert!(sql.refusal(two).await.contains("42601"));
    let missing = sql
        .refusal(json!({ "query": "\n select x.y + $1", "parameters": [1] }))
        .await;
    assert_eq!(
        missing,
        "Failed to run sql query: ERROR:  42P01: missing FROM-clause entry for table \"x\"\nLINE 2:  select x.y + $1\n                ^\n"
    );
}

#[tokio::test]
async fn errors_are_told_with_their_place() {
    let Some(sql) = Sql::new().await else { return };
    assert_eq!(
        sql.refusal(json!({ "query": "select * from x" })).await,
        "Failed to run sql query: ERROR:  42P01: relation \"x\" does not exist\nLINE 1: select * from x\n                      ^\n"
    );
    sql.rows("create table t (id int primary key); insert into t values (1)")
        .await;
    assert_eq!(
        sql.refusal(json!({ "query": "insert into t values (1)" })).await,
        "Failed to run sql query: ERROR:  23505: duplicate key value violates unique constraint \"t_pkey\"\nDETAIL:  Key (id)=(1) already exists.\n"
    );
    let hint = sql.refusal(json!({ "query": "select\n  idd from t" })).await;
    assert!(hint.contains("LINE 2:   idd from t\n          ^\nHINT:  "), "{hint}");
    assert_eq!(sql.rows("select count(*) from t").await, json!([{ "count": 1 }]));
    let half = sql
        .refusal(json!({ "query": "insert into t values (2); select 1/0" }))
        .await;
    assert!(half.contains("22012: division by zero"), "{half}");
    assert_eq!(
        sql.rows("select count(*) from t").await,
        json!([{ "count": 1 }]),
        "a script is all or nothing"
    );
}

#[tokio::test]
async fn whoever_may_only_read_runs_by_either_operation_what_only_reads() {
    let Some(sql) = Sql::new().await else { return };
    sql.rows("create table t (id int); insert into t values (1)").await;
    let narrow = json!({
        "person": sql.lab.person_id("Ada"),
        "reach": { "projects": [sql.lab.reference("Note G")] },
        "permissions": ["database_read"],
    });
    let narrow = sql.lab.here(Method::POST, "/tokens", narrow).await.json()["token"].clone();
    for token in [sql.lab.pat("Katherine"), narrow.as_str().unwrap()] {
        for path in ["database/query", "database/query/read-only"] {
            let ask = async |query: &str| {
                let body = json!({ "query": query });
                sql.lab.post(&sql.path(path), token, body).await
            };
            let read = ask("select id from t").await;
            assert_eq!(
                (read.status, read.json()),
                (StatusCode::CREATED, json!([{ "id": 1 }])),
                "{path}"
            );
            let write = ask("insert into t values (2)").await;
            assert_eq!(write.status, StatusCode::BAD_REQUEST, "{path}: {}", write.text);
        }
    }
}

#[tokio::test]
async fn reading_writes_nothing() {
    let Some(sql) = Sql::new().await else { return };
    let write = "create table t (id int); insert into t values (1);
        create function sneak() returns int language sql security definer as 'insert into public.t values (2) returning id'";
    sql.rows(write).await;
    let reads = [
        "select id from t",
        "/* a */ select 0; select id from t;",
        "explain select 1; table t",
    ];
    let path = sql.path("database/query/read-only");
    for query in reads {
        let reply = sql
            .lab
            .post(&path, sql.lab.pat("Katherine"), json!({ "query": query }))
            .await;
        assert_eq!(
            (reply.status, reply.json()),
            (StatusCode::CREATED, json!([{ "id": 1 }])),
            "{query}"
        );
    }
    for query in [
        "insert into t values (2)",
        "select sneak()",
        "create table more ()",
        "commit; select sneak()",
        "end; begin; select sneak()",
        "rollback; select sneak()",
        "set transaction read write; select sneak()",
        "savepoint s; set transaction read write; select sneak()",
        "select set_config('transaction_read_only', 'off', false); select sneak()",
        "set default_transaction_read_only = off; select sneak()",
        "do $$ begin commit; perform public.sneak(); end $$",
        "set role postgres; insert into t values (2)",
    ] {
        let reply = sql.lab.post(&path, sql.lab.pat("Ada"), json!({ "query": query })).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{query}: {}", reply.text);
        sql.refusal(json!({ "query": query, "read_only": true })).await;
    }
    let refused = sql
        .refusal(json!({ "query": "delete from t", "read_only": true }))
        .await;
    assert!(
        refused.contains("ERROR:  25006: cannot execute DELETE in a read-only transaction"),
        "{refused}"
    );
    let parameters = json!({ "query": "select sneak() + $1", "parameters": [1], "read_only": true });
    assert!(sql.refusal(parameters).await.contains("25006"));
    assert_eq!(sql.rows("select count(*) from t").await, json!([{ "count": 1 }]));
}

#[tokio::test]
async fn worlds_and_projects_do_not_meet() {
    let Some(sql) = Sql::new().await else { return };
    sql.rows("create table ours ()").await;
    let count = "select count(*) from pg_tables where tablename = 'ours'";
    assert_eq!(sql.rows(count).await, json!([{ "count": 1 }]));
    let other = Sql {
        project: sql.lab.reference("Difference Engine").to_owned(),
        lab: sql.lab,
    };
    assert_eq!(other.rows(count).await, json!([{ "count": 0 }]));
    let world = other.lab.more(json!({})).await;
    let lab = Lab {
        router: other.lab.router.clone(),
        world,
    };
    let elsewhere = Sql::of(lab).await.unwrap();
    assert_eq!(elsewhere.rows(count).await, json!([{ "count": 0 }]));
}

#[tokio::test]
async fn a_database_goes_with_its_project() {
    let Some(sql) = Sql::new().await else { return };
    let Some(other) = Sql::new().await else { return };
    let here = "select datname from pg_database where datname = ";
    let name = sql.rows("select current_database() as name").await[0]["name"].clone();
    let look = format!("{here}'{}'", name.as_str().unwrap());
    assert_eq!(other.rows(&look).await.as_array().unwrap().len(), 1);
    let path = format!("/v1/projects/{}", sql.project);
    let deleted = sql.lab.call(Method::DELETE, &path, sql.lab.pat("Ada"), None);
    assert_eq!(deleted.await.status, StatusCode::OK);
    assert_eq!(other.rows(&look).await, json!([]));
    assert_eq!(
        sql.refusal(json!({ "query": "select 1" })).await,
        "Resource has been removed"
    );
}

#[tokio::test]
async fn a_paused_project_has_no_database_to_ask() {
    let Some(sql) = Sql::new().await else { return };
    let paused = Sql {
        project: sql.lab.reference("Lighthouse").to_owned(),
        lab: sql.lab,
    };
    let refused = paused.refusal(json!({ "query": "select 1" })).await;
    assert!(refused.contains("INACTIVE"), "{refused}");
    assert_eq!(paused.refusal(json!({ "query": "" })).await, refused);
}

#[tokio::test]
async fn what_javascript_holds_in_another_way_is_told_as_it_does() {
    let Some(sql) = Sql::new().await else { return };
    assert_eq!(
        sql.rows("select (-9223372036854775808)::int8 as least, '[1e400, 12345678901234567890]'::json as far")
            .await,
        json!([{ "least": "-9223372036854775808", "far": [null, 1.2345678901234567e19] }])
    );
    // However deep it is.
    let deep = sql
        .query(json!({ "query": "select (repeat('[', 300) || '1' || repeat(']', 300))::json as deep" }))
        .await;
    assert_eq!(
        deep.text,
        format!(r#"[{{"deep":{}1{}}}]"#, "[".repeat(300), "]".repeat(300))
    );
}

#[tokio::test]
async fn explain_takes_parameters_as_well() {
    let Some(sql) = Sql::new().await else { return };
    for query in ["explain select $1::int", "explain (costs off) select $1::int"] {
        let reply = sql.query(json!({ "query": query, "parameters": [7] })).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        assert!(reply.text.contains("Result"), "{}", reply.text);
    }
}

#[tokio::test]
async fn lines_are_copied_to_nobody_and_from_nobody() {
    let Some(sql) = Sql::new().await else { return };
    sql.rows("create table t (id int); insert into t values (1), (2)").await;
    assert_eq!(sql.rows("copy t to stdout").await, json!([]));
    assert_eq!(
        sql.refusal(json!({ "query": "copy t from stdin" })).await,
        "Failed to run sql query: ERROR:  57014: COPY from stdin failed: No source stream defined\n"
    );
    let beside = sql.refusal(json!({ "query": "select 1; copy t to stdout" })).await;
    assert!(
        !beside.contains("BackendMessageFormat") && beside.contains("0A000"),
        "{beside}"
    );
    assert_eq!(sql.rows("select count(*)::int from t").await, json!([{ "count": 2 }]));
}
