//! The audit's table: writes at once and durably, reads in batches behind the calls' back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use app::error::ConsoleError;
use futures::{FutureExt, future::BoxFuture};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use time::{OffsetDateTime, UtcOffset, format_description::BorrowedFormatItem, macros::format_description};
use tokio::sync::{mpsc, oneshot};

use super::Store;
use crate::stack::{AuditId, AuditLog, Intent, Outcome};

/// Reads that may wait for their turn to be written. What comes on top is dropped and counted.
const WAITING: usize = 4_096;
/// Reads written in one statement; 12 values each stay far below SQLite's limit of 32,766.
const BATCH: usize = 256;
/// Always with milliseconds, so that rows sort as text.
const AT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
const COLUMNS: &str = "INSERT INTO audit (at, person, label, operation, scope, sentence, parameters, effect, \
                       outcome, status, message, duration_ms) ";

/// Writes the audit into the store. Made within a Tokio runtime, where it keeps a task for the reads.
#[derive(Clone, Debug)]
pub struct AuditTable {
    /// Commits are on the disk before they return.
    durable: SqlitePool,
    reads: mpsc::Sender<Message>,
    dropped: Arc<AtomicU64>,
}

enum Message {
    Read(Box<Row>),
    /// Answers when everything before it has been written.
    Flush(oneshot::Sender<()>),
}

/// The columns of a row.
struct Row {
    intent: Intent,
    outcome: &'static str,
    status: Option<u16>,
    message: Option<String>,
    took: Option<Duration>,
}

impl Row {
    fn started(intent: Intent) -> Self {
        Self {
            intent,
            outcome: "started",
            status: None,
            message: None,
            took: None,
        }
    }

    fn over(intent: Intent, outcome: Outcome, took: Duration) -> Self {
        let (outcome, status, message) = columns(outcome);
        Self {
            intent,
            outcome,
            status,
            message,
            took: Some(took),
        }
    }
}

fn columns(outcome: Outcome) -> (&'static str, Option<u16>, Option<String>) {
    match outcome {
        Outcome::Done { status } => ("done", Some(status), None),
        Outcome::Refused { status, message } => ("refused", status, Some(message)),
        Outcome::Unanswered { message } => ("unanswered", None, Some(message)),
    }
}

impl AuditTable {
    pub fn new(store: &Store) -> Self {
        let (reads, waiting) = mpsc::channel(WAITING);
        let dropped = Arc::new(AtomicU64::new(0));
        tokio::spawn(write_reads(store.pool.clone(), waiting, dropped.clone()));
        Self {
            durable: store.durable.clone(),
            reads,
            dropped,
        }
    }

    /// Waits until every read noted so far has been written: for the server's end, and for tests.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.reads.send(Message::Flush(done)).await.is_ok() {
            // An error means that the writer has ended: nothing is left to wait for.
            let _ = written.await;
        }
    }

    async fn finished(&self, id: AuditId, outcome: Outcome, took: Duration) -> Result<(), sqlx::Error> {
        let (outcome, status, message) = columns(outcome);
        sqlx::query("UPDATE audit SET outcome = ?, status = ?, message = ?, duration_ms = ? WHERE id = ?")
            .bind(outcome)
            .bind(status)
            .bind(message)
            .bind(milliseconds(took))
            .bind(id.0)
            .execute(&self.durable)
            .await
            .map(|_| ())
    }
}

impl AuditLog for AuditTable {
    fn begin(&self, intent: Intent) -> BoxFuture<'_, Result<AuditId, ConsoleError>> {
        async {
            match insert(&self.durable, vec![Row::started(intent)]).await {
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

    fn finish(&self, id: AuditId, outcome: Outcome, took: Duration) -> BoxFuture<'_, ()> {
        async move {
            if let Err(error) = self.finished(id, outcome, took).await {
                tracing::error!(%error, row = id.0, "the audit lacks the outcome of a write");
            }
        }
        .boxed()
    }

    fn read(&self, intent: Intent, outcome: Outcome, took: Duration) {
        let row = Box::new(Row::over(intent, outcome, took));
        if self.reads.try_send(Message::Read(row)).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Writes what comes, as much at once as has come meanwhile, until the last sender is gone.
async fn write_reads(pool: SqlitePool, mut waiting: mpsc::Receiver<Message>, dropped: Arc<AtomicU64>) {
    let mut messages = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut messages, BATCH).await > 0 {
        let (mut rows, mut flushes) = (Vec::new(), Vec::new());
        for message in messages.drain(..) {
            match message {
                Message::Read(row) => rows.push(*row),
                Message::Flush(done) => flushes.push(done),
            }
        }
        let count = rows.len();
        if count > 0
            && let Err(error) = insert(&pool, rows).await
        {
            tracing::error!(%error, count, "the audit lacks some reads: they could not be written");
        }
        let count = dropped.swap(0, Ordering::Relaxed);
        if count > 0 {
            tracing::warn!(count, "the audit lacks some reads: more came than could be written");
        }
        for done in flushes {
            // Whoever asked may have gone.
            let _ = done.send(());
        }
    }
}

/// Inserts the rows, at least one, and gives the last one's id.
async fn insert(pool: &SqlitePool, rows: Vec<Row>) -> Result<i64, sqlx::Error> {
    let mut query = QueryBuilder::<Sqlite>::new(COLUMNS);
    query.push_values(
        rows,
        |mut values,
         Row {
             intent,
             outcome,
             status,
             message,
             took,
         }| {
            values
                .push_bind(rfc3339(intent.at))
                .push_bind(intent.person.as_str().to_owned())
                .push_bind(intent.label)
                .push_bind(intent.operation.as_str())
                .push_bind(intent.scope)
                .push_bind(intent.sentence)
                .push_bind(intent.parameters.to_string())
                .push_bind(intent.operation.row().effect.as_str())
                .push_bind(outcome)
                .push_bind(status)
                .push_bind(message)
                .push_bind(took.map(milliseconds));
        },
    );
    Ok(query.build().execute(pool).await?.last_insert_rowid())
}

fn milliseconds(took: Duration) -> i64 {
    i64::try_from(took.as_millis()).unwrap_or(i64::MAX)
}

fn rfc3339(at: OffsetDateTime) -> String {
    // Formatting fails only for components that a date and time does not have.
    at.to_offset(UtcOffset::UTC).format(AT).unwrap_or_default()
}
