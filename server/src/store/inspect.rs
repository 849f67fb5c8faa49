//! Looking at a database without changing anything in it: which schema it has, which this Steward knows, and whether
//! instances hear each other by it.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::SqlitePoolOptions,
};
use tokio::time::timeout;

use super::{
    Place,
    crypto::random_id,
    place,
    sql::{self, Dialect, Pool},
};
use crate::error::Error;

/// Where is said what is to be heard: not where instances speak.
const CHANNEL: &str = "steward_doctor";
/// How long it may take to be heard.
const HEARING: Duration = Duration::from_secs(3);

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The number of the last migration that was made; `None`: there is no database, or nothing in it.
    pub schema: Option<i64>,
    /// The number of the last migration that this Steward knows.
    pub known: i64,
}

/// Looks at the database that `url` or `data_dir` names, as `Store::open` does. Steward may be running meanwhile.
///
/// # Errors
/// It cannot be opened or read.
pub async fn inspect(url: Option<&str>, data_dir: &Path) -> Result<Inspected, Error> {
    let known = match place(url, data_dir)? {
        Place::Server(_) => last(&sqlx::migrate!("migrations/postgres")),
        Place::File(options) => {
            let known = last(&sqlx::migrate!("migrations/sqlite"));
            if !options.get_filename().exists() {
                return Ok(Inspected { schema: None, known });
            }
            known
        }
    };
    let pool = reading(url, data_dir).await?;
    let schema = made(&pool).await;
    pool.close().await;
    Ok(Inspected { schema: schema?, known })
}

/// Whether what is said on one connection is heard on another, as instances must hear each other; `None`: it is a file, which
/// has one instance.
///
/// # Errors
/// It cannot be opened.
pub async fn hears(url: Option<&str>, data_dir: &Path) -> Result<Option<bool>, Error> {
    match place(url, data_dir)? {
        Place::File(_) => Ok(None),
        Place::Server(_) => {
            let pool = reading(url, data_dir).await?;
            let heard = echo(&pool).await;
            pool.close().await;
            Ok(heard?)
        }
    }
}

async fn echo(pool: &Pool) -> Result<Option<bool>, sqlx::Error> {
    let Some(mut line) = pool.listen(CHANNEL).await? else {
        return Ok(None);
    };
    let said = random_id();
    pool.notify(CHANNEL, said.clone()).await?;
    let hearing = async {
        // Another doctor may speak at the same time.
        while line.hear().await? != said {}
        Ok(true)
    };
    timeout(HEARING, hearing).await.unwrap_or(Ok(false)).map(Some)
}

/// Opens a database that is there, for reading alone.
pub(super) async fn reading(url: Option<&str>, data_dir: &Path) -> Result<Pool, Error> {
    Ok(match place(url, data_dir)? {
        Place::Server(url) => {
            let options = PgConnectOptions::from_str(url)?.disable_statement_logging();
            Pool::Postgres(PgPoolOptions::new().max_connections(1).connect_with(options).await?)
        }
        Place::File(options) => {
            let options = options.read_only(true).create_if_missing(false);
            Pool::Sqlite(
                SqlitePoolOptions::new()
                    .max_connections(1)
                    .connect_with(options)
                    .await?,
            )
        }
    })
}

fn last(migrations: &Migrator) -> i64 {
    let versions = migrations.iter().map(|migration| migration.version);
    versions.max().unwrap_or_default()
}

/// The number of the last migration that was made.
async fn made(pool: &Pool) -> Result<Option<i64>, sqlx::Error> {
    let there: bool = sql::query_scalar(match pool.dialect() {
        Dialect::Sqlite => "SELECT count(*) > 0 FROM sqlite_master WHERE name = '_sqlx_migrations'",
        Dialect::Postgres => "SELECT to_regclass('_sqlx_migrations') IS NOT NULL",
    })
    .fetch_one(pool)
    .await?;
    if !there {
        return Ok(None);
    }
    sql::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
        .fetch_one(pool)
        .await
}
