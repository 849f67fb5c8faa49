//! Signing in: consent, PKCE, exchange, rotation, revocation.

use axum::http::{Method, StatusCode};
use base64::{Engine, prelude::BASE64_STANDARD};
use sandbox::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};
use serde_json::json;

use crate::support::{Lab, REDIRECT, Reply, VERIFIER, challenge, parameter, tokens};

fn refused(reply: &Reply, status: StatusCode, error: &str) {
    assert_eq!(
        (reply.status, reply.json()["error"].as_str()),
        (status, Some(error)),
        "{}",
        reply.text
    );
    assert!(reply.json()["error_description"].is_string());
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
    let profile = lab.get("/v1/profile", &tokens.access).await;
    assert_eq!(profile.json()["primary_email"], "ada@example.com");
    let counters = &lab.content().await["counters"];
    assert_eq!(
        (&counters["exchanges"], &counters["calls"]["v1-get-profile"]),
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
    refused(&wrong, StatusCode::UNAUTHORIZED, "invalid_client");
    assert_eq!(wrong.header("www-authenticate"), Some("Basic"));
    refused(
        &lab.token_as(&fields, None).await,
        StatusCode::UNAUTHORIZED,
        "invalid_client",
    );
    let right = lab.token_as(&fields, Some(&basic(DEMO_CLIENT_SECRET))).await;
    assert_eq!(right.status, StatusCode::CREATED, "{}", right.text);
    refused(
        &lab.token(&[("grant_type", "password")]).await,
        StatusCode::BAD_REQUEST,
        "unsupported_grant_type",
    );
    refused(
        &lab.token(&[("password", "x")]).await,
        StatusCode::BAD_REQUEST,
        "invalid_request",
    );
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
    for parameters in [ask("somebody", REDIRECT), ask(DEMO_CLIENT_ID, "https://evil.example/")] {
        let page = lab.authorize(&parameters).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(page.header("location").is_none() && page.text.contains("<h1>This sign-in cannot go on</h1>"));
    }
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
        refused(&lab.token(&fields).await, StatusCode::BAD_REQUEST, "invalid_grant");
        refused(&lab.exchange(&code).await, StatusCode::BAD_REQUEST, "invalid_grant");
    }
    let code = lab.code("Ada").await;
    let bare = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT),
    ];
    refused(&lab.token(&bare).await, StatusCode::BAD_REQUEST, "invalid_grant");

    let late = lab.code("Ada").await;
    lab.advance(60).await;
    refused(&lab.exchange(&late).await, StatusCode::BAD_REQUEST, "invalid_grant");
    let ended = lab.code("Ada").await;
    lab.here(Method::POST, "/codes/expire", json!(null)).await;
    refused(&lab.exchange(&ended).await, StatusCode::BAD_REQUEST, "invalid_grant");
}

#[tokio::test]
async fn a_code_used_twice_ends_what_came_of_it() {
    let lab = Lab::new(json!({})).await;
    let code = lab.code("Ada").await;
    let first = tokens(&lab.exchange(&code).await);
    refused(&lab.exchange(&code).await, StatusCode::BAD_REQUEST, "invalid_grant");
    assert_eq!(
        lab.get("/v1/profile", &first.access).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn refresh_tokens_rotate_and_an_old_one_ends_the_grant() {
    let lab = Lab::new(json!({})).await;
    let first = lab.sign_in("Ada").await;
    let other = lab.sign_in("Ada").await;
    let second = tokens(&lab.refresh(&first.refresh).await);
    assert_ne!(first.refresh, second.refresh);
    assert_eq!(lab.get("/v1/profile", &second.access).await.status, StatusCode::OK);
    assert_eq!(
        lab.get("/v1/profile", &first.access).await.status,
        StatusCode::OK,
        "it lives to its own end"
    );

    refused(
        &lab.refresh(&first.refresh).await,
        StatusCode::BAD_REQUEST,
        "invalid_grant",
    );
    for token in [&first.access, &second.access] {
        assert_eq!(lab.get("/v1/profile", token).await.status, StatusCode::UNAUTHORIZED);
    }
    refused(
        &lab.refresh(&second.refresh).await,
        StatusCode::BAD_REQUEST,
        "invalid_grant",
    );
    assert_eq!(
        lab.get("/v1/profile", &other.access).await.status,
        StatusCode::OK,
        "another grant lives on"
    );
    assert_eq!(lab.content().await["counters"]["refreshes"], 3);
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
    refused(&wrong, StatusCode::UNAUTHORIZED, "invalid_client");
    assert_eq!(lab.get("/v1/profile", &tokens.access).await.status, StatusCode::OK);

    let right = lab
        .control(Method::POST, "/v1/oauth/revoke", body(DEMO_CLIENT_SECRET))
        .await;
    assert_eq!((right.status, right.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(
        lab.get("/v1/profile", &tokens.access).await.status,
        StatusCode::UNAUTHORIZED
    );
    refused(
        &lab.refresh(&tokens.refresh).await,
        StatusCode::BAD_REQUEST,
        "invalid_grant",
    );
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
    refused(
        &lab.refresh(&tokens.refresh).await,
        StatusCode::BAD_REQUEST,
        "invalid_grant",
    );
    assert_eq!(
        lab.get("/v1/profile", lab.pat("Ada")).await.status,
        StatusCode::OK,
        "her own token is no grant"
    );
}
