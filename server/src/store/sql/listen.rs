//! LISTEN: a connection on which an instance hears what others say to all by NOTIFY, and holds a lock as long as it lasts.

use std::time::Duration;

use sqlx::{
    Executor,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};

use super::{
    Pool,
    postgres::{PATIENCE, within},
    query,
};

/// How long a statement on the line may take.
const ANSWER: Duration = Duration::from_secs(5);

/// A connection to PostgreSQL of its own, listening. It is never connected anew by itself: whoever holds one must know
/// that nothing was missed, and that the lock is still held.
pub struct Line(PgListener);

impl Pool {
    /// Begins to listen on a channel; `None` on SQLite, where there is nobody else.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn listen(&self, channel: &str) -> Result<Option<Line>, sqlx::Error> {
        let Self::Postgres(pool) = self else { return Ok(None) };
        let options: PgConnectOptions = (*pool.connect_options()).clone();
        let name = format!("{} line", options.get_application_name().unwrap_or("steward"));
        // Not from the pool, whose connections are counted, tried out and closed when they idle.
        let own = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_with(options.application_name(&name))
            .await?;
        let mut listener = PgListener::connect_with(&own).await?;
        listener.eager_reconnect(false);
        within(ANSWER, listener.listen(channel)).await?;
        Ok(Some(Line(listener)))
    }

    /// Says a line to all who listen on the channel: to others once it is done, and to nobody on SQLite. At most 8,000 bytes.
    ///
    /// # Errors
    /// The database does not take it.
    pub async fn notify(&self, channel: &str, text: String) -> Result<(), sqlx::Error> {
        if matches!(self, Self::Postgres(_)) {
            let notify = query("SELECT pg_notify($1, $2)").bind(channel.to_owned()).bind(text);
            notify.execute(self).await?;
        }
        Ok(())
    }
}

impl Line {
    /// The next that somebody says. May be dropped while it waits.
    ///
    /// # Errors
    /// The connection is lost, and so may be what was said meanwhile.
    pub async fn hear(&mut self) -> Result<String, sqlx::Error> {
        match self.0.try_recv().await? {
            Some(said) => Ok(said.payload().to_owned()),
            None => Err(lost()),
        }
    }

    /// Takes the lock of this name if nobody has it who uses the same tables, until the connection ends.
    ///
    /// # Errors
    /// The connection is lost.
    pub async fn try_lock(&mut self, name: &str) -> Result<bool, sqlx::Error> {
        let lock = "SELECT pg_try_advisory_lock(hashtextextended(concat_ws('/', $1, current_schema()), 0))";
        let lock = sqlx::query_scalar(lock).bind(name);
        within(ANSWER, lock.fetch_one(&mut self.0)).await
    }

    /// Whether the connection still is the one that took the lock.
    ///
    /// # Errors
    /// It is lost.
    pub async fn try_out(&mut self) -> Result<(), sqlx::Error> {
        within(ANSWER, self.0.execute("SELECT 1")).await.map(drop)
    }
}

fn lost() -> sqlx::Error {
    std::io::Error::new(std::io::ErrorKind::ConnectionAborted, "the connection was lost").into()
}
