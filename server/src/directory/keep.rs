//! Keeping: what was learned is written down behind the calls' back, so that it outlives the process.

use std::collections::HashMap;

use tokio::sync::{mpsc, oneshot};

use crate::store::{Store, places::PlaceRow};

/// Rows written in one statement.
const BATCH: usize = 500;

pub(super) enum Message {
    Row(PlaceRow),
    /// Answers when everything before it has been written.
    Flush(oneshot::Sender<()>),
}

/// Writes what comes, as much at once as has come meanwhile, until the last sender is gone.
pub(super) async fn keep(store: Store, mut waiting: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut messages, BATCH).await > 0 {
        // The newest of each: one statement may not change a row twice.
        let (mut rows, mut flushes) = (HashMap::new(), Vec::new());
        for message in messages.drain(..) {
            match message {
                Message::Row(row) => {
                    rows.insert((row.person.clone(), row.key.clone()), row);
                }
                Message::Flush(done) => flushes.push(done),
            }
        }
        if !rows.is_empty()
            && let Err(error) = store.keep_places(rows.into_values().collect()).await
        {
            tracing::warn!(%error, "what belongs to what could not be written down; it is asked again after a restart");
        }
        for done in flushes {
            // Whoever asked may have gone.
            let _ = done.send(());
        }
    }
}
