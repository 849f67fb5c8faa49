//! The list of a person's sign-ins, and when each was last used.

use app::backend::SignInMethod;

use super::{Store, accounts::Details, now, sql};
use crate::{
    error::Error,
    identity::{AccountKey, Person, PersonId},
};

/// Seconds within which use is noted once: that is a write on a page's way.
const PACE: i64 = 5 * 60;
/// Sign-ins that are listed; nobody has more but a program that signs in again and again.
const MOST: i64 = 200;

/// One sign-in of a person's.
#[derive(Clone, Debug)]
pub struct Listed {
    pub key: AccountKey,
    /// Unix seconds.
    pub signed_in_at: i64,
    /// Unix seconds, to a few minutes.
    pub used_at: i64,
    pub method: SignInMethod,
    /// Empty of before browsers were kept.
    pub browser: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    person: Vec<u8>,
    details: Option<Vec<u8>>,
    signed_in_at: i64,
    used_at: i64,
}

impl Store {
    /// The person's sign-ins, the last used first.
    pub async fn accounts_of(&self, person: &PersonId) -> Result<Vec<Listed>, Error> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT key, person, details, signed_in_at, used_at FROM accounts WHERE owner = $1 AND sign_in IS NULL AND expires_at > $2 \
             ORDER BY used_at DESC, signed_in_at DESC LIMIT $3",
        )
        .bind(self.owner(person))
        .bind(now())
        .bind(MOST)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let key = AccountKey::from(row.key);
                let Person { method, .. } = self.open_person(&key, &row.person)?;
                let Details { browser, .. } = self.open_details(&key, row.details)?.unwrap_or_default();
                Ok(Listed {
                    key,
                    signed_in_at: row.signed_in_at,
                    used_at: row.used_at,
                    method,
                    browser,
                })
            })
            .collect()
    }

    /// Notes that the account is in use, where that was not noted for some minutes.
    pub async fn note_use(&self, key: &AccountKey, person: &PersonId, used_at: i64) -> Result<(), Error> {
        if now() - used_at < PACE {
            return Ok(());
        }
        // Accounts of before get their owner here. A power cut may take this back.
        sql::query("UPDATE accounts SET used_at = $1, owner = $2 WHERE key = $3")
            .bind(now())
            .bind(self.owner(person))
            .bind(key.as_str())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
