//! PostgreSQL behind the sandbox: a cluster of its own that starts with the first call that needs it, and in it a
//! database for every project that SQL was sent to.
//!
//! People send any SQL they like, so a project's roles are no superusers, may make no roles, and may connect to that
//! project's database alone. What all databases share are the roles of [`roles.sql`](self), as which nobody signs in.

mod admin;
mod cluster;
mod lent;
mod login;
mod message;
mod nested;
mod own;
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

use sqlx::{Connection, PgConnection};
use tokio::sync::Mutex;

pub use self::admin::identifier;
pub use self::lent::lend_database;
pub use self::login::Login;
pub use self::session::{Session, Whole, code, refusal};
use self::{
    admin::{admin, create, exists, in_use, like, owner, prepare, reader, remove, template_name},
    cluster::Cluster,
};
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

#[cfg(test)]
mod tests;
