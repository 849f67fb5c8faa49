//! The store: everything that outlives a request, in one SQLite file or in a PostgreSQL database.

pub mod account_list;
pub mod accounts;
pub mod audit;
pub mod baselines;
pub mod budget;
pub mod carry;
pub mod connections;
mod counts;
pub mod crypto;
pub mod findings;
pub mod flashes;
pub mod health;
pub mod inspect;
pub mod key;
pub mod marks;
mod newest;
pub mod people;
pub mod places;
pub mod plans;
pub mod reseal;
pub mod revocations;
pub mod sessions;
mod sign_in_limits;
pub mod sign_ins;
pub mod snippets;
pub mod sql;
pub mod statements;
pub mod tokens;
pub mod types;
mod windows;

use std::{path::Path, str::FromStr, time::Duration};

use futures::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use time::OffsetDateTime;

use self::{crypto::Vault, sql::Pool};
use crate::error::Error;

/// Handles to the database. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Store {
    /// For reading, and for writes that a power cut may take back.
    pub pool: Pool,
    /// For sessions and tokens. Every commit is on the disk before it returns: a rotated refresh token that got lost
    /// would sign its person out. On SQLite one connection, because it lets only one write at a time anyway.
    durable: Pool,
    vault: Vault,
}

/// Where a database is.
enum Place<'a> {
    File(Box<SqliteConnectOptions>),
    /// By its address, of PostgreSQL.
    Server(&'a str),
}

/// What `url` names; `None`: the file in `data_dir`.
fn place<'a>(url: Option<&'a str>, data_dir: &Path) -> Result<Place<'a>, Error> {
    Ok(match url {
        None => Place::File(SqliteConnectOptions::new().filename(data_dir.join("steward.db")).into()),
        Some(url) if url.starts_with("sqlite://") => Place::File(SqliteConnectOptions::from_str(url)?.into()),
        Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => Place::Server(url),
        Some(_) => {
            return Err(Error::Configuration(
                "STEWARD_DATABASE_URL must be sqlite://<file>, or postgres://<user>:<password>@<host>/<database>?sslmode=verify-full.".to_owned(),
            ));
        }
    })
}

impl Store {
    /// Opens the database and brings its tables up to date. `url`: `sqlite://<file>` or `postgres://…`; `None`: a file in
    /// `data_dir`.
    ///
    /// # Errors
    /// It cannot be opened, is of a newer Steward, or was sealed under another key.
    pub fn open<'a>(url: Option<&'a str>, data_dir: &'a Path, vault: Vault) -> BoxFuture<'a, Result<Self, Error>> {
        Box::pin(async move { Self::connect(url, data_dir, vault).await?.with_kept_key().await })
    }

    /// Another database, which is to hold what this one holds; see [`carry`].
    pub async fn beside(&self, url: Option<&str>, data_dir: &Path) -> Result<Self, Error> {
        Box::pin(Self::connect(url, data_dir, self.vault.clone())).await
    }

    async fn connect(url: Option<&str>, data_dir: &Path, vault: Vault) -> Result<Self, Error> {
        let options = match place(url, data_dir)? {
            Place::File(options) => options,
            Place::Server(url) => {
                let (pool, durable) = sql::postgres::open(url).await?;
                return Ok(Self {
                    pool: Pool::Postgres(pool),
                    durable: Pool::Postgres(durable),
                    vault,
                });
            }
        };
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .synchronous(SqliteSynchronous::Normal);
        // Connections to a file do not break, so none is tried out before it is used.
        let durable = SqlitePoolOptions::new()
            .test_before_acquire(false)
            .max_connections(1)
            .connect_with(options.clone().synchronous(SqliteSynchronous::Full))
            .await?;
        sql::migrated(sqlx::migrate!("migrations/sqlite").run(&durable).await)?;
        let pool = SqlitePoolOptions::new()
            .test_before_acquire(false)
            .max_connections(8)
            .connect_with(options)
            .await?;
        Ok(Self {
            pool: Pool::Sqlite(pool),
            durable: Pool::Sqlite(durable),
            vault,
        })
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> Result<(), Error> {
        sql::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Deletes what has run out; a database error is logged, and it is tried again the next time.
    pub async fn clean(&self) {
        if let Err(error) = self.delete_expired().await {
            tracing::warn!(%error, "expired rows could not be deleted; trying again later");
        }
    }

    /// Deletes what has run out.
    pub async fn delete_expired(&self) -> Result<(), Error> {
        for statement in [
            "DELETE FROM sessions WHERE expires_at <= $1",
            "DELETE FROM sign_ins WHERE expires_at <= $1",
            "DELETE FROM notices WHERE expires_at <= $1",
            "DELETE FROM plans WHERE expires_at <= $1",
        ] {
            sql::query(statement).bind(now()).execute(&self.pool).await?;
        }
        // Of several instances alone, and by the clock that they share: a count that is deleted too early starts anew.
        if self.pool.dialect() == sql::Dialect::Postgres {
            for statement in [
                "DELETE FROM windows WHERE expires_at <= unixepoch()",
                "DELETE FROM sign_in_limits WHERE full_at <= unixmicros()",
                "DELETE FROM budget_windows WHERE ends_at <= unixmicros() / 1000",
            ] {
                sql::query(statement).execute(&self.pool).await?;
            }
        }
        // Their grants are given back too.
        self.end_expired_accounts().await?;
        self.prune_statements().await?;
        self.prune_health().await?;
        self.prune_types().await?;
        self.prune_places().await
    }

    /// Waits for writes under way and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
        self.durable.close().await;
    }
}

/// Unix seconds.
pub fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

#[cfg(test)]
pub(crate) async fn for_tests(dir: &Path) -> Store {
    open_for_tests(database_for_tests().await.as_deref(), dir)
        .await
        .unwrap()
}

/// Where the store of a test is to be: where `STEWARD_TEST_POSTGRES` is set, in a PostgreSQL database of its own.
#[cfg(test)]
pub(crate) async fn database_for_tests() -> Option<String> {
    std::env::var_os("STEWARD_TEST_POSTGRES")?;
    Some(sandbox::lend_database().await.unwrap())
}

#[cfg(test)]
pub(crate) async fn open_for_tests(url: Option<&str>, dir: &Path) -> Result<Store, Error> {
    let vault = Vault::new(&secrecy::SecretSlice::from(vec![7; 32])).unwrap();
    Store::open(url, dir, vault).await
}
