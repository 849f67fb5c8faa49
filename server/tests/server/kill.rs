//! kill -9 in the middle of many writes: the audit has every write that reached the API, and says what it does not know.
//! And in the middle of refreshes: what cannot be used any more is told as that, and nothing else is lost by it.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    response::Response,
};
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use server::store::{Store, crypto::Vault, key, sql};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    browser::Browser,
    connections::with_three,
    stage::{Stage, data_dir, database_url, database_variable},
};

const RENAME: &str = "v1-update-a-project";
const WRITES: usize = 1_000;
/// So many are under way at once, most of them waiting for the API.
const AT_ONCE: usize = 48;
/// So many have reached the API when the process is killed.
const KILL_AT: usize = 300;
/// How long the API takes.
const SLOW: Duration = Duration::from_millis(60);

/// New names, by which each write is known.
type Names = Arc<Mutex<BTreeSet<String>>>;

/// What lies between the console and the sandbox, and sees each write as it arrives and as it is answered.
#[derive(Clone, Default)]
pub struct Witness {
    reached: Names,
    answered: Names,
    /// Refreshes that have come.
    refreshes: Arc<AtomicUsize>,
    /// Refreshes that the API has made.
    rotated: Arc<AtomicUsize>,
}

impl Witness {
    /// Starts to pass everything on to `sandbox`; gives its own address.
    pub async fn before(&self, sandbox: &str) -> String {
        let (witness, sandbox) = (self.clone(), sandbox.to_owned());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let router = Router::new().fallback(move |request: Request| {
            let (witness, sandbox, http) = (witness.clone(), sandbox.clone(), http.clone());
            async move { witness.pass(&http, &sandbox, request).await }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    async fn pass(&self, http: &reqwest::Client, sandbox: &str, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        // Of the refreshes the first is answered, the answer to the second is lost, and the third never gets there.
        let refresh = (parts.uri.path() == "/v1/oauth/token").then(|| self.refreshes.fetch_add(1, Ordering::SeqCst));
        if refresh.is_some_and(|number| number > 1) {
            return std::future::pending().await;
        }
        // The sandbox bounds what it answers; the service may not.
        if body.windows(MANY.len()).any(|part| part == MANY.as_bytes()) {
            return fifty_megabytes();
        }
        let name = (parts.method == "PATCH").then(|| {
            let body: Value = serde_json::from_slice(&body).unwrap();
            body["name"].as_str().unwrap().to_owned()
        });
        if let Some(name) = &name {
            self.reached.lock().unwrap().insert(name.clone());
        }
        let mut onward = http.request(parts.method, format!("{sandbox}{}", parts.uri)).body(body);
        for header in ["authorization", "content-type"] {
            if let Some(value) = parts.headers.get(header) {
                onward = onward.header(header, value);
            }
        }
        let answer = onward.send().await.unwrap();
        let mut response = Response::builder().status(answer.status());
        for (header, value) in answer.headers() {
            if header.as_str().starts_with("x-ratelimit") || header == "content-type" {
                response = response.header(header, value);
            }
        }
        let body = answer.bytes().await.unwrap();
        if let Some(number) = refresh {
            self.rotated.fetch_add(1, Ordering::SeqCst);
            if number > 0 {
                return std::future::pending().await;
            }
        }
        if let Some(name) = name {
            tokio::time::sleep(SLOW).await;
            self.answered.lock().unwrap().insert(name);
        }
        response.body(Body::from(body)).unwrap()
    }

    fn reached(&self) -> BTreeSet<String> {
        self.reached.lock().unwrap().clone()
    }
}

/// What a statement holds that is answered with rows of fifty megabytes.
pub const MANY: &str = "fifty megabytes";

fn fifty_megabytes() -> Response {
    let row = |n: u32| {
        let before = if n == 0 { "[" } else { "," };
        let row = format!("{before}{{\"n\":{n},\"text\":\"{}\"}}", "x".repeat(1_000));
        Ok::<_, std::convert::Infallible>(Bytes::from(row))
    };
    let rows = stream::iter((0..50_000).map(row)).chain(stream::iter([Ok(Bytes::from("]"))]));
    let response = Response::builder()
        .status(201)
        .header("content-type", "application/json");
    response.body(Body::from_stream(rows)).unwrap()
}

/// The real binary; it is killed with the test, whatever happens.
pub struct Process {
    pub child: Child,
    pub url: String,
}

impl Process {
    pub async fn start(dir: &Path, api: &str) -> Self {
        Self::with(dir, api, &[]).await
    }

    /// The same, with more flags.
    async fn with(dir: &Path, api: &str, flags: &[&str]) -> Self {
        Self::at("127.0.0.1:0", dir, api, flags).await
    }

    /// One of several behind a load balancer, whose public address is another than its own.
    pub async fn behind(dir: &Path, api: &str, flags: &[&str]) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let mut process = Self::at(&free.to_string(), dir, api, flags).await;
        process.url = format!("http://{free}");
        process
    }

    async fn at(addr: &str, dir: &Path, api: &str, flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_steward"))
            .args(["--addr", addr, "--supabase-api-url", api, "--data-dir"])
            .arg(dir)
            .args(flags)
            .envs(database_variable(dir))
            .env("RUST_LOG", "off")
            // What is freed is given back at once, so that its memory tells what it holds.
            .env("MIMALLOC_PURGE_DELAY", "0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let line = tokio::task::spawn_blocking(move || {
            lines.read_line(&mut line).unwrap();
            line
        })
        .await
        .unwrap();
        let url = line.split("Steward is at ").nth(1).unwrap();
        let url = url.split([',', '\n']).next().unwrap().trim_end_matches('/').to_owned();
        Self { child, url }
    }

    /// kill -9, and waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Kilobytes of memory that are the process' own, without what is mapped of its program.
fn memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The memory of a process, which is looked at all the time.
pub struct Watched {
    before: usize,
    most: Arc<AtomicUsize>,
    watching: JoinHandle<()>,
}

impl Watched {
    pub fn process(process: &Process) -> Self {
        let (id, most) = (process.child.id(), Arc::new(AtomicUsize::new(0)));
        let before = memory(id);
        let seen = most.clone();
        let watching = tokio::spawn(async move {
            loop {
                seen.fetch_max(memory(id), Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        });
        Self { before, most, watching }
    }

    /// By how many kilobytes it has grown at most; printed as `what`.
    pub fn grown(self, what: &str) -> usize {
        self.watching.abort();
        let (before, most) = (self.before, self.most.load(Ordering::Relaxed));
        let grown = most.saturating_sub(before);
        println!("{what}: {before} kB before, {most} kB at most: grown by {grown} kB");
        grown
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn signed_in(url: &str, pat: &str) -> Browser {
    let mut browser = Browser::new(url);
    let fields = [("token", pat), ("return_to", "/healthz")];
    let answer = browser.post("/sign-in/token", &fields).await;
    assert_eq!(answer.location(), "/healthz", "{}", answer.body);
    browser
}

/// Its cookies as a header.
pub fn cookies(browser: &Browser) -> String {
    let pairs = browser.cookies.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("; ")
}

/// Sends the writes until they are done or nobody listens any more.
async fn write(url: String, cookies: String, projects: Vec<String>) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let one = |n: usize| {
        let fields = [
            ("ref", projects[n % projects.len()].clone()),
            ("name", format!("Write {n}")),
        ];
        let request = http
            .post(format!("{url}/do/{RENAME}"))
            .header("cookie", &cookies)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .form(&fields);
        // Most of the later ones fail, since that is what the test is about.
        async move { drop(request.send().await) }
    };
    futures::stream::iter(0..WRITES)
        .map(one)
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<()>>()
        .await;
}

struct Row {
    name: String,
    outcome: String,
    message: Option<String>,
}

async fn rows(dir: &Path) -> Vec<Row> {
    let vault = Vault::new(&key::load(None, dir).unwrap()).unwrap();
    let store = Store::open(database_url(dir).as_deref(), dir, vault).await.unwrap();
    let rows: Vec<(String, String, Option<String>)> =
        sql::query_as("SELECT parameters, outcome, message FROM audit WHERE operation = $1")
            .bind(RENAME)
            .fetch_all(&store.pool)
            .await
            .unwrap();
    store.close().await;
    let row = |(parameters, outcome, message): (String, _, _)| {
        let parameters: Value = serde_json::from_str(&parameters).unwrap();
        Row {
            name: parameters["name"].as_str().unwrap().to_owned(),
            outcome,
            message,
        }
    };
    rows.into_iter().map(row).collect()
}

#[tokio::test]
async fn no_write_that_reached_the_api_is_lost() {
    let stage = Stage::with(json!({ "projects": 8, "rate_limit": 100_000 }), &[]).await;
    let witness = Witness::default();
    let api = witness.before(&stage.sandbox).await;
    let dir = data_dir();
    let mut steward = Process::start(dir.path(), &api).await;
    let pat = stage.world().await["people"][0]["pat"].as_str().unwrap().to_owned();
    let browser = signed_in(&steward.url, &pat).await;
    let projects = stage
        .projects()
        .await
        .into_iter()
        .map(|project| project.reference)
        .collect();

    let writing = tokio::spawn(write(steward.url.clone(), cookies(&browser), projects));
    // A slow machine gets less far in this time; it is in the middle all the same.
    for _ in 0..2_000 {
        if witness.reached().len() >= KILL_AT {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    steward.kill();
    tokio::time::timeout(Duration::from_secs(5), writing)
        .await
        .unwrap()
        .unwrap();
    // What was on its way may arrive after the end of whoever sent it.
    tokio::time::sleep(SLOW * 3).await;
    let (reached, answered) = (witness.reached(), witness.answered.lock().unwrap().clone());
    assert!(
        (50..WRITES).contains(&reached.len()),
        "{} writes reached the API",
        reached.len()
    );

    let again = Process::start(dir.path(), &api).await;
    let rows = rows(dir.path()).await;
    let recorded: BTreeSet<String> = rows.iter().map(|row| row.name.clone()).collect();
    assert_eq!(recorded.len(), rows.len(), "a write has two rows");
    let lost: Vec<_> = reached.difference(&recorded).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let counted = stage.world().await["counters"]["calls"][RENAME].as_u64().unwrap() as usize;
    assert!(
        counted <= rows.len(),
        "the sandbox counts {counted}, the audit {}",
        rows.len()
    );

    let mut unknown = 0;
    for row in &rows {
        match row.outcome.as_str() {
            "done" => assert!(answered.contains(&row.name), "{} cannot be known to be done", row.name),
            "unknown" => {
                unknown += 1;
                assert!(
                    row.message.as_ref().unwrap().contains("is not known"),
                    "{:?}",
                    row.message
                );
            }
            other => panic!("{} is {other}", row.name),
        }
    }
    assert!(unknown > 0, "nothing was under way at the end");

    // And the person is told.
    let page = signed_in(&again.url, &pat).await.get("/audit?outcome=unknown").await;
    page.assert_complete();
    assert_eq!(
        page.body.matches("<span class=\"badge-word\">Outcome unknown").count(),
        unknown.min(50),
        "{}",
        page.body
    );
}

/// The same person at another console with the same data: the cookie has the name of its port.
fn at(url: &str, browser: &Browser) -> Browser {
    let port = url.rsplit(':').next().unwrap();
    let mut there = Browser::new(url);
    let cookies = browser.cookies.iter();
    there.cookies = cookies
        .map(|(name, value)| match name.rsplit_once('-') {
            Some(("steward", _)) => (format!("steward-{port}"), value.clone()),
            Some(_) | None => (name.clone(), value.clone()),
        })
        .collect();
    there
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_in_the_middle_of_which_it_is_killed_costs_no_other_connection() {
    let (stage, browser, projects) = with_three().await;
    let witness = Witness::default();
    let api = witness.before(&stage.sandbox).await;
    let (id, secret) = (sandbox::DEMO_CLIENT_ID, sandbox::DEMO_CLIENT_SECRET);
    let flags = ["--supabase-client-id", id, "--supabase-client-secret", secret];
    let mut steward = Process::with(stage.dir.path(), &api, &flags).await;
    stage.tokens_end_in(-1).await;
    let mut there = at(&steward.url, &browser);
    // It has no answer: that is what this is about.
    let asking = tokio::spawn(async move { there.get("/projects").await });
    for _ in 0..2_000 {
        if witness.refreshes.load(Ordering::SeqCst) == 3 && witness.rotated.load(Ordering::SeqCst) == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    if asking.is_finished() {
        let page = asking.await.unwrap();
        panic!("it was answered: {} {} {}", page.status, page.location(), page.body);
    }
    assert_eq!(witness.refreshes.load(Ordering::SeqCst), 3);
    // Time to write down the one that was answered.
    tokio::time::sleep(Duration::from_millis(300)).await;
    steward.kill();
    asking.abort();

    // Started again: one was kept, one is dead and says so, one has still to be refreshed; and nobody is signed out.
    let again = Process::with(stage.dir.path(), &stage.sandbox, &flags).await;
    let mut browser = at(&again.url, &browser);
    // A process that was killed cannot give back its turn: so long the others wait, and nothing is sent twice.
    let waits = browser.get("/projects").await;
    let shown = projects
        .iter()
        .filter(|one| waits.body.contains(&one.reference))
        .count();
    assert_eq!(shown, 1, "{}", waits.body);
    let waits = browser.get("/connections").await;
    assert_eq!(
        waits.body.matches("still being renewed. Again in").count(),
        2,
        "{}",
        waits.body
    );
    stage.leases_end().await;
    // What was found out about each stands in for it for some seconds.
    let mut list = browser.get("/projects").await;
    for _ in 0..40 {
        if list.body.contains("2 of 3 organizations connected") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
        list = browser.get("/projects").await;
    }
    assert_eq!(list.status, 200);
    let shown = projects.iter().filter(|one| list.body.contains(&one.reference)).count();
    assert_eq!(shown, 2, "{}", list.body);
    assert!(list.body.contains("2 of 3 organizations connected"), "{}", list.body);
    let page = browser.get("/connections").await;
    assert_eq!(page.body.matches("Connect it").count(), 1, "{}", page.body);
    assert_eq!(
        page.body.matches("name=\"connection\" value=").count(),
        3,
        "{}",
        page.body
    );
    assert_eq!(stage.accounts().await.len(), 3, "none is lost");
}
