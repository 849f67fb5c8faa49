//! Worlds: what they begin with, that they are apart, that they end, and that the demo outlives a restart.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use sandbox::{Sandbox, Settings};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::Lab;

#[tokio::test]
async fn worlds_know_nothing_of_each_other() {
    let lab = Lab::new(json!({ "projects": 2 })).await;
    let other = Lab {
        router: lab.router.clone(),
        world: lab.more(json!({ "projects": 3 })).await,
    };
    let token = lab.sign_in("Ada").await.access;
    assert_eq!(
        lab.get("/v1/projects", &token).await.json().as_array().unwrap().len(),
        2
    );
    assert_eq!(
        other
            .get("/v1/projects", other.pat("Ada"))
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let foreign = format!("/v1/projects/{}", other.reference("Project 001"));
    assert_eq!(lab.get(&foreign, &token).await.status, StatusCode::NOT_FOUND);

    lab.fault(json!({ "operation": "*", "kind": "status", "code": 500 }))
        .await;
    lab.here(Method::POST, "/tokens/expire", json!(null)).await;
    lab.advance(1000).await;
    assert_eq!(other.get("/v1/projects", other.pat("Ada")).await.status, StatusCode::OK);
    assert_eq!(
        other.content().await["counters"]["calls"],
        json!({ "v1-list-all-projects": 2 })
    );

    assert_eq!(
        other.here(Method::DELETE, "", json!(null)).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        other.here(Method::GET, "", json!(null)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        other.get("/v1/projects", other.pat("Ada")).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn worlds_that_began_alike_have_the_same_gaps() {
    let lab = Lab::new(json!({ "gaps": 3 })).await;
    let other = Lab {
        router: lab.router.clone(),
        world: lab.more(json!({ "gaps": 3 })).await,
    };
    let fields = async |lab: &Lab, path: &str| -> Vec<(String, bool)> {
        let organization = lab.world["organizations"][0]["slug"].as_str().unwrap();
        let path = path
            .replace(":ref", lab.reference("Note G"))
            .replace(":slug", organization);
        let answer = lab.get(&path, lab.pat("Ada")).await.json();
        let told = answer.as_object().unwrap().iter();
        told.map(|(name, value)| (name.clone(), value.is_null())).collect()
    };
    let mut all = 0;
    for path in [
        "/v1/projects/:ref/config/auth",
        "/v1/projects/:ref/database/backups",
        "/v1/organizations/:slug",
    ] {
        let told = fields(&lab, path).await;
        assert_eq!(told, fields(&other, path).await, "{path}");
        all += told.iter().filter(|(_, is_null)| *is_null).count();
    }
    assert!(all > 0, "there were gaps");
}

#[tokio::test]
async fn a_world_begins_as_asked() {
    let hostile = [
        "<script>alert(1)</script>".to_owned(),
        "\u{202e}evil".to_owned(),
        "x".repeat(300),
    ];
    let lab = Lab::new(json!({ "names": hostile })).await;
    for name in &hostile {
        lab.slug(name);
        lab.reference(name);
    }
    let many = lab.more(json!({ "projects": 100, "organizations": 4 })).await;
    let projects = many["projects"].as_array().unwrap();
    let of_first = projects
        .iter()
        .filter(|project| project["organization_slug"] == many["organizations"][0]["slug"]);
    assert_eq!((projects.len(), of_first.count()), (100, 25));
    let empty = lab.more(json!({ "empty": true })).await;
    assert_eq!(
        (&empty["organizations"], empty["people"].as_array().unwrap().len()),
        (&json!([]), 5)
    );
    let nowhere = lab.more(json!({ "organizations": 0, "projects": 5 })).await;
    assert_eq!(nowhere["projects"], json!([]));
    for options in [json!({ "projects": 1001 }), json!({ "colour": "green" }), json!(7)] {
        let reply = lab.control(Method::POST, "/sandbox/worlds", options).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        assert!(!reply.message().is_empty());
    }
}

#[tokio::test]
async fn the_demo_shows_every_kind_of_thing() {
    let lab = Lab::new(json!({})).await;
    let demo = lab
        .control(Method::GET, "/sandbox/worlds/demo", json!(null))
        .await
        .json();
    assert_eq!(demo["projects"].as_array().unwrap().len(), 13);
    assert_eq!(demo["organizations"].as_array().unwrap().len(), 3);
    let mut statuses: Vec<_> = demo["projects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|project| project["status"].as_str().unwrap())
        .collect();
    statuses.sort_unstable();
    statuses.dedup();
    assert_eq!(
        statuses,
        [
            "ACTIVE_HEALTHY",
            "ACTIVE_UNHEALTHY",
            "COMING_UP",
            "INACTIVE",
            "PAUSE_FAILED",
            "RESTORE_FAILED"
        ]
    );
    let front = lab.get("/", "").await;
    assert!(front.text.contains(demo["people"][0]["pat"].as_str().unwrap()));
    assert!(
        front
            .header("content-security-policy")
            .unwrap()
            .contains("default-src 'none'")
    );
}

#[tokio::test]
async fn the_oldest_world_makes_room_and_the_demo_stays() {
    let lab = Lab::new(json!({ "empty": true })).await;
    for _ in 0..199 {
        lab.more(json!({ "empty": true })).await;
    }
    assert_eq!(lab.here(Method::GET, "", json!(null)).await.status, StatusCode::OK);
    lab.more(json!({ "empty": true })).await;
    assert_eq!(
        lab.here(Method::GET, "", json!(null)).await.status,
        StatusCode::NOT_FOUND
    );
    let demo = lab.control(Method::GET, "/sandbox/worlds/demo", json!(null)).await;
    assert_eq!(demo.status, StatusCode::OK);
}

#[tokio::test]
async fn the_demo_outlives_a_restart_where_a_file_is_named() {
    let file = std::env::temp_dir().join(format!("sandbox-test-{}.json", std::process::id()));
    let settings = Settings {
        state_file: Some(file.clone()),
        ..Settings::default()
    };
    let start = async |settings: &Settings| {
        let router = Sandbox::new(settings.clone()).router();
        let mut lab = Lab {
            router,
            world: json!({ "id": "demo" }),
        };
        lab.world = lab.content().await;
        lab
    };
    let before = start(&settings).await;
    let tokens = before.sign_in("Ada").await;
    let path = format!("/v1/projects/{}", before.reference("Note G"));
    let renamed = before
        .call(Method::PATCH, &path, &tokens.access, Some(json!({ "name": "Note H" })))
        .await;
    assert_eq!(renamed.status, StatusCode::OK);

    let after = start(&settings).await;
    assert_eq!(after.get(&path, &tokens.access).await.json()["name"], "Note H");
    assert_eq!(after.refresh(&tokens.refresh).await.status, StatusCode::CREATED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    assert_eq!(
        after.here(Method::DELETE, "", json!(null)).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(after.content().await["grants"], 0, "it began anew");
    std::fs::write(&file, "{}").unwrap();
    assert_eq!(
        start(&settings).await.content().await["projects"]
            .as_array()
            .map(Vec::len),
        Some(13)
    );
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn the_clock_goes_ahead_within_bounds() {
    let lab = Lab::new(json!({})).await;
    for (body, status) in [
        (json!({ "advance_s": 60 }), StatusCode::NO_CONTENT),
        (json!({ "advance_s": u64::MAX }), StatusCode::BAD_REQUEST),
        (json!({ "advance_s": -1 }), StatusCode::BAD_REQUEST),
        (Value::Null, StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(
            lab.here(Method::POST, "/clock", body.clone()).await.status,
            status,
            "{body}"
        );
    }
    let slow = lab
        .more(json!({ "coming_up_ms": u64::MAX, "token_lifetime_s": u64::MAX }))
        .await;
    let slow = Lab {
        router: lab.router.clone(),
        world: slow,
    };
    let sign_in = tokio::time::timeout(Duration::from_secs(5), slow.sign_in("Ada")).await;
    assert!(sign_in.is_ok());
}

/// What a request for `host` is answered with.
async fn asked_as(settings: Settings, host: Option<&str>) -> StatusCode {
    let mut request = Request::builder().uri("/");
    if let Some(host) = host {
        request = request.header("host", host);
    }
    let router = Sandbox::new(settings).router();
    let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    answer.status()
}

#[tokio::test]
async fn only_this_machine_is_answered_unless_others_are_meant_to_be() {
    for host in [None, Some("127.0.0.1:3010"), Some("localhost"), Some("[::1]:3010")] {
        assert_eq!(asked_as(Settings::default(), host).await, StatusCode::OK, "{host:?}");
    }
    let public = || Settings {
        public: true,
        ..Settings::default()
    };
    for host in [
        "evil.example",
        "127.0.0.1.evil.example:3010",
        "localhost@evil.example",
        "",
    ] {
        assert_eq!(
            asked_as(Settings::default(), Some(host)).await,
            StatusCode::FORBIDDEN,
            "{host}"
        );
        assert_eq!(asked_as(public(), Some(host)).await, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn nobody_can_know_the_demos_tokens_who_was_not_told() {
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let lab = Lab::with(Settings::default(), json!({})).await;
        let demo = lab
            .control(Method::GET, "/sandbox/worlds/demo", json!(null))
            .await
            .json();
        for person in demo["people"].as_array().unwrap() {
            assert!(seen.insert(person["pat"].as_str().unwrap().to_owned()), "told before");
        }
    }
}
