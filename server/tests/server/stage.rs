//! Stage: a console with its sandbox, and a world of the sandbox's made for one test.

use std::{
    collections::HashMap,
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex, PoisonError},
};

use clap::Parser;
use serde_json::{Value, json};
use server::{
    Steward,
    config::{Arguments, Config},
    identity::AccountKey,
    store::sql::{self, Dialect, Transaction},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::{browser::Browser, logs};

pub struct Stage {
    pub steward: Steward,
    /// The sandbox, which may be that of another stage.
    pub sandbox: String,
    /// The world's id in the sandbox.
    pub world: String,
    pub dir: TempDir,
    control: reqwest::Client,
}

/// A project of the world.
#[derive(serde::Deserialize)]
pub struct Project {
    #[serde(rename = "ref")]
    pub reference: String,
    pub name: String,
}

#[derive(serde::Deserialize)]
pub struct Organization {
    pub slug: String,
    pub name: String,
}

/// A directory for a console's data that only its owner enters, as Steward wants it.
pub fn data_dir() -> TempDir {
    let private = Permissions::from_mode(0o700);
    tempfile::Builder::new().permissions(private).tempdir().unwrap()
}

/// Where the store of a console in `dir` is to be. With `STEWARD_TEST_POSTGRES` it is a PostgreSQL database, the same for
/// each start there; else the file that it is by itself.
pub fn database_url(dir: &Path) -> Option<String> {
    static LENT: LazyLock<Mutex<HashMap<PathBuf, String>>> = LazyLock::new(Mutex::default);
    std::env::var_os("STEWARD_TEST_POSTGRES")?;
    let lend = || {
        let lending = || Runtime::new().unwrap().block_on(sandbox::lend_database()).unwrap();
        // On a thread without a runtime, since a test's own is what waits here.
        std::thread::spawn(lending).join().unwrap()
    };
    let mut lent = LENT.lock().unwrap_or_else(PoisonError::into_inner);
    Some(lent.entry(dir.to_owned()).or_insert_with(lend).clone())
}

/// The same as a variable of the real binary's.
pub fn database_variable(dir: &Path) -> Option<(&'static str, String)> {
    database_url(dir).map(|url| ("STEWARD_DATABASE_URL", url))
}

/// Flags of a console in `dir`, as on the command line.
pub fn config(dir: &Path, more: &[&str]) -> Config {
    config_on(database_url(dir), dir, more)
}

/// The same, on a database that is told.
pub fn config_on(database: Option<String>, dir: &Path, more: &[&str]) -> Config {
    let dir = dir.to_str().unwrap();
    let flags = [
        "steward",
        "--addr",
        "127.0.0.1:0",
        "--sandbox-addr",
        "127.0.0.1:0",
        "--data-dir",
        dir,
    ];
    let arguments = Arguments::try_parse_from(flags.iter().chain(more)).unwrap();
    let mut config = Config::check(arguments.settings).unwrap();
    config.database_url = database.map(Into::into).or(config.database_url);
    config
}

/// One sign-in opens a whole world, as the grants did that are still alive from before, unless the test asks for those of
/// today: most tests are about something else.
fn of_old_grants(mut world: Value) -> Value {
    if let Value::Object(options) = &mut world {
        options.entry("grant").or_insert("all".into());
    }
    world
}

impl Stage {
    /// A world with three projects.
    pub async fn new() -> Self {
        Self::with(json!({ "projects": 3 }), &[]).await
    }

    /// `world`: what the sandbox's control API takes. `flags`: more of the command line.
    pub async fn with(world: Value, flags: &[&str]) -> Self {
        Self::configured(world, flags, |_| {}).await
    }

    /// The same, where the configuration is to be another than flags can make it.
    pub async fn configured(world: Value, flags: &[&str], change: impl FnOnce(&mut Config)) -> Self {
        logs::capture();
        let dir = data_dir();
        let mut config = config(dir.path(), flags);
        change(&mut config);
        let steward = Steward::start(config).await.unwrap();
        let sandbox = steward.sandbox_url.clone().unwrap().origin().ascii_serialization();
        let control = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut stage = Self {
            steward,
            sandbox,
            world: String::new(),
            dir,
            control,
        };
        let made = stage
            .control
            .post(format!("{}/sandbox/worlds", stage.sandbox))
            .json(&of_old_grants(world))
            .send()
            .await
            .unwrap();
        assert_eq!(made.status(), 201);
        let made: Value = made.json().await.unwrap();
        stage.world = made["id"].as_str().unwrap().to_owned();
        stage
    }

    /// A console of the test's own, on a sandbox and a world that are there.
    pub fn of(steward: Steward, sandbox: String, world: String, dir: TempDir) -> Self {
        Self {
            steward,
            sandbox,
            world,
            dir,
            control: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    /// Another world of the same sandbox: what its control API tells of it.
    pub async fn another_world(&self, world: &Value) -> Value {
        let worlds = format!("{}/sandbox/worlds", self.sandbox);
        let made = self
            .control
            .post(worlds)
            .json(&of_old_grants(world.clone()))
            .send()
            .await
            .unwrap();
        made.json().await.unwrap()
    }

    /// An address of the console.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.steward.url.origin().ascii_serialization())
    }

    /// A browser that nobody has used yet; at the sandbox it meets this stage's world.
    pub fn browser(&self) -> Browser {
        let mut browser = Browser::new(self.steward.url.as_str());
        browser.set_cookie("sandbox_world", &self.world);
        browser
    }

    /// A browser in which the first person of the world is signed in.
    pub async fn signed_in(&self) -> Browser {
        let mut browser = self.browser();
        let page = browser.sign_in("/healthz").await;
        assert_eq!(page.status, 200, "{}", page.body);
        browser
    }

    /// A console of this data directory, whose sandbox is this stage's, and so goes on after the console's end.
    pub async fn beside(&self, dir: &Path) -> Steward {
        let flags = [
            "--supabase-api-url",
            &self.sandbox,
            "--supabase-client-id",
            sandbox::DEMO_CLIENT_ID,
            "--supabase-client-secret",
            sandbox::DEMO_CLIENT_SECRET,
        ];
        Steward::start(config(dir, &flags)).await.unwrap()
    }

    /// Somebody of this world who has signed in at that console.
    pub async fn signed_in_at(&self, steward: &Steward) -> Browser {
        let mut browser = Browser::new(steward.url.as_str());
        browser.set_cookie("sandbox_world", &self.world);
        assert_eq!(browser.sign_in("/healthz").await.status, 200);
        browser
    }

    /// What the sandbox tells of the world.
    pub async fn world(&self) -> Value {
        self.control
            .get(self.control_url(""))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Asks the sandbox's control API for something, such as `tokens/expire`.
    pub async fn control(&self, what: &str) {
        let done = self
            .control
            .post(self.control_url(&format!("/{what}")))
            .send()
            .await
            .unwrap();
        assert_eq!(done.status(), 204, "{what}");
    }

    /// Fills the disk of a project's database, which then takes no writes.
    pub async fn fill_disk(&self, project: &str) {
        let done = self
            .control
            .post(self.control_url("/disk"))
            .json(&json!({ "ref": project, "full": true }))
            .send()
            .await
            .unwrap();
        assert_eq!(done.status(), 204);
    }

    /// Lets the world's clock go forward.
    pub async fn advance(&self, seconds: u64) {
        let done = self
            .control
            .post(self.control_url("/clock"))
            .json(&json!({ "advance_s": seconds }))
            .send()
            .await
            .unwrap();
        assert_eq!(done.status(), 204);
    }

    /// Asks the sandbox's API itself for something, in the name of the world's first person.
    pub async fn post_upstream(&self, path: &str, body: &Value) -> String {
        self.ask_upstream(reqwest::Method::POST, path, Some(body)).await
    }

    /// The same to take something away.
    pub async fn delete_upstream(&self, path: &str) {
        self.ask_upstream(reqwest::Method::DELETE, path, None).await;
    }

    /// The same to change something.
    pub async fn patch_upstream(&self, path: &str, body: &Value) {
        self.ask_upstream(reqwest::Method::PATCH, path, Some(body)).await;
    }

    /// What the sandbox's API itself says.
    pub async fn get_upstream(&self, path: &str) -> Value {
        let text = self.ask_upstream(reqwest::Method::GET, path, None).await;
        serde_json::from_str(&text).unwrap()
    }

    async fn ask_upstream(&self, method: reqwest::Method, path: &str, body: Option<&Value>) -> String {
        let world = self.world().await;
        let token = world["people"][0]["pat"].as_str().unwrap();
        let mut asked = self
            .control
            .request(method, format!("{}{path}", self.sandbox))
            .bearer_auth(token);
        if let Some(body) = body {
            asked = asked.json(body);
        }
        let done = asked.send().await.unwrap();
        let (status, text) = (done.status(), done.text().await.unwrap());
        assert!(status.is_success(), "{path}: {text}");
        text
    }

    /// A scoped personal token of the world, as the sandbox's control API is asked for one.
    pub async fn scoped_token(&self, asked: &Value) -> String {
        let made = self
            .control
            .post(self.control_url("/tokens"))
            .json(asked)
            .send()
            .await
            .unwrap();
        assert_eq!(made.status(), 201);
        let made: Value = made.json().await.unwrap();
        made["token"].as_str().unwrap().to_owned()
    }

    pub async fn fault(&self, fault: Value) {
        let done = self
            .control
            .post(self.control_url("/faults"))
            .json(&fault)
            .send()
            .await
            .unwrap();
        assert_eq!(done.status(), 204, "{fault}");
    }

    pub async fn clear_faults(&self) {
        let done = self.control.delete(self.control_url("/faults")).send().await.unwrap();
        assert_eq!(done.status(), 204);
    }

    fn control_url(&self, what: &str) -> String {
        format!("{}/sandbox/worlds/{}{what}", self.sandbox, self.world)
    }

    pub async fn projects(&self) -> Vec<Project> {
        serde_json::from_value(self.world().await["projects"].take()).unwrap()
    }

    pub async fn organizations(&self) -> Vec<Organization> {
        serde_json::from_value(self.world().await["organizations"].take()).unwrap()
    }

    /// The keys of everybody signed in.
    pub async fn accounts(&self) -> Vec<AccountKey> {
        let keys: Vec<String> = sql::query_scalar("SELECT key FROM accounts")
            .fetch_all(&self.steward.state.store.pool)
            .await
            .unwrap();
        keys.into_iter().map(AccountKey::from).collect()
    }

    /// Lets nobody write the audit until it is dropped.
    pub async fn locked_audit(&self) -> Transaction {
        let mut lock = self.steward.state.store.pool.begin().await.unwrap();
        if lock.dialect() == Dialect::Postgres {
            let all = sql::query("LOCK TABLE audit IN EXCLUSIVE MODE");
            all.execute(&mut lock).await.unwrap();
        }
        lock
    }

    /// From here on the database takes no row of the audit.
    pub async fn refuse_audit(&self) {
        let pool = &self.steward.state.store.pool;
        let refuse = match pool.dialect() {
            Dialect::Sqlite => "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, 'full'); END",
            Dialect::Postgres => "ALTER TABLE audit ADD CONSTRAINT no_audit CHECK (false) NOT VALID",
        };
        sql::query(refuse).execute(pool).await.unwrap();
    }

    /// Makes every access token end in `seconds`, by Steward's own clock.
    pub async fn tokens_end_in(&self, seconds: i64) {
        sql::query("UPDATE accounts SET access_expires_at = $1")
            .bind(server::store::now() + seconds)
            .execute(&self.steward.state.store.pool)
            .await
            .unwrap();
    }

    /// Lets the time of every refresh that is under way be over, as it is some while after its process was killed.
    pub async fn leases_end(&self) {
        sql::query("UPDATE accounts SET lease_until = 0")
            .execute(&self.steward.state.store.pool)
            .await
            .unwrap();
    }
}
