//! Sign-ins under way: a one-time state, bound to the browser that began it.

use serde::{Deserialize, Serialize};

use super::{Store, crypto::hashed, now, sql};
use crate::error::Error;

pub(super) const TABLE: &str = "sign_ins";
/// How long a person may take at Supabase's consent page, in seconds.
pub const PATIENCE: i64 = 600;
/// Sign-ins one browser may have under way (one per tab); the oldest gives way.
const AT_ONCE: i64 = 5;

/// What the callback needs to finish a sign-in.
#[derive(Serialize, Deserialize)]
pub struct SignIn {
    pub pkce_verifier: String,
    /// An own path.
    pub return_to: String,
    /// The key of the sign-in that gets a connection more; `None`: somebody signs in.
    #[serde(default)]
    pub connects: Option<String>,
}

impl Store {
    pub async fn begin_sign_in(&self, browser: &str, state: &str, sign_in: &SignIn) -> Result<(), Error> {
        let state_hash = hashed(state);
        let sealed = self.vault.seal(TABLE, &state_hash, sign_in)?;
        sql::query("INSERT INTO sign_ins (state_hash, browser, sealed, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(state_hash)
            .bind(browser)
            .bind(sealed)
            .bind(now() + PATIENCE)
            .execute(&self.durable)
            .await?;
        sql::query(
            "DELETE FROM sign_ins WHERE browser = $1 AND state_hash NOT IN \
             (SELECT state_hash FROM sign_ins WHERE browser = $1 ORDER BY expires_at DESC LIMIT $2)",
        )
        .bind(browser)
        .bind(AT_ONCE)
        .execute(&self.durable)
        .await?;
        Ok(())
    }

    /// Takes the sign-in out, so that of two callbacks with the same state only one gets it. `None`: the state is
    /// unknown, used, too old, or another browser's.
    pub async fn take_sign_in(&self, browser: &str, state: &str) -> Result<Option<SignIn>, Error> {
        let state_hash = hashed(state);
        let sealed: Option<Vec<u8>> = sql::query_scalar(
            "DELETE FROM sign_ins WHERE state_hash = $1 AND browser = $2 AND expires_at > $3 RETURNING sealed",
        )
        .bind(&state_hash)
        .bind(browser)
        .bind(now())
        .fetch_optional(&self.durable)
        .await?;
        sealed
            .map(|sealed| self.vault.open(TABLE, &state_hash, &sealed))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_in() -> SignIn {
        SignIn {
            pkce_verifier: "v".to_owned(),
            return_to: "/projects".to_owned(),
            connects: None,
        }
    }

    #[tokio::test]
    async fn a_state_works_once_and_only_for_its_browser() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        store.begin_sign_in("mine", "s", &sign_in()).await.unwrap();
        assert!(store.take_sign_in("another", "s").await.unwrap().is_none());
        assert_eq!(
            store.take_sign_in("mine", "s").await.unwrap().unwrap().return_to,
            "/projects"
        );
        assert!(store.take_sign_in("mine", "s").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn five_tabs_may_sign_in_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let store = super::super::for_tests(dir.path()).await;
        for tab in 0..6 {
            store.begin_sign_in("mine", &tab.to_string(), &sign_in()).await.unwrap();
        }
        let mut open = 0;
        for tab in 0..6 {
            open += usize::from(store.take_sign_in("mine", &tab.to_string()).await.unwrap().is_some());
        }
        assert_eq!(open, 5);
    }
}
