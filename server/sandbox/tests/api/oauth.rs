//! Signing in: consent, PKCE, exchange, rotation, revocation.

use axum::http::{Method, StatusCode};
use base64::{Engine, prelude::BASE64_STANDARD};
use sandbox::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use serde_json::json;

use crate::support::{Lab, REDIRECT, Reply, VERIFIER, challenge, parameter, tokens};

/// Refused as the API refuses everything: in its own words, not in those of OAuth.
fn refused(reply: &Reply, status: StatusCode, message: &str) {
    assert_eq!(
        (reply.status, reply.message().as_str()),
        (status, message),
        "{}",
        reply.text
    );
    assert!(reply.json()["error"].is_null(), "{}", reply.text);
}

/// A code or refresh token that does not work.
fn ended(reply: &Reply) {
    assert!(
        matches!(reply.status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND),
        "{}",
        reply.text
    );
    assert!(
        reply.json()["error"].is_null() && !reply.message().is_empty(),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn a_person_signs_in_and_the_token_works() {
    let lab = Lab::new(json!({})).await;
    let challenge = challenge(VERIFIER);
    let page = lab
        .authorize(&[
            ("client_id", DEMO_CLIENT_ID),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT),
            ("state", "a\"><b>&"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ])
        .await;
    assert_eq!(page.status, StatusCode::OK);
    for text in [
        "<title>Sandbox sign-in</title>",
        "Authorize Steward",
        "Decline",
        "Ada Lovelace",
        "Owner in Harbour Labs",
    ] {
        assert!(page.text.contains(text), "{text}");
    }
    assert!(
        page.text.contains("value=\"a&quot;><b>&amp;\"") || page.text.contains("value=\"a&quot;&gt;&lt;b&gt;&amp;\"")
    );
    assert!(page.text.contains("No organization yet"));
    assert!(
        page.text.contains(lab.person_id("Ada")),
        "the people are those of the cookie's world"
    );
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("form-action 'self' http://127.0.0.1:3000;"),
        "{policy}"
    );

    let back = lab
        .decide(&[("person", lab.person_id("Ada")), ("decision", "authorize")])
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let location = back.location();
    assert!(location.as_str().starts_with(REDIRECT));
    assert_eq!(parameter(&location, "state").as_deref(), Some("st"));

    let reply = lab.exchange(&parameter(&location, "code").unwrap()).await;
    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(reply.json()["token_type"], "Bearer");
    assert_eq!(reply.json()["expires_in"], 3600);
    let tokens = tokens(&reply);
    assert!(tokens.access.starts_with("sbp_oauth_"));
    assert_eq!(
        lab.get("/v1/organizations", &tokens.access).await.status,
        StatusCode::OK
    );
    let counters = &lab.content().await["counters"];
    assert_eq!(
        (&counters["exchanges"], &counters["calls"]["v1-list-all-organizations"]),
        (&json!(1), &json!(1))
    );
}

#[tokio::test]
async fn basic_authentication_of_the_client_works_and_a_wrong_secret_does_not() {
    let lab = Lab::new(json!({})).await;
    let code = lab.code("Grace").await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let basic = |secret: &str| format!("Basic {}", BASE64_STANDARD.encode(format!("{DEMO_CLIENT_ID}:{secret}")));
    let wrong = lab.token_as(&fields, Some(&basic("wrong"))).await;
    refused(&wrong, StatusCode::UNAUTHORIZED, "Invalid client_secret");
    refused(
        &lab.token_as(&fields, None).await,
        StatusCode::UNAUTHORIZED,
        "Unrecognized client_id",
    );
    let right = lab.token_as(&fields, Some(&basic(DEMO_CLIENT_SECRET))).await;
    assert_eq!(right.status, StatusCode::CREATED, "{}", right.text);
    ended(&lab.token(&[("grant_type", "password")]).await);
    ended(&lab.token(&[("password", "x")]).await);
}

#[tokio::test]
async fn an_unknown_app_or_redirect_is_never_redirected() {
    let lab = Lab::new(json!({})).await;
    let ask = |client: &'static str, redirect: &'static str| {
        [
            ("client_id", client),
            ("response_type", "code"),
            ("redirect_uri", redirect),
        ]
    };
    let unknown = lab.authorize(&ask("somebody", REDIRECT)).await;
    refused(&unknown, StatusCode::UNAUTHORIZED, "Unrecognized client_id");
    let page = lab.authorize(&ask(DEMO_CLIENT_ID, "https://evil.example/")).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.header("location").is_none() && page.text.contains("<h1>This sign-in cannot go on</h1>"));
    let forged = lab
        .decide(&[("redirect_uri", "https://evil.example/"), ("decision", "authorize")])
        .await;
    assert_eq!(forged.status, StatusCode::BAD_REQUEST, "the form is checked again");
    let nobody = lab.decide(&[("person", "nobody"), ("decision", "authorize")]).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    let long = "s".repeat(5000);
    let page = lab
        .authorize(&[
            ("client_id", DEMO_CLIENT_ID),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT),
            ("state", &long),
        ])
        .await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn other_mistakes_and_a_refusal_go_back_to_the_app() {
    let lab = Lab::new(json!({})).await;
    let challenge = challenge(VERIFIER);
    for (kind, method, error) in [
        ("token", "S256", "unsupported_response_type"),
        ("code", "plain", "invalid_request"),
    ] {
        let reply = lab
            .authorize(&[
                ("client_id", DEMO_CLIENT_ID),
                ("response_type", kind),
                ("redirect_uri", REDIRECT),
                ("state", "st"),
                ("code_challenge", &challenge),
                ("code_challenge_method", method),
            ])
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
        assert_eq!(parameter(&reply.location(), "error").as_deref(), Some(error));
    }
    let declined = lab
        .decide(&[("person", lab.person_id("Ada")), ("decision", "decline")])
        .await
        .location();
    assert_eq!(parameter(&declined, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&declined, "state").as_deref(), Some("st"));
}

#[tokio::test]
async fn a_code_needs_its_verifier_its_redirect_and_its_minute() {
    let lab = Lab::new(json!({})).await;
    for (redirect, verifier) in [(REDIRECT, "another"), ("http://127.0.0.1:3000/other", VERIFIER)] {
        let code = lab.code("Ada").await;
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        ended(&lab.token(&fields).await);
        ended(&lab.exchange(&code).await);
    }
    let code = lab.code("Ada").await;
    let bare = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT),
    ];
    ended(&lab.token(&bare).await);

    let late = lab.code("Ada").await;
    lab.advance(60).await;
    ended(&lab.exchange(&late).await);
    let cut = lab.code("Ada").await;
    lab.here(Method::POST, "/codes/expire", json!(null)).await;
    ended(&lab.exchange(&cut).await);
}

#[tokio::test]
async fn a_code_used_twice_ends_what_came_of_it() {
    let lab = Lab::new(json!({})).await;
    let code = lab.code("Ada").await;
    let first = tokens(&lab.exchange(&code).await);
    ended(&lab.exchange(&code).await);
    assert_eq!(
        lab.get("/v1/profile", &first.access).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_refresh_token_works_once_and_ends_the_access_token_at_once() {
    let lab = Lab::new(json!({})).await;
    let first = lab.sign_in("Ada").await;
    let other = lab.sign_in("Ada").await;
    let second = tokens(&lab.refresh(&first.refresh).await);
    assert_ne!(first.refresh, second.refresh);
    let status = async |token: &str| lab.get("/v1/organizations", token).await.status;
    assert_eq!(status(&second.access).await, StatusCode::OK);
    assert_eq!(status(&first.access).await, StatusCode::UNAUTHORIZED);
    refused(&lab.refresh(&first.refresh).await, StatusCode::NOT_FOUND, "Not Found");
    assert_eq!(status(&second.access).await, StatusCode::OK, "the new pair lives on");
    assert_eq!(status(&other.access).await, StatusCode::OK, "and so does another grant");
    assert_eq!(lab.content().await["counters"]["refreshes"], 2);
}

#[tokio::test]
async fn a_grant_opens_one_organization_and_no_profile() {
    let lab = Lab::new(json!({})).await;
    let (harbour, other) = (lab.slug("Harbour Labs"), lab.slug("Quiet Team"));
    let code = lab.code_for("Ada", harbour).await;
    let reply = lab.exchange(&code).await;
    let token = tokens(&reply).access;
    let organizations = lab.get("/v1/organizations", &token).await.json();
    let slugs: Vec<_> = organizations
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["slug"])
        .collect();
    assert_eq!(slugs, [harbour]);
    let projects = lab.get("/v1/projects", &token).await.json();
    let projects = projects.as_array().unwrap();
    assert!(!projects.is_empty() && projects.iter().all(|one| one["organization_slug"] == harbour));
    let all = lab.get("/v1/projects", lab.pat("Ada")).await.json();
    let elsewhere = all
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["organization_slug"] != harbour);
    let elsewhere = elsewhere.unwrap()["ref"].as_str().unwrap();
    for path in [
        format!("/v1/projects/{elsewhere}"),
        format!("/v1/organizations/{other}"),
        "/v1/profile".to_owned(),
    ] {
        let reply = lab.get(&path, &token).await;
        refused(
            &reply,
            StatusCode::FORBIDDEN,
            "You do not have permission to perform this action.",
        );
    }
}

#[tokio::test]
async fn an_app_may_hold_the_choice_to_one_organization_and_a_wrong_one_is_a_dead_end() {
    let lab = Lab::new(json!({})).await;
    let harbour = lab.slug("Harbour Labs");
    let fields = |slug, name| {
        [
            ("organization_slug", slug),
            ("person", lab.person_id(name)),
            ("decision", "authorize"),
        ]
    };
    let back = lab.decide(&fields(harbour, "Ada")).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text);
    for (slug, name) in [(harbour, "Emmy"), ("goneforever", "Ada")] {
        let page = lab.decide(&fields(slug, name)).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(
            page.header("location").is_none() && page.text.contains("unavailable"),
            "{}",
            page.text
        );
    }
}

#[tokio::test]
async fn scoped_tokens_open_what_they_were_given_and_name_what_they_lack() {
    let lab = Lab::new(json!({})).await;
    let projects = lab.get("/v1/projects", lab.pat("Ada")).await.json();
    let project = &projects[0];
    let (reference, slug) = (
        project["ref"].as_str().unwrap(),
        project["organization_slug"].as_str().unwrap(),
    );
    let narrow = json!({
        "person": lab.person_id("Ada"),
        "reach": { "projects": [reference] },
        "permissions": ["project_admin_read", "organization_admin_read", "edge_functions_read"],
    });
    let narrow = lab.here(Method::POST, "/tokens", narrow).await.json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(narrow.starts_with("sbp_fc") && narrow.len() == 44, "{narrow}");
    let status = async |path: String, token: &str| lab.get(&path, token).await.status;
    assert_eq!(
        status(format!("/v1/projects/{reference}"), &narrow).await,
        StatusCode::OK
    );
    assert_eq!(
        status(format!("/v1/organizations/{slug}"), &narrow).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(status("/v1/profile".to_owned(), &narrow).await, StatusCode::FORBIDDEN);
    let other = projects
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["ref"] != reference)
        .unwrap();
    let other = other["ref"].as_str().unwrap();
    assert_eq!(
        status(format!("/v1/projects/{other}"), &narrow).await,
        StatusCode::FORBIDDEN
    );
    for (path, lacking) in [
        ("/v1/projects".to_owned(), "projects_read"),
        ("/v1/organizations".to_owned(), "organizations_read"),
        (
            format!("/v1/projects/{reference}/secrets"),
            "edge_functions_secrets_read",
        ),
    ] {
        let reply = lab.get(&path, &narrow).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(reply.json()["missing_permissions"], json!([lacking]), "{path}");
    }
    let wide = json!({
        "person": lab.person_id("Ada"),
        "reach": { "organizations": [slug] },
        "permissions": ["projects_read", "organizations_read"],
    });
    let wide = lab.here(Method::POST, "/tokens", wide).await.json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        lab.get("/v1/organizations", &wide)
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn access_tokens_end_and_can_be_refreshed() {
    let lab = Lab::new(json!({ "token_lifetime_s": 100 })).await;
    let first = lab.sign_in("Alan").await;
    lab.advance(100).await;
    let reply = lab.get("/v1/projects", &first.access).await;
    assert_eq!(
        (reply.status, reply.message().as_str()),
        (StatusCode::UNAUTHORIZED, "Unauthorized")
    );
    let second = tokens(&lab.refresh(&first.refresh).await);
    assert_eq!(lab.get("/v1/projects", &second.access).await.status, StatusCode::OK);

    lab.here(Method::POST, "/tokens/expire", json!(null)).await;
    assert_eq!(
        lab.get("/v1/projects", &second.access).await.status,
        StatusCode::UNAUTHORIZED
    );
    let third = tokens(&lab.refresh(&second.refresh).await);
    assert_eq!(lab.get("/v1/projects", &third.access).await.status, StatusCode::OK);
}

#[tokio::test]
async fn revoking_ends_all_tokens_of_the_grant() {
    let lab = Lab::new(json!({})).await;
    let tokens = lab.sign_in("Ada").await;
    let body =
        |secret: &str| json!({ "client_id": DEMO_CLIENT_ID, "client_secret": secret, "refresh_token": tokens.refresh });
    let wrong = lab.control(Method::POST, "/v1/oauth/revoke", body("wrong")).await;
    refused(&wrong, StatusCode::UNAUTHORIZED, "Invalid client_secret");
    assert_eq!(lab.get("/v1/projects", &tokens.access).await.status, StatusCode::OK);

    let right = lab
        .control(Method::POST, "/v1/oauth/revoke", body(DEMO_CLIENT_SECRET))
        .await;
    assert_eq!((right.status, right.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(
        lab.get("/v1/profile", &tokens.access).await.status,
        StatusCode::UNAUTHORIZED
    );
    ended(&lab.refresh(&tokens.refresh).await);
    assert_eq!(lab.content().await["counters"]["revocations"], 1);
}

#[tokio::test]
async fn a_person_who_removes_the_app_ends_everything() {
    let lab = Lab::new(json!({})).await;
    let tokens = lab.sign_in("Ada").await;
    lab.here(Method::POST, "/grants/revoke", json!(null)).await;
    assert_eq!(
        lab.get("/v1/profile", &tokens.access).await.status,
        StatusCode::UNAUTHORIZED
    );
    ended(&lab.refresh(&tokens.refresh).await);
    assert_eq!(
        lab.get("/v1/profile", lab.pat("Ada")).await.status,
        StatusCode::OK,
        "her own token is no grant"
    );
}
