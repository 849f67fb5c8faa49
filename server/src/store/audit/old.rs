//! Old: rows of before the chain, taken into it once, at the first start that knows it.

use super::{
    AuditTable,
    chain::{Head, end_hash, hash},
    row::{Ended, Told},
};
use crate::{error::Error, store::sql};

/// Rows that are sealed in one transaction: a start that is broken off goes on where it was.
const BATCH: i64 = 2_000;

#[derive(sqlx::FromRow)]
struct Old {
    id: i64,
    #[sqlx(flatten)]
    told: Told,
    #[sqlx(flatten)]
    ended: Ended,
}

impl AuditTable {
    /// Seals the rows that were written before there was a chain: those of this instance, and those of before instances
    /// were written down. To be called before anything is added. Gives their number.
    pub(super) async fn take_in_old(&self) -> Result<u64, Error> {
        let mut count = 0;
        for instance in ["", &*self.instance] {
            while let Some(taken) = self.take_in_some(instance).await? {
                count += taken;
            }
        }
        Ok(count)
    }

    /// `None`: there are no more. That is never undone: whoever takes a row's seal away does not get it a new one.
    async fn take_in_some(&self, instance: &str) -> Result<Option<u64>, Error> {
        let mut transaction = self.durable.begin().await?;
        let mut head = Head::load(&mut transaction, &self.vault, instance).await?;
        if !head.old {
            return Ok(None);
        }
        let rows: Vec<Old> = sql::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT id, {}, {} FROM audit WHERE instance = $1 AND hash IS NULL ORDER BY id LIMIT {BATCH}",
            Told::COLUMNS,
            Ended::COLUMNS
        )))
        .bind(instance)
        .fetch_all(&mut transaction)
        .await?;
        for Old { id, told, ended } in &rows {
            let previous = std::mem::take(&mut head.last);
            head.last = hash(&self.vault, &previous, told);
            let end = ended.is_over().then(|| end_hash(&self.vault, &head.last, ended));
            head.rows += 1;
            head.ended += i64::from(end.is_some());
            sql::query("UPDATE audit SET previous = $1, hash = $2, end_hash = $3 WHERE id = $4")
                .bind(previous)
                .bind(&head.last)
                .bind(end)
                .bind(*id)
                .execute(&mut transaction)
                .await?;
        }
        head.old = rows.len() as i64 == BATCH;
        head.save(&mut transaction, &self.vault).await?;
        transaction.commit().await?;
        Ok(Some(rows.len() as u64))
    }
}
