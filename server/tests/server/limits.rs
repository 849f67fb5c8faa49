//! What strangers, and people who are signed in, may take of memory, database and time.

use server::store::sql::{self, Dialect};
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{browser::Page, stage::Stage};

/// Longer than anything here takes, however busy the machine is.
const LONG: Duration = Duration::from_secs(60);

async fn database_bytes(stage: &Stage) -> i64 {
    let pool = &stage.steward.state.store.pool;
    let size = match pool.dialect() {
        Dialect::Sqlite => "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        Dialect::Postgres => "SELECT pg_database_size(current_database())",
    };
    sql::query_scalar(size).fetch_one(pool).await.unwrap()
}

async fn count(stage: &Stage, table: &str) -> i64 {
    sql::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
        .fetch_one(&stage.steward.state.store.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn half_open_requests_hold_nobody_up_and_are_cut() {
    let stage = Stage::configured(json!({ "projects": 1 }), &[], |config| {
        config.limits.head = Duration::from_secs(2);
    })
    .await;
    let mut half_open = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(stage.steward.bound).await.unwrap();
        stream
            .write_all(b"GET /sign-in HTTP/1.1\r\nhost: here\r\nx-slow: ")
            .await
            .unwrap();
        half_open.push(stream);
    }
    let page = timeout(LONG, stage.browser().get("/sign-in")).await.unwrap();
    page.assert_complete();
    for mut stream in half_open {
        let mut rest = Vec::new();
        // ok: closed or reset, it is over.
        let _ = timeout(LONG, stream.read_to_end(&mut rest)).await.unwrap();
        assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
    }
}

#[tokio::test]
async fn a_form_that_drips_in_is_cut() {
    let stage = Stage::configured(json!({ "projects": 1 }), &[], |config| {
        config.limits.body = Duration::from_millis(500);
    })
    .await;
    let mut stream = TcpStream::connect(stage.steward.bound).await.unwrap();
    let head = format!(
        "POST /sign-in/start HTTP/1.1\r\nhost: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: 1000\r\n\r\nreturn_to=",
        stage.steward.bound
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // ok: the head may be all that comes before the connection ends.
    let _ = timeout(LONG, stream.read_to_string(&mut answer)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(
        answer.contains("This took too long to arrive") && answer.contains("x-frame-options: DENY"),
        "{answer}"
    );
}

#[tokio::test]
async fn an_address_may_ask_for_the_sign_in_so_often_and_no_more() {
    let flags = ["--sign-ins-a-minute", "4", "--trusted-proxy-header", "x-forwarded-for"];
    let stage = Stage::with(json!({ "projects": 1 }), &flags).await;
    let mut browser = stage.browser();
    for _ in 0..4 {
        assert_eq!(browser.post("/sign-in/start", &[]).await.status, 303);
    }
    let refusals = [
        browser.post("/sign-in/start", &[]).await,
        browser.post("/sign-in/token", &[("token", "sbp_wrong")]).await,
        browser.get("/sign-in/callback?code=a&state=b").await,
    ];
    for refusal in &refusals {
        assert_eq!(refusal.status, 429, "{}", refusal.body);
        let seconds: u64 = refusal.header("retry-after").parse().unwrap();
        assert!((1..=15).contains(&seconds), "{seconds}");
        assert!(refusal.body.contains("<h1>Too many sign-ins</h1>"), "{}", refusal.body);
        assert_eq!(refusal.header("x-frame-options"), "DENY");
    }
    // Others, and the rest of the console, are as they were.
    assert_eq!(browser.get("/sign-in").await.status, 200);
    assert_eq!(browser.post("/sign-out", &[]).await.status, 303);
    let elsewhere = async |browser: &mut crate::browser::Browser, address: &str| {
        let headers = [("accept", "text/html"), ("x-forwarded-for", address)];
        browser
            .request(Method::POST, "/sign-in/start", &headers, Some(&[]))
            .await
            .status
    };
    assert_eq!(elsewhere(&mut browser, "192.0.2.1").await, 303);
    for n in 0..4 {
        // What stands before the last entry is anybody's word.
        let expected = if n < 3 { 303 } else { 429 };
        assert_eq!(
            elsewhere(&mut browser, &format!("198.51.100.{n}, 192.0.2.1")).await,
            expected
        );
    }
}

#[tokio::test]
async fn an_untrusted_header_names_nobody() {
    let stage = Stage::with(json!({ "projects": 1 }), &["--sign-ins-a-minute", "2"]).await;
    let mut browser = stage.browser();
    for n in 0..3 {
        let address = format!("192.0.2.{n}");
        let headers = [("accept", "text/html"), ("x-forwarded-for", address.as_str())];
        let page = browser
            .request(Method::POST, "/sign-in/start", &headers, Some(&[]))
            .await;
        assert_eq!(page.status, if n < 2 { 303 } else { 429 });
    }
}

#[tokio::test]
async fn megabyte_parameters_leave_next_to_nothing_behind() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let before = database_bytes(&stage).await;
    let rows = count(&stage, "audit WHERE effect <> 'read'").await;
    let long = "x".repeat(1_000_000);
    for n in 0..40 {
        let refused = match n % 4 {
            0 => browser.post("/do/v1-pause-a-project", &[("ref", &long)]).await,
            1 => {
                browser
                    .post("/do/v1-update-a-project", &[("ref", &long), ("name", "Shop")])
                    .await
            }
            2 => browser.explore("v1-get-project", &[("ref", &long)]).await,
            _ => {
                browser
                    .post(
                        "/do/v1-create-a-project",
                        &[("organization_slug", &long), ("name", "Shop")],
                    )
                    .await
            }
        };
        assert!(refused.status == 303 || refused.status == 422, "{}", refused.status);
        assert!(refused.body.len() < 3_000_000);
    }
    let grown = database_bytes(&stage).await - before;
    assert!(grown < 1_000_000, "the database has grown by {grown} bytes");
    assert_eq!(
        count(&stage, "audit WHERE effect <> 'read'").await,
        rows,
        "nothing was sent"
    );
    assert_eq!(count(&stage, "notices").await, 0);
}

#[tokio::test]
async fn a_form_that_is_too_long_is_answered_with_all_of_it_and_nothing_is_kept() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let reference = stage.projects().await.remove(0).reference;
    let (long, back) = ("x".repeat(100_000), app::paths::project_settings(&reference));
    let fields = [("ref", reference.as_str()), ("name", &long), ("_back", &back)];
    let page = browser.post("/do/v1-update-a-project", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains(&long) && page.body.contains("At most 256 characters"));
    assert_eq!(count(&stage, "notices").await, 0);
}

#[tokio::test]
async fn whoever_is_not_signed_in_sends_little() {
    let stage = Stage::with(json!({ "projects": 1 }), &[]).await;
    let mut browser = stage.browser();
    let long = "x".repeat(100_000);
    for path in ["/sign-in/start", "/sign-in/token", "/theme"] {
        let refused = browser.post(path, &[("token", &long), ("return_to", &long)]).await;
        assert_eq!(refused.status, 413, "{path}: {}", refused.body);
    }
    assert_eq!(
        browser
            .post("/sign-in/start", &[("return_to", "/projects")])
            .await
            .status,
        303
    );
}

#[tokio::test]
async fn a_large_answer_is_shown_in_part_and_given_whole_as_a_file() {
    let stage = Stage::with(json!({ "projects": 1_000 }), &[]).await;
    let mut browser = stage.signed_in().await;
    let operation = "v1-list-all-projects";
    let shown = browser.explore(operation, &[("_confirm", "")]).await;
    shown.assert_complete();
    assert!(
        shown.body.contains("Only the first 200 KiB of "),
        "nothing is said of the rest"
    );
    assert!(shown.body.len() < 2_000_000, "{}", shown.body.len());
    assert!(
        shown.body.contains("name=\"_download\"") && shown.body.contains("runs it again and gives all of it"),
        "no way to the rest"
    );

    let file = browser.explore(operation, &[("_download", "1")]).await;
    assert_eq!(file.status, 200);
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"v1-list-all-projects.json\""
    );
    assert_eq!(file.header("content-type"), "application/json");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.json().as_array().unwrap().len(), 1_000);
}

#[tokio::test]
async fn a_file_holds_no_secret_but_the_one_that_was_asked_for_and_comes_of_nothing_else() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let reference = stage.projects().await.remove(0).reference;
    let keys = "v1-get-project-api-keys";
    let file = browser
        .explore(keys, &[("ref", &reference), ("reveal", "true"), ("_download", "1")])
        .await;
    let told = file.json();
    assert_eq!(told[0]["api_key"], "[secret]", "{told}");
    let fields = [
        ("ref", reference.as_str()),
        ("reveal", "true"),
        ("_reveal", "api_key"),
        ("_download", "1"),
    ];
    let told = browser.explore(keys, &fields).await.json();
    assert_ne!(told[0]["api_key"], "[secret]", "{told}");
    let audit = browser.get("/audit").await;
    assert_eq!(audit.body.matches("and asked to see").count(), 1, "{}", audit.body);

    // What is wrong, refused or not confirmed is a page, and nothing is run that a run would not.
    let wrong = browser.explore("v1-get-project", &[("_download", "1")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("</html>"), "{}", wrong.body);
    let nowhere = [("ref", "zzzzzzzzzzzzzzzzzzzz"), ("_download", "1")];
    let refused = browser.explore("v1-get-project", &nowhere).await;
    assert!(refused.body.contains("error-view"), "{}", refused.body);
    let unsure = [("ref", reference.as_str()), ("_download", "1")];
    assert_eq!(browser.explore("v1-delete-a-project", &unsure).await.status, 422);
    assert_eq!(stage.projects().await.len(), 3);

    let offered = |page: &Page| page.body.contains("name=\"_download\"");
    assert!(offered(&browser.get("/explorer/v1-run-a-query").await));
    assert!(!offered(&browser.get("/explorer/v1-create-an-organization").await));
    assert!(!offered(&browser.get("/explorer/v1-delete-a-project").await));
}
