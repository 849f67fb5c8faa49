//! Revocations: grants that have ended here, and are to end at Supabase however long that cannot be reached.

use secrecy::{ExposeSecret, SecretString};

use super::{
    Store, accounts,
    crypto::random_id,
    now,
    sql::{self, Builder, Transaction},
    tokens::SealedTokens,
};
use crate::{error::Error, identity::AccountKey};

pub(super) const TABLE: &str = "revocations";
/// Seconds for which Supabase is asked again.
const A_DAY: i64 = 24 * 60 * 60;
/// Seconds before a failed attempt is repeated; each time twice as many, up to [`SLOWEST`].
const FIRST: i64 = 15;
const SLOWEST: i64 = 60 * 60;
/// Revocations handed out at once.
const BATCH: i64 = 100;

/// One grant to be revoked.
#[derive(Clone, Debug)]
pub struct Revocation {
    pub id: String,
    pub refresh: SecretString,
}

/// What an account was before it ended.
#[derive(Clone, Debug)]
pub enum Ending {
    /// A living grant; the caller tries to revoke it at once.
    Grant(Revocation),
    /// A personal access token, which only its owner can delete.
    Token,
    /// Upstream had ended it, or nobody was signed in.
    Nothing,
}

impl Store {
    /// Forgets an account, and puts its grant among those to be revoked, in one step.
    pub async fn end_account(&self, key: &AccountKey) -> Result<Ending, Error> {
        let mut transaction = self.durable.begin().await?;
        let row: Option<(Vec<u8>, bool)> = sql::query_as("DELETE FROM accounts WHERE key = $1 RETURNING tokens, dead")
            .bind(key.as_str())
            .fetch_optional(&mut transaction)
            .await?;
        let ending = self.ending(&mut transaction, key, row).await?;
        transaction.commit().await?;
        Ok(ending)
    }

    /// What becomes of a row's tokens, now that nobody uses them here any more; `row`: sealed tokens, and whether they are dead.
    pub(super) async fn ending(
        &self,
        transaction: &mut Transaction,
        key: &AccountKey,
        row: Option<(Vec<u8>, bool)>,
    ) -> Result<Ending, Error> {
        Ok(match row {
            None | Some((_, true)) => Ending::Nothing,
            Some((sealed, false)) => match self.vault.open::<SealedTokens>(accounts::TABLE, key.as_str(), &sealed) {
                Ok(SealedTokens { refresh: None, .. }) => Ending::Token,
                Ok(SealedTokens {
                    refresh: Some(refresh), ..
                }) => Ending::Grant(self.enqueue(transaction, refresh.into()).await?),
                // With another key nobody can give it back.
                Err(error) => {
                    tracing::warn!(%error, "the grant of an account that ended cannot be revoked");
                    Ending::Nothing
                }
            },
        })
    }

    /// Puts a grant among those to be revoked; the caller tries it at once.
    pub async fn add_revocation(&self, refresh: SecretString) -> Result<Revocation, Error> {
        let mut transaction = self.durable.begin().await?;
        let revocation = self.enqueue(&mut transaction, refresh).await?;
        transaction.commit().await?;
        Ok(revocation)
    }

    async fn enqueue(&self, transaction: &mut Transaction, refresh: SecretString) -> Result<Revocation, Error> {
        let id = random_id();
        let sealed = self.vault.seal(TABLE, &id, &refresh.expose_secret())?;
        sql::query("INSERT INTO revocations (id, sealed, asked_at, next_at) VALUES ($1, $2, $3, $4)")
            .bind(&id)
            .bind(sealed)
            .bind(now())
            .bind(now() + FIRST)
            .execute(&mut *transaction)
            .await?;
        Ok(Revocation { id, refresh })
    }

    /// Supabase has ended the grant.
    pub async fn revoked(&self, id: &str) -> Result<(), Error> {
        sql::query("DELETE FROM revocations WHERE id = $1")
            .bind(id)
            .execute(&self.durable)
            .await?;
        Ok(())
    }

    /// Takes those that are due by then (Unix seconds), each for one attempt and by one instance. What nobody could
    /// revoke for a day is dropped and logged.
    pub async fn due_revocations(&self, by: i64) -> Result<Vec<Revocation>, Error> {
        let dropped = sql::query("DELETE FROM revocations WHERE asked_at <= $1")
            .bind(now() - A_DAY)
            .execute(&self.durable)
            .await?;
        if dropped > 0 {
            tracing::error!(
                dropped,
                "grants could not be revoked at Supabase for a day and are given up; their owners can remove Steward \
                 there, under the organization\u{2019}s OAuth apps"
            );
        }
        let mut transaction = self.durable.begin().await?;
        let mut query = Builder::new("SELECT id, sealed, attempts FROM revocations WHERE next_at <= ");
        query.push_bind(by).push(" ORDER BY next_at LIMIT ").push_bind(BATCH);
        query.push(transaction.dialect().skip_locked());
        let rows: Vec<(String, Vec<u8>, i64)> = query.build_as().fetch_all(&mut transaction).await?;
        for (id, _, attempts) in &rows {
            sql::query("UPDATE revocations SET attempts = attempts + 1, next_at = $1 WHERE id = $2")
                .bind(now() + pause(*attempts))
                .bind(id)
                .execute(&mut transaction)
                .await?;
        }
        transaction.commit().await?;
        let mut due = Vec::new();
        for (id, sealed, _) in rows {
            match self.vault.open::<String>(TABLE, &id, &sealed) {
                Ok(refresh) => due.push(Revocation {
                    refresh: refresh.into(),
                    id,
                }),
                Err(error) => {
                    tracing::warn!(%error, "a grant that was to be revoked was sealed with another key; it is given up");
                    self.revoked(&id).await?;
                }
            }
        }
        Ok(due)
    }

    /// Ends accounts whose time is over.
    pub(super) async fn end_expired_accounts(&self) -> Result<(), Error> {
        let keys: Vec<String> = sql::query_scalar(
            "SELECT key FROM accounts WHERE expires_at <= $1 \
             OR (sign_in IS NOT NULL AND sign_in NOT IN (SELECT key FROM accounts))",
        )
        .bind(now())
        .fetch_all(&self.pool)
        .await?;
        for key in keys {
            self.end_account(&AccountKey::from(key)).await?;
        }
        Ok(())
    }
}

/// Seconds until the next attempt, after so many that failed.
fn pause(attempts: i64) -> i64 {
    let doubled = u32::try_from(attempts)
        .ok()
        .and_then(|attempts| FIRST.checked_shl(attempts.min(20)))
        .unwrap_or(SLOWEST);
    doubled.clamp(FIRST, SLOWEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn store(dir: &tempfile::TempDir) -> Store {
        super::super::for_tests(dir.path()).await
    }

    async fn count(store: &Store) -> i64 {
        let count = sql::query_scalar("SELECT count(*) FROM revocations");
        count.fetch_one(&store.pool).await.unwrap()
    }

    #[test]
    fn attempts_are_farther_and_farther_apart_up_to_an_hour() {
        assert_eq!([0, 1, 2, 7].map(pause), [15, 30, 60, 1920]);
        assert_eq!([8, 20, 200, i64::MAX, -1].map(pause), [3600; 5]);
    }

    #[tokio::test]
    async fn what_is_due_is_handed_out_once_and_again_after_a_pause() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(&dir).await;
        let added = store.add_revocation("a-refresh-token".into()).await.unwrap();
        assert!(
            store.due_revocations(now()).await.unwrap().is_empty(),
            "the caller tries"
        );
        let due = store.due_revocations(now() + 60).await.unwrap();
        assert_eq!(due.len(), 1);
        assert_eq!(due[0].refresh.expose_secret(), "a-refresh-token");
        assert!(store.due_revocations(now()).await.unwrap().is_empty());
        store.revoked(&added.id).await.unwrap();
        assert_eq!(count(&store).await, 0);
    }

    #[tokio::test]
    async fn after_a_day_it_is_given_up() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(&dir).await;
        store.add_revocation("a-refresh-token".into()).await.unwrap();
        sql::query("UPDATE revocations SET asked_at = asked_at - $1")
            .bind(A_DAY)
            .execute(&store.durable)
            .await
            .unwrap();
        assert!(store.due_revocations(i64::MAX).await.unwrap().is_empty());
        assert_eq!(count(&store).await, 0);
    }

    #[tokio::test]
    async fn no_refresh_token_lies_readable_in_the_database() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(&dir).await;
        store.add_revocation("a-refresh-token".into()).await.unwrap();
        store.close().await;
        for file in std::fs::read_dir(dir.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(15).any(|window| window == b"a-refresh-token"));
        }
    }
}
