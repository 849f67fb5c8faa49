//! The store: everything that outlives a request, in one SQLite file.

pub mod account_list;
pub mod accounts;
pub mod audit;
pub mod baselines;
pub mod connections;
pub mod crypto;
pub mod findings;
pub mod flashes;
pub mod health;
pub mod key;
pub mod marks;
pub mod people;
pub mod places;
pub mod plans;
pub mod revocations;
pub mod sessions;
pub mod sign_ins;
pub mod statements;
pub mod types;

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use time::OffsetDateTime;

use self::crypto::Vault;
use crate::error::Error;

/// Handles to the database. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Store {
    /// For reading, and for writes that a power cut may take back.
    pub pool: SqlitePool,
    /// For sessions and tokens. Every commit is on the disk before it returns: a rotated refresh token that got lost
    /// would sign its person out. One connection, because SQLite lets only one write at a time anyway.
    durable: SqlitePool,
    vault: Vault,
}

impl Store {
    /// Opens the database and brings its tables up to date. `url`: `sqlite://<file>`; `None`: a file in `data_dir`.
    pub async fn open(url: Option<&str>, data_dir: &Path, vault: Vault) -> Result<Self, Error> {
        let options = match url {
            None => SqliteConnectOptions::new().filename(data_dir.join("steward.db")),
            Some(url) if url.starts_with("sqlite://") => SqliteConnectOptions::from_str(url)?,
            Some(_) => {
                return Err(Error::Configuration(
                    "STEWARD_DATABASE_URL must begin with sqlite:// and name a file.".to_owned(),
                ));
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
        sqlx::migrate!().run(&durable).await?;
        let pool = SqlitePoolOptions::new()
            .test_before_acquire(false)
            .max_connections(8)
            .connect_with(options)
            .await?;
        Ok(Self { pool, durable, vault })
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> Result<(), Error> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Deletes what has run out, every few minutes and for ever: a database error is logged and tried again.
    pub async fn keep_clean(self) {
        loop {
            if let Err(error) = self.delete_expired().await {
                tracing::warn!(%error, "expired rows could not be deleted; trying again later");
            }
            tokio::time::sleep(Duration::from_secs(300)).await;
        }
    }

    /// Deletes what has run out.
    pub async fn delete_expired(&self) -> Result<(), Error> {
        for statement in [
            "DELETE FROM sessions WHERE expires_at <= ?",
            "DELETE FROM sign_ins WHERE expires_at <= ?",
            "DELETE FROM notices WHERE expires_at <= ?",
            "DELETE FROM plans WHERE expires_at <= ?",
        ] {
            sqlx::query(statement).bind(now()).execute(&self.pool).await?;
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
    let vault = Vault::new(&secrecy::SecretSlice::from(vec![7; 32])).unwrap();
    Store::open(None, dir, vault).await.unwrap()
}
