//! Auth: what is refused, what secrets become, and the states of a signing key.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Lab, Reply};

async fn lab() -> (Lab, String) {
    let lab = Lab::new(json!({ "names": ["Auth"], "projects": 1 })).await;
    let path = format!("/v1/projects/{}/config/auth", lab.reference("Auth"));
    (lab, path)
}

async fn patch(lab: &Lab, path: &str, body: Value) -> Reply {
    lab.call(Method::PATCH, path, lab.pat("Ada"), Some(body)).await
}

fn refused(reply: &Reply, status: StatusCode, words: &str) {
    assert_eq!(reply.status, status, "{}", reply.text);
    assert!(reply.message().contains(words), "{}", reply.text);
}

#[tokio::test]
async fn settings_are_checked_and_taken_all_or_none() {
    let (lab, path) = lab().await;
    for (body, words) in [
        (json!({ "jwt_exp": 604_801 }), "jwt_exp: expected a whole number"),
        (json!({ "jwt_exp": "3600" }), "jwt_exp: expected a whole number"),
        (
            json!({ "disable_signup": "yes" }),
            "disable_signup: expected true or false",
        ),
        (json!({ "sms_provider": "pigeon" }), "sms_provider: expected one of"),
        (json!({ "mailer_otp_exp": null }), "mailer_otp_exp"),
        (json!({ "site_url": "https://a.example,https://b.example" }), "site_url"),
        (json!({ "smtp_pass": 5 }), "smtp_pass: expected a text"),
        (
            json!({ "jwt_exp": 60, "password_min_length": 5 }),
            "password_min_length",
        ),
        (json!([]), "expected object, received array"),
        (
            json!({ "jwt_exp": 60, "no_such_setting": 1 }),
            "Unrecognized key: \"no_such_setting\"",
        ),
        (json!({ "sessions_timebox": 8_761 }), "expected at most 8760"),
    ] {
        refused(&patch(&lab, &path, body).await, StatusCode::BAD_REQUEST, words);
    }
    let now = lab.get(&path, lab.pat("Ada")).await.json();
    assert_eq!(now["jwt_exp"], 3600, "nothing of a refused change is kept");
    let reply = patch(&lab, &path, json!({ "jwt_exp": 60 })).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.json()["jwt_exp"], 60);
    let reply = patch(&lab, &path, json!({ "jwt_exp": null })).await;
    assert_eq!(reply.json()["jwt_exp"], 3600, "null unsets");

    // The service's own mail server is for trying out.
    let more = json!({ "rate_limit_email_sent": 30 });
    let reply = patch(&lab, &path, more.clone()).await;
    refused(&reply, StatusCode::UNAUTHORIZED, "Custom SMTP required");
    let reply = patch(
        &lab,
        &path,
        json!({ "smtp_host": "mail.example.com", "rate_limit_email_sent": 30 }),
    )
    .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert_eq!(patch(&lab, &path, more).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_secret_reads_as_a_digest_and_a_digest_written_back_becomes_the_secret() {
    let (lab, path) = lab().await;
    let secret = "correct horse battery staple";
    let changes = json!({ "external_github_secret": secret, "smtp_pass": secret });
    let reply = patch(&lab, &path, changes).await;
    assert!(!reply.text.contains(secret), "not even the answer to the change has it");
    let digest = |reply: &Reply| reply.json()["external_github_secret"].as_str().unwrap().to_owned();
    let first = digest(&lab.get(&path, lab.pat("Ada")).await);
    assert_eq!(first.len(), 64);
    let reply = patch(&lab, &path, json!({ "external_github_secret": first })).await;
    assert_ne!(digest(&reply), first, "the trap: the digest is now the secret");
    let content = lab.content().await.to_string();
    assert!(!content.contains(secret), "the world does not keep it either");
    for empty in [json!(null), json!("")] {
        let reply = patch(&lab, &path, json!({ "smtp_pass": empty })).await;
        assert_eq!(reply.json()["smtp_pass"], Value::Null);
    }
}

#[tokio::test]
async fn the_free_plan_has_no_saml() {
    let lab = Lab::new(json!({})).await;
    let path = format!("/v1/projects/{}/config/auth", lab.reference("Tide Tables"));
    let reply = patch(&lab, &path, json!({ "saml_enabled": true })).await;
    refused(&reply, StatusCode::PAYMENT_REQUIRED, "saml_enabled");
}

#[tokio::test]
async fn a_signing_key_goes_through_its_states() {
    let (lab, path) = lab().await;
    let (keys, ada) = (format!("{path}/signing-keys"), lab.pat("Ada"));
    let legacy = format!("{keys}/legacy");
    refused(&lab.get(&legacy, ada).await, StatusCode::NOT_FOUND, "not found");
    let first = lab.post(&legacy, ada, json!(null)).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let first = format!("{keys}/{}", first.json()["id"].as_str().unwrap());
    refused(
        &lab.post(&legacy, ada, json!(null)).await,
        StatusCode::CONFLICT,
        "already",
    );

    let new = json!({ "algorithm": "ES256" });
    let second = lab.post(&keys, ada, new.clone()).await.json();
    assert_eq!(second["status"], "standby");
    let second = format!("{keys}/{}", second["id"].as_str().unwrap());
    refused(&lab.post(&keys, ada, new).await, StatusCode::CONFLICT, "standby");
    let status = |path: String| {
        let lab = &lab;
        async move { lab.get(&path, lab.pat("Ada")).await.json()["status"].clone() }
    };
    let to = |path: String, status: &'static str| {
        let lab = &lab;
        async move { patch(lab, &path, json!({ "status": status })).await }
    };
    for (key, wrong) in [
        (&first, "standby"),
        (&first, "revoked"),
        (&first, "previously_used"),
        (&second, "revoked"),
        (&second, "lost"),
    ] {
        let reply = to(key.clone(), wrong).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{wrong}: {}", reply.text);
    }
    assert_eq!(to(second.clone(), "in_use").await.status, StatusCode::OK);
    assert_eq!(status(first.clone()).await, "previously_used", "one key is in use");
    // The legacy API keys are signed with the first.
    refused(
        &to(first.clone(), "revoked").await,
        StatusCode::BAD_REQUEST,
        "switch them off",
    );
    let off = path.replace("/config/auth", "/api-keys/legacy?enabled=false");
    assert_eq!(lab.call(Method::PUT, &off, ada, None).await.status, StatusCode::OK);
    assert_eq!(to(first.clone(), "revoked").await.status, StatusCode::OK);
    assert_eq!(
        to(first.clone(), "standby").await.status,
        StatusCode::OK,
        "it may come back"
    );
    assert_eq!(to(first, "in_use").await.status, StatusCode::OK);

    let remove = || lab.call(Method::DELETE, &second, ada, None);
    refused(&remove().await, StatusCode::BAD_REQUEST, "revoked");
    assert_eq!(to(second.clone(), "revoked").await.status, StatusCode::OK);
    refused(&remove().await, StatusCode::BAD_REQUEST, "a while");
    lab.advance(10).await;
    assert_eq!(remove().await.status, StatusCode::OK);
    refused(&remove().await, StatusCode::NOT_FOUND, "Signing key not found");
}

#[tokio::test]
async fn a_private_key_must_fit_and_is_not_kept() {
    let (lab, path) = lab().await;
    let (keys, ada) = (format!("{path}/signing-keys"), lab.pat("Ada"));
    for (body, words) in [
        (json!({ "algorithm": "none" }), "algorithm"),
        (json!({ "algorithm": "ES256", "status": "revoked" }), "status"),
        (
            json!({ "algorithm": "ES256", "private_jwk": { "kty": "RSA" } }),
            "private_jwk.kty",
        ),
        (
            json!({ "algorithm": "HS256", "private_jwk": { "kty": "oct", "k": "short" } }),
            "private_jwk.k",
        ),
        (
            json!({ "algorithm": "EdDSA", "private_jwk": { "kty": "OKP", "crv": "Ed25519", "x": "x" } }),
            "private_jwk.d",
        ),
    ] {
        refused(&lab.post(&keys, ada, body).await, StatusCode::BAD_REQUEST, words);
    }
    let own = json!({ "kty": "oct", "k": "a-shared-secret-of-mine" });
    let made = lab
        .post(&keys, ada, json!({ "algorithm": "HS256", "private_jwk": own }))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert!(!made.text.contains("of-mine") && !lab.content().await.to_string().contains("of-mine"));
}

#[tokio::test]
async fn an_identity_provider_needs_saml_metadata_and_domains_of_its_own() {
    let (lab, path) = lab().await;
    let (providers, ada) = (format!("{path}/sso/providers"), lab.pat("Ada"));
    refused(
        &lab.get(&providers, ada).await,
        StatusCode::NOT_FOUND,
        "SAML 2.0 is not enabled",
    );
    patch(&lab, &path, json!({ "saml_enabled": true })).await;
    let xml = |name: &str| format!("<md:EntityDescriptor entityID=\"{name}\"></md:EntityDescriptor>");
    for (body, words) in [
        (json!({ "type": "oidc", "metadata_url": "https://idp.example" }), "type"),
        (json!({ "type": "saml" }), "one of them"),
        (
            json!({ "type": "saml", "metadata_url": "https://idp.example", "metadata_xml": xml("a") }),
            "not both",
        ),
        (json!({ "type": "saml", "metadata_url": "http://idp.example" }), "HTTPS"),
        (json!({ "type": "saml", "metadata_xml": "<html>" }), "entityID"),
        (
            json!({ "type": "saml", "metadata_xml": xml("a"), "domains": ["not a domain"] }),
            "domains",
        ),
        (
            json!({ "type": "saml", "metadata_xml": xml("a"), "name_id_format": "email" }),
            "name_id_format",
        ),
    ] {
        refused(&lab.post(&providers, ada, body).await, StatusCode::BAD_REQUEST, words);
    }
    let new = |name: &str, domain: &str| json!({ "type": "saml", "metadata_xml": xml(name), "domains": [domain] });
    let first = lab.post(&providers, ada, new("a", "example.com")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    refused(
        &lab.post(&providers, ada, new("a", "example.org")).await,
        StatusCode::CONFLICT,
        "called a",
    );
    refused(
        &lab.post(&providers, ada, new("b", "Example.com")).await,
        StatusCode::CONFLICT,
        "Example.com",
    );
    let nothing = format!("{providers}/00000000-0000-4000-8000-000000000000");
    refused(
        &lab.get(&nothing, ada).await,
        StatusCode::NOT_FOUND,
        "SSO Identity Provider not found",
    );
    refused(
        &lab.get(&format!("{providers}/x"), ada).await,
        StatusCode::BAD_REQUEST,
        "UUID",
    );
    // Its own domain is no obstacle to a change.
    let path = format!("{providers}/{}", first.json()["id"].as_str().unwrap());
    let change = json!({ "metadata_xml": xml("c"), "domains": ["example.com"] });
    let changed = lab.call(Method::PUT, &path, ada, Some(change)).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    assert_eq!(changed.json()["saml"]["entity_id"], "c");
}

#[tokio::test]
async fn an_issuer_is_told_in_one_way() {
    let (lab, path) = lab().await;
    let (issuers, ada) = (format!("{path}/third-party-auth"), lab.pat("Ada"));
    let issuer = json!({ "oidc_issuer_url": "https://issuer.example" });
    for (body, words) in [
        (json!({}), "exactly one"),
        (
            json!({ "oidc_issuer_url": "https://issuer.example", "jwks_url": "https://issuer.example/jwks" }),
            "exactly one",
        ),
        (json!({ "jwks_url": "issuer.example" }), "HTTPS"),
        (json!({ "custom_jwks": [] }), "custom_jwks"),
    ] {
        refused(&lab.post(&issuers, ada, body).await, StatusCode::BAD_REQUEST, words);
    }
    assert_eq!(
        lab.post(&issuers, ada, issuer.clone()).await.status,
        StatusCode::CREATED
    );
    refused(&lab.post(&issuers, ada, issuer).await, StatusCode::CONFLICT, "already");
}
