//! Several instances on one PostgreSQL: one is killed while all of them work, and the database is away for all of them.
//! `make faults` tries more, with more people, for longer. On SQLite there is nothing to be tried.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use futures::{StreamExt, stream};
use management_api::OperationId;
use serde_json::{Value, json};
use server::{Steward, store::sql};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tempfile::TempDir;

use crate::{
    audit::signed_in_as,
    browser::Browser,
    configure::{calls, demo, note_g, reference},
    kill::{Process, cookies},
    stage::{Stage, config_on, data_dir, database_url},
};

const RENAME: &str = "v1-update-a-project";
const WRITES: usize = 90;
const AT_ONCE: usize = 12;

/// Flags of another instance with the key of the stage's console.
fn flags<'a>(stage: &'a Stage, key: &'a str) -> Vec<&'a str> {
    let flags = [
        ["--secret-key", key.trim()],
        // Behind a load balancer all have one public address, so the cookie is the same.
        ["--public-url", stage.steward.url.as_str()],
        ["--supabase-client-id", sandbox::DEMO_CLIENT_ID],
        ["--supabase-client-secret", sandbox::DEMO_CLIENT_SECRET],
    ];
    flags.concat()
}

fn key_of(stage: &Stage) -> String {
    std::fs::read_to_string(stage.dir.path().join("secret.key")).unwrap()
}

/// A process on the database and with the key of the stage's console.
pub struct Another {
    pub process: Process,
    _dir: TempDir,
}

impl Another {
    pub async fn beside(stage: &Stage) -> Option<Self> {
        let (dir, url, key) = (data_dir(), database_url(stage.dir.path())?, key_of(stage));
        let flags = [vec!["--database-url", &url], flags(stage, &key)].concat();
        let process = Process::behind(dir.path(), &stage.sandbox, &flags).await;
        Some(Self { process, _dir: dir })
    }
}

/// The same in this process, so that it can be looked into.
pub struct Second {
    steward: Steward,
    _dir: TempDir,
}

impl Second {
    async fn beside(stage: &Stage) -> Option<Self> {
        Self::with(stage, &[]).await
    }

    /// With more flags.
    pub async fn with(stage: &Stage, more: &[&str]) -> Option<Self> {
        let (dir, url, key) = (data_dir(), database_url(stage.dir.path())?, key_of(stage));
        let flags = [&["--supabase-api-url", &*stage.sandbox], &*flags(stage, &key), more].concat();
        let steward = Steward::start(config_on(Some(url), dir.path(), &flags)).await.unwrap();
        Some(Self { steward, _dir: dir })
    }

    /// Whoever is signed in there, here: the balancer has chosen this one.
    pub fn browser(&self, there: &Browser) -> Browser {
        at(&format!("http://{}", self.steward.bound), there)
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

pub fn at(url: &str, browser: &Browser) -> Browser {
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

/// How long a note is on its way, at most, on a machine that has much to do. What is kept is kept for five seconds.
const ON_ITS_WAY: Duration = Duration::from_millis(300);

async fn within(time: Duration, what: &str, condition: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !condition().await {
        assert!(began.elapsed() < time, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Calls for the list of projects that have reached the sandbox.
async fn lists(stage: &Stage) -> u64 {
    calls(stage, OperationId::ListProjects.as_str())
        .await
        .as_u64()
        .unwrap_or_default()
}

/// Ends the connections on which the instances hear each other.
async fn cut(stage: &Stage) {
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND application_name = 'steward line'";
    sql::query(cut).execute(&stage.steward.state.store.pool).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_at_one_is_read_at_the_others_at_once() {
    let stage = Stage::new().await;
    let Some(second) = Second::beside(&stage).await else {
        return;
    };
    let mut here = stage.signed_in().await;
    let mut there = second.browser(&here);
    let project = stage.projects().await.remove(0);
    assert!(here.get("/projects").await.body.contains(&project.name));
    let before = lists(&stage).await;
    here.get("/projects").await.assert_complete();
    assert_eq!(lists(&stage).await, before, "it is kept");
    let fields = [("ref", &*project.reference), ("name", "Harbour")];
    assert_eq!(there.post(&format!("/do/{RENAME}"), &fields).await.status, 303);
    tokio::time::sleep(ON_ITS_WAY).await;
    let page = here.get("/projects").await;
    assert!(page.body.contains("Harbour"), "{}", page.body);
    assert_eq!(lists(&stage).await, before + 1);
    here.get("/projects").await.assert_complete();
    assert_eq!(lists(&stage).await, before + 1, "from then on it is kept again");
    second.steward.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_hear_the_others_keeps_nothing() {
    let stage = Stage::new().await;
    let Some(second) = Second::beside(&stage).await else {
        return;
    };
    let instances = [&stage.steward.state.instances, &second.steward.state.instances];
    let mut browser = stage.signed_in().await;
    let project = stage.projects().await.remove(0);
    browser.get("/projects").await.assert_complete();
    // As if another had written, and its note were lost with the connection.
    let renamed = json!({ "name": "Harbour" });
    stage
        .patch_upstream(&format!("/v1/projects/{}", project.reference), &renamed)
        .await;
    cut(&stage).await;
    within(ON_ITS_WAY, "it is noticed", async || !instances[0].hears()).await;
    let mut asked = 0;
    while !instances[0].hears() {
        let before = lists(&stage).await;
        let page = browser.get("/projects").await;
        assert!(page.body.contains("Harbour"), "{}", page.body);
        if !instances[0].hears() {
            assert_eq!(lists(&stage).await, before + 1);
            asked += 1;
        }
    }
    assert!(asked > 0, "it was cut off for too short a time");
    within(Duration::from_secs(5), "one of the two leads", async || {
        instances[0].leads().await != instances[1].leads().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_is_seen_on_all_at_once() {
    let (stage, ada) = demo().await;
    let Some(second) = Second::beside(&stage).await else {
        return;
    };
    let project = note_g(&stage).await;
    let mut there = second.browser(&ada);
    for (act, marked) in [("set", true), ("clear", false)] {
        let done = there.post(&format!("/marks/{project}/{act}"), &[]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        within(ON_ITS_WAY, act, async || {
            stage.steward.state.marks.is_marked(&project) == marked
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_counts_on_all_as_soon_as_it_is_given_and_no_longer_than_it_is() {
    let (stage, _) = demo().await;
    let Some(second) = Second::beside(&stage).await else {
        return;
    };
    let (mut alan, grace) = (signed_in_as(&stage, 2).await, signed_in_as(&stage, 1).await);
    let mut there = second.browser(&grace);
    let (world, organizations) = (stage.world().await, stage.organizations().await);
    let organization = organizations.iter().find(|one| one.name == "Quiet Team").unwrap();
    let mark = format!("/marks/{}/set", reference(&stage, "Compiler").await);
    assert_eq!(alan.post(&mark, &[]).await.status, 403, "he is a developer");
    for (role, status) in [("administrator", 303), ("developer", 403)] {
        let fields = [
            ("slug", organization.slug.as_str()),
            ("user_id", world["people"][2]["id"].as_str().unwrap()),
            ("role", role),
            ("_sure", "true"),
        ];
        let done = there.post("/do/v2-assign-organization-member-role", &fields).await;
        assert_eq!(done.status, 303, "{}", done.body);
        tokio::time::sleep(ON_ITS_WAY).await;
        let answer = alan.post(&mark, &[]).await;
        assert_eq!(answer.status, status, "{role}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_ended_at_one_is_used_by_none() {
    let (stage, mut here, projects) = crate::connections::with_three().await;
    let Some(second) = Second::beside(&stage).await else {
        return;
    };
    let shown = |body: &str| projects.iter().filter(|one| body.contains(&one.reference)).count();
    assert_eq!(shown(&here.get("/projects").await.body), 3);
    let mut there = second.browser(&here);
    let page = there.get("/connections").await;
    let id = page.body.split("name=\"connection\" value=\"").nth(2).unwrap();
    let id = id.split('"').next().unwrap();
    let done = there.post(app::paths::DISCONNECT, &[("connection", id)]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    tokio::time::sleep(ON_ITS_WAY).await;
    assert_eq!(shown(&here.get("/projects").await.body), 2);
}

/// The balancer may ask another for the rows than the one that has run the statement.
#[tokio::test(flavor = "multi_thread")]
async fn the_grid_is_given_its_rows_by_whichever_it_reaches() {
    let stage = Stage::new().await;
    let Some(second) = Second::beside(&stage).await else {
        return;
    };
    let mut here = stage.signed_in().await;
    let mut there = second.browser(&here);
    let address = app::paths::sql(&stage.projects().await.remove(0).reference);
    let in_place = [
        ("accept", "text/html"),
        ("sec-fetch-site", "same-origin"),
        ("steward-in-place", "1"),
    ];
    let statement = [("query", "select n from generate_series(1, 500) as n")];
    let page = here.post_multipart(&address, &statement, &[], &in_place).await;
    let from = page
        .body
        .split("data-from=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let rows = there.get(from).await;
    assert_eq!((rows.status.as_u16(), rows.body.lines().count()), (200, 2));
    assert_eq!(here.get(from).await.status, 404, "they are given once");
}
