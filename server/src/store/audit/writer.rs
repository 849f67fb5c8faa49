//! The writer: adds rows to an instance's chain and says how they ended; at once, or behind the calls' back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt, TryFutureExt, future::BoxFuture};
use tokio::{
    sync::{mpsc, oneshot},
    time::sleep,
};

use super::{
    chain::{Head, end_hash},
    row::{Ended, Row, insert},
};
use crate::{
    audit_log::End,
    store::{
        crypto::Vault,
        sql::{self, Pool},
    },
};

/// Reads written in one statement.
const BATCH: usize = 256;
/// How long is waited before what the database did not take is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// What is written behind the calls' back.
pub(super) enum Message {
    Read(Box<Row>),
    /// How a write ended, where that could not be written down at once.
    End(i64, Box<End>),
    /// Answers when everything before it has been written.
    Flush(oneshot::Sender<()>),
}

/// Writes to the chain of an instance.
pub(super) struct Writer {
    pub pool: Pool,
    pub vault: Vault,
    pub instance: Arc<str>,
}

impl Writer {
    /// Adds rows; gives the id of the last.
    pub async fn add(&self, rows: Vec<Row>) -> Result<i64, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let mut head = Head::load(&mut transaction, &self.vault, &self.instance).await?;
        let id = insert(&mut transaction, &self.vault, &mut head, rows).await?;
        head.save(&mut transaction, &self.vault).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Writes down how the call of a row ended. `made` is told whether the caller had seen the place before. `false`: the row
    /// is gone, or it was over already and `only_open` ones were meant.
    pub async fn end(&self, id: i64, made: impl FnOnce(bool) -> Ended, only_open: bool) -> Result<bool, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let instance: Option<String> = sql::query_scalar("SELECT instance FROM audit WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut transaction)
            .await?;
        let Some(instance) = instance else {
            return Ok(false);
        };
        // First, since it keeps others from ending the same row meanwhile.
        let mut head = Head::load(&mut transaction, &self.vault, &instance).await?;
        let row: Option<(Vec<u8>, bool, bool)> =
            sql::query_as("SELECT hash, reached, end_hash IS NOT NULL FROM audit WHERE id = $1")
                .bind(id)
                .fetch_optional(&mut transaction)
                .await?;
        let Some((hash, known, over)) = row.filter(|(.., over)| !(*over && only_open)) else {
            return Ok(false);
        };
        let ended = made(known);
        let sealed = end_hash(&self.vault, &hash, &ended);
        sql::query(
            "UPDATE audit SET decision = $1, outcome = $2, status = $3, message = $4, request_id = $5, budget_remaining = $6, \
             budget_limit = $7, duration_ms = $8, reached = $9, end_hash = $10 WHERE id = $11",
        )
        .bind(ended.decision)
        .bind(ended.outcome)
        .bind(ended.status)
        .bind(ended.message)
        .bind(ended.request_id)
        .bind(ended.remaining)
        .bind(ended.limit)
        .bind(ended.milliseconds)
        .bind(ended.reached)
        .bind(sealed)
        .bind(id)
        .execute(&mut transaction)
        .await?;
        if !over {
            head.ended += 1;
            head.save(&mut transaction, &self.vault).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }
}

/// Whether trying again may help: the database is away, full or busy, and there is nothing wrong with what was written.
pub(super) fn passes(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::PoolTimedOut => true,
        // PostgreSQL's codes have five characters. A connection's end, a conflict, no room, no lock, the server's end.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| match code.parse::<u32>() {
            // SQLite's are a byte with more about it above: busy, locked, an error of the disk, full.
            Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 10 | 13),
            _ => ["08", "40", "53", "55", "57", "58"]
                .iter()
                .any(|class| code.starts_with(class)),
        }),
        _ => false,
    }
}

/// Writes what comes, as much at once as has come meanwhile, until the last sender is gone. `reads` is for what a power cut may
/// take back, `ends` for what it may not. While the database is away everything waits.
pub(super) async fn write_behind(
    reads: Writer,
    ends: Writer,
    mut waiting: mpsc::Receiver<Message>,
    dropped: Arc<AtomicU64>,
) {
    let mut messages = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut messages, BATCH).await > 0 {
        let (mut rows, mut over, mut flushes) = (Vec::new(), Vec::new(), Vec::new());
        for message in messages.drain(..) {
            match message {
                Message::Read(row) => rows.push(*row),
                Message::End(id, end) => over.push((id, *end)),
                Message::Flush(done) => flushes.push(done),
            }
        }
        let count = rows.len();
        if count > 0
            && let Err(error) = persistently(|| reads.add(rows.clone()).map_ok(drop).boxed()).await
        {
            tracing::error!(%error, count, "the audit lacks some reads: they could not be written");
        }
        for (row, end) in over {
            let written = persistently(|| {
                let end = end.clone();
                ends.end(row, |known| Ended::of(end, known), false).map_ok(drop).boxed()
            });
            if let Err(error) = written.await {
                tracing::error!(%error, row, "the audit lacks the outcome of a write");
            }
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

/// Tries until it succeeds, or fails for a reason that does not pass.
async fn persistently<'a>(write: impl Fn() -> BoxFuture<'a, Result<(), sqlx::Error>>) -> Result<(), sqlx::Error> {
    let mut told = false;
    loop {
        match write().await {
            Err(error) if passes(&error) => {
                if !told {
                    tracing::warn!(%error, "the audit is behind: its database does not take what waits; trying again");
                }
                told = true;
                sleep(AGAIN).await;
            }
            done => return done,
        }
    }
}
