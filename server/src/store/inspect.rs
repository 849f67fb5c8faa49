//! Looking at a database without changing anything in it: which schema it has, and which this Steward knows.

use std::{path::Path, str::FromStr};

use sqlx::{ConnectOptions, Connection, PgConnection, SqliteConnection, migrate::Migrator, postgres::PgConnectOptions};

use super::{Place, place};
use crate::error::Error;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The number of the last migration that was made; `None`: there is no database, or nothing in it.
    pub schema: Option<i64>,
    /// The number of the last migration that this Steward knows.
    pub known: i64,
}

/// What was made of the schema.
const MADE: &str = "SELECT max(version) FROM _sqlx_migrations WHERE success";

/// Looks at the database that `url` or `data_dir` names, as `Store::open` does. Steward may be running meanwhile.
///
/// # Errors
/// It cannot be opened or read.
pub async fn inspect(url: Option<&str>, data_dir: &Path) -> Result<Inspected, Error> {
    match place(url, data_dir)? {
        Place::Server(url) => {
            let options = PgConnectOptions::from_str(url)?.disable_statement_logging();
            let mut connection = options.connect().await?;
            let schema = of_postgres(&mut connection).await;
            connection.close().await?;
            Ok(Inspected {
                schema: schema?,
                known: last(&sqlx::migrate!("migrations/postgres")),
            })
        }
        Place::File(options) => {
            let known = last(&sqlx::migrate!("migrations/sqlite"));
            if !options.get_filename().exists() {
                return Ok(Inspected { schema: None, known });
            }
            let options = options.read_only(true).create_if_missing(false);
            let mut connection = options.connect().await?;
            let schema = of_sqlite(&mut connection).await;
            connection.close().await?;
            Ok(Inspected { schema: schema?, known })
        }
    }
}

fn last(migrations: &Migrator) -> i64 {
    let versions = migrations.iter().map(|migration| migration.version);
    versions.max().unwrap_or_default()
}

async fn of_sqlite(connection: &mut SqliteConnection) -> Result<Option<i64>, sqlx::Error> {
    let there: bool = sqlx::query_scalar("SELECT count(*) > 0 FROM sqlite_master WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut *connection)
        .await?;
    if !there {
        return Ok(None);
    }
    sqlx::query_scalar(MADE).fetch_one(connection).await
}

async fn of_postgres(connection: &mut PgConnection) -> Result<Option<i64>, sqlx::Error> {
    let there: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut *connection)
        .await?;
    if !there {
        return Ok(None);
    }
    sqlx::query_scalar(MADE).fetch_one(connection).await
}
