//! The whole stack against a small upstream of our own, and what its tests share.

mod audit;
mod coalesce;
mod concurrency;
mod token;
mod transport;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::error::ConsoleError;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::future::BoxFuture;
use management_api::{Operation, projects::*};
use secrecy::{ExposeSecret, SecretString};
use tokio::{net::TcpListener, sync::Semaphore};
use url::Url;

use super::*;
use crate::{
    audit_log::{AuditId, AuditLog, End, Intent},
    identity::{Caller, Identity, PersonId, Through},
};

/// The token that the upstream accepts in the tests where it looks.
const FRESH: &str = "sbp_oauth_fresh";
const EXPIRED: &str = "sbp_oauth_expired";
/// A password that must never be found where it does not belong.
const PASSWORD: &str = "correct-horse-battery";

pub fn caller(name: &str) -> Caller {
    Caller {
        account: AccountKey::from(format!("account-of-{name}")),
        person: PersonId::from(name.to_owned()),
        email: Some(format!("{name}@example.com")),
        label: format!("{name}@example.com"),
        identified: true,
        identity: Identity::App,
        through: Through::Console,
        request: None,
    }
}

pub fn call<O: Operation>(name: &str, operation: &O) -> Call {
    Call::new(caller(name), management_api::Request::of(operation).unwrap())
}

/// What upstream answers.
pub fn answer(status: u16, body: &str, rate: Rate) -> Answer {
    Answer {
        status,
        body: Bytes::copy_from_slice(body.as_bytes()),
        source: Source::Upstream,
        rate,
        request_id: None,
        cut: false,
    }
}

pub fn get(project: &str) -> GetProject {
    GetProject {
        project: project.to_owned(),
    }
}

pub fn rename(project: &str) -> UpdateProject {
    UpdateProject {
        project: project.to_owned(),
        name: "New name".to_owned(),
    }
}

fn create() -> CreateProject {
    CreateProject {
        organization_slug: "acme".to_owned(),
        name: "Shop".to_owned(),
        db_pass: PASSWORD.to_owned().into(),
        region: "eu-central-1".to_owned(),
        desired_instance_size: None,
        release_channel: None,
        postgres_engine: None,
        high_availability: None,
    }
}

/// A request as it came in upstream.
#[derive(Clone, Debug)]
struct Seen {
    method: String,
    /// With the query.
    path: String,
    headers: HeaderMap,
    body: String,
}

impl Seen {
    fn token(&self) -> &str {
        self.headers["authorization"]
            .to_str()
            .unwrap()
            .strip_prefix("Bearer ")
            .unwrap()
    }
}

/// What every read of a single thing can be read from; only such answers are kept.
const CONTENT: &str = r#"{
    "ref": "shop", "organization_slug": "acme", "name": "Shop", "region": "eu-central-1", "status": "ACTIVE_HEALTHY",
    "created_at": "2026-01-01T00:00:00Z", "projects": [], "pagination": { "count": 0, "limit": 100, "offset": 0 }
}"#;

/// An upstream that answers as the test says and remembers what it was asked.
struct Upstream {
    url: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Upstream {
    async fn start<F, Fut, R>(answer: F) -> Self
    where
        F: Fn(Seen) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = R> + Send + 'static,
        R: IntoResponse + 'static,
    {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let memory = seen.clone();
        let router = Router::new().fallback(move |request: Request| {
            let (answer, memory) = (answer.clone(), memory.clone());
            async move {
                let (parts, body) = request.into_parts();
                let body = to_bytes(body, usize::MAX).await.unwrap();
                let seen = Seen {
                    method: parts.method.to_string(),
                    path: parts.uri.to_string(),
                    headers: parts.headers,
                    body: String::from_utf8(body.to_vec()).unwrap(),
                };
                memory.lock().unwrap().push(seen.clone());
                answer(seen).await.into_response()
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, seen }
    }

    /// Answers everything with what can be read.
    async fn content() -> Self {
        Self::start(|seen: Seen| async move { if seen.path == "/v1/projects" { "[]" } else { CONTENT } }).await
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until so many requests have come in.
    async fn reached(&self, calls: usize) {
        eventually(async || self.seen().len() >= calls).await;
    }

    fn settings(&self) -> StackSettings {
        StackSettings::new(self.url.clone()).unwrap()
    }

    fn stack(&self) -> CallStack {
        CallStack::new(
            self.settings(),
            Arc::new(FakeTokens::holding(FRESH)),
            Arc::new(Memory::default()),
        )
    }
}

/// Tokens that are renewed once for all who ask with the same refused one.
struct FakeTokens {
    token: tokio::sync::Mutex<SecretString>,
    renewals: AtomicUsize,
}

impl FakeTokens {
    fn holding(token: &str) -> Self {
        Self {
            token: tokio::sync::Mutex::new(token.into()),
            renewals: AtomicUsize::new(0),
        }
    }
}

impl Tokens for FakeTokens {
    fn current(&self, _: &AccountKey) -> BoxFuture<'_, Result<SecretString, ConsoleError>> {
        Box::pin(async { Ok(self.token.lock().await.clone()) })
    }

    fn renewed(&self, _: &AccountKey, refused: &SecretString) -> BoxFuture<'_, Result<SecretString, ConsoleError>> {
        let refused = refused.clone();
        Box::pin(async move {
            let mut token = self.token.lock().await;
            if token.expose_secret() == refused.expose_secret() {
                self.renewals.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                *token = FRESH.into();
            }
            Ok(token.clone())
        })
    }
}

/// An audit that lies in memory and can be made to fail.
#[derive(Default)]
struct Memory {
    broken: bool,
    lines: Mutex<Vec<String>>,
}

impl Memory {
    fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

impl AuditLog for Memory {
    fn begin(&self, intent: Intent) -> BoxFuture<'_, Result<AuditId, ConsoleError>> {
        let answer = if self.broken {
            Err(ConsoleError::Internal {
                message: "The audit is broken.".to_owned(),
            })
        } else {
            self.lines
                .lock()
                .unwrap()
                .push(format!("begin: {}", intent.sentence.text));
            Ok(AuditId(1))
        };
        Box::pin(async { answer })
    }

    fn finish(&self, _: AuditId, end: End) -> BoxFuture<'_, ()> {
        self.lines.lock().unwrap().push(format!("finish: {:?}", end.outcome));
        Box::pin(async {})
    }

    fn read(&self, intent: Intent, end: End) {
        self.lines
            .lock()
            .unwrap()
            .push(format!("read: {} {:?}", intent.sentence.text, end.outcome));
    }
}

/// Waits for `condition`, and fails if it does not come true in a long time.
async fn eventually(condition: impl AsyncFn() -> bool) {
    for _ in 0..2_000 {
        if condition().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("waited in vain");
}

/// Holds requests upstream until the test lets one or more go.
fn gate() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(0))
}

async fn pass(gate: &Semaphore) {
    gate.acquire().await.unwrap().forget();
}

fn refusing(status: u16, message: &str) -> Response {
    let body = serde_json::json!({ "message": message }).to_string();
    (StatusCode::from_u16(status).unwrap(), Body::from(body)).into_response()
}

#[tokio::test]
async fn the_stack_is_idle_once_calls_without_a_caller_are_over() {
    let gate = gate();
    let held = gate.clone();
    let upstream = Upstream::start(move |_| {
        let held = held.clone();
        async move {
            pass(&held).await;
            "{}"
        }
    })
    .await;
    let audit = Arc::new(Memory::default());
    let stack = CallStack::new(upstream.settings(), Arc::new(FakeTokens::holding(FRESH)), audit.clone());
    let writer = stack.clone();
    let caller = tokio::spawn(async move { writer.send(call("ada", &rename("shop"))).await });
    upstream.reached(1).await;
    caller.abort();
    assert!(
        tokio::time::timeout(Duration::from_millis(50), stack.idle())
            .await
            .is_err()
    );
    gate.add_permits(1);
    stack.idle().await;
    assert_eq!(
        audit.lines().last().unwrap(),
        "finish: Done { status: 200, understood: true, left_out: None }"
    );
}
