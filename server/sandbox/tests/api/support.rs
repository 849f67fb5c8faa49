//! A laboratory: one sandbox, one world in it, and ways to call it.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use management_api::Upload;
use sandbox::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Sandbox, Settings};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use url::{Url, form_urlencoded};

pub const REDIRECT: &str = "http://127.0.0.1:3000/sign-in/callback";
pub const VERIFIER: &str = "a-verifier-that-is-long-enough-for-anyone-who-reads-it";

pub struct Lab {
    pub router: Router,
    pub world: Value,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

impl Reply {
    /// The body as JSON; `null` where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    pub fn message(&self) -> String {
        let body = self.json();
        // v2 has it within.
        let message = body.get("error").unwrap_or(&body)["message"].as_str();
        message.unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn location(&self) -> Url {
        Url::parse(self.header("location").expect("a redirect")).unwrap()
    }
}

/// The S256 challenge of a verifier.
pub fn challenge(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

pub fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

/// Content type and body of a deployment.
pub fn multipart(metadata: &Value, files: &[Upload]) -> (String, Vec<u8>) {
    let boundary = "the-boundary-of-the-tests";
    let mut body = Vec::new();
    let mut part = |head: String, content: &[u8]| {
        body.extend_from_slice(format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    part("name=\"metadata\"".to_owned(), metadata.to_string().as_bytes());
    for file in files {
        let head = format!("name=\"file\"; filename=\"{}\"", file.name);
        part(head, &file.content().unwrap());
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// A parameter of a URL's query.
pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

impl Lab {
    /// A world as the options ask for it, where a project takes 10 s to come up.
    pub async fn new(options: Value) -> Self {
        Self::with(Settings::default(), options).await
    }

    /// The same in a sandbox that is set up differently.
    pub async fn with(settings: Settings, options: Value) -> Self {
        let settings = Settings {
            coming_up: Duration::from_secs(10),
            ..settings
        };
        let mut lab = Self {
            router: Sandbox::new(settings).router(),
            world: Value::Null,
        };
        lab.world = lab.more(options).await;
        lab
    }

    /// Whether SQL can be tested here. In CI there must be a PostgreSQL.
    pub async fn has_postgres(&self) -> bool {
        let path = format!("/v1/projects/{}/database/query", self.reference("Note G"));
        let reply = self.post(&path, self.pat("Ada"), json!({ "query": "select 1" })).await;
        if reply.status != StatusCode::SERVICE_UNAVAILABLE {
            return true;
        }
        assert!(std::env::var_os("CI").is_none(), "{}", reply.text);
        eprintln!("skipped: {}", reply.message());
        false
    }

    /// Another world of the same sandbox.
    pub async fn more(&self, options: Value) -> Value {
        let reply = self.control(Method::POST, "/sandbox/worlds", options).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        reply.json()
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub async fn control(&self, method: Method, path: &str, body: Value) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// The control API of this world.
    pub async fn here(&self, method: Method, path: &str, body: Value) -> Reply {
        let path = format!("/sandbox/worlds/{}{path}", self.id());
        self.control(method, &path, body).await
    }

    pub fn id(&self) -> &str {
        self.world["id"].as_str().unwrap()
    }

    /// The world's content as it is now.
    pub async fn content(&self) -> Value {
        self.here(Method::GET, "", json!(null)).await.json()
    }

    pub async fn advance(&self, seconds: u64) {
        let reply = self.here(Method::POST, "/clock", json!({ "advance_s": seconds })).await;
        assert_eq!(reply.status, StatusCode::NO_CONTENT);
    }

    pub async fn fault(&self, fault: Value) {
        let reply = self.here(Method::POST, "/faults", fault).await;
        assert_eq!(reply.status, StatusCode::NO_CONTENT, "{}", reply.text);
    }

    pub async fn call(&self, method: Method, path: &str, token: &str, body: Option<Value>) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(request.body(body).unwrap()).await
    }

    pub async fn get(&self, path: &str, token: &str) -> Reply {
        self.call(Method::GET, path, token, None).await
    }

    pub async fn post(&self, path: &str, token: &str, body: Value) -> Reply {
        self.call(Method::POST, path, token, Some(body)).await
    }

    fn person(&self, name: &str) -> &Value {
        let people = self.world["people"].as_array().unwrap();
        people
            .iter()
            .find(|person| person["name"].as_str().unwrap().starts_with(name))
            .expect(name)
    }

    pub fn person_id(&self, name: &str) -> &str {
        self.person(name)["id"].as_str().unwrap()
    }

    /// The personal access token of the person whose name begins like this.
    pub fn pat(&self, name: &str) -> &str {
        self.person(name)["pat"].as_str().unwrap()
    }

    pub fn slug(&self, name: &str) -> &str {
        let organizations = self.world["organizations"].as_array().unwrap();
        organizations.iter().find(|found| found["name"] == name).expect(name)["slug"]
            .as_str()
            .unwrap()
    }

    pub fn reference(&self, name: &str) -> &str {
        let projects = self.world["projects"].as_array().unwrap();
        projects.iter().find(|found| found["name"] == name).expect(name)["ref"]
            .as_str()
            .unwrap()
    }

    /// The status of a project as the API tells it.
    pub async fn status(&self, reference: &str) -> String {
        let reply = self.get(&format!("/v1/projects/{reference}"), self.pat("Ada")).await;
        reply.json()["status"].as_str().unwrap_or(&reply.text).to_owned()
    }

    pub async fn authorize(&self, parameters: &[(&str, &str)]) -> Reply {
        let uri = format!("/v1/oauth/authorize?{}", form(parameters));
        let request = Request::builder()
            .uri(uri)
            .header(header::COOKIE, format!("sandbox_world={}", self.id()));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Posts the consent form with these fields beside those that fit.
    pub async fn decide(&self, fields: &[(&str, &str)]) -> Reply {
        let challenge = challenge(VERIFIER);
        let fitting = [
            ("client_id", DEMO_CLIENT_ID),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT),
            ("state", "st"),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        let fields: Vec<_> = fields.iter().chain(&fitting).copied().collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri("/v1/oauth/authorize")
            .header(header::COOKIE, format!("other=1; sandbox_world={}", self.id()));
        self.send(request.body(Body::from(form(&fields))).unwrap()).await
    }

    /// A code for this person.
    pub async fn code(&self, name: &str) -> String {
        let reply = self
            .decide(&[("person", self.person_id(name)), ("decision", "authorize")])
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        parameter(&reply.location(), "code").unwrap()
    }

    /// A code of this person's for one of their organizations.
    pub async fn code_for(&self, name: &str, slug: &str) -> String {
        let fields = [
            ("person", self.person_id(name)),
            ("organization", slug),
            ("decision", "authorize"),
        ];
        let reply = self.decide(&fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        parameter(&reply.location(), "code").unwrap()
    }

    /// The token endpoint, the client's id and secret in the body.
    pub async fn token(&self, fields: &[(&str, &str)]) -> Reply {
        let client = [("client_id", DEMO_CLIENT_ID), ("client_secret", DEMO_CLIENT_SECRET)];
        let fields: Vec<_> = fields.iter().chain(&client).copied().collect();
        self.token_as(&fields, None).await
    }

    pub async fn token_as(&self, fields: &[(&str, &str)], authorization: Option<&str>) -> Reply {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri("/v1/oauth/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        self.send(request.body(Body::from(form(fields))).unwrap()).await
    }

    pub async fn exchange(&self, code: &str) -> Reply {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        self.token(&fields).await
    }

    pub async fn refresh(&self, refresh: &str) -> Reply {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh)])
            .await
    }

    /// The whole sign-in.
    pub async fn sign_in(&self, name: &str) -> Tokens {
        let reply = self.exchange(&self.code(name).await).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        tokens(&reply)
    }
}

pub fn tokens(reply: &Reply) -> Tokens {
    let json = reply.json();
    let field = |name: &str| json[name].as_str().unwrap().to_owned();
    Tokens {
        access: field("access_token"),
        refresh: field("refresh_token"),
    }
}
