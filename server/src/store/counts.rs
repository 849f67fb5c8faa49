//! What there is how much of, for the metrics.

use super::{Store, now, sql};
use crate::error::Error;

impl Store {
    /// Sessions that have not run out.
    pub async fn count_sessions(&self) -> Result<i64, Error> {
        Ok(sql::query_scalar("SELECT count(*) FROM sessions WHERE expires_at > $1")
            .bind(now())
            .fetch_one(&self.pool)
            .await?)
    }
}
