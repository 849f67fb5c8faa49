//! Several instances on one PostgreSQL: one is killed while all of them work, and the database is away for all of them.
//! `make faults` tries more, with more people, for longer. On SQLite there is nothing to be tried.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use futures::{StreamExt, stream};
use serde_json::{Value, json};
use server::store::sql;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tempfile::TempDir;

use crate::{
    browser::Browser,
    kill::{Process, cookies},
    stage::{Stage, data_dir, database_url},
};

const RENAME: &str = "v1-update-a-project";
const WRITES: usize = 90;
const AT_ONCE: usize = 12;

/// A process on the database and with the key of the stage's console.
struct Another {
    process: Process,
    _dir: TempDir,
}

impl Another {
    async fn beside(stage: &Stage) -> Option<Self> {
        let (dir, url) = (data_dir(), database_url(stage.dir.path())?);
        let key = std::fs::read_to_string(stage.dir.path().join("secret.key")).unwrap();
        let flags = [
            ["--database-url", &url],
            ["--secret-key", key.trim()],
            // Behind a load balancer all have one public address, so the cookie is the same.
            ["--public-url", stage.steward.url.as_str()],
            ["--supabase-client-id", sandbox::DEMO_CLIENT_ID],
            ["--supabase-client-secret", sandbox::DEMO_CLIENT_SECRET],
        ];
        let process = Process::behind(dir.path(), &stage.sandbox, &flags.concat()).await;
        Some(Self { process, _dir: dir })
    }
}

fn names(projects: &Value) -> BTreeSet<String> {
    let projects = projects.as_array().unwrap().iter();
    projects
        .map(|project| project["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_killed_takes_only_its_own_requests_with_it() {
    let stage = Stage::with(json!({ "projects": WRITES, "rate_limit": 100_000 }), &[]).await;
    let (Some(mut killed), Some(third)) = (Another::beside(&stage).await, Another::beside(&stage).await) else {
        return;
    };
    let browser = stage.signed_in().await;
    stage
        .fault(json!({ "operation": RENAME, "kind": "slow", "ms": 60 }))
        .await;
    let own = format!("http://{}", stage.steward.bound);
    let urls = [&own, &killed.process.url, &third.process.url].map(String::clone);
    let (projects, cookies) = (stage.projects().await, cookies(&browser));
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    // One project each, so that its name tells what became of the write.
    let write = |n: usize| {
        let request = http
            .post(format!("{}/do/{RENAME}", urls[n % urls.len()]))
            .header("cookie", &cookies)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .form(&[("ref", projects[n].reference.clone()), ("name", format!("Write {n}"))]);
        async move { (n, request.send().await.map(|answer| answer.status().as_u16()).ok()) }
    };
    let mut writing = stream::iter(0..WRITES).map(write).buffer_unordered(AT_ONCE);
    let mut answered = BTreeMap::new();
    while let Some((n, status)) = writing.next().await {
        answered.insert(n, status);
        if answered.len() == WRITES / 3 {
            killed.process.kill();
        }
    }
    let unanswered = answered.iter().filter(|(_, status)| **status != Some(303));
    let unanswered: Vec<usize> = unanswered.map(|(n, _)| *n).collect();
    assert!(unanswered.iter().all(|n| n % urls.len() == 1), "{answered:?}");
    assert!(!unanswered.is_empty(), "it was killed when all was over");
    // What was on its way may arrive after the end of whoever sent it.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let rows: Vec<(String, String)> = sql::query_as("SELECT parameters, outcome FROM audit WHERE operation = $1")
        .bind(RENAME)
        .fetch_all(&stage.steward.state.store.pool)
        .await
        .unwrap();
    let rows: BTreeMap<String, String> = rows
        .into_iter()
        .map(|(parameters, outcome)| {
            let parameters: Value = serde_json::from_str(&parameters).unwrap();
            (parameters["name"].as_str().unwrap().to_owned(), outcome)
        })
        .collect();
    for name in names(&stage.world().await["projects"]) {
        assert!(
            !name.starts_with("Write") || rows.contains_key(&name),
            "{name} stands nowhere"
        );
    }
    for n in answered.keys().filter(|n| !unanswered.contains(n)) {
        assert_eq!(rows.get(&format!("Write {n}")).map(String::as_str), Some("done"));
    }
    // Whoever was with it goes on elsewhere, without signing in again.
    let mut elsewhere = at(&third.process.url, &browser);
    assert_eq!(elsewhere.get("/projects").await.status, 200);
}

fn at(url: &str, browser: &Browser) -> Browser {
    let mut there = Browser::new(url);
    there.cookies = browser.cookies.clone();
    there
}

/// Lets nobody connect to the database, or everybody again; whoever is connected is cut off.
async fn gate(url: &str, open: bool) {
    let (server, name) = url.split_once('?').unwrap().0.rsplit_once('/').unwrap();
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    let statements = format!(
        "ALTER DATABASE {name} ALLOW_CONNECTIONS {open}; \
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    );
    admin.execute(AssertSqlSafe(statements)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_is_away_that_is_said_and_nothing_is_sent() {
    let stage = Stage::new().await;
    let Some(other) = Another::beside(&stage).await else {
        return;
    };
    let url = database_url(stage.dir.path()).unwrap();
    let browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0).reference;
    let urls = [format!("http://{}", stage.steward.bound), other.process.url.clone()];
    gate(&url, false).await;
    let began = Instant::now();
    let asked = urls.each_ref().map(async |url| {
        let (mut reader, mut writer, mut stranger) = (at(url, &browser), at(url, &browser), Browser::new(url));
        let fields = [("ref", &*project), ("name", "Harbour")];
        let path = format!("/do/{RENAME}");
        let (page, form, health, file, ready) = tokio::join!(
            reader.get("/projects"),
            writer.post(&path, &fields),
            async { stranger.get("/healthz").await.status.as_u16() },
            async { Browser::new(url).get("/robots.txt").await.status.as_u16() },
            async { Browser::new(url).get("/readyz").await.status.as_u16() },
        );
        for answer in [page, form] {
            assert_eq!(answer.status, 503, "{}", answer.body);
            assert!(answer.body.contains("Its database did not answer"), "{}", answer.body);
        }
        assert_eq!((health, file, ready), (200, 200, 503));
    });
    futures::future::join_all(asked).await;
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    assert_eq!(stage.world().await["counters"]["calls"][RENAME], Value::Null);
    gate(&url, true).await;
    for url in &urls {
        let page = at(url, &browser).get("/projects").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains(&project), "{}", page.body);
    }
}
