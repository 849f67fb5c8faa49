//! Resealing: while the secret key is changed, what is under the key of before is sealed anew, and the log and the metrics
//! tell how far that is.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use crate::{
    error::Error,
    metrics::Metrics,
    store::{Store, reseal::Tally},
};

/// How long until it is looked for what others have sealed under the old key meanwhile.
const PACE: Duration = Duration::from_secs(300);
/// Values from one line of the log to the next.
const TELL: u64 = 10_000;

/// Seals anew what is under the key of before, for ever: a database error is logged and tried again. Without such a key it
/// ends at once.
pub async fn keep_resealing(store: Store, metrics: Metrics) {
    if !store.is_changing_key() {
        return;
    }
    let mut told = false;
    loop {
        match once(&store, &metrics).await {
            Ok(Tally { old: 0, neither, .. }) => {
                if !told {
                    told = true;
                    tracing::info!(
                        "nothing is sealed under STEWARD_SECRET_KEY_OLD any more: once every instance says so, unset it"
                    );
                    if neither > 0 {
                        tracing::warn!(neither, "sealed values are opened by neither key, and stay as they are");
                    }
                }
            }
            Ok(Tally { old, .. }) => {
                told = false;
                tracing::warn!(
                    old,
                    "something writes under STEWARD_SECRET_KEY_OLD: do all instances have the new key?"
                );
            }
            Err(error) => {
                tracing::warn!(%error, "what is under STEWARD_SECRET_KEY_OLD could not be sealed anew; trying again later");
            }
        }
        tokio::time::sleep(PACE).await;
    }
}

async fn once(store: &Store, metrics: &Metrics) -> Result<Tally, Error> {
    let found = store.sealed().await?;
    metrics.under_old_key(found.old);
    if found.old > 0 {
        tracing::info!(values = found.old, "sealing anew what is under STEWARD_SECRET_KEY_OLD");
    }
    let done = AtomicU64::new(0);
    let left = store
        .reseal(&|count| {
            let before = done.fetch_add(count, Ordering::Relaxed);
            let done = before + count;
            metrics.under_old_key(found.old.saturating_sub(done));
            if before / TELL != done / TELL {
                tracing::info!(done, of = found.old, "sealed anew");
            }
        })
        .await?;
    metrics.under_old_key(left.old);
    Ok(left)
}
