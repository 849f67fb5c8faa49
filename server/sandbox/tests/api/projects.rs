//! Projects: creating, the passing of time, reading, paging.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

fn new(slug: &str, name: &str) -> Value {
    json!({
        "name": name,
        "organization_slug": slug,
        "db_pass": "correct horse",
        "region_selection": { "type": "smartGroup", "code": "emea" },
    })
}

#[tokio::test]
async fn a_project_comes_up_pauses_and_is_restored() {
    let lab = Lab::new(json!({ "organizations": 1 })).await;
    let ada = lab.pat("Ada");
    let created = lab
        .post("/v1/projects", ada, new(lab.slug("Organization 001"), "New"))
        .await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
    let created = created.json();
    assert_eq!(
        (&created["status"], &created["region"]),
        (&json!("UNKNOWN"), &json!("eu-central-1"))
    );
    assert!(created.get("database").is_none() && !created.to_string().contains("correct horse"));
    let reference = created["ref"].as_str().unwrap();
    let path = format!("/v1/projects/{reference}");

    lab.advance(5).await;
    assert_eq!(lab.status(reference).await, "COMING_UP");
    let early = lab.call(Method::DELETE, &path, ada, None).await;
    assert_eq!(
        (early.status, early.message().as_str()),
        (StatusCode::BAD_REQUEST, "Project not ready for deletion.")
    );
    assert_eq!(
        lab.post(&format!("{path}/pause"), ada, json!(null)).await.status,
        StatusCode::BAD_REQUEST
    );
    lab.advance(5).await;
    assert_eq!(lab.status(reference).await, "ACTIVE_HEALTHY");

    let paused = lab.post(&format!("{path}/pause"), ada, json!(null)).await;
    assert_eq!((paused.status, paused.text.as_str()), (StatusCode::OK, ""));
    assert_eq!(lab.status(reference).await, "PAUSING");
    lab.advance(5).await;
    assert_eq!(lab.status(reference).await, "INACTIVE");

    let cancel = format!("{path}/restore/cancel");
    assert_eq!(
        lab.post(&cancel, ada, json!(null)).await.status,
        StatusCode::BAD_REQUEST,
        "nothing is being restored"
    );
    assert_eq!(
        lab.post(&format!("{path}/restore"), ada, json!(null)).await.status,
        StatusCode::OK
    );
    assert_eq!(lab.status(reference).await, "RESTORING");
    assert_eq!(lab.post(&cancel, ada, json!(null)).await.status, StatusCode::OK);
    assert_eq!(lab.status(reference).await, "INACTIVE");
    assert_eq!(
        lab.post(&format!("{path}/restore"), ada, json!(null)).await.status,
        StatusCode::OK
    );
    lab.advance(10).await;
    assert_eq!(lab.status(reference).await, "ACTIVE_HEALTHY");

    let deleted = lab.call(Method::DELETE, &path, ada, None).await;
    assert_eq!(
        (deleted.status, &deleted.json()["ref"]),
        (StatusCode::OK, &json!(reference))
    );
    let gone = lab.get(&path, ada).await;
    assert_eq!(
        (gone.status, gone.message().as_str()),
        (StatusCode::BAD_REQUEST, "Resource has been removed")
    );
    assert_eq!(lab.get("/v1/projects", ada).await.json(), json!([]));
    assert_eq!(
        lab.get("/v1/projects/aaaaaaaaaaaaaaaaaaaa", ada).await.status,
        StatusCode::NOT_FOUND
    );
    let page = lab
        .get(
            &format!("/v1/organizations/{}/projects", lab.slug("Organization 001")),
            ada,
        )
        .await
        .json();
    assert_eq!(page["pagination"]["count"], 0);
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let lab = Lab::new(json!({ "names": ["Taken"] })).await;
    let slug = lab.slug("Taken");
    let create = async |change: &dyn Fn(&mut Value)| -> Reply {
        let mut body = new(slug, "New");
        change(&mut body);
        lab.post("/v1/projects", lab.pat("Ada"), body).await
    };
    let set = |key: &'static str, value: Value| move |body: &mut Value| body[key] = value.clone();
    for (key, value) in [
        ("name", json!("")),
        ("name", json!("x".repeat(257))),
        ("db_pass", json!("")),
        ("region_selection", json!({ "type": "specific", "code": "moon-1" })),
        ("region_selection", json!({ "type": "smartGroup", "code": "moon" })),
        ("region_selection", json!(null)),
        ("region", json!("us-east-1")),
        ("desired_instance_size", json!("huge")),
        ("colour", json!("green")),
        ("organization_slug", json!("a b")),
    ] {
        let reply = create(&set(key, value.clone())).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{key} {value}: {}", reply.text);
    }
    assert_eq!(
        create(&set("organization_slug", json!("nobody"))).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(create(&set("name", json!("Taken"))).await.status, StatusCode::CONFLICT);
    assert_eq!(
        create(&set("name", json!("fail-500"))).await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    let limit = create(&set("name", json!("fail-402"))).await;
    assert_eq!(limit.status, StatusCode::PAYMENT_REQUIRED);
    assert!(limit.message().contains("plan"));
    let path = format!("/v1/projects/{}", lab.reference("Taken"));
    for body in [json!({ "name": "" }), json!({}), json!([])] {
        let reply = lab.call(Method::PATCH, &path, lab.pat("Ada"), Some(body)).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn the_free_plan_lets_two_projects_run() {
    let lab = Lab::new(json!({})).await;
    let (ada, slug) = (lab.pat("Ada"), lab.slug("Harbour Labs"));
    let large = json!({ "desired_instance_size": "large" });
    let mut body = new(slug, "Large");
    body.as_object_mut().unwrap().extend(large.as_object().unwrap().clone());
    assert_eq!(
        lab.post("/v1/projects", ada, body).await.status,
        StatusCode::PAYMENT_REQUIRED
    );
    assert_eq!(
        lab.post("/v1/projects", ada, new(slug, "Second")).await.status,
        StatusCode::CREATED
    );
    let third = lab.post("/v1/projects", ada, new(slug, "Third")).await;
    assert_eq!(third.status, StatusCode::PAYMENT_REQUIRED);
    let restore = format!("/v1/projects/{}/restore", lab.reference("Lighthouse"));
    assert_eq!(
        lab.post(&restore, ada, json!(null)).await.status,
        StatusCode::PAYMENT_REQUIRED
    );
    let pause = format!("/v1/projects/{}/pause", lab.reference("Tide Tables"));
    assert_eq!(lab.post(&pause, ada, json!(null)).await.status, StatusCode::OK);
    lab.advance(5).await;
    assert_eq!(lab.post(&restore, ada, json!(null)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_organizations_projects_come_in_pages() {
    let lab = Lab::new(json!({ "projects": 25, "names": ["zebra", "Ant"], "organizations": 1 })).await;
    let path = format!("/v1/organizations/{}/projects", lab.slug("zebra"));
    let page = async |query: &str| lab.get(&format!("{path}?{query}"), lab.pat("Ada")).await;
    let names = |reply: &Reply| -> Vec<String> {
        let projects = reply.json()["projects"].as_array().unwrap().clone();
        projects
            .iter()
            .map(|project| project["name"].as_str().unwrap().to_owned())
            .collect()
    };

    let first = page("limit=10").await;
    assert_eq!(
        first.json()["pagination"],
        json!({ "count": 25, "limit": 10, "offset": 0 })
    );
    assert_eq!((names(&first).len(), names(&first)[0].as_str()), (10, "Ant"));
    let last = page("limit=10&offset=20").await;
    assert_eq!((names(&last).len(), names(&last)[4].as_str()), (5, "zebra"));
    assert_eq!(names(&page("sort=name_desc").await)[0], "zebra");
    assert_eq!(
        names(&page("sort=created_desc").await)[0],
        "zebra",
        "the first is the newest"
    );
    assert_eq!(names(&page("search=ZEB").await), ["zebra"]);
    let paused = page("statuses=INACTIVE").await;
    assert_eq!(names(&paused), ["Project 009", "Project 019"]);
    assert_eq!(paused.json()["projects"][0]["databases"], json!([]));
    assert_eq!(
        page("statuses=INACTIVE,ACTIVE_HEALTHY").await.json()["pagination"]["count"],
        23
    );
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "offset=-1",
        "sort=size",
        "statuses=COMING_UP",
    ] {
        assert_eq!(page(query).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn health_follows_the_status() {
    let lab = Lab::new(json!({})).await;
    let health = async |name: &str, query: &str| {
        lab.get(
            &format!("/v1/projects/{}/health{query}", lab.reference(name)),
            lab.pat("Ada"),
        )
        .await
    };
    let statuses = |reply: &Reply| -> Vec<String> {
        let services = reply.json().as_array().unwrap().clone();
        services
            .iter()
            .map(|service| service["status"].as_str().unwrap().to_owned())
            .collect()
    };
    let query = "?services=auth&services=db&services=realtime";
    assert_eq!(statuses(&health("Note G", query).await), ["ACTIVE_HEALTHY"; 3]);
    assert_eq!(
        statuses(&health("Punch Cards", "?services=auth,db").await),
        ["COMING_UP"; 2]
    );
    let ill = health("Jacquard Loom", query).await;
    assert_eq!(statuses(&ill), ["ACTIVE_HEALTHY", "ACTIVE_HEALTHY", "UNHEALTHY"]);
    assert!(ill.json()[2]["error"].is_string() && ill.json()[0].get("error").is_none());
    assert_eq!(statuses(&health("Lighthouse", query).await), ["UNHEALTHY"; 3]);
    for query in ["", "?services=", "?services=coffee", "?services=auth&timeout_ms=10001"] {
        assert_eq!(health("Note G", query).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn usage_is_the_same_within_an_hour_and_nothing_when_paused() {
    let lab = Lab::new(json!({})).await;
    let usage = async |name: &str, interval: &str| {
        let path = format!(
            "/v1/projects/{}/analytics/endpoints/usage.api-counts{interval}",
            lab.reference(name)
        );
        lab.get(&path, lab.pat("Ada")).await
    };
    let total = |reply: &Reply| -> f64 {
        let points = reply.json()["result"].as_array().unwrap().clone();
        points
            .iter()
            .map(|point| point["total_rest_requests"].as_f64().unwrap())
            .sum()
    };
    for (interval, points) in [("15min", 15), ("3hr", 36), ("1day", 24), ("7day", 7)] {
        let reply = usage("Note G", &format!("?interval={interval}")).await;
        assert_eq!(reply.json()["result"].as_array().unwrap().len(), points, "{interval}");
        assert!(total(&reply) > 0.0);
    }
    assert_eq!(usage("Note G", "").await.json()["result"].as_array().unwrap().len(), 24);
    assert_eq!(total(&usage("Lighthouse", "").await), 0.0);
    assert_eq!(usage("Note G", "?interval=1year").await.status, StatusCode::BAD_REQUEST);
    let reference = lab.reference("Note G");
    let count = lab
        .get(
            &format!("/v1/projects/{reference}/analytics/endpoints/usage.api-requests-count"),
            lab.pat("Ada"),
        )
        .await;
    assert!(count.json()["result"][0]["count"].as_f64().unwrap() > total(&usage("Note G", "").await));
}

#[tokio::test]
async fn regions_are_recommended_by_continent() {
    let lab = Lab::new(json!({})).await;
    let slug = lab.slug("Harbour Labs");
    let regions = async |query: &str| {
        lab.get(
            &format!("/v1/projects/available-regions?organization_slug={slug}{query}"),
            lab.pat("Ada"),
        )
        .await
    };
    let america = regions("&continent=NA").await.json();
    assert_eq!(america["recommendations"]["smartGroup"]["code"], "americas");
    let all = america["all"]["specific"].as_array().unwrap();
    let short: Vec<_> = all.iter().filter(|region| region["status"] == "capacity").collect();
    assert_eq!((all.len(), short.len()), (18, 1));
    assert_eq!(regions("&continent=XX").await.status, StatusCode::BAD_REQUEST);
    let bare = lab.get("/v1/projects/available-regions", lab.pat("Ada")).await;
    assert_eq!(bare.status, StatusCode::BAD_REQUEST);
}
