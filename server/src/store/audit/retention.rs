//! Retention: rows that are older than somebody wants to keep them are deleted, and the chain begins behind them.

use std::time::Duration;

use time::OffsetDateTime;

use super::{AuditTable, chain::Head, row::rfc3339};
use crate::{error::Error, store::sql};

/// Rows that are deleted in one transaction, so that no write waits for long.
const BATCH: i64 = 1_000;
/// How often rows are looked for that have become too old.
const PACE: Duration = Duration::from_secs(60 * 60);

impl AuditTable {
    /// Deletes what is older than so many days, for ever: a database error is logged and tried again.
    pub async fn keep_days(self, days: u32) {
        loop {
            let before = OffsetDateTime::now_utc() - time::Duration::days(i64::from(days));
            match self.forget(before).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, days, "calls that the audit no longer keeps were deleted"),
                Err(error) => tracing::warn!(%error, "old calls could not be deleted from the audit"),
            }
            tokio::time::sleep(PACE).await;
        }
    }

    /// Deletes this instance's rows of before the moment, those of before instances were written down, and those of
    /// instances that have written nothing since; others delete their own. Gives their number.
    pub(super) async fn forget(&self, before: OffsetDateTime) -> Result<u64, Error> {
        let before = rfc3339(before);
        let mut instances = vec![String::new(), self.instance.to_string()];
        instances.extend(self.silent_since(&before).await?);
        let mut count = 0;
        for instance in instances {
            loop {
                let gone = self.forget_some(&instance, &before).await?;
                count += gone;
                if gone == 0 {
                    break;
                }
            }
        }
        Ok(count)
    }

    /// The other instances that have rows, but none since then: they may never come back to delete them.
    async fn silent_since(&self, before: &str) -> Result<Vec<String>, Error> {
        let silent = sql::query_scalar(
            "SELECT instance FROM audit_chain WHERE instance NOT IN ('', $1) AND rows > 0 \
             AND (SELECT at FROM audit WHERE audit.instance = audit_chain.instance ORDER BY id DESC LIMIT 1) < $2",
        );
        Ok(silent
            .bind(&*self.instance)
            .bind(before)
            .fetch_all(&self.durable)
            .await?)
    }

    async fn forget_some(&self, instance: &str, before: &str) -> Result<u64, Error> {
        let mut transaction = self.durable.begin().await?;
        let mut head = Head::load(&mut transaction, &self.vault, instance).await?;
        let oldest: Vec<(i64, String, Option<Vec<u8>>, bool)> = sql::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT id, at, hash, end_hash IS NOT NULL FROM audit WHERE instance = $1 ORDER BY id LIMIT {BATCH}"
        )))
        .bind(instance)
        .fetch_all(&mut transaction)
        .await?;
        // Only from the beginning on: the chain has no gaps. What is still under way is kept.
        let old = oldest
            .iter()
            .take_while(|(_, at, hash, over)| at.as_str() < before && hash.is_some() && *over);
        let (mut gone, mut last) = (0, None);
        for (id, _, hash, _) in old {
            gone += 1;
            last = Some((*id, hash.clone().unwrap_or_default()));
        }
        let Some((last, hash)) = last else {
            return Ok(0);
        };
        sql::query("DELETE FROM audit WHERE instance = $1 AND id <= $2")
            .bind(instance)
            .bind(last)
            .execute(&mut transaction)
            .await?;
        head.first = hash;
        head.rows -= gone;
        head.ended -= gone;
        head.forgotten += gone;
        head.save(&mut transaction, &self.vault).await?;
        transaction.commit().await?;
        Ok(gone.unsigned_abs())
    }
}
