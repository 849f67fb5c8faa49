//! Changing the secret key: what is sealed under the key of before is sealed anew under the one of now, while everything
//! goes on and however many instances do it at once.
//!
//! The key that MACs are made under is kept, itself sealed: it is what the audit's chain, marks and ids hang on, which must
//! not change. It is sealed anew last. So whoever starts without the key of before, while something is still under it, is
//! told so at the start, not by pages that do not open.

use std::{path::Path, time::Duration};

use secrecy::{ExposeSecret, SecretSlice};
use sqlx::AssertSqlSafe;

use super::{
    Store, accounts,
    audit::chain,
    baselines,
    crypto::{Under, Vault, hex},
    findings, flashes, inspect, key, marks, plans, revocations, sessions, sign_ins, snippets,
    sql::{self, Pool},
    statements, types,
};
use crate::error::Error;

/// Rows that are looked at and sealed anew together, and how long others have the database after that.
const STEP: i64 = 32;
const PAUSE: Duration = Duration::from_millis(5);

/// Where the keys lie that are kept, and the one for MACs among them.
const KEYS: &str = "kept_keys";
const MACS: &str = "macs";

/// A column of sealed values.
pub(super) struct Sealed {
    pub table: &'static str,
    pub column: &'static str,
    /// The columns of the row's key; the second is empty where there is none.
    key: (&'static str, &'static str),
    /// What the vault was told of table and row when the value was sealed.
    seal: &'static str,
    row: fn(&str, &str) -> String,
}

const fn sealed(table: &'static str, key: &'static str, column: &'static str, seal: &'static str) -> Sealed {
    Sealed {
        table,
        column,
        key: (key, ""),
        seal,
        row: |key, _| key.to_owned(),
    }
}

/// All columns of sealed values. A test compares them with those that there are.
pub(super) const SEALED: &[Sealed] = &[
    sealed("sessions", "id_hash", "sealed", sessions::TABLE),
    sealed("sign_ins", "state_hash", "sealed", sign_ins::TABLE),
    sealed("accounts", "key", "tokens", accounts::TABLE),
    Sealed {
        row: |key, _| accounts::person_row(key),
        ..sealed("accounts", "key", "person", accounts::TABLE)
    },
    Sealed {
        row: |key, _| accounts::details_row(key),
        ..sealed("accounts", "key", "details", accounts::TABLE)
    },
    sealed("notices", "id_hash", "sealed", flashes::TABLE),
    sealed("revocations", "id", "sealed", revocations::TABLE),
    sealed("plans", "id_hash", "sealed", plans::TABLE),
    sealed("baselines", "project", "sealed", baselines::TABLE),
    Sealed {
        key: ("project", "finding"),
        row: findings::row,
        ..sealed("accepted_findings", "project", "sealed", findings::TABLE)
    },
    sealed("ran_statements", "id", "told", statements::RAN_TOLD),
    sealed("ran_statements", "id", "sealed", statements::RAN),
    sealed("snippets", "id", "told", snippets::NAMED_TOLD),
    sealed("snippets", "id", "sealed", snippets::NAMED),
    sealed("production_marks", "project", "sealed", marks::TABLE),
    sealed("seen_types", "id", "sealed", types::TABLE),
    // The last, see above.
    sealed(KEYS, "name", "sealed", KEYS),
];

/// How many values are sealed, and under what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub current: u64,
    pub old: u64,
    /// Neither key opens them: they were tampered with, or are of a key that nobody knows any more.
    pub neither: u64,
}

impl Tally {
    fn add(&mut self, under: Under) {
        match under {
            Under::Current => self.current += 1,
            Under::Old => self.old += 1,
            Under::Neither => self.neither += 1,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            current: self.current + other.current,
            old: self.old + other.old,
            neither: self.neither + other.neither,
        }
    }
}

/// Rows of a column: their key and the value.
type Rows = Vec<(String, String, Vec<u8>)>;

impl Sealed {
    fn row(&self, first: &str, second: &str) -> String {
        (self.row)(first, second)
    }

    /// The next rows behind that of this key.
    async fn after(&self, pool: &Pool, behind: Option<&(String, String)>) -> Result<Rows, sqlx::Error> {
        let Self { table, column, key, .. } = self;
        let (first, second) = (key.0, if key.1.is_empty() { "''" } else { key.1 });
        // Only our own words stand in the statement. No key is empty.
        let statement = AssertSqlSafe(format!(
            "SELECT {first}, {second}, {column} FROM {table} WHERE ({first} > $1 OR ({first} = $1 AND {second} > $2)) \
             AND {column} IS NOT NULL ORDER BY 1, 2 LIMIT $3"
        ));
        let (one, two) = behind.map_or(("", ""), |(one, two)| (one, two));
        sql::query_as(statement)
            .bind(one)
            .bind(two)
            .bind(STEP)
            .fetch_all(pool)
            .await
    }

    /// Replaces a value, unless somebody has written another one meanwhile.
    fn replace(&self, (first, second): (String, String), before: Vec<u8>, after: Vec<u8>) -> sql::Query {
        let Self { table, column, key, .. } = self;
        let also = match key.1 {
            "" => "AND $4 = ''".to_owned(),
            second => format!("AND {second} = $4"),
        };
        let statement = AssertSqlSafe(format!(
            "UPDATE {table} SET {column} = $1 WHERE {column} = $2 AND {} = $3 {also}",
            key.0
        ));
        sql::query(statement).bind(after).bind(before).bind(first).bind(second)
    }

    async fn look(&self, pool: &Pool, vault: &Vault) -> Result<Tally, Error> {
        let (mut tally, mut behind) = (Tally::default(), None);
        loop {
            let rows = self.after(pool, behind.as_ref()).await?;
            let Some((first, second, _)) = rows.last() else {
                return Ok(tally);
            };
            behind = Some((first.clone(), second.clone()));
            for (first, second, value) in &rows {
                tally.add(vault.under(self.seal, &self.row(first, second), value));
            }
        }
    }

    /// Seals anew what is under the old key. `did` is told of how many values at each step.
    async fn reseal(&self, pool: &Pool, vault: &Vault, did: &(dyn Fn(u64) + Sync)) -> Result<(), Error> {
        let mut behind = None;
        loop {
            let rows = self.after(pool, behind.as_ref()).await?;
            let Some((first, second, _)) = rows.last() else {
                return Ok(());
            };
            behind = Some((first.clone(), second.clone()));
            let mut replacing = Vec::new();
            for (first, second, before) in rows {
                if let Some(after) = vault.reseal(self.seal, &self.row(&first, &second), &before)? {
                    replacing.push(self.replace((first, second), before, after));
                }
            }
            if replacing.is_empty() {
                continue;
            }
            let count = replacing.len() as u64;
            let mut transaction = pool.begin().await?;
            for one in replacing {
                one.execute(&mut transaction).await?;
            }
            transaction.commit().await?;
            did(count);
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// What is sealed in the database, and under which keys.
async fn look(pool: &Pool, vault: &Vault) -> Result<Tally, Error> {
    let mut all = Tally::default();
    for column in SEALED {
        all = all.plus(column.look(pool, vault).await?);
    }
    Ok(all)
}

impl Store {
    /// What is sealed, and under which keys.
    pub async fn sealed(&self) -> Result<Tally, Error> {
        look(&self.pool, &self.vault).await
    }

    /// Whether the key of before is given, too.
    pub fn is_changing_key(&self) -> bool {
        self.vault.old().is_some()
    }

    /// Seals anew what is still under the key of before, and gives what there was found afterwards. `did` is told of how
    /// many values at each step. Broken off anywhere, it is what the next one goes on from.
    pub async fn reseal(&self, did: &(dyn Fn(u64) + Sync)) -> Result<Tally, Error> {
        for column in SEALED.iter().filter(|column| column.table != KEYS) {
            column.reseal(&self.pool, &self.vault, did).await?;
        }
        let found = self.sealed().await?;
        let kept = SEALED.iter().filter(|column| column.table == KEYS);
        for column in kept {
            // All that is left is what is sealed anew here: elsewhere somebody has written under the old key meanwhile.
            let own = column.look(&self.pool, &self.vault).await?;
            if own.old == found.old {
                column.reseal(&self.durable, &self.vault, did).await?;
            }
        }
        self.sealed().await
    }

    /// Takes the kept key for MACs, which is kept from now on where there is none.
    ///
    /// # Errors
    /// What stands was sealed under another key than those that are given.
    pub(super) async fn with_kept_key(mut self) -> Result<Self, Error> {
        if kept_key(&self.durable, &self.vault).await?.is_none() {
            let began = self.mac_key_of_before().await?;
            let sealed = self.vault.seal(KEYS, MACS, &hex(began.expose_secret()))?;
            // Another instance may be first.
            sql::query("INSERT INTO kept_keys (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(MACS)
                .bind(sealed)
                .execute(&self.durable)
                .await?;
        }
        if let Some(kept) = kept_key(&self.durable, &self.vault).await? {
            self.vault = self.vault.with_mac_key(kept)?;
        }
        Ok(self)
    }

    /// Where no key for MACs was kept yet: the one that follows from the secret key under which everything stands.
    async fn mac_key_of_before(&self) -> Result<&SecretSlice<u8>, Error> {
        let own = self.vault.mac_key();
        let old = self.vault.old().map(Vault::mac_key);
        for vault in [Some(&self.vault), self.vault.old()].into_iter().flatten() {
            if chain::fits(&self.durable, vault).await? {
                return Ok(vault.mac_key());
            }
        }
        match (self.sealed().await?, old) {
            (
                Tally {
                    current: 0, old: 1.., ..
                },
                Some(old),
            ) => Ok(old),
            (
                Tally {
                    current: 0,
                    old: 0,
                    neither: 1..,
                },
                _,
            ) => Err(other_key(&self.vault)),
            (Tally { .. }, _) => Ok(own),
        }
    }
}

/// The key for MACs that is kept; `None`: none is.
async fn kept_key(pool: &Pool, vault: &Vault) -> Result<Option<SecretSlice<u8>>, Error> {
    let sealed: Option<Vec<u8>> = sql::query_scalar("SELECT sealed FROM kept_keys WHERE name = $1")
        .bind(MACS)
        .fetch_optional(pool)
        .await?;
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let text: String = vault.open(KEYS, MACS, &sealed).map_err(|_| other_key(vault))?;
    key::decode(&text).ok_or(Error::Sealed { table: KEYS }).map(Some)
}

fn other_key(vault: &Vault) -> Error {
    Error::OtherKey(match vault.old() {
        None => "The secret key does not open",
        Some(_) => "Neither the secret key nor STEWARD_SECRET_KEY_OLD opens",
    })
}

/// What is sealed in the database that `url` or `data_dir` names, and under which keys. It must be there and of this
/// Steward's schema; nothing is changed in it.
///
/// # Errors
/// Neither key opens what stands, or it cannot be read.
pub async fn examine(url: Option<&str>, data_dir: &Path, vault: &Vault) -> Result<Tally, Error> {
    let pool = inspect::reading(url, data_dir).await?;
    kept_key(&pool, vault).await?;
    let tally = look(&pool, vault).await;
    pool.close().await;
    tally
}

#[cfg(test)]
mod tests;
