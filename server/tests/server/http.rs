//! What every answer has, and the endpoints that need nobody signed in.

use std::{
    io::Read,
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::json;

use crate::stage::Stage;

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let mut stranger = stage.browser();
    let cross_site = [("sec-fetch-site", "cross-site")];
    let answers = [
        browser.get("/projects").await,
        browser.get("/no/such/page").await,
        stranger.get("/sign-in").await,
        stranger.get("/projects").await,
        stranger.get("/healthz").await,
        stranger.get("/pkg/nothing.js").await,
        stranger.request(Method::POST, "/sign-out", &cross_site, None).await,
        stranger.request(Method::PUT, "/projects", &[], None).await,
        browser.places("projects").await,
        browser.post("/do/nothing", &[]).await,
        browser.get("/favicon.svg").await,
    ];
    for answer in answers {
        let page = &answer.url;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{page}");
        }
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{page}: {policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{page}: {policy}"
        );
        assert!(answer.headers.contains_key("permissions-policy"), "{page}");
        assert_eq!(answer.header("x-request-id").len(), 32, "{page}");
        assert!(
            !answer.headers.contains_key("strict-transport-security"),
            "{page}: plain HTTP"
        );
        if answer.header("content-type").starts_with("text/html") {
            assert_eq!(answer.header("cache-control"), "no-store", "{page}");
        }
    }
}

#[tokio::test]
async fn pages_run_no_script_but_their_own() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let (one, other) = (browser.get("/sign-in").await, browser.get("/sign-in").await);
    let nonce = |page: &crate::browser::Page| {
        let policy = page.header("content-security-policy").to_owned();
        policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .map(str::to_owned)
            .unwrap()
    };
    assert_ne!(nonce(&one), nonce(&other));
    let scripts = one.body.matches("<script").count();
    assert!(scripts > 0);
    assert!(
        one.body.matches(&format!("nonce=\"{}\"", nonce(&one))).count() >= scripts,
        "{}",
        one.body
    );
    let target = format!("form-action 'self' {}", stage.sandbox);
    assert!(
        one.header("content-security-policy").contains(&target),
        "Chromium follows the sign-in form to the sandbox"
    );
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let cross_site: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        // Another port of this machine is the same site, but not the same origin.
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:1")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
    ];
    for headers in cross_site {
        for path in [
            "/sign-out",
            "/do/v1-create-an-organization",
            "/api/places",
            "/theme",
            "/sign-in/start",
            "/sign-in/token",
        ] {
            let answer = browser
                .request(Method::POST, path, headers, Some(&[("name", "A")]))
                .await;
            assert_eq!(answer.status, 403, "{path} {headers:?}");
            assert!(answer.body.contains("sent from another site"));
        }
    }
    assert_eq!(browser.places("projects").await.status, 200, "still signed in");
    let own = stage.url("");
    let answer = browser
        .request(
            Method::POST,
            "/theme",
            &[("origin", own.as_str())],
            Some(&[("theme", "dark")]),
        )
        .await;
    assert_eq!(answer.status, 303, "an older browser sends the Origin alone");
}

#[tokio::test]
async fn health_is_told_without_a_session() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    assert_eq!(browser.get("/healthz").await.body, "ok\n");
    assert_eq!(browser.get("/readyz").await.body, "ready\n");
    stage.steward.state.store.close().await;
    assert_eq!(browser.get("/healthz").await.status, 200);
    let not_ready = browser.get("/readyz").await;
    assert_eq!(not_ready.status, 503);
    assert!(
        not_ready
            .body
            .starts_with("not ready\nfail  database: The database does not answer.\n"),
        "{}",
        not_ready.body
    );
    let accept = [("accept", "application/json")];
    let told = browser.request(Method::GET, "/readyz", &accept, None).await;
    let told: serde_json::Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!(
        (&told["ready"], &told["checks"][0]["standing"]),
        (&false.into(), &"fail".into())
    );
    let inside = stage.dir.path().to_str().unwrap();
    assert!(!told.to_string().contains(inside), "{told}");
    // A page says so, too.
    browser.set_cookie(
        &format!("steward-{}", stage.steward.url.port().unwrap()),
        "AAAAAAAAAAAAAAAAAAAAAA",
    );
    let page = browser.get("/projects").await;
    assert_eq!(page.status, 503);
    assert!(page.body.contains("Its database did not answer"));
}

#[tokio::test]
async fn unknown_pages_are_the_apps_own() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let page = browser.get("/no/such/page").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("<html"), "{}", page.body);
    assert!(
        stage
            .browser()
            .get("/no/such/page")
            .await
            .location()
            .starts_with("/sign-in?")
    );
}

#[tokio::test]
async fn a_program_is_told_in_a_line_what_a_browser_is_shown() {
    let stage = Stage::new().await;
    for accept in [&[("accept", "*/*")][..], &[]] {
        let led = stage.browser().request(Method::GET, "/projects", accept, None).await;
        assert_eq!(
            (led.status.as_u16(), led.location().as_str()),
            (303, "/sign-in?return_to=%2Fprojects")
        );
    }
    let images = [("accept", "image/*")];
    let told = stage.browser().request(Method::GET, "/projects", &images, None).await;
    assert_eq!(told.status, 401);
    assert_eq!(told.body, "Nobody is signed in. Sign in with a browser at /sign-in.\n");
    let mut browser = stage.signed_in().await;
    let page = browser
        .request(Method::GET, "/projects", &[("accept", "*/*")], None)
        .await;
    page.assert_complete();
    let nothing = browser.request(Method::GET, "/no/such/file.png", &images, None).await;
    assert_eq!(nothing.status, 404);
    assert_eq!(nothing.body, "There is nothing at this address of the console.\n");
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let large = "a".repeat(1024 * 1024 + 1);
    assert_eq!(
        browser
            .post("/do/v1-create-an-organization", &[("name", &large)])
            .await
            .status,
        413
    );
    assert_eq!(browser.places(&large).await.status, 413);
}

#[tokio::test]
async fn the_theme_is_kept() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let answer = browser
        .post("/theme", &[("theme", "dark"), ("return_to", "/sign-in")])
        .await;
    assert_eq!(answer.location(), "/sign-in");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("SameSite=Lax") && !cookie.contains("HttpOnly"),
        "{cookie}"
    );
    assert!(browser.get("/sign-in").await.body.contains("data-theme=\"dark\""));
    browser.post("/theme", &[("theme", "<script>")]).await;
    assert!(browser.get("/sign-in").await.body.contains("data-theme=\"system\""));
}

#[tokio::test]
async fn this_machine_has_one_name() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let port = stage.steward.url.port().unwrap();
    let host = format!("localhost:{port}");
    let asked = [("host", host.as_str()), ("accept", "text/html")];
    let answer = browser
        .request(Method::GET, "/sign-in?return_to=%2F", &asked, None)
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (307, stage.url("/sign-in?return_to=%2F"))
    );
    let proxied = [("host", "steward.internal"), ("accept", "text/html")];
    assert_eq!(
        browser.request(Method::GET, "/sign-in", &proxied, None).await.status,
        200
    );
}

/// The frame of a page must be readable while Supabase is still being asked, and compression must not hold it back.
#[tokio::test]
async fn the_frame_of_a_page_comes_at_once() {
    let stage = Stage::new().await;
    let browser = stage.signed_in().await;
    stage
        .fault(json!({ "operation": "*", "kind": "slow", "ms": 2000 }))
        .await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let cookies: Vec<String> = browser
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    for encoding in ["identity", "gzip"] {
        let started = Instant::now();
        let request = http
            .get(stage.url("/projects"))
            .header("accept", "text/html")
            .header("accept-encoding", encoding);
        let mut answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        let (mut early, mut whole) = (Vec::new(), Vec::new());
        while let Some(chunk) = answer.chunk().await.unwrap() {
            if started.elapsed() < Duration::from_millis(1000) {
                early.extend_from_slice(&chunk);
            }
            whole.extend_from_slice(&chunk);
        }
        let took = started.elapsed();
        assert!(
            took > Duration::from_millis(1900),
            "{encoding}: the page waits for Supabase"
        );
        assert!(
            took < Duration::from_millis(3500),
            "{encoding}: the calls run side by side, this took {took:?}"
        );
        let (early, whole) = (unpacked(encoding, &early), unpacked(encoding, &whole));
        for part in ["<nav", "<h1", "ada@example.com"] {
            assert!(early.contains(part), "{encoding}: {part} is not in the frame: {early}");
        }
        assert!(
            whole.contains("Project 001") && !early.contains("Project 001"),
            "{encoding}"
        );
        // Answers are kept for a few seconds.
        tokio::time::sleep(Duration::from_millis(5100)).await;
    }
}

/// As much text as the bytes hold, even if they are not all.
fn unpacked(encoding: &str, bytes: &[u8]) -> String {
    let mut text = Vec::new();
    let read = match encoding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut text),
        _ => (&mut &*bytes).read_to_end(&mut text),
    };
    // An error means that there was more to come.
    let _ = read;
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn files_come_in_the_form_that_the_browser_takes() {
    let stage = Stage::new().await;
    let mut browser = stage.browser();
    let css = stage.steward.state.assets.css.clone();
    let plain = browser
        .request(Method::GET, &css, &[("accept-encoding", "identity")], None)
        .await;
    if plain.status == 404 {
        println!("skipped: the site has not been built");
        return;
    }
    assert_eq!(plain.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.header("vary"), "accept-encoding");
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    let etag = plain.header("etag").to_owned();
    let known = [("accept-encoding", "identity"), ("if-none-match", etag.as_str())];
    let unchanged = browser.request(Method::GET, &css, &known, None).await;
    assert_eq!((unchanged.status.as_u16(), unchanged.body.as_str()), (304, ""));
    let head = browser
        .request(Method::HEAD, &css, &[("accept-encoding", "identity")], None)
        .await;
    assert_eq!(
        (head.header("content-length"), head.body.as_str()),
        (plain.body.len().to_string().as_str(), "")
    );

    let mut etags = vec![etag];
    for (accepted, expected) in [("gzip, deflate, br", "br"), ("gzip", "gzip")] {
        let packed = browser
            .request(Method::HEAD, &css, &[("accept-encoding", accepted)], None)
            .await;
        if packed.header("content-encoding").is_empty() {
            println!("skipped: the site was built without compression");
            return;
        }
        assert_eq!(packed.header("content-encoding"), expected);
        assert_eq!(packed.header("content-type"), "text/css; charset=utf-8");
        etags.push(packed.header("etag").to_owned());
    }
    etags.dedup();
    assert_eq!(etags.len(), 3, "each form has its own tag");
    assert_eq!(
        browser.get(&format!("{css}.br")).await.status,
        303,
        "neighbours have no address of their own"
    );
    let wasm = stage.steward.state.assets.wasm.clone();
    assert_eq!(
        browser
            .request(Method::HEAD, &wasm, &[], None)
            .await
            .header("content-type"),
        "application/wasm"
    );
    for path in [
        "/pkg/../../Cargo.toml",
        "/..%2f..%2fCargo.toml",
        "/pkg/%2e%2e/%2e%2e/Cargo.toml",
    ] {
        let answer = browser.request(Method::GET, path, &[("accept", "*/*")], None).await;
        assert_ne!(answer.status, 200, "{path}");
    }
}

/// Leptos keeps the whole process's resources from loading while it lists the pages; see `server::PAGES`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_console_that_starts_keeps_no_page_of_another_waiting() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let starting = tokio::spawn(async {
        for _ in 0..20 {
            Stage::new().await;
        }
    });
    while !starting.is_finished() {
        browser.get("/organizations").await.assert_complete();
    }
    starting.await.unwrap();
}
