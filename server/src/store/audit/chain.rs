//! The chain: every row carries the hash of the one before it. Both are keyed, so that nobody who has only the database
//! changes, adds or takes away a row without [`super::verify`] finding it.
//!
//! An instance has a chain of its own. Its head says how many rows there are and where they begin and end; it is read and
//! written in the transaction that writes the rows, so that several processes may share it.

use sqlx::FromRow;

use super::row::{Ended, Told};
use crate::store::{
    crypto::{MAC, Vault},
    sql::{self, Pool, Transaction},
};

/// What stands in the place of the hash before the very first row.
const BEGINNING: [u8; MAC] = [0; MAC];

/// The hash of what was known before a call left, behind `previous`.
pub(super) fn hash(vault: &Vault, previous: &[u8], told: &Told) -> Vec<u8> {
    let fields = [
        Some(previous),
        Some(told.at.as_bytes()),
        Some(told.instance.as_bytes()),
        Some(told.person.as_bytes()),
        Some(told.label.as_bytes()),
        Some(told.through.as_bytes()),
        Some(told.operation.as_bytes()),
        Some(told.area.as_bytes()),
        told.scope_kind.as_deref().map(str::as_bytes),
        told.scope.as_deref().map(str::as_bytes),
        Some(told.marks.as_bytes()),
        Some(told.sentence.as_bytes()),
        Some(told.parameters.as_bytes()),
        Some(told.effect.as_bytes()),
    ];
    // Rows of before have none, and their hashes stay what they are.
    let connection = told.connection.as_ref().map(|connection| Some(connection.as_bytes()));
    let fields: Vec<Option<&[u8]>> = fields.into_iter().chain(connection).collect();
    vault.mac("audit row", &fields).to_vec()
}

/// The hash of what came of the call of the row with this `hash`.
pub(super) fn end_hash(vault: &Vault, hash: &[u8], ended: &Ended) -> Vec<u8> {
    let numbers = [
        ended.status,
        ended.remaining,
        ended.limit,
        ended.milliseconds,
        Some(i64::from(ended.reached)),
    ]
    .map(|number| number.map(i64::to_be_bytes));
    let fields = [
        Some(hash),
        Some(ended.decision.as_bytes()),
        Some(ended.outcome.as_bytes()),
        ended.message.as_deref().map(str::as_bytes),
        ended.request_id.as_deref().map(str::as_bytes),
    ];
    let numbers = numbers.iter().map(|number| number.as_ref().map(|bytes| &bytes[..]));
    let fields: Vec<Option<&[u8]>> = fields.into_iter().chain(numbers).collect();
    vault.mac("audit end", &fields).to_vec()
}

/// Whether a chain goes on under this vault's key for MACs.
pub async fn fits(pool: &Pool, vault: &Vault) -> Result<bool, sqlx::Error> {
    let heads: Vec<Head> = sql::query_as("SELECT * FROM audit_chain").fetch_all(pool).await?;
    Ok(heads.iter().any(|head| head.is_whole(vault)))
}

/// Where an instance's chain stands.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Head {
    pub instance: String,
    pub rows: i64,
    /// Of the rows those whose end is known.
    pub ended: i64,
    /// The hash before the oldest row.
    pub first: Vec<u8>,
    /// The hash of the newest row.
    pub last: Vec<u8>,
    /// Whether rows of before the chain are still to be taken in.
    pub old: bool,
    /// When it was found changed or missing.
    pub broken: Option<String>,
    /// Rows that stood before the oldest one and that retention has deleted.
    pub forgotten: i64,
    /// What seals its anchors in the other chains.
    pub anchored: Option<Vec<u8>>,
    mac: Vec<u8>,
}

impl Head {
    fn new(instance: &str) -> Self {
        Self {
            instance: instance.to_owned(),
            rows: 0,
            ended: 0,
            first: BEGINNING.to_vec(),
            last: BEGINNING.to_vec(),
            old: false,
            broken: None,
            forgotten: 0,
            anchored: None,
            mac: Vec::new(),
        }
    }

    /// As it is kept; `None` where there is none.
    pub async fn kept(connection: &mut Transaction, instance: &str) -> Result<Option<Self>, sqlx::Error> {
        sql::query_as("SELECT * FROM audit_chain WHERE instance = $1")
            .bind(instance)
            .fetch_optional(connection)
            .await
    }

    /// Those of all other instances.
    pub async fn others(connection: &mut Transaction, instance: &str) -> Result<Vec<Self>, sqlx::Error> {
        sql::query_as("SELECT * FROM audit_chain WHERE instance <> $1 ORDER BY instance")
            .bind(instance)
            .fetch_all(connection)
            .await
    }

    /// The head to go on from. One that was changed or taken away is marked so for good, and the chain goes on behind the
    /// rows that are there: the audit must not stop because somebody has been at it.
    /// Until the transaction ends nobody else adds to the chain.
    pub async fn load(connection: &mut Transaction, vault: &Vault, instance: &str) -> Result<Self, sqlx::Error> {
        connection.alone("audit chain", instance).await?;
        if let Some(mut head) = Self::kept(connection, instance).await? {
            if !head.is_whole(vault) {
                head.mark_broken();
            }
            return Ok(head);
        }
        let (sealed, ended, bare): (i64, i64, i64) =
            sql::query_as("SELECT count(hash), count(end_hash), count(*) - count(hash) FROM audit WHERE instance = $1")
                .bind(instance)
                .fetch_one(&mut *connection)
                .await?;
        let mut head = Self::new(instance);
        head.old = sealed == 0 && bare > 0;
        if sealed > 0 {
            head.mark_broken();
            (head.rows, head.ended) = (sealed, ended);
            head.last = sql::query_scalar(
                "SELECT hash FROM audit WHERE instance = $1 AND hash IS NOT NULL ORDER BY id DESC LIMIT 1",
            )
            .bind(instance)
            .fetch_one(connection)
            .await?;
        }
        Ok(head)
    }

    pub async fn save(&self, connection: &mut Transaction, vault: &Vault) -> Result<(), sqlx::Error> {
        sql::query(
            "INSERT INTO audit_chain (instance, rows, ended, first, last, old, broken, forgotten, anchored, mac) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (instance) DO UPDATE SET rows = excluded.rows, \
             ended = excluded.ended, first = excluded.first, last = excluded.last, old = excluded.old, \
             broken = excluded.broken, forgotten = excluded.forgotten, anchored = excluded.anchored, mac = excluded.mac",
        )
        .bind(&self.instance)
        .bind(self.rows)
        .bind(self.ended)
        .bind(&self.first)
        .bind(&self.last)
        .bind(self.old)
        .bind(&self.broken)
        .bind(self.forgotten)
        .bind(self.anchored.clone())
        .bind(self.seal(vault))
        .execute(connection)
        .await?;
        Ok(())
    }

    /// Whether nobody but Steward has written it.
    pub fn is_whole(&self, vault: &Vault) -> bool {
        self.mac == self.seal(vault)
    }

    /// How many rows it has ever had.
    pub fn ever(&self) -> i64 {
        self.forgotten + self.rows
    }

    pub fn mark_broken(&mut self) {
        if self.broken.is_none() {
            tracing::error!(
                instance = self.instance,
                "the head of the audit\u{2019}s chain was changed or taken away; `steward audit verify` says more"
            );
            self.broken = Some(super::row::rfc3339(time::OffsetDateTime::now_utc()));
        }
    }

    fn seal(&self, vault: &Vault) -> Vec<u8> {
        let numbers = [self.rows, self.ended, i64::from(self.old)].map(i64::to_be_bytes);
        let fields = [
            Some(self.instance.as_bytes()),
            Some(&numbers[0][..]),
            Some(&numbers[1][..]),
            Some(&numbers[2][..]),
            Some(&self.first[..]),
            Some(&self.last[..]),
            self.broken.as_deref().map(str::as_bytes),
        ];
        // Heads of before have neither, and their seals stay what they are.
        let forgotten = self.forgotten.to_be_bytes();
        let later = [Some(&forgotten[..]), self.anchored.as_deref()];
        let later = later
            .into_iter()
            .filter(|_| self.forgotten > 0 || self.anchored.is_some());
        let fields: Vec<Option<&[u8]>> = fields.into_iter().chain(later).collect();
        vault.mac("audit head", &fields).to_vec()
    }
}
