//! The logs' pages: what is chosen stands in the address and is asked in ClickHouse's SQL, an error that comes with 200 is
//! one, and lines are given as files.

use http::Method;
use serde_json::{Value, json};

use crate::{browser::Browser, stage::Stage};

/// What the browser sends for the lines alone.
const LINES_ALONE: &[(&str, &str)] = &[("accept", "text/html"), ("steward-regions", "lines")];

async fn bench() -> (Stage, Browser, String) {
    let stage = Stage::with(json!({}), &[]).await;
    let browser = stage.signed_in().await;
    let projects = stage.projects().await;
    let project = projects.into_iter().find(|project| project.name == "Note G").unwrap();
    (stage, browser, project.reference)
}

async fn asked(stage: &Stage) -> u64 {
    stage.world().await["counters"]["calls"]["v1-get-project-logs"]
        .as_u64()
        .unwrap_or_default()
}

/// The lines' sources and levels, as the page names them.
fn lines(page: &str) -> Vec<(String, String)> {
    let level = regex::Regex::new("<li data-level=\"([a-z]+)\"[^>]* class=\"log\"").unwrap();
    let source = regex::Regex::new("class=\"log-source\">([^<]*)<").unwrap();
    let levels = level.captures_iter(page).map(|found| found[1].to_owned());
    let sources = source.captures_iter(page).map(|found| found[1].to_owned());
    sources.zip(levels).collect()
}

#[tokio::test]
async fn lines_are_narrowed_down_by_what_the_address_holds() {
    let (stage, mut browser, project) = bench().await;
    let address = format!("/projects/{project}/logs");
    let page = browser.get(&format!("{address}?range=3h")).await;
    page.assert_complete();
    assert_eq!(asked(&stage).await, 2, "two questions a page");
    let all = lines(&page.body);
    assert_eq!(all.len(), 100, "{}", page.body);
    assert!(
        all.iter().any(|(source, _)| source == "Postgres") && all.iter().any(|(source, _)| source == "API gateway")
    );
    assert!(
        page.body.contains("<svg width=\"100%\"") && page.body.contains("from="),
        "bars lead to their time"
    );

    let page = browser
        .get(&format!("{address}?range=24h&source=edge_logs&level=error"))
        .await;
    let some = lines(&page.body);
    assert!(!some.is_empty());
    for line in &some {
        assert_eq!(line, &("API gateway".to_owned(), "error".to_owned()));
    }
    assert!(
        page.body.contains("of other sources and levels are left out"),
        "{}",
        page.body
    );
    // An attribute of a line is a filter, for it and against it.
    let filter = regex::Regex::new("name=\"is\" value=\"(request.path=[^\"]+)\"").unwrap();
    let pair = filter.captures(&page.body).unwrap()[1].to_owned();
    let path = pair.split_once('=').unwrap().1.to_owned();
    let query: String = url::form_urlencoded::byte_serialize(pair.as_bytes()).collect();
    let only = browser
        .get(&format!("{address}?range=24h&source=edge_logs&is={query}"))
        .await;
    let without = browser
        .get(&format!("{address}?range=24h&source=edge_logs&not={query}"))
        .await;
    let paths = |page: &str| -> Vec<String> {
        let found = regex::Regex::new("name=\"is\" value=\"request.path=([^\"]+)\"").unwrap();
        found.captures_iter(page).map(|found| found[1].to_owned()).collect()
    };
    // The chip of the filter is one of them.
    assert!(
        paths(&only.body).len() > 1 && paths(&only.body).iter().all(|one| *one == path),
        "{path}"
    );
    assert!(
        !paths(&without.body).is_empty() && paths(&without.body).iter().all(|one| *one != path),
        "{path}"
    );
    assert!(only.body.contains("Drop: request.path is"), "{}", only.body);
}

#[tokio::test]
async fn words_and_hostile_values_stay_texts() {
    let (_stage, mut browser, project) = bench().await;
    let address = format!("/projects/{project}/logs");
    let page = browser
        .get(&format!("{address}?range=24h&source=postgres_logs&q=DUPLICATE%20key"))
        .await;
    page.assert_complete();
    let some = lines(&page.body);
    assert!(
        !some.is_empty() && some.iter().all(|(_, level)| level == "error"),
        "{some:?}"
    );
    let page = browser
        .get(&format!(
            "{address}?q=%27%20or%201%3D1%20--%20%3Cb%3E%5C&is=a.b%3D%27%5C"
        ))
        .await;
    page.assert_complete();
    assert!(
        page.body.contains("No line fits") && !page.body.contains("<b>\\"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn a_time_that_the_service_would_refuse_is_not_asked() {
    let (stage, mut browser, project) = bench().await;
    for time in [
        "from=2026-11-12T00:00&to=2026-11-22T00:00",
        "from=2026-11-20T02:00&to=2026-11-20T01:00",
        "from=now",
    ] {
        let page = browser.get(&format!("/projects/{project}/logs?{time}")).await;
        page.assert_complete();
        assert!(page.body.contains("Nothing was asked"), "{time}: {}", page.body);
    }
    assert_eq!(asked(&stage).await, 0);
}

#[tokio::test]
async fn a_question_in_sql_gives_its_rows_or_its_error() {
    let (stage, mut browser, project) = bench().await;
    let address = format!("/projects/{project}/logs/query");
    let page = browser.get(&address).await;
    page.assert_complete();
    assert!(page.body.contains("Nothing was asked yet"));
    assert_eq!(asked(&stage).await, 0);
    for view in [
        "slowest",
        "errors",
        "auth",
        "functions",
        "connections",
        "database",
        "replication",
    ] {
        let page = browser.get(&format!("{address}?view={view}&range=24h")).await;
        page.assert_complete();
        assert!(page.body.contains("class=\"grid\""), "{view}: {}", page.body);
    }
    let page = browser
        .get(&format!("{address}?sql=select%20count%28%2A%29%20from%20logs"))
        .await;
    assert!(
        page.body.contains("is not supported") && !page.body.contains("class=\"grid\""),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn lines_are_given_as_files() {
    let (stage, mut browser, project) = bench().await;
    let page = browser
        .get(&format!(
            "/projects/{project}/logs?range=24h&source=auth_logs&level=warning"
        ))
        .await;
    let link = regex::Regex::new("href=\"(/files/[^\"]*as=(csv|jsonl))\"").unwrap();
    let links: Vec<(String, String)> = link
        .captures_iter(&page.body)
        .map(|found| (found[1].replace("&amp;", "&"), found[2].to_owned()))
        .collect();
    assert_eq!(links.len(), 2, "{}", page.body);
    for (link, format) in links {
        let file = browser.get(&link).await;
        assert_eq!(file.status, 200, "{}", file.body);
        let disposition = file.headers["content-disposition"].to_str().unwrap();
        assert_eq!(disposition, format!("attachment; filename=\"logs.{format}\""));
        if format == "jsonl" {
            let rows: Vec<Value> = file
                .body
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            assert!(
                !rows.is_empty()
                    && rows
                        .iter()
                        .all(|row| row["source"] == "auth_logs" && row["level"] == "warning")
            );
        } else {
            assert!(
                file.body.starts_with("\"id\",\"timestamp\",\"source\",\"level\""),
                "{}",
                file.body
            );
        }
    }
    let refused = browser
        .get(&format!("/files/{project}/logs?sql=select%20%2A%20from%20logs&as=csv"))
        .await;
    assert_eq!(refused.status, 400);
    let mut nobody = stage.browser();
    let away = nobody.get(&format!("/files/{project}/logs?as=csv")).await;
    assert!(away.location().starts_with("/sign-in"), "{}", away.location());
}

#[tokio::test]
async fn several_days_are_asked_day_by_day_and_each_question_once() {
    let (stage, mut browser, project) = bench().await;
    let address = format!("/projects/{project}/logs");
    let page = browser.get(&format!("{address}?range=3d")).await;
    page.assert_complete();
    assert!(
        page.body.contains("1 of 3") && page.body.contains("3 of 3"),
        "{}",
        page.body
    );
    assert_eq!(lines(&page.body).len(), 100);
    // The first day has lines enough; the bars of all days ask what the days ask.
    assert_eq!(asked(&stage).await, 4);
    // Each day leads to its own page.
    assert!(page.body.contains("&amp;to="), "{}", page.body);
    let longer = browser
        .get(&format!("{address}?from=2026-11-01T00:00&to=2026-11-09T00:00"))
        .await;
    assert!(longer.body.contains("a span is 7 days at most"), "{}", longer.body);
    // SQL of one's own is asked in one go.
    let sql = browser
        .get(&format!(
            "{address}/query?sql=select+1&from=2026-11-01T00:00&to=2026-11-03T00:00"
        ))
        .await;
    assert!(sql.body.contains("24 hours at a time"), "{}", sql.body);
    assert_eq!(asked(&stage).await, 4, "what is refused is not asked");
    let file = browser.get(&format!("/files/{project}/logs?range=3d&as=jsonl")).await;
    assert!(file.body.lines().count() > 100);
}

#[tokio::test]
async fn logs_that_are_followed_ask_for_their_lines_and_for_nothing_else() {
    let (stage, mut browser, project) = bench().await;
    let address = format!("/projects/{project}/logs");
    let page = browser.get(&format!("{address}?range=1h")).await;
    let follow = regex::Regex::new("href=\"([^\"]*follow=yes)\"").unwrap();
    let href = follow.captures(&page.body).unwrap()[1].replace("&amp;", "&");
    let before = asked(&stage).await;
    let drawn = browser
        .request(Method::GET, &href.replace("1h", "3h"), LINES_ALONE, None)
        .await;
    assert!(
        drawn.body.contains("Following.") && drawn.body.contains("live-mark"),
        "{}",
        drawn.body
    );
    assert_eq!(asked(&stage).await - before, 1);
    // What has an end of its own does not go on.
    let ended = browser
        .get(&format!(
            "{address}?from=2026-11-27T00:00&to=2026-11-27T01:00&follow=yes"
        ))
        .await;
    assert!(!ended.body.contains("Following.") && !ended.body.contains("Live tail"));
    // Where a question fails, the reason stands there, and the next one is asked all the same.
    stage
        .fault(json!({ "operation": "v1-get-project-logs", "kind": "status", "code": 500, "times": 100 }))
        .await;
    let failed = browser
        .request(Method::GET, &href.replace("1h", "15m"), LINES_ALONE, None)
        .await;
    assert!(
        failed.body.contains("Following.") && failed.body.contains("Supabase has a problem"),
        "{}",
        failed.body
    );
}
