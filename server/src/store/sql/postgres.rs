//! Opening a PostgreSQL database.

use std::{io, str::FromStr, time::Duration};

use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
};
use tokio::time::timeout;

use super::migrated;
use crate::error::Error;

/// The oldest major version that is known to do.
const OLDEST: i32 = 15;
/// How long a request waits for a connection.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How long an answer may take, and each row of one. A server whose machine is gone says nothing more, and the system
/// gives its connections up only after a quarter of an hour.
const ANSWER: Duration = Duration::from_secs(if cfg!(test) { 2 } else { 15 });
/// How long a connection that is given back may take to say that it still works.
const STILL: Duration = Duration::from_secs(5);
/// Connections that nobody has used for so long are closed: others want them, too.
const IDLE: Duration = Duration::from_secs(60);
/// Connections of an instance for reading and for writing what a power cut may take back, and those for the rest.
const CONNECTIONS: u32 = 16;
const DURABLE: u32 = 4;

/// What every connection is told: nobody waits for long, and an instance that was frozen keeps nothing locked.
const EVERY: &str = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '30s'; \
                     SET plan_cache_mode = force_custom_plan;";
/// Commits return before they are on the disk.
const PASSING: &str = "SET synchronous_commit = off";
/// They are on the disk, or wherever else the server's administrator wants them to be, before they return.
const SAFE: &str = "SELECT set_config('synchronous_commit', 'on', false) \
                    WHERE current_setting('synchronous_commit') IN ('off', 'local')";

/// Opens the database, brings its tables up to date, and gives the connections for what a power cut may take back, and
/// for what it may not.
pub async fn open(url: &str) -> Result<(PgPool, PgPool), Error> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| Error::Configuration(format!("STEWARD_DATABASE_URL cannot be understood: {error}.")))?;
    let options = match options.get_application_name() {
        Some(_) => options,
        None => options.application_name("steward"),
    };
    let open_to_others = matches!(
        options.get_ssl_mode(),
        PgSslMode::Allow | PgSslMode::Disable | PgSslMode::Prefer
    );
    if open_to_others && options.get_socket().is_none() && !is_here(options.get_host()) {
        tracing::warn!("the database is on another machine: add sslmode=verify-full to STEWARD_DATABASE_URL");
    }
    let options = options.disable_statement_logging();
    bring_up_to_date(&options).await?;
    Ok((
        pool(options.clone(), CONNECTIONS, PASSING).await?,
        pool(options, DURABLE, SAFE).await?,
    ))
}

fn is_here(host: &str) -> bool {
    host.starts_with('/') || host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// On a connection of its own: the lock that keeps instances from doing this together ends with it, whatever happens.
async fn bring_up_to_date(options: &PgConnectOptions) -> Result<(), Error> {
    let one = PgPoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
    let pool = one.connect_with(options.clone()).await?;
    let version: i32 = sqlx::query_scalar("SELECT CAST(current_setting('server_version_num') AS INT)")
        .fetch_one(&pool)
        .await?;
    if version / 10_000 < OLDEST {
        return Err(Error::Configuration(format!(
            "The database runs PostgreSQL {}. Steward needs {OLDEST} or newer.",
            version / 10_000
        )));
    }
    migrated(sqlx::migrate!("migrations/postgres").run(&pool).await)?;
    pool.close().await;
    Ok(())
}

/// What comes of it, unless the server says nothing for too long.
pub(super) async fn answered<T>(answer: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    within(ANSWER, answer).await
}

/// The same with a patience of its own.
pub(super) async fn within<T>(
    patience: Duration,
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    timeout(patience, answer)
        .await
        .unwrap_or_else(|_| Err(silent(patience)))
}

/// The same of rows that come one after the other.
pub(super) fn each_answered<T: Send + 'static>(
    rows: BoxStream<'_, Result<T, sqlx::Error>>,
) -> BoxStream<'_, Result<T, sqlx::Error>> {
    stream::unfold(Some(rows), async |rows| {
        let mut rows = rows?;
        match timeout(ANSWER, rows.next()).await {
            Ok(row) => Some((row?, Some(rows))),
            Err(_) => Some((Err(silent(ANSWER)), None)),
        }
    })
    .boxed()
}

fn silent(patience: Duration) -> sqlx::Error {
    let why = format!("the database has not answered within {} s", patience.as_secs());
    io::Error::new(io::ErrorKind::TimedOut, why).into()
}

async fn pool(options: PgConnectOptions, most: u32, commits: &'static str) -> Result<PgPool, Error> {
    let pool = PgPoolOptions::new()
        .test_before_acquire(true)
        .acquire_timeout(PATIENCE)
        .idle_timeout(IDLE)
        .max_connections(most)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(AssertSqlSafe([EVERY, commits].concat())).await?;
                Ok(())
            })
        })
        // Whoever gave it back may have given up waiting. Tried without end it would keep its place among the connections.
        .after_release(|connection, _| Box::pin(async move { within(STILL, connection.ping()).await.map(|()| true) }))
        .connect_with(options)
        .await?;
    Ok(pool)
}
