//! A refresh names the regions that it wants, and only their calls are made.

use http::Method;

use crate::{
    browser::{Browser, Page},
    stage::Stage,
};

const PROJECT: &str = "v1-get-project";
const HEALTH: &str = "v1-get-services-health";
const USAGE: &str = "v1-get-project-usage-api-count";
const REQUESTS: &str = "v1-get-project-usage-request-count";

async fn refresh(browser: &mut Browser, path: &str, regions: &str) -> Page {
    let headers = [("accept", "text/html"), ("steward-regions", regions)];
    let page = browser.request(Method::GET, path, &headers, None).await;
    page.assert_complete();
    page
}

/// How often each of these was called.
async fn calls<const N: usize>(stage: &Stage, operations: [&str; N]) -> [u64; N] {
    let world = stage.world().await;
    operations.map(|operation| world["counters"]["calls"][operation].as_u64().unwrap_or_default())
}

/// Whether the page holds this region, and if so whether it is drawn.
fn region(page: &Page, name: &str) -> Option<bool> {
    let mark = format!("data-region=\"{name}\"");
    let at = page.body.find(&mark)?;
    let start = page.body[..at].rfind('<').unwrap();
    let tag = page.body[start..].split('>').next().unwrap();
    Some(!tag.contains("data-left-out"))
}

#[tokio::test]
async fn only_the_calls_of_the_regions_that_are_wanted_are_made() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    let path = format!("/projects/{}", stage.projects().await.remove(0).reference);
    // The project itself is also read to find out what the person may do with it.
    let others = [HEALTH, USAGE, REQUESTS];

    let page = refresh(&mut browser, &path, "toasts").await;
    assert_eq!(calls(&stage, others).await, [0, 0, 0]);
    assert_eq!(region(&page, "toasts"), Some(true));
    assert_eq!(region(&page, "overview"), Some(false));
    assert_eq!(region(&page, "health"), None);

    let page = refresh(&mut browser, &path, "overview,project,health").await;
    assert_eq!(calls(&stage, others).await, [1, 0, 0]);
    for (name, drawn) in [
        ("overview", true),
        ("project", true),
        ("health", true),
        ("usage", false),
        ("requests", false),
    ] {
        assert_eq!(region(&page, name), Some(drawn), "{name}");
    }
    assert!(page.body.contains("Connection pooler"), "{}", page.body);

    // Answers are kept for a moment; what nobody has asked for yet is asked for now.
    let page = refresh(&mut browser, &path, "overview, requests").await;
    assert_eq!(calls(&stage, others).await, [1, 0, 1]);
    assert_eq!(region(&page, "health"), Some(false));
    assert_eq!(region(&page, "requests"), Some(true));
    assert!(page.body.contains("requests in all"), "{}", page.body);
}

#[tokio::test]
async fn without_names_all_of_the_page_is_drawn() {
    for headers in [
        vec![("accept", "text/html")],
        vec![("accept", "text/html"), ("steward-regions", " ")],
        vec![("accept", "text/html"), ("steward-regions", "\u{e9}")],
    ] {
        let stage = Stage::new().await;
        let mut browser = stage.signed_in().await;
        let path = format!("/projects/{}", stage.projects().await.remove(0).reference);
        let page = browser.request(Method::GET, &path, &headers, None).await;
        page.assert_complete();
        assert_eq!(
            calls(&stage, [PROJECT, HEALTH, USAGE, REQUESTS]).await,
            [1, 1, 1, 1],
            "{headers:?}"
        );
        assert!(!page.body.contains("data-left-out"), "{}", page.body);
    }
}

#[tokio::test]
async fn names_that_the_page_does_not_have_draw_nothing() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in().await;
    // Signing in asks for them.
    let before = calls(&stage, ["v1-list-all-projects"]).await;
    let long = "x".repeat(4_000);
    for names in ["nothing", ",", "projects2", "\"><script>", long.as_str()] {
        let page = refresh(&mut browser, "/projects", names).await;
        assert_eq!(region(&page, "projects"), Some(false), "{names}");
        assert!(!page.body.contains("<script>"), "{}", page.body);
    }
    assert_eq!(calls(&stage, ["v1-list-all-projects"]).await, before);
    // A query that two regions share is asked for by the one that is wanted.
    let page = refresh(&mut browser, "/projects/new", "regions").await;
    assert_eq!(region(&page, "organizations"), Some(false));
    assert_eq!(region(&page, "regions"), Some(true));
    assert!(page.body.contains("name=\"region\""), "{}", page.body);
}
