//! Anchors: every chain knows where the others stood not long ago. Nobody who has only the database makes a chain that fits,
//! but could put back one of before, or take a whole one away; the others' anchors tell of that.

use std::time::Duration;

use sqlx::FromRow;

use super::{AuditTable, chain::Head};
use crate::{
    error::Error,
    store::{
        crypto::Vault,
        sql::{self, Transaction},
    },
};

/// How often the others are looked at.
const PACE: Duration = Duration::from_secs(60 * 60);

/// Where a chain stood when another one looked.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub(super) struct Anchor {
    /// Whose chain it was.
    pub instance: String,
    /// How many rows it had ever had.
    pub rows: i64,
    /// The hash of the last of them.
    pub last: Vec<u8>,
}

impl Anchor {
    /// Those that the chain of `holder` keeps.
    pub async fn kept(connection: &mut Transaction, holder: &str) -> Result<Vec<Self>, sqlx::Error> {
        sql::query_as("SELECT instance, rows, last FROM audit_anchors WHERE holder = $1 ORDER BY instance")
            .bind(holder)
            .fetch_all(connection)
            .await
    }

    /// Whether the row is still in its place, or was rightly deleted.
    async fn stands(&self, connection: &mut Transaction, head: &Head) -> Result<bool, sqlx::Error> {
        if self.rows <= head.forgotten {
            return Ok(self.rows < head.forgotten || self.last == head.first);
        }
        let there: Option<Vec<u8>> = sql::query_scalar(
            "SELECT hash FROM audit WHERE instance = $1 AND hash IS NOT NULL ORDER BY id LIMIT 1 OFFSET $2",
        )
        .bind(&self.instance)
        .bind(self.rows - head.forgotten - 1)
        .fetch_optional(connection)
        .await?;
        Ok(there.as_ref() == Some(&self.last))
    }

    async fn keep(&self, connection: &mut Transaction, holder: &str) -> Result<(), sqlx::Error> {
        sql::query(
            "INSERT INTO audit_anchors (holder, instance, rows, last) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (holder, instance) DO UPDATE SET rows = excluded.rows, last = excluded.last",
        )
        .bind(holder)
        .bind(&self.instance)
        .bind(self.rows)
        .bind(&self.last)
        .execute(connection)
        .await?;
        Ok(())
    }

    /// What seals all of a holder's, in the order of their instances; `None` where there are none.
    pub fn seal(vault: &Vault, anchors: &[Self]) -> Option<Vec<u8>> {
        let numbers: Vec<[u8; 8]> = anchors.iter().map(|anchor| anchor.rows.to_be_bytes()).collect();
        let fields: Vec<Option<&[u8]>> = anchors
            .iter()
            .zip(&numbers)
            .flat_map(|(anchor, rows)| [anchor.instance.as_bytes(), &rows[..], &anchor.last[..]].map(Some))
            .collect();
        (!fields.is_empty()).then(|| vault.mac("audit anchors", &fields).to_vec())
    }
}

impl AuditTable {
    /// Looks at the other instances' chains now and then, for ever: a database error is logged and tried again.
    pub async fn keep_anchoring(self) {
        loop {
            if let Err(error) = self.anchor().await {
                tracing::warn!(%error, "the audit could not be anchored in the other instances\u{2019} chains");
            }
            tokio::time::sleep(PACE).await;
        }
    }

    /// Keeps where the other chains stand. Of one that was put back or taken away, the anchor of before is kept: it is what
    /// tells.
    pub(super) async fn anchor(&self) -> Result<(), Error> {
        // Looked for before anything is locked: whoever writes down a call waits for that.
        let mut snapshot = self.durable.snapshot().await?;
        let before = Anchor::kept(&mut snapshot, &self.instance).await?;
        let mut now = Vec::new();
        for other in Head::others(&mut snapshot, &self.instance).await? {
            let known = before.iter().find(|anchor| anchor.instance == other.instance);
            if other.old || other.ever() == 0 || !other.is_whole(&self.vault) {
                continue;
            }
            match known {
                Some(known) if !known.stands(&mut snapshot, &other).await? => tracing::error!(
                    instance = other.instance,
                    "the audit\u{2019}s chain was put back to an earlier state; `steward audit verify` says more"
                ),
                _ => now.push(Anchor {
                    rows: other.ever(),
                    last: other.last,
                    instance: other.instance,
                }),
            }
        }
        drop(snapshot);
        if before.is_empty() && now.is_empty() {
            return Ok(());
        }

        let mut transaction = self.durable.begin().await?;
        let mut head = Head::load(&mut transaction, &self.vault, &self.instance).await?;
        if head.anchored != Anchor::seal(&self.vault, &Anchor::kept(&mut transaction, &self.instance).await?) {
            head.mark_broken();
            // Nobody is to be accused by what somebody else has written.
            sql::query("DELETE FROM audit_anchors WHERE holder = $1")
                .bind(&*self.instance)
                .execute(&mut transaction)
                .await?;
        }
        for anchor in now {
            anchor.keep(&mut transaction, &self.instance).await?;
        }
        head.anchored = Anchor::seal(&self.vault, &Anchor::kept(&mut transaction, &self.instance).await?);
        head.save(&mut transaction, &self.vault).await?;
        transaction.commit().await?;
        Ok(())
    }
}
