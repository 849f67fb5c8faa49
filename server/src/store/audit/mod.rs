//! The audit's table: writes at once and durably, reads in batches behind the calls' back.

mod anchors;
#[cfg(test)]
mod anchors_tests;
pub(super) mod chain;
#[cfg(test)]
mod chain_tests;
mod everybody;
pub mod find;
#[cfg(test)]
#[path = "tests.rs"]
mod find_tests;
pub mod instance;
mod old;
mod retention;
mod row;
pub mod verify;
mod waiting;
mod writer;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use app::error::ConsoleError;
use futures::{FutureExt, future::BoxFuture};
use time::OffsetDateTime;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use self::{
    row::{Ended, Row, rfc3339},
    writer::{Message, Writer, passes, write_behind},
};
use super::{
    Store,
    crypto::Vault,
    sql::{self, Pool},
};
use crate::{
    audit_log::{AuditId, AuditLog, End, Intent},
    error::Error,
};

/// Reads that may wait for their turn to be written. What comes on top is dropped and counted.
const WAITING: usize = 4_096;
/// No call takes longer. A row that is still open after that has lost its Steward, whichever it was.
const LONGEST: Duration = Duration::from_secs(120);
/// How long what waits to be written is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often such rows are looked for.
const PACE: Duration = Duration::from_secs(60);
/// What a row says whose end nobody saw.
const UNKNOWN: &str = "Steward ended before the answer came, so whether this was done is not known. \
                       Look whether it was before you try again.";

/// Writes the audit into the store. Made within a Tokio runtime, where it keeps a task for what is written later.
#[derive(Clone)]
pub struct AuditTable {
    /// Commits are on the disk before they return.
    durable: Pool,
    /// Makes the hashes of the chain.
    vault: Vault,
    instance: Arc<str>,
    /// What is written behind the calls' back.
    behind: mpsc::Sender<Message>,
    dropped: Arc<AtomicU64>,
}

impl AuditTable {
    /// `instance`: see [`instance::of`].
    pub fn new(store: &Store, instance: &str) -> Self {
        let (behind, waiting) = mpsc::channel(WAITING);
        let table = Self {
            durable: store.durable.clone(),
            vault: store.vault.clone(),
            instance: instance.into(),
            behind,
            dropped: Arc::default(),
        };
        let passing = Writer {
            pool: store.pool.clone(),
            ..table.writer()
        };
        tokio::spawn(write_behind(passing, table.writer(), waiting, table.dropped.clone()));
        table
    }

    /// Waits until all that was noted so far has been written, or the database is away for too long: for the server's end,
    /// and for whoever reads.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        let flushed = async {
            if self.behind.send(Message::Flush(done)).await.is_ok() {
                // An error means that the writer has ended: nothing is left to wait for.
                let _ = written.await;
            }
        };
        if timeout(PATIENCE, flushed).await.is_err() {
            tracing::warn!("the audit is behind: its database does not take what waits");
        }
    }

    /// Says of writes whose end nobody saw that their outcome is unknown. To be called before the first call is made:
    /// what this instance left open is then of an earlier run. Rows of others that share the database are touched only
    /// once they are older than any call; should one come to its end after all, that is what its row then says.
    pub fn recover(&self) -> BoxFuture<'_, Result<u64, Error>> {
        Box::pin(self.recovered())
    }

    async fn recovered(&self) -> Result<u64, Error> {
        let old = self.take_in_old().await?;
        if old > 0 {
            tracing::info!(old, "calls of before the audit was a chain are part of it now");
        }
        // Rows without an instance are of before instances were written down.
        let own = self.close("instance IN ($1, '')", &self.instance).await?;
        let others = self.close_abandoned(OffsetDateTime::now_utc()).await?;
        Ok(own + others)
    }

    /// Looks for abandoned rows for ever: a database error is logged and tried again.
    pub async fn keep_recovering(self) {
        loop {
            tokio::time::sleep(PACE).await;
            match self.close_abandoned(OffsetDateTime::now_utc()).await {
                Ok(0) => {}
                Ok(count) => tracing::warn!(count, "writes whose outcome is unknown stand in the audit"),
                Err(error) => tracing::warn!(%error, "the audit could not be searched for abandoned writes"),
            }
        }
    }

    async fn close_abandoned(&self, now: OffsetDateTime) -> Result<u64, Error> {
        self.close("at < $1", &rfc3339(now - LONGEST)).await
    }

    async fn close(&self, which: &'static str, value: &str) -> Result<u64, Error> {
        let statement = format!("SELECT id FROM audit WHERE outcome = 'started' AND {which}");
        // Only our own words stand in the statement.
        let open: Vec<i64> = sql::query_scalar(sqlx::AssertSqlSafe(statement))
            .bind(value)
            .fetch_all(&self.durable)
            .await?;
        let (writer, mut closed) = (self.writer(), 0);
        for id in open {
            closed += u64::from(writer.end(id, |known| Ended::unknown(UNKNOWN, known), true).await?);
        }
        Ok(closed)
    }

    /// What writes so that it is on the disk before it returns.
    fn writer(&self) -> Writer {
        Writer {
            pool: self.durable.clone(),
            vault: self.vault.clone(),
            instance: self.instance.clone(),
        }
    }
}

impl AuditLog for AuditTable {
    fn begin(&self, intent: Intent) -> BoxFuture<'_, Result<AuditId, ConsoleError>> {
        async {
            match self.writer().add(vec![Row { intent, end: None }]).await {
                Ok(id) => Ok(AuditId(id)),
                Err(error) => {
                    tracing::error!(%error, "a write was not sent: the audit cannot be written");
                    Err(ConsoleError::Internal {
                        message: "The audit could not be written, so nothing was sent. \
                                  Check the disk that holds Steward\u{2019}s data directory, then try again."
                            .to_owned(),
                    })
                }
            }
        }
        .boxed()
    }

    fn finish(&self, id: AuditId, end: End) -> BoxFuture<'_, ()> {
        async move {
            let ended = |known| Ended::of(end.clone(), known);
            let Err(error) = self.writer().end(id.0, ended, false).await else {
                return;
            };
            // The person has their answer, and the database may come back.
            let later = Message::End(id.0, Box::new(end));
            if !passes(&error) || self.behind.try_send(later).is_err() {
                tracing::error!(%error, row = id.0, "the audit lacks the outcome of a write");
            }
        }
        .boxed()
    }

    fn read(&self, intent: Intent, end: End) {
        let row = Box::new(Row { intent, end: Some(end) });
        if self.behind.try_send(Message::Read(row)).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::audit::Budget;

    use crate::{
        audit_log::{Decision, Outcome as Came},
        stack::tests as stack_tests,
        store,
    };

    async fn outcomes(store: &Store) -> Vec<(String, Option<String>)> {
        sql::query_as("SELECT outcome, message FROM audit ORDER BY id")
            .fetch_all(&store.pool)
            .await
            .unwrap()
    }

    fn done() -> End {
        End {
            decision: Decision::Allowed,
            outcome: Came::Done {
                status: 200,
                understood: true,
                left_out: None,
            },
            budget: Budget::default(),
            request_id: None,
            reached: Some(true),
            took: Duration::from_millis(7),
        }
    }

    fn table(store: &Store, instance: &str) -> AuditTable {
        AuditTable::new(store, instance)
    }

    async fn begin(table: &AuditTable) -> AuditId {
        let call = stack_tests::call("ada", &stack_tests::rename("shop"));
        table.begin(Intent::of(&call, None)).await.unwrap()
    }

    fn unknown() -> (String, Option<String>) {
        ("unknown".to_owned(), Some(UNKNOWN.to_owned()))
    }

    fn open() -> (String, Option<String>) {
        ("started".to_owned(), None)
    }

    #[tokio::test]
    async fn a_new_start_closes_what_its_earlier_run_left_open_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let store = store::for_tests(dir.path()).await;
        let (earlier, other) = (table(&store, "here"), table(&store, "there"));
        let over = begin(&earlier).await;
        earlier.finish(over, done()).await;
        begin(&earlier).await;
        begin(&other).await;
        assert_eq!(table(&store, "here").recover().await.unwrap(), 1);
        assert_eq!(outcomes(&store).await, [("done".to_owned(), None), unknown(), open()]);
    }

    #[tokio::test]
    async fn rows_older_than_any_call_are_closed_and_a_late_end_still_counts() {
        let dir = tempfile::tempdir().unwrap();
        let store = store::for_tests(dir.path()).await;
        let (here, other) = (table(&store, "here"), table(&store, "there"));
        let row = begin(&other).await;
        let now = OffsetDateTime::now_utc();
        assert_eq!(here.close_abandoned(now + LONGEST / 2).await.unwrap(), 0);
        assert_eq!(outcomes(&store).await, [open()]);
        assert_eq!(here.close_abandoned(now + LONGEST * 2).await.unwrap(), 1);
        assert_eq!(outcomes(&store).await, [unknown()]);
        other.finish(row, done()).await;
        assert_eq!(outcomes(&store).await, [("done".to_owned(), None)]);
    }

    #[test]
    fn a_data_directory_keeps_its_instance() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = instance::of(here.path()).unwrap();
        assert_eq!(instance::of(here.path()).unwrap(), first);
        assert_ne!(instance::of(there.path()).unwrap(), first);
        assert!(instance::of(&here.path().join("nowhere")).is_err());
    }
}
