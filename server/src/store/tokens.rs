//! The tokens of accounts: sealed, refreshed by one instance at a time, which holds a lease, and dead once Supabase refuses
//! them for good.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{Store, accounts::TABLE, now, sql};
use crate::{error::Error, identity::AccountKey};

/// What the API gave. Personal access tokens have neither refresh token nor end.
#[derive(Clone, Debug)]
pub struct TokenSet {
    pub access: SecretString,
    pub refresh: Option<SecretString>,
    /// Unix seconds.
    pub access_expires_at: Option<i64>,
    /// What the grant covers, with spaces between, where the API told it; no secret.
    pub scopes: Option<String>,
    /// The refs of the projects that the grant is limited to, with spaces between; empty: it is for all of them. `None`:
    /// the API did not tell it.
    pub projects: Option<String>,
}

/// The tokens as they lie in the database.
#[derive(Clone, Debug)]
pub struct StoredTokens {
    pub tokens: TokenSet,
    /// Grows with every refresh.
    pub revision: i64,
    /// Upstream refuses the grant for good.
    pub dead: bool,
}

/// The sealed half of a [`TokenSet`].
#[derive(Serialize, Deserialize)]
pub(super) struct SealedTokens {
    access: String,
    pub(super) refresh: Option<String>,
}

impl From<&TokenSet> for SealedTokens {
    fn from(tokens: &TokenSet) -> Self {
        Self {
            access: tokens.access.expose_secret().to_owned(),
            refresh: tokens.refresh.as_ref().map(|token| token.expose_secret().to_owned()),
        }
    }
}

impl SealedTokens {
    /// What stands in a row that holds none any more.
    pub(super) fn none() -> Self {
        Self {
            access: String::new(),
            refresh: None,
        }
    }
}

/// The words of a grant's scopes or projects, as they are kept: one after another.
pub fn scopes(told: &str) -> Arc<[String]> {
    told.split_whitespace().map(str::to_owned).collect()
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    tokens: Vec<u8>,
    access_expires_at: Option<i64>,
    revision: i64,
    dead: bool,
    scopes: Option<String>,
    projects: Option<String>,
}

impl Store {
    pub async fn tokens(&self, key: &AccountKey) -> Result<Option<StoredTokens>, Error> {
        let row: Option<TokenRow> = sql::query_as(
            "SELECT tokens, access_expires_at, revision, dead, scopes, projects FROM accounts WHERE key = $1 AND expires_at > $2",
        )
        .bind(key.as_str())
        .bind(now())
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| {
            let SealedTokens { access, refresh } = self.vault.open(TABLE, key.as_str(), &row.tokens)?;
            let tokens = TokenSet {
                access: access.into(),
                refresh: refresh.map(Into::into),
                access_expires_at: row.access_expires_at,
                scopes: row.scopes,
                projects: row.projects,
            };
            Ok(StoredTokens {
                tokens,
                revision: row.revision,
                dead: row.dead,
            })
        })
        .transpose()
    }

    /// Takes the right to refresh for `seconds` of the database's clock, which all instances share. `false`: another holder has it, or the account is gone or dead.
    pub async fn take_lease(&self, key: &AccountKey, holder: &str, seconds: i64) -> Result<bool, Error> {
        let taken = sql::query(
            "UPDATE accounts SET lease = $1, lease_until = unixepoch() + $2 \
             WHERE key = $3 AND dead = FALSE AND (lease IS NULL OR lease_until <= unixepoch())",
        )
        .bind(holder)
        .bind(seconds)
        .bind(key.as_str())
        .execute(&self.durable)
        .await?;
        Ok(taken == 1)
    }

    /// After how many seconds another may take it at the latest; 0: nobody has it.
    pub async fn lease_ends_in(&self, key: &AccountKey) -> Result<i64, Error> {
        let seconds: Option<i64> =
            sql::query_scalar("SELECT lease_until - unixepoch() FROM accounts WHERE key = $1 AND lease IS NOT NULL")
                .bind(key.as_str())
                .fetch_optional(&self.pool)
                .await?;
        Ok(seconds.unwrap_or_default().max(0))
    }

    pub async fn release_lease(&self, key: &AccountKey, holder: &str) -> Result<(), Error> {
        sql::query("UPDATE accounts SET lease = NULL WHERE key = $1 AND lease = $2")
            .bind(key.as_str())
            .bind(holder)
            .execute(&self.durable)
            .await?;
        Ok(())
    }

    /// Keeps refreshed tokens and gives the lease back. `false`: the row is gone, or no longer at `revision`, which only
    /// a holder whose lease ran out while it waited for the API can meet. Another may meanwhile have found the refresh token
    /// of before refused, and the grant dead; what this one was given lives.
    pub async fn save_tokens(&self, key: &AccountKey, revision: i64, tokens: &TokenSet) -> Result<bool, Error> {
        let sealed = self.vault.seal(TABLE, key.as_str(), &SealedTokens::from(tokens))?;
        let saved = sql::query(
            "UPDATE accounts SET tokens = $1, access_expires_at = $2, scopes = coalesce($3, scopes), \
             projects = coalesce($4, projects), revision = revision + 1, lease = NULL, dead = FALSE, refreshed_at = unixepoch() \
             WHERE key = $5 AND revision = $6",
        )
        .bind(sealed)
        .bind(tokens.access_expires_at)
        .bind(&tokens.scopes)
        .bind(&tokens.projects)
        .bind(key.as_str())
        .bind(revision)
        .execute(&self.durable)
        .await?;
        Ok(saved == 1)
    }

    /// Marks the grant as refused for good, unless somebody has refreshed it since.
    pub async fn mark_dead(&self, key: &AccountKey, revision: i64) -> Result<(), Error> {
        sql::query("UPDATE accounts SET dead = TRUE, lease = NULL WHERE key = $1 AND revision = $2")
            .bind(key.as_str())
            .bind(revision)
            .execute(&self.durable)
            .await?;
        Ok(())
    }
}
