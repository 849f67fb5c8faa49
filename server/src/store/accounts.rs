//! Accounts: one sealed row per sign-in: whose it is, what is known of it, and how long it is kept.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    Store,
    crypto::hex,
    now,
    sql::{self, Transaction},
    tokens::{SealedTokens, TokenSet, scopes},
};
use crate::{
    error::Error,
    identity::{AccountKey, Person, PersonId},
};

pub(super) const TABLE: &str = "accounts";
/// How long an account is kept after it was last seen, in seconds; as long as a session.
pub const KEPT: i64 = 14 * 24 * 60 * 60;
/// How long after the sign-in it ends, however much it is used.
pub const LONGEST: i64 = 30 * 24 * 60 * 60;

/// What else is kept of a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The browser, in plain words.
    pub browser: String,
    /// The slugs of the organizations that the tokens open; `None`: not known.
    pub organizations: Option<Vec<String>>,
    /// What those are called, by slug, for when they can no longer be asked.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// Refs that the person typed, where the tokens may not list projects.
    #[serde(default)]
    pub projects: Vec<String>,
    /// How a personal token begins and ends; no secret.
    #[serde(default)]
    pub mark: Option<String>,
    /// Whether it is a personal token for a part of what its owner may.
    #[serde(default)]
    pub scoped: bool,
    /// The day on which a personal token ends, `YYYY-MM-DD`, as its owner said it.
    #[serde(default)]
    pub ends: Option<String>,
    /// Permissions that Supabase named as missing.
    #[serde(default)]
    pub lacks: BTreeSet<String>,
}

/// A sign-in that is to be kept.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    pub key: &'a AccountKey,
    pub person: &'a Person,
    pub tokens: &'a TokenSet,
    pub details: &'a Details,
    /// What stood for those who may sign in, see [`Store::admitted`]; `None` where everybody may.
    pub admitted_as: Option<&'a str>,
}

/// An account as it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    pub person: Person,
    /// Upstream refuses the grant for good.
    pub dead: bool,
    /// Unix seconds, to a few minutes.
    pub used_at: i64,
    pub details: Option<Details>,
    /// What the grant covers, where Supabase told it.
    pub scopes: Option<Arc<[String]>>,
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    person: Vec<u8>,
    dead: bool,
    used_at: i64,
    details: Option<Vec<u8>>,
    scopes: Option<String>,
}

/// When the account's owner was last found to be one of those who may sign in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Admitted {
    /// Unix seconds; 0 for never.
    pub at: i64,
    /// What stood for those who may, then.
    pub mark: Option<String>,
}

impl Store {
    pub async fn add_account(&self, account: NewAccount<'_>) -> Result<(), Error> {
        let mut transaction = self.durable.begin().await?;
        self.insert_account(&mut transaction, account).await?;
        transaction.commit().await?;
        Ok(())
    }

    pub(super) async fn insert_account(
        &self,
        transaction: &mut Transaction,
        account: NewAccount<'_>,
    ) -> Result<(), Error> {
        let NewAccount {
            key,
            person,
            tokens,
            details,
            admitted_as,
        } = account;
        let sealed = self.vault.seal(TABLE, key.as_str(), &SealedTokens::from(tokens))?;
        sql::query(
            "INSERT INTO accounts (key, person, tokens, details, owner, access_expires_at, scopes, projects, signed_in_at, \
             used_at, expires_at, admitted_at, admitted_as) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(key.as_str())
        .bind(self.seal_person(key, person)?)
        .bind(sealed)
        .bind(self.seal_details(key, details)?)
        .bind(self.owner(&person.id))
        .bind(tokens.access_expires_at)
        .bind(&tokens.scopes)
        .bind(&tokens.projects)
        .bind(now())
        .bind(now())
        .bind(now() + KEPT)
        .bind(admitted_as.map_or(0, |_| now()))
        .bind(admitted_as)
        .execute(&mut *transaction)
        .await?;
        Ok(())
    }

    /// Keeps who it is that signed in, once that is known.
    pub async fn name_account(&self, key: &AccountKey, person: &Person) -> Result<(), Error> {
        sql::query("UPDATE accounts SET person = $1, owner = $2 WHERE key = $3")
            .bind(self.seal_person(key, person)?)
            .bind(self.owner(&person.id))
            .bind(key.as_str())
            .execute(&self.durable)
            .await?;
        Ok(())
    }

    /// The account as it stands; `None` when nobody is signed in under this key.
    pub async fn account(&self, key: &AccountKey) -> Result<Option<Standing>, Error> {
        let row: Option<StandingRow> = sql::query_as(
            "SELECT person, dead, used_at, details, scopes FROM accounts WHERE key = $1 AND expires_at > $2",
        )
        .bind(key.as_str())
        .bind(now())
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| {
            Ok(Standing {
                person: self.open_person(key, &row.person)?,
                dead: row.dead,
                used_at: row.used_at,
                details: self.open_details(key, row.details)?,
                scopes: row.scopes.as_deref().map(scopes),
            })
        })
        .transpose()
    }

    /// Notes that the account's owner is one of those who may sign in; `mark` stands for who they are.
    pub async fn admitted(&self, key: &AccountKey, mark: &str) -> Result<(), Error> {
        sql::query("UPDATE accounts SET admitted_at = $1, admitted_as = $2 WHERE key = $3")
            .bind(now())
            .bind(mark)
            .bind(key.as_str())
            .execute(&self.durable)
            .await?;
        Ok(())
    }

    /// When that was noted last; `None` when nobody is signed in under this key.
    pub async fn admission(&self, key: &AccountKey) -> Result<Option<Admitted>, Error> {
        Ok(
            sql::query_as("SELECT admitted_at AS at, admitted_as AS mark FROM accounts WHERE key = $1")
                .bind(key.as_str())
                .fetch_optional(&self.pool)
                .await?,
        )
    }

    /// Takes the right to ask whether the owner may still be signed in; `false`: somebody took it in the last `seconds`.
    pub async fn begin_admission(&self, key: &AccountKey, seconds: i64) -> Result<bool, Error> {
        let taken =
            sql::query("UPDATE accounts SET admission_asked_at = $1 WHERE key = $2 AND admission_asked_at <= $3")
                .bind(now())
                .bind(key.as_str())
                .bind(now() - seconds)
                .execute(&self.durable)
                .await?;
        Ok(taken == 1)
    }

    /// Keeps an account that is still in use from running out, as long as it may last at all.
    pub async fn keep_account(&self, key: &AccountKey) -> Result<(), Error> {
        sql::query(
            "UPDATE accounts SET expires_at = CASE WHEN $1 < signed_in_at + $2 THEN $1 ELSE signed_in_at + $2 END \
             WHERE key = $3 OR sign_in = $3",
        )
        .bind(now() + KEPT)
        .bind(LONGEST)
        .bind(key.as_str())
        .execute(&self.durable)
        .await?;
        Ok(())
    }

    /// Forgets the account. Its grant stays what it is at Supabase: see [`Store::end_account`].
    pub async fn delete_account(&self, key: &AccountKey) -> Result<(), Error> {
        sql::query("DELETE FROM accounts WHERE key = $1")
            .bind(key.as_str())
            .execute(&self.durable)
            .await?;
        Ok(())
    }

    pub(super) fn seal_details(&self, key: &AccountKey, details: &Details) -> Result<Vec<u8>, Error> {
        self.vault.seal(TABLE, &details_row(key.as_str()), details)
    }

    fn seal_person(&self, key: &AccountKey, person: &Person) -> Result<Vec<u8>, Error> {
        self.vault.seal(TABLE, &person_row(key.as_str()), person)
    }

    pub(super) fn open_person(&self, key: &AccountKey, sealed: &[u8]) -> Result<Person, Error> {
        self.vault.open(TABLE, &person_row(key.as_str()), sealed)
    }

    pub(super) fn open_details(&self, key: &AccountKey, sealed: Option<Vec<u8>>) -> Result<Option<Details>, Error> {
        sealed
            .map(|sealed| self.vault.open(TABLE, &details_row(key.as_str()), &sealed))
            .transpose()
    }

    /// By what a person's accounts are found: the database alone does not tell whose they are.
    pub(super) fn owner(&self, person: &PersonId) -> String {
        hex(&self
            .vault
            .mac("owner of an account", &[Some(person.as_str().as_bytes())]))
    }
}

/// Keeps the sealed columns of a row from standing in for each other.
pub(super) fn person_row(key: &str) -> String {
    format!("{key}/person")
}

pub(super) fn details_row(key: &str) -> String {
    format!("{key}/details")
}
