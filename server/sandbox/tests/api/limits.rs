//! The rate limit and its headers.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::Lab;

#[tokio::test]
async fn the_limit_is_the_apps_for_a_project_and_an_endpoint() {
    let lab = Lab::new(json!({ "rate_limit": 3 })).await;
    let (ada, grace) = (lab.sign_in("Ada").await.access, lab.sign_in("Grace").await.access);
    let path = format!("/v1/projects/{}", lab.reference("Note G"));
    let first = lab.get(&path, &ada).await;
    let limits = |name| first.header(name);
    assert_eq!(limits("x-ratelimit-limit"), Some("3"));
    assert_eq!(limits("x-ratelimit-remaining"), Some("2"));
    assert_eq!(limits("x-ratelimit-reset"), Some("60"));

    assert_eq!(
        lab.get(&path, &grace).await.header("x-ratelimit-remaining"),
        Some("1"),
        "one app, one count"
    );
    assert_eq!(lab.get(&path, &ada).await.header("x-ratelimit-remaining"), Some("0"));
    lab.advance(20).await;
    let refused = lab.get(&path, &ada).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
    let reset: u32 = refused.header("x-ratelimit-reset").unwrap().parse().unwrap();
    assert!((35..=40).contains(&reset), "{reset}");
    assert!(!refused.message().is_empty() && refused.header("retry-after").is_none());

    let other = format!("/v1/projects/{}", lab.reference("Jacquard Loom"));
    assert_eq!(lab.get(&other, &ada).await.status, StatusCode::OK, "another project");
    assert_eq!(
        lab.get(&format!("{path}/restore"), &ada).await.status,
        StatusCode::OK,
        "another endpoint"
    );
    assert_eq!(
        lab.get(&path, lab.pat("Ada")).await.status,
        StatusCode::OK,
        "another identity"
    );
    lab.advance(40).await;
    assert_eq!(lab.get(&path, &ada).await.status, StatusCode::OK, "another minute");
}

#[tokio::test]
async fn limits_are_the_catalogues_and_lists_count_by_person() {
    let lab = Lab::new(json!({})).await;
    let usage = format!(
        "/v1/projects/{}/analytics/endpoints/usage.api-counts",
        lab.reference("Note G")
    );
    assert_eq!(
        lab.get(&usage, lab.pat("Ada")).await.header("x-ratelimit-limit"),
        Some("30")
    );
    let (ada, grace) = (lab.sign_in("Ada").await.access, lab.sign_in("Grace").await.access);
    for token in [&ada, &grace] {
        assert_eq!(
            lab.get("/v1/projects", token).await.header("x-ratelimit-remaining"),
            Some("119")
        );
    }
    let refusal = lab.get("/v1/projects/nonsense", &ada).await;
    assert_eq!(refusal.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        refusal.header("x-ratelimit-limit"),
        Some("120"),
        "refusals count as well"
    );
}
