//! Logs: what can be asked, about which time, and what a question cannot do.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Lab, Reply, form};

/// The parameters that bound the time.
const TIMES: (&str, &str) = ("iso_timestamp_start", "iso_timestamp_end");

async fn ask(lab: &Lab, project: &str, fields: &[(&str, &str)]) -> Reply {
    let path = format!(
        "/v1/projects/{}/analytics/endpoints/logs?{}",
        lab.reference(project),
        form(fields)
    );
    lab.get(&path, lab.pat("Ada")).await
}

/// The rows that a query finds in an hour which is over.
async fn rows(lab: &Lab, project: &str, sql: &str) -> Vec<Value> {
    let now = time::OffsetDateTime::now_utc();
    let text = |time: time::OffsetDateTime| time.format(&time::format_description::well_known::Rfc3339).unwrap();
    let (begin, end) = (
        text(now - time::Duration::hours(2)),
        text(now - time::Duration::hours(1)),
    );
    let reply = ask(lab, project, &[("sql", sql), (TIMES.0, &begin), (TIMES.1, &end)]).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let body = reply.json();
    assert_eq!(body["error"], Value::Null, "{sql}");
    body["result"].as_array().unwrap().clone()
}

#[tokio::test]
async fn logs_answer_as_people_ask_them() {
    let lab = Lab::new(json!({})).await;
    let project = "Difference Engine";
    let sql = "select id, timestamp, event_message, log_attributes['request.method'] as method,
            toInt32OrZero(log_attributes['response.status_code']) as status
        from logs where source = 'edge_logs' and log_attributes['request.path'] like '/rest/v1/%'
        order by timestamp desc limit 20";
    let found = rows(&lab, project, sql).await;
    assert_eq!(found.len(), 20);
    let times: Vec<_> = found.iter().map(|row| row["timestamp"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    assert!(
        times[0].len() == 26 && times[0].contains('T'),
        "microseconds, and no zone: {}",
        times[0]
    );
    assert!(
        found
            .iter()
            .all(|row| row["method"].is_string() && row["status"].is_i64())
    );
    assert_eq!(
        rows(&lab, project, sql).await,
        found,
        "the same question, the same answer"
    );
    assert_ne!(rows(&lab, "Note G", sql).await, found, "each project has its own");

    let whole = rows(
        &lab,
        project,
        "select count() as n, countIf(log_attributes['level'] == 'info') as good from logs where source = 'auth_logs'",
    )
    .await;
    let number = |row: &Value, name: &str| row[name].as_i64().unwrap();
    let (all, good) = (number(&whole[0], "n"), number(&whole[0], "good"));
    assert!(0 < good && good < all, "{whole:?}");

    let chart = rows(
        &lab,
        project,
        "SELECT toStartOfMinute(timestamp) AS timestamp, quantile(0.95)(toFloat64OrZero(log_attributes['response.origin_time']))
            AS slow, count() AS `All` FROM logs WHERE source = 'edge_logs' AND match(event_message, '[|]')
        GROUP BY timestamp ORDER BY timestamp ASC",
    )
    .await;
    assert!((50..=61).contains(&chart.len()), "one row a minute: {}", chart.len());
    assert!(
        chart
            .iter()
            .all(|row| row["timestamp"].as_str().unwrap().ends_with(":00.000000") && number(row, "All") > 0)
    );

    let errors = rows(
        &lab,
        project,
        "select timestamp, severity_text, log_attributes['parsed.user_name'] as who, log_attributes['nothing'] as none
        from logs where source = 'postgres_logs' and severity_text in ('ERROR', 'FATAL')
        and timestamp > now() - interval 3 hour order by 1",
    )
    .await;
    assert!(
        !errors.is_empty() && errors[0]["none"] == "",
        "what is not there is empty"
    );

    let sources = rows(&lab, project, "select distinct source from logs order by source").await;
    let sources: Vec<_> = sources.iter().map(|row| row["source"].as_str().unwrap()).collect();
    for source in [
        "auth_logs",
        "edge_logs",
        "postgres_logs",
        "realtime_logs",
        "storage_logs",
        "supavisor_logs",
    ] {
        assert!(sources.contains(&source), "{sources:?}");
    }
    for none in ["Lighthouse", "Bernoulli (staging)"] {
        assert!(
            rows(&lab, none, "select id from logs").await.is_empty(),
            "{none} is paused"
        );
    }
}

#[tokio::test]
async fn a_whole_day_can_be_asked() {
    let lab = Lab::new(json!({})).await;
    let now = time::OffsetDateTime::now_utc();
    let text = |time: time::OffsetDateTime| time.format(&time::format_description::well_known::Rfc3339).unwrap();
    let (begin, end) = (text(now - time::Duration::DAY), text(now));
    let times = [(TIMES.0, begin.as_str()), (TIMES.1, end.as_str())];
    let of = async |sql| {
        let found = ask(&lab, "Compiler", &[&[("sql", sql)], times.as_slice()].concat()).await;
        found.json()["result"].as_array().unwrap().len()
    };
    let hours =
        of("select toStartOfHour(timestamp) as hour, count() as n from logs where source = 'edge_logs' group by hour")
            .await;
    assert!((24..=25).contains(&hours), "{hours}");
    assert_eq!(
        of("select id from logs where source = 'edge_logs'").await,
        1000,
        "no result is longer"
    );
}

#[tokio::test]
async fn windows_are_a_day_at_most() {
    let lab = Lab::new(json!({})).await;
    let times = |begin, end| [(TIMES.0, begin), (TIMES.1, end)];
    for bad in [
        times("2026-01-01T00:00:00Z", "2026-01-02T00:01:00Z"),
        times("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"),
        times("yesterday", "today"),
    ] {
        let reply = ask(&lab, "Note G", &bad).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    }
    lab.advance(3600).await;
    let minute = ask(
        &lab,
        "Note G",
        &[(
            "sql",
            "select count() as n, min(timestamp) as t from logs where source = 'edge_logs'",
        )],
    )
    .await;
    let minute = minute.json()["result"][0].clone();
    assert!(minute["n"].as_i64().unwrap() < 30, "{minute}");
    let future = (time::OffsetDateTime::now_utc() + time::Duration::hours(2))
        .format(&time::format_description::well_known::Rfc3339)
        .unwrap();
    let future = ask(&lab, "Note G", &[("sql", "select id from logs"), (TIMES.1, &future)]).await;
    assert_eq!(future.json()["result"], json!([]), "what has not happened is in no log");
}

#[tokio::test]
async fn a_question_only_asks() {
    let lab = Lab::new(json!({})).await;
    for sql in [
        "select missing from logs",
        "select id from edge_logs",
        "select * from logs",
        "select count(*) from logs",
        "select 1; select 2",
        "delete from logs",
        "create table evil (id int)",
        "with gone as (delete from logs returning 1) select id from gone",
        "select 1) q; drop schema public; --",
        "select id, id from logs",
        "select pg_read_file('/etc/passwd')",
        "select set_config('role', 'supabase_admin', true)",
        "select id from",
    ] {
        let reply = ask(&lab, "Note G", &[("sql", sql)]).await;
        assert_eq!(reply.status, StatusCode::OK, "{sql}: {}", reply.text);
        let body = reply.json();
        assert_eq!(
            (&body["error"]["code"], &body["result"]),
            (&json!(400), &json!([])),
            "{sql}"
        );
        assert!(!body["error"]["message"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn statistics_of_functions_are_those_of_their_logs() {
    let lab = Lab::new(json!({})).await;
    let (ada, project) = (lab.pat("Ada"), lab.reference("Mill & Store"));
    let path = format!("/v1/projects/{project}/analytics/endpoints/functions.combined-stats");
    for bad in ["", "?interval=1day", "?interval=7day&function_id=x"] {
        let reply = lab.get(&format!("{path}{bad}"), ada).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{bad}");
    }
    let deploy = format!("/v1/projects/{project}/functions");
    let body = json!({ "slug": "hello", "name": "hello", "body": "Deno.serve(() => new Response('hello'))" });
    let made = lab.post(&deploy, ada, body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let stats = async || {
        let reply = lab.get(&format!("{path}?interval=1hr&function_id={id}"), ada).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json()["result"].as_array().unwrap().clone()
    };
    let sum = |points: &[Value], name: &str| points.iter().map(|point| point[name].as_i64().unwrap()).sum::<i64>();
    assert_eq!(
        sum(&stats().await, "requests_count"),
        0,
        "nothing before it was deployed"
    );
    lab.advance(3 * 3600).await;
    let points = stats().await;
    assert_eq!(points.len(), 60);
    let (begin, end) = (
        points[0]["timestamp"].as_str().unwrap(),
        points[59]["timestamp"].as_str().unwrap(),
    );
    let sql = format!(
        "select count() as n, countIf(toInt32OrZero(log_attributes['response.status_code']) >= 500) as bad,
        max(toFloat64OrZero(log_attributes['execution_time_ms'])) as longest
        from logs where source = 'function_edge_logs' and log_attributes['function_id'] = '{id}'
        and timestamp < toDateTime('{end}') + interval 1 minute"
    );
    let counted = ask(&lab, "Mill & Store", &[("sql", &sql), (TIMES.0, begin)])
        .await
        .json();
    let row = &counted["result"][0];
    let number = |name: &str| row[name].as_i64().unwrap();
    assert_eq!(number("n"), sum(&points, "requests_count"), "{counted}");
    assert_eq!(number("bad"), sum(&points, "server_err_count"));
    assert!(number("n") > 0, "{counted}");
    let longest = points
        .iter()
        .filter_map(|point| point["max_execution_time"].as_f64())
        .fold(0.0, f64::max);
    assert_eq!(row["longest"].as_f64(), Some(longest));
}
