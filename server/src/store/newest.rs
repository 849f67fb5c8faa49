//! What an account keeps of a kind is bounded: the oldest go first.

use sqlx::AssertSqlSafe;

use super::{Store, sql};
use crate::{error::Error, identity::AccountKey};

impl Store {
    /// Leaves the newest `each` of the account's rows in `table`, by when they run out; the one with `id_hash`, which was just
    /// added, is one of them. `which`: a condition that a row meets which may go.
    pub(super) async fn keep_newest(
        &self,
        table: &'static str,
        which: &'static str,
        account: &AccountKey,
        id_hash: &str,
        each: i64,
    ) -> Result<(), Error> {
        // Only our own words stand in the statement.
        let statement = format!(
            "DELETE FROM {table} WHERE account = $1 AND {which} AND id_hash <> $2 AND id_hash NOT IN \
             (SELECT id_hash FROM {table} WHERE account = $1 AND id_hash <> $2 ORDER BY expires_at DESC LIMIT $3)"
        );
        sql::query(AssertSqlSafe(statement))
            .bind(account.as_str())
            .bind(id_hash)
            .bind(each - 1)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
