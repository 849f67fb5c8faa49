//! Saved SQL: who sees it, page by page.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::Lab;

async fn list(lab: &Lab, person: &str, query: &str) -> Vec<Value> {
    let reply = lab.get(&format!("/v1/snippets?{query}"), lab.pat(person)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json()["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn one_sees_what_is_shared_and_ones_own() {
    let lab = Lab::new(json!({})).await;
    let all = list(&lab, "Ada", "").await;
    let ada = |row: &Value| row["owner"]["username"] == "ada";
    assert!(!all.is_empty());
    assert!(
        all.iter().all(|row| row["visibility"] == "project" || ada(row)),
        "{all:?}"
    );
    assert!(list(&lab, "Emmy", "").await.is_empty(), "she belongs nowhere");
    for row in &all {
        let path = format!("/v1/snippets/{}", row["id"].as_str().unwrap());
        assert_eq!(lab.get(&path, lab.pat("Ada")).await.json()["name"], row["name"]);
        let unseen = lab.get(&path, lab.pat("Emmy")).await;
        assert_eq!(unseen.status, StatusCode::NOT_ACCEPTABLE);
        assert_eq!(unseen.message(), "Failed to retrieve SQL snippet");
        assert!(unseen.json()["errorEventId"].is_string(), "as recorded");
    }
    let malformed = lab.get("/v1/snippets/mine", lab.pat("Ada")).await;
    assert_eq!(malformed.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn pages_give_every_snippet_once() {
    let lab = Lab::new(json!({})).await;
    for order in [
        "sort_by=name",
        "sort_by=name&sort_order=desc",
        "sort_by=inserted_at&sort_order=asc",
        "",
    ] {
        let all = list(&lab, "Ada", order).await;
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/v1/snippets?limit=3&{order}&cursor={cursor}");
            let page = lab.get(&path, lab.pat("Ada")).await.json();
            paged.extend(page["data"].as_array().unwrap().clone());
            match page["cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(paged, all, "{order}");
    }
    let names = |rows: Vec<Value>| {
        rows.iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let rising = names(list(&lab, "Ada", "sort_by=name").await);
    assert!(rising.is_sorted(), "{rising:?}");
    for bad in [
        "limit=0",
        "limit=101",
        "limit=x",
        "sort_by=id",
        "sort_order=up",
        "cursor=nonsense",
    ] {
        let reply = lab.get(&format!("/v1/snippets?{bad}"), lab.pat("Ada")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[tokio::test]
async fn snippets_go_with_their_project() {
    let lab = Lab::new(json!({})).await;
    let project = lab.reference("Note G");
    let of_project = format!("project_ref={project}");
    let rows = list(&lab, "Ada", &of_project).await;
    assert!(!rows.is_empty() && rows.iter().all(|row| row["project"]["name"] == "Note G"));
    let foreign = lab.get(&format!("/v1/snippets?{of_project}"), lab.pat("Emmy")).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    lab.call(
        axum::http::Method::DELETE,
        &format!("/v1/projects/{project}"),
        lab.pat("Ada"),
        None,
    )
    .await;
    lab.advance(60).await;
    let left = list(&lab, "Ada", "").await;
    assert!(left.iter().all(|row| row["project"]["name"] != "Note G"));
    let gone = format!("/v1/snippets/{}", rows[0]["id"].as_str().unwrap());
    assert_eq!(lab.get(&gone, lab.pat("Ada")).await.status, StatusCode::NOT_ACCEPTABLE);
}
