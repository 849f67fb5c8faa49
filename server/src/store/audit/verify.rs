//! Verify: walks every chain of the audit, and names the first row of each with which something is wrong.

use std::{collections::HashMap, fmt};

use futures::TryStreamExt;

use super::{
    anchors::Anchor,
    chain::{Head, end_hash, hash},
    row::{Ended, Told},
};
use crate::{
    error::Error,
    store::{
        Store,
        sql::{self, Transaction},
    },
};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Rows that were walked.
    pub rows: u64,
    /// Of them those whose outcome is not known yet.
    pub open: u64,
    /// Chains, one for each instance.
    pub chains: u64,
    /// Rows of instances that have not been started since there is a chain: nothing can be said of them.
    pub unsealed: u64,
    /// The first break of each chain that has one, the oldest row first.
    pub breaks: Vec<Break>,
}

/// Where a chain breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Break {
    /// The row's number and moment; of rows that are missing at the end the last one that is there.
    pub row: Option<(i64, String)>,
    pub instance: String,
    pub what: &'static str,
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.row {
            Some((id, at)) => write!(f, "row {id} of {at} (instance {}): {}", self.instance, self.what),
            None => write!(f, "instance {}: {}", self.instance, self.what),
        }
    }
}

/// What others have seen of a chain: a place, counted from its very first row, and the hashes of the row there.
type Seen = HashMap<i64, Vec<Vec<u8>>>;

/// Where a chain stands, and what is wrong with that.
struct Chain {
    head: Head,
    wrong: Option<&'static str>,
}

#[derive(sqlx::FromRow)]
struct Sealed {
    id: i64,
    #[sqlx(flatten)]
    told: Told,
    #[sqlx(flatten)]
    ended: Ended,
    previous: Option<Vec<u8>>,
    hash: Option<Vec<u8>>,
    end_hash: Option<Vec<u8>>,
}

impl Store {
    /// Walks the whole audit as it stands at this moment; calls may go on being written meanwhile.
    pub async fn verify_audit(&self) -> Result<Verdict, Error> {
        // One transaction sees one moment.
        let mut transaction = self.pool.snapshot().await?;
        self.verify_audit_in(&mut transaction).await
    }

    /// The same as a transaction sees it.
    pub(in crate::store) async fn verify_audit_in(&self, transaction: &mut Transaction) -> Result<Verdict, Error> {
        let instances: Vec<String> =
            sql::query_scalar("SELECT instance FROM audit UNION SELECT instance FROM audit_chain ORDER BY 1")
                .fetch_all(&mut *transaction)
                .await?;
        let mut verdict = Verdict::default();
        let (mut chains, mut seen) = self.chains(transaction).await?;
        for instance in instances {
            let seen = seen.remove(&instance).unwrap_or_default();
            match chains.remove(&instance) {
                Some(chain) => {
                    verdict.chains += 1;
                    let found = self.walk(transaction, &chain, seen, &mut verdict).await?;
                    verdict.breaks.extend(found);
                }
                None => {
                    verdict.unsealed += without_head(transaction, &instance, &mut verdict.breaks).await?;
                }
            }
        }
        verdict.breaks.extend(seen.into_keys().map(|instance| Break {
            row: None,
            instance,
            what: "another instance has seen its chain, which was taken away",
        }));
        verdict.breaks.sort();
        Ok(verdict)
    }

    /// The chains by their instances, and what the others have seen of each, as far as they themselves are whole.
    async fn chains(
        &self,
        transaction: &mut Transaction,
    ) -> Result<(HashMap<String, Chain>, HashMap<String, Seen>), Error> {
        let heads: Vec<Head> = sql::query_as("SELECT * FROM audit_chain")
            .fetch_all(&mut *transaction)
            .await?;
        let (mut chains, mut seen) = (HashMap::new(), HashMap::<String, Seen>::new());
        for head in heads {
            let anchors = Anchor::kept(transaction, &head.instance).await?;
            let wrong = if !head.is_whole(&self.vault) {
                Some("where its chain begins and ends was changed")
            } else if head.anchored != Anchor::seal(&self.vault, &anchors) {
                Some("what it had seen of the other chains was changed")
            } else {
                for Anchor { instance, rows, last } in anchors {
                    seen.entry(instance).or_default().entry(rows).or_default().push(last);
                }
                None
            };
            chains.insert(head.instance.clone(), Chain { head, wrong });
        }
        Ok((chains, seen))
    }

    /// The first break of one chain.
    async fn walk(
        &self,
        connection: &mut Transaction,
        Chain { head, wrong: before }: &Chain,
        seen: Seen,
        verdict: &mut Verdict,
    ) -> Result<Option<Break>, Error> {
        let vault = &self.vault;
        let at = |row: Option<(i64, String)>, what| Break {
            row,
            instance: head.instance.clone(),
            what,
        };
        if let Some(what) = before {
            return Ok(Some(at(None, what)));
        }
        // What lies before the first row was rightly deleted.
        let differs = |place: i64, hash: &[u8]| {
            seen.get(&place)
                .is_some_and(|seen| seen.iter().any(|seen| seen != hash))
        };
        if differs(head.forgotten, &head.first) {
            return Ok(Some(at(None, "another instance has seen another beginning")));
        }
        let query = format!(
            "SELECT id, {}, {}, previous, hash, end_hash FROM audit WHERE instance = $1 ORDER BY id",
            Told::COLUMNS,
            Ended::COLUMNS
        );
        let mut rows = sql::query_as::<Sealed>(sqlx::AssertSqlSafe(query))
            .bind(&head.instance)
            .fetch(connection);
        let (mut previous, mut last, mut count, mut ended) = (head.first.clone(), None, 0, 0);
        while let Some(row) = rows.try_next().await? {
            let here = (row.id, row.told.at.clone());
            if let Some(what) = wrong(vault, &row, &previous, head.old) {
                return Ok(Some(at(Some(here), what)));
            }
            let Some(hash) = row.hash else { continue };
            (previous, last) = (hash, Some(here));
            count += 1;
            ended += i64::from(row.end_hash.is_some());
            verdict.rows += 1;
            verdict.open += u64::from(!row.ended.is_over());
            if differs(head.forgotten + count, &previous) {
                return Ok(Some(at(last, "another instance has seen another row in its place")));
            }
        }
        Ok(if previous != head.last || count != head.rows {
            Some(at(last, "the rows behind it are missing"))
        } else if seen.keys().any(|place| *place > head.ever()) {
            Some(at(last, "another instance has seen rows behind it, which are missing"))
        } else if ended != head.ended {
            Some(at(last, "of some row of this chain the outcome was taken away"))
        } else if head.broken.is_some() {
            Some(at(
                None,
                "Steward found that where its chain begins and ends had been changed or taken away",
            ))
        } else {
            None
        })
    }
}

/// What is wrong with a row that stands behind one with the hash `previous`.
fn wrong(vault: &crate::store::crypto::Vault, row: &Sealed, previous: &[u8], old: bool) -> Option<&'static str> {
    let (Some(before), Some(own)) = (&row.previous, &row.hash) else {
        // Rows of before the chain, of which the rest is taken in at the next start.
        return (!old).then_some("it was not written by Steward, or its hash was taken away");
    };
    if *own != hash(vault, before, &row.told) {
        return Some("it was changed after it was written");
    }
    if before != previous {
        return Some("a row before it is missing, or it stands where it was not written");
    }
    match (&row.end_hash, row.ended.is_over()) {
        (None, false) => None,
        (Some(end), true) if *end == end_hash(vault, own, &row.ended) => None,
        (Some(_) | None, _) => Some("what came of it was changed"),
    }
}

/// Counts rows that were never sealed; some that were, and have no head, are a break.
async fn without_head(connection: &mut Transaction, instance: &str, breaks: &mut Vec<Break>) -> Result<u64, Error> {
    let (rows, sealed): (i64, i64) = sql::query_as("SELECT count(*), count(hash) FROM audit WHERE instance = $1")
        .bind(instance)
        .fetch_one(connection)
        .await?;
    if sealed > 0 {
        breaks.push(Break {
            row: None,
            instance: instance.to_owned(),
            what: "where its chain begins and ends was taken away",
        });
    }
    Ok((rows - sealed).unsigned_abs())
}
