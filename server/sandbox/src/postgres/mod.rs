//! PostgreSQL behind the sandbox: a cluster of its own that starts with the first call that needs it, and in it a
//! database for every project that SQL was sent to.
//!
//! People send any SQL they like, so a project's roles are no superusers, may make no roles, and may connect to that
//! project's database alone. What all databases share are the roles of [`roles.sql`](self), as which nobody signs in.

mod cluster;
mod login;
mod message;
mod programs;
mod session;
mod statements;
mod values;

use std::{
    collections::HashSet,
    io,
    path::PathBuf,
    sync::{Arc, Mutex as Short, PoisonError},
    time::Duration,
};

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use tokio::sync::Mutex;

use self::cluster::{ADMIN, Cluster};
pub use self::login::Login;
pub use self::session::{Session, Whole, code, refusal};
use crate::{
    answer::Refusal,
    token::{self, WorldId},
};

/// Why there is no database to ask.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(
        "PostgreSQL is not installed where the sandbox runs: install it (Debian: apt install postgresql) to run SQL."
    )]
    NotInstalled,
    #[error("PostgreSQL {0} is not installed, and another version cannot read what it kept.")]
    OtherVersion(u32),
    #[error("PostgreSQL {major} is not installed, and another version cannot read {home}: install it, or delete that directory.", home = .home.display())]
    Kept { major: u32, home: PathBuf },
    #[error("PostgreSQL does not run as root, and there is neither a user postgres nor nobody.")]
    OnlyRoot,
    #[error("{path} belongs to somebody else, so the sandbox keeps no databases there.", path = .0.display())]
    NotOurs(PathBuf),
    #[error("Another sandbox uses {path}.", path = .0.display())]
    InUse(PathBuf),
    #[error("PostgreSQL could not make its files. {0}")]
    Initdb(String),
    #[error("PostgreSQL did not start.")]
    Silent,
    #[error("PostgreSQL cannot be used: {0}.")]
    Io(#[from] io::Error),
    #[error("PostgreSQL refused: {0}.")]
    Sql(#[from] sqlx::Error),
}

impl Failure {
    /// Says which directory the wanted version is for.
    fn of(self, home: &std::path::Path) -> Self {
        match self {
            Self::OtherVersion(major) => Self::Kept {
                major,
                home: home.to_owned(),
            },
            other => other,
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        tracing::warn!(%failure, "SQL in the sandbox");
        Self::Unavailable(failure.to_string())
    }
}

/// As whom to connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// What people run: `postgres`, which owns what is in the project and nothing beside it.
    Owner,
    /// What reads: `supabase_read_only_user`, which may write nowhere.
    ReadOnly,
    /// The cluster's superuser. Only for the sandbox's own queries of the catalogs: a view, function or trigger of the
    /// people's own would run with the superuser's rights.
    Admin,
}

/// Cluster and databases of one sandbox.
pub struct Postgres {
    slot: Arc<Slot>,
    /// Where the cluster is kept; `None`: all sandboxes of the process share one that ends with it.
    kept: Option<PathBuf>,
    /// What this sandbox's databases begin with.
    prefix: String,
    /// Databases that are known to be there.
    known: Short<HashSet<String>>,
    /// How long a statement may run, if it does not ask for less.
    statement_timeout: Duration,
}

/// A cluster, once it runs. Whoever starts it or changes its databases holds the lock.
type Slot = Mutex<Option<Arc<Cluster>>>;

/// The cluster of all sandboxes that keep nothing.
static PASSING: std::sync::LazyLock<Arc<Slot>> = std::sync::LazyLock::new(Arc::default);

/// One project's database.
#[derive(Clone)]
pub struct Database {
    cluster: Arc<Cluster>,
    name: String,
    statement_timeout: Duration,
}

/// Connections that one project may have open, so that it does not take those of the others.
const MOST_CONNECTIONS: u32 = 20;

/// How long a new cluster may take until it answers.
const START: Duration = Duration::from_secs(30);

impl Postgres {
    /// Nothing starts before the first call of [`Self::open`].
    pub fn new(kept: Option<PathBuf>, statement_timeout: Duration) -> Self {
        let prefix = match &kept {
            Some(_) => String::new(),
            None => format!("{:08x}_", token::number(&token::random()) as u32),
        };
        Self {
            slot: if kept.is_some() {
                Arc::default()
            } else {
                PASSING.clone()
            },
            kept,
            prefix,
            known: Short::default(),
            statement_timeout,
        }
    }

    /// The database of a project, made if there is none.
    pub async fn open(&self, world: WorldId, project: &str) -> Result<Database, Refusal> {
        let name = self.name(world, project);
        let mut slot = self.slot.lock().await;
        let cluster = self.running(&mut slot).await?;
        if !self.is_known(&name) {
            let mut admin = admin(&cluster, "postgres").await?;
            if !exists(&mut admin, &name).await? {
                create(&mut admin, &name, &template_name()).await?;
            }
            self.remember(&name);
            // ok: the connection is closed either way.
            let _ = admin.close().await;
        }
        Ok(Database {
            cluster,
            name,
            statement_timeout: self.statement_timeout,
        })
    }

    /// Makes the database of `to` a copy of that of `from`, as it is now.
    pub async fn copy(&self, world: WorldId, from: &str, to: &str) -> Result<(), Refusal> {
        // ok: it takes the same lock as the copy.
        let source = self.open(world, from).await?;
        let target = self.name(world, to);
        let _slot = self.slot.lock().await;
        let mut admin = admin(&source.cluster, "postgres").await?;
        remove(&mut admin, &target).await?;
        // PostgreSQL itself waits some seconds for the connections of a database to end before it refuses to copy it.
        if let Err(failure) = create(&mut admin, &target, &source.name).await {
            if !in_use(&failure) {
                return Err(failure.into());
            }
            sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
                .bind(&source.name)
                .execute(&mut admin)
                .await
                .map_err(Failure::from)?;
            create(&mut admin, &target, &source.name).await?;
        }
        self.remember(&target);
        Ok(())
    }

    /// Drops the database of a project, if it has one, with whatever is under way in it.
    pub async fn drop(&self, world: WorldId, project: &str) -> Result<(), Refusal> {
        self.drop_where(world, project).await
    }

    /// Drops the databases of a world.
    pub async fn drop_world(&self, world: WorldId) -> Result<(), Refusal> {
        self.drop_where(world, "%").await
    }

    /// Drops the databases of the projects that are like this, where `%` stands for anything.
    async fn drop_where(&self, world: WorldId, projects: &str) -> Result<(), Refusal> {
        let mut slot = self.slot.lock().await;
        // What an earlier run kept must go as well, so the cluster is started for it.
        let kept = || world == WorldId::DEMO && self.kept.as_ref().is_some_and(|kept| kept.exists());
        if slot.is_none() && !kept() {
            return Ok(());
        }
        let cluster = self.running(&mut slot).await?;
        let mut admin = admin(&cluster, "postgres").await?;
        for name in like(&mut admin, &self.name(world, projects)).await? {
            remove(&mut admin, &name).await?;
            self.known().remove(&name);
        }
        Ok(())
    }

    async fn running(&self, slot: &mut Option<Arc<Cluster>>) -> Result<Arc<Cluster>, Failure> {
        if let Some(cluster) = slot.as_ref().filter(|cluster| cluster.lives()) {
            return Ok(cluster.clone());
        }
        *slot = None;
        self.known().clear();
        let kept = self.kept.clone();
        let cluster = tokio::task::spawn_blocking(move || Cluster::start(kept.as_deref()))
            .await
            .map_err(io::Error::other)??;
        let cluster = Arc::new(cluster);
        prepare(&cluster).await?;
        *slot = Some(cluster.clone());
        Ok(cluster)
    }

    /// `_` stands in no pattern's place: ids of worlds and projects hold letters and digits only.
    fn name(&self, world: WorldId, project: &str) -> String {
        format!("{}{world}_{project}", self.prefix)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_known(&self, name: &str) -> bool {
        self.known().contains(name)
    }

    fn remember(&self, name: &str) {
        self.known().insert(name.to_owned());
    }
}

impl Drop for Postgres {
    /// The cluster that all sandboxes share goes on, so what this one has there is dropped.
    fn drop(&mut self) {
        let names = std::mem::take(&mut *self.known());
        if self.kept.is_some() || names.is_empty() {
            return;
        }
        let slot = self.slot.clone();
        // A thread, since a runtime may be what is ending. The process need not wait for it: its end is the cluster's.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let removed = runtime.map_err(Failure::from).and_then(|runtime| {
                runtime.block_on(async {
                    let slot = slot.lock().await;
                    let Some(cluster) = slot.as_ref() else {
                        return Ok(());
                    };
                    let mut admin = admin(cluster, "postgres").await?;
                    for name in names {
                        remove(&mut admin, &name).await?;
                    }
                    Ok(())
                })
            });
            if let Err(failure) = removed {
                tracing::debug!(%failure, "databases of a sandbox that has ended stay until the process ends");
            }
        });
    }
}

impl Database {
    /// A connection of its own: over a Unix socket it costs less than keeping it would.
    pub async fn connect(&self, access: Access) -> Result<PgConnection, Refusal> {
        let role = match access {
            Access::Owner => owner(&self.name),
            Access::ReadOnly => reader(&self.name),
            Access::Admin => return Ok(admin(&self.cluster, &self.name).await?),
        };
        let timeout = self.statement_timeout.as_millis().to_string();
        let options = self
            .cluster
            .options(&role, &self.name)
            .options([("statement_timeout", timeout.as_str()), ("lock_timeout", "10s")]);
        Ok(PgConnection::connect_with(&options).await.map_err(Failure::from)?)
    }

    /// The database's name, which no other project has: roles of the project's own carry it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Ends a connection's session on the server, whatever it is doing.
    pub async fn end(&self, session: i32) -> Result<(), Refusal> {
        let mut admin = self.connect(Access::Admin).await?;
        sqlx::query("SELECT pg_terminate_backend($1)")
            .bind(session)
            .execute(&mut admin)
            .await
            .map_err(Failure::from)?;
        Ok(())
    }
}

/// The role that people's SQL comes in as; it then goes on as `postgres`.
fn owner(database: &str) -> String {
    format!("owner_{database}")
}

fn reader(database: &str) -> String {
    format!("reader_{database}")
}

/// A connection of the superuser's. Nothing of a schema that people write to is found without its name.
async fn admin(cluster: &Cluster, database: &str) -> Result<PgConnection, Failure> {
    let options = cluster
        .options(ADMIN, database)
        .options([("search_path", "pg_catalog")]);
    Ok(PgConnection::connect_with(&options).await?)
}

/// Runs statements whose only variable parts were quoted with [`identifier`].
async fn run(admin: &mut PgConnection, sql: String) -> Result<(), Failure> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(admin).await?;
    Ok(())
}

/// A name as it stands in SQL.
pub fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

async fn exists(admin: &mut PgConnection, database: &str) -> Result<bool, Failure> {
    let found = sqlx::query("SELECT FROM pg_database WHERE datname = $1").bind(database);
    Ok(found.fetch_optional(admin).await?.is_some())
}

async fn like(admin: &mut PgConnection, pattern: &str) -> Result<Vec<String>, Failure> {
    let pattern = pattern.replace('_', "\\_");
    let rows = sqlx::query("SELECT datname::text FROM pg_database WHERE datname LIKE $1").bind(pattern);
    let rows = rows.fetch_all(admin).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get(0))
        .collect::<Result<_, sqlx::Error>>()?)
}

fn in_use(failure: &Failure) -> bool {
    matches!(failure, Failure::Sql(sqlx::Error::Database(error)) if error.code().as_deref() == Some("55006"))
}

/// Waits until a new cluster answers, and gives it what all projects share.
async fn prepare(cluster: &Cluster) -> Result<(), Failure> {
    let begun = std::time::Instant::now();
    let mut connection = loop {
        match admin(cluster, "postgres").await {
            Ok(connection) => break connection,
            Err(_) if cluster.lives() && begun.elapsed() < START => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(_) => return Err(Failure::Silent),
        }
    };
    run(&mut connection, include_str!("roles.sql").to_owned()).await?;
    let template = template_name();
    // Worlds other than the demo are not kept, nor are templates of an older build.
    for name in like(&mut connection, "%_%").await? {
        if name != template && !name.starts_with("demo_") {
            remove(&mut connection, &name).await?;
        }
    }
    if !exists(&mut connection, &template).await? {
        make_template(cluster, &mut connection, &template).await?;
    }
    Ok(())
}

/// Named by its content: a build with another one makes its own.
fn template_name() -> String {
    let content = token::number(concat!(include_str!("template.sql"), include_str!("roles.sql")));
    format!("template_{:08x}", content as u32)
}

async fn make_template(cluster: &Cluster, connection: &mut PgConnection, name: &str) -> Result<(), Failure> {
    let draft = identifier("template_draft");
    run(connection, format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await?;
    run(connection, format!("CREATE DATABASE {draft} TEMPLATE template0")).await?;
    let mut inside = admin(cluster, "template_draft").await?;
    run(&mut inside, include_str!("template.sql").to_owned()).await?;
    inside.close().await?;
    // Renamed when it is whole.
    run(connection, format!("ALTER DATABASE {draft} ALLOW_CONNECTIONS false")).await?;
    run(
        connection,
        format!("ALTER DATABASE {draft} RENAME TO {}", identifier(name)),
    )
    .await
}

/// Makes a database as a copy of another, with roles that may connect to it and to nothing else.
async fn create(admin: &mut PgConnection, name: &str, template: &str) -> Result<(), Failure> {
    let (database, template) = (identifier(name), identifier(template));
    let (owner, reader) = (identifier(&owner(name)), identifier(&reader(name)));
    for role in [&owner, &reader] {
        run(admin, format!("DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN")).await?;
    }
    run(
        admin,
        format!(
            "CREATE DATABASE {database} TEMPLATE {template} ALLOW_CONNECTIONS true CONNECTION LIMIT {MOST_CONNECTIONS}"
        ),
    )
    .await?;
    run(
        admin,
        format!(
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {database} TO {owner}, {reader};
            GRANT CREATE, TEMPORARY ON DATABASE {database} TO postgres;
            GRANT postgres TO {owner};
            GRANT supabase_read_only_user TO {reader};
            ALTER ROLE {owner} SET role = 'postgres';
            ALTER ROLE {reader} SET role = 'supabase_read_only_user';
            ALTER ROLE {reader} SET default_transaction_read_only = on;
            ALTER DATABASE {database} SET search_path = \"$user\", public, extensions"
        ),
    )
    .await
}

/// Drops a database and the roles that carry its name.
async fn remove(admin: &mut PgConnection, name: &str) -> Result<(), Failure> {
    run(
        admin,
        format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", identifier(name)),
    )
    .await?;
    let roles = sqlx::query("SELECT rolname::text FROM pg_roles WHERE rolname LIKE $1 AND rolname <> $2");
    let roles = roles
        .bind(format!("%\\_{}", name.replace('_', "\\_")))
        .bind(ADMIN)
        .fetch_all(&mut *admin)
        .await?;
    for role in roles {
        let role: String = role.try_get(0)?;
        run(admin, format!("DROP ROLE {}", identifier(&role))).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
