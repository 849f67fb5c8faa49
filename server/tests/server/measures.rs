//! /metrics: what it counts, whom it is told to, and that the dashboard and the alerts name only what there is.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use crate::stage::Stage;

/// Asks for the numbers as Prometheus does.
async fn scrape(stage: &Stage, token: Option<&str>) -> (u16, String) {
    let address = format!("http://{}/metrics", stage.steward.metrics_at.unwrap());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut asked = http.get(address);
    if let Some(token) = token {
        asked = asked.bearer_auth(token);
    }
    let answer = asked.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The number behind `series`.
fn number(text: &str, series: &str) -> f64 {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{series} is missing:\n{text}"))
        .parse()
        .unwrap()
}

const LISTENS: [&str; 2] = ["--metrics-addr", "127.0.0.1:0"];

#[tokio::test]
async fn requests_and_calls_are_counted_without_names() {
    let stage = Stage::with(json!({ "projects": 3 }), &LISTENS).await;
    let mut ada = stage.signed_in().await;
    ada.get("/projects").await.assert_complete();
    ada.get("/projects").await.assert_complete();
    let project = stage.projects().await.remove(0);
    ada.get("/nowhere").await;
    let renamed = ada
        .post(
            "/do/v1-update-a-project",
            &[("ref", &project.reference), ("name", "Harbour")],
        )
        .await;
    assert!(renamed.status == 303, "{}", renamed.body);
    let (status, text) = scrape(&stage, None).await;
    assert_eq!(status, 200);
    assert!(number(&text, "steward_http_requests_total{route=\"page\",status=\"2xx\"}") >= 2.0);
    assert!(number(&text, "steward_http_requests_total{route=\"page\",status=\"4xx\"}") >= 1.0);
    assert_eq!(
        number(&text, "steward_http_requests_total{route=\"change\",status=\"3xx\"}"),
        1.0
    );
    assert!(number(&text, "steward_upstream_calls_total{effect=\"read\",outcome=\"done\"}") >= 1.0);
    assert_eq!(
        number(&text, "steward_upstream_calls_total{effect=\"write\",outcome=\"done\"}"),
        1.0
    );
    assert_eq!(number(&text, "steward_audit_write_seconds_count"), 1.0);
    assert!(number(&text, "steward_reads_total{found=\"kept\"}") >= 1.0);
    assert!(number(&text, "steward_reads_total{found=\"asked\"}") >= 1.0);
    assert!(number(&text, "steward_upstream_budget_left_count") >= 1.0);
    for one in ["database_up", "sessions", "instances_linked", "leader"] {
        assert_eq!(number(&text, &format!("steward_{one}")), 1.0, "{one}");
    }
    assert!(
        !text.contains(&project.reference) && !text.contains("Harbour") && !text.contains('@'),
        "{text}"
    );
    // What people open leads to the console alone.
    assert_eq!(ada.get("/metrics").await.status, 404);
    assert_eq!(
        stage.browser().get("/metrics").await.status,
        303,
        "a stranger is led to the sign-in"
    );
}

#[tokio::test]
async fn failures_and_refreshes_are_told_apart() {
    let stage = Stage::with(json!({ "projects": 1 }), &LISTENS).await;
    let mut ada = stage.signed_in().await;
    stage.tokens_end_in(-1).await;
    ada.get("/projects").await.assert_complete();
    stage
        .fault(json!({ "operation": "v1-create-an-organization", "kind": "status", "code": 500 }))
        .await;
    ada.post("/do/v1-create-an-organization", &[("name", "Harbour")]).await;
    let (_, text) = scrape(&stage, None).await;
    assert_eq!(number(&text, "steward_token_refreshes_total{outcome=\"done\"}"), 1.0);
    assert_eq!(
        number(
            &text,
            "steward_upstream_calls_total{effect=\"write\",outcome=\"uncertain\"}"
        ),
        1.0,
        "{text}"
    );
    stage.steward.state.store.close().await;
    let (status, text) = scrape(&stage, None).await;
    assert_eq!((status, number(&text, "steward_database_up")), (200, 0.0));
}

#[tokio::test]
async fn a_token_is_asked_for_where_there_is_one() {
    let flags = [&LISTENS[..], &["--metrics-token", "long and random"]].concat();
    let stage = Stage::with(json!({ "projects": 1 }), &flags).await;
    for wrong in [None, Some(""), Some("long and"), Some("long and random, too")] {
        let (status, text) = scrape(&stage, wrong).await;
        assert!(status == 401 && !text.contains("steward_"), "{wrong:?}: {text}");
    }
    assert_eq!(scrape(&stage, Some("long and random")).await.0, 200);
    let silent = Stage::new().await;
    assert!(silent.steward.metrics_at.is_none());
}

#[tokio::test]
async fn what_breaks_off_in_browsers_is_counted_in_our_words_and_within_bounds() {
    let stage = Stage::with(json!({ "projects": 1 }), &LISTENS).await;
    let mut stranger = stage.browser();
    let ours: &[(&str, &str)] = &[("sec-fetch-site", "same-origin")];
    let mut tell = async |headers: &[(&str, &str)], part: &str, kind: &str| {
        let fields = [("part", part), ("kind", kind)];
        stranger
            .request(Method::POST, "/faults", headers, Some(&fields))
            .await
            .status
    };
    assert_eq!(tell(ours, "Live", "panic").await, 204);
    assert_eq!(tell(ours, "ada@example.com", "error").await, 204);
    let origin = stage.url("");
    assert_eq!(tell(&[("origin", &origin)], "sql", "load").await, 204);
    for (headers, part, kind, status) in [
        (&[][..], "Live", "panic", 403),
        (&[("origin", "https://elsewhere.example")], "Live", "panic", 403),
        (&[("sec-fetch-site", "cross-site")], "Live", "panic", 403),
        (ours, "Live", "ada@example.com", 422),
        (ours, &"x".repeat(500), "panic", 413),
    ] {
        assert_eq!(tell(headers, part, kind).await, status, "{headers:?} {kind}");
    }
    let mut refused = 0;
    for _ in 0..40 {
        refused += u32::from(tell(ours, "Live", "panic").await == 429);
    }
    assert!((10..=16).contains(&refused), "{refused}");
    let (_, text) = scrape(&stage, None).await;
    for line in [
        "steward_browser_errors_total{part=\"other\",kind=\"error\"} 1",
        "steward_browser_errors_total{part=\"sql\",kind=\"load\"} 1",
        "steward_browser_errors_total{part=\"Toast\",kind=\"panic\"} 0",
    ] {
        assert!(text.lines().any(|told| told == line), "{line}\n{text}");
    }
    assert!(!text.contains("ada@"), "{text}");
}

#[tokio::test]
async fn dashboard_and_alerts_name_only_what_there_is() {
    let stage = Stage::with(json!({ "projects": 1 }), &LISTENS).await;
    let (_, text) = scrape(&stage, None).await;
    let there: BTreeSet<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(['{', ' ']).next())
        .collect();
    let alerts = include_str!("../../operations/alerts.yml");
    let dashboard = include_str!("../../operations/dashboard.json");
    let parsed: serde_json::Value = serde_json::from_str(dashboard).unwrap();
    let expressions = parsed["panels"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|panel| panel["targets"].as_array().unwrap());
    let expressions: Vec<&str> = expressions.map(|target| target["expr"].as_str().unwrap()).collect();
    assert!(expressions.len() > 10);
    let metric = regex::Regex::new(r"steward_[a-z_]+").unwrap();
    let label = regex::Regex::new(r#"(route|status|effect|outcome|found|part|kind|le)(=~?|!=)"([^"]+)""#).unwrap();
    for words in expressions.into_iter().chain([alerts]) {
        for named in metric.find_iter(words) {
            assert!(there.contains(named.as_str()), "{} is counted nowhere", named.as_str());
        }
        for named in label.captures_iter(words) {
            for value in named[3].split('|') {
                assert!(text.contains(&format!("{}=\"{value}\"", &named[1])), "{}", &named[0]);
            }
        }
    }
    assert!(there.contains("steward_build_info"), "{text}");
}
