//! What is left of upstream's limits for all instances together: each takes a share of a window before it sends calls. Only
//! where several instances can share a database; whoever has an SQLite file counts by itself.

use std::{fmt, time::Duration};

use futures::{FutureExt, future::BoxFuture};
use tokio::sync::watch;

use super::{
    Store,
    sql::{self, Dialect, Pool},
};
use crate::error::Error;

/// Two instances may both have found no row: the second then finds the first one's.
const TRIES: u32 = 3;

/// What upstream counts together, by a digest that names nobody.
pub type Counted = [u8; 32];

/// What an instance asks for, and what it knows.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub key: Counted,
    /// Calls a minute.
    pub limit: u32,
    /// What upstream told of the window: how many calls it still takes beside the instance's own share, and when it ends.
    pub told: Option<(u32, Duration)>,
    /// Calls that the instance took without asking.
    pub owed: u32,
    /// Calls it would like to have.
    pub wanted: u32,
    /// Calls that stay for instances that have not asked yet.
    pub reserve: u32,
}

/// What it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Calls, at most those that were wanted; 0: there are none left.
    pub share: u32,
    /// When the window ends, from the answer on: clocks of instances may differ.
    pub ends_in: Duration,
}

/// Where instances take their shares from.
pub trait Shares: fmt::Debug + Send + Sync + 'static {
    fn take(&self, ask: Ask) -> BoxFuture<'_, Result<Grant, Error>>;

    /// How many instances there are, this one included.
    fn instances(&self) -> u32;
}

/// The shares as a table of PostgreSQL.
#[derive(Clone, Debug)]
pub struct SharesTable {
    pool: Pool,
    instances: watch::Receiver<u32>,
}

impl SharesTable {
    /// `instances`: how many there are, this one included. `None`: the database is this instance's alone.
    pub fn of(store: &Store, instances: watch::Receiver<u32>) -> Option<Self> {
        (store.pool.dialect() == Dialect::Postgres).then(|| Self {
            pool: store.pool.clone(),
            instances,
        })
    }

    async fn taken(&self, ask: Ask) -> Result<Grant, Error> {
        let (left, ends_in) = ask.told.unzip();
        for _ in 0..TRIES {
            let given: Option<(i64, i64)> = sql::query_as(TAKE)
                .bind(&ask.key[..])
                .bind(ask.limit)
                .bind(left)
                .bind(ends_in.map(|ends_in| ends_in.as_millis() as i64))
                .bind(ask.owed)
                .bind(ask.wanted)
                .bind(self.instances().saturating_mul(2))
                .bind(ask.reserve)
                .fetch_optional(&self.pool)
                .await?;
            if let Some((share, ends_in)) = given {
                return Ok(Grant {
                    share: u32::try_from(share).unwrap_or(0),
                    ends_in: Duration::from_millis(ends_in.max(0).unsigned_abs()),
                });
            }
        }
        Err(sqlx::Error::RowNotFound.into())
    }
}

impl Shares for SharesTable {
    fn take(&self, ask: Ask) -> BoxFuture<'_, Result<Grant, Error>> {
        self.taken(ask).boxed()
    }

    fn instances(&self) -> u32 {
        *self.instances.borrow()
    }
}

/// $1 key, $2 limit, $3 left and $4 milliseconds until the end as upstream told, $5 owed, $6 wanted, $7 the part of what is left
/// that is given at most, $8 reserve. A window's end moves by up to a second and a half between answers, which tell it in
/// whole seconds; what was told of an earlier one changes nothing. No row comes back where another instance has just made the
/// first.
const TAKE: &str = "\
WITH clock AS MATERIALIZED (SELECT unixmicros() / 1000 AS at), \
kept AS MATERIALIZED (SELECT * FROM budget_windows WHERE key = $1 FOR UPDATE), \
known AS ( \
  SELECT clock.at, kept.ends_at, kept.told, kept.per_minute, kept.ungiven, \
    COALESCE(kept.ends_at > clock.at, FALSE) AS open, clock.at + $4 AS heard_end \
  FROM clock LEFT JOIN kept ON TRUE), \
begun AS ( \
  SELECT \
    CASE WHEN NOT open THEN COALESCE(heard_end, at + 60000) \
      WHEN heard_end IS NOT NULL AND (NOT told OR heard_end > ends_at + 1500) THEN heard_end \
      ELSE ends_at END AS ends_at, \
    (open AND told) OR heard_end IS NOT NULL AS told, \
    CASE WHEN NOT open THEN COALESCE($3, $2) \
      WHEN heard_end IS NULL THEN ungiven \
      WHEN NOT told THEN LEAST(ungiven + $2 - per_minute, $3) \
      WHEN heard_end > ends_at + 1500 THEN $3 \
      WHEN heard_end + 1500 >= ends_at THEN LEAST(ungiven, $3) \
      ELSE ungiven END - $5 AS ungiven \
  FROM known), \
given AS ( \
  SELECT ends_at, told, GREATEST(ungiven, 0) AS ungiven, \
    CASE WHEN ungiven > $8 THEN LEAST($6, GREATEST(1, (ungiven - $8) / $7)) ELSE 0 END AS share \
  FROM begun) \
INSERT INTO budget_windows (key, ends_at, told, per_minute, ungiven, share) \
SELECT $1, ends_at, told, $2, ungiven - share, share FROM given \
ON CONFLICT (key) DO UPDATE SET ends_at = excluded.ends_at, told = excluded.told, per_minute = excluded.per_minute, \
  ungiven = excluded.ungiven, share = excluded.share \
WHERE EXISTS (SELECT 1 FROM kept) \
RETURNING share, ends_at - (SELECT at FROM clock)";

#[cfg(test)]
mod tests {
    use futures::future::{join_all, try_join_all};
    use tokio::time::sleep;

    use super::*;
    use crate::store;

    /// So many instances on one database; none where there is no PostgreSQL.
    async fn stores(count: u32) -> Vec<Store> {
        let Some(url) = store::database_for_tests().await else {
            return Vec::new();
        };
        let dir = tempfile::tempdir().unwrap();
        let opening = (0..count).map(|_| store::open_for_tests(Some(&url), dir.path()));
        try_join_all(opening).await.unwrap()
    }

    /// What one of so many instances has.
    fn table(store: &Store, instances: u32) -> SharesTable {
        SharesTable::of(store, watch::channel(instances).1).unwrap()
    }

    async fn windows(store: &Store) -> i64 {
        let count = sql::query_scalar("SELECT count(*) FROM budget_windows");
        count.fetch_one(&store.pool).await.unwrap()
    }

    fn ask(told: Option<(u32, u64)>, wanted: u32) -> Ask {
        Ask {
            key: [1; 32],
            limit: 120,
            told: told.map(|(left, seconds)| (left, Duration::from_secs(seconds))),
            owed: 0,
            wanted,
            reserve: 4,
        }
    }

    #[tokio::test]
    async fn all_instances_together_are_given_what_there_is_and_never_more() {
        let stores = stores(3).await;
        let taking = stores.iter().map(async |store| {
            let (table, mut taken) = (table(store, 3), 0);
            loop {
                let grant = table.take(ask(None, 50)).await.unwrap();
                assert!(grant.ends_in <= Duration::from_secs(60));
                if grant.share == 0 {
                    return taken;
                }
                taken += grant.share;
            }
        });
        let taken = join_all(taking).await;
        assert!(taken.is_empty() || taken.iter().sum::<u32>() == 116, "{taken:?}");
    }

    #[tokio::test]
    async fn what_upstream_tells_counts_for_its_window_only() {
        let stores = stores(1).await;
        let Some(table) = stores.first().map(|store| table(store, 1)) else {
            return;
        };
        let share = async |told, wanted| table.take(ask(told, wanted)).await.unwrap().share;
        // Half of what is left beyond the reserve.
        assert_eq!(share(Some((64, 20)), 100).await, 30);
        // 34 are left. What was told before, or of a window that has ended, gives nothing back.
        assert_eq!(share(Some((90, 20)), 100).await, 15);
        assert_eq!(share(Some((1, 5)), 1).await, 1);
        assert_eq!(share(None, 1).await, 1);
        // Refused: nothing is left for anybody until the end.
        let refused = Some((0, 20));
        assert_eq!(share(refused, 100).await, 0);
        assert_eq!(share(None, 100).await, 0);
        // The next window.
        assert_eq!(share(Some((119, 50)), 10).await, 10);
        stores[0].delete_expired().await.unwrap();
        assert_eq!(windows(&stores[0]).await, 1, "a window that is open stays");
    }

    #[tokio::test]
    async fn a_window_that_is_over_begins_anew_or_is_deleted() {
        let stores = stores(1).await;
        let Some(table) = stores.first().map(|store| table(store, 1)) else {
            return;
        };
        let mut brief = ask(Some((0, 0)), 5);
        brief.told = Some((0, Duration::from_millis(30)));
        assert_eq!(table.take(brief).await.unwrap().share, 0);
        sleep(Duration::from_millis(60)).await;
        let mut owing = ask(None, 5);
        owing.owed = 3;
        assert_eq!(table.take(owing).await.unwrap().share, 5);
        let left: i64 = sql::query_scalar("SELECT ungiven FROM budget_windows")
            .fetch_one(&stores[0].pool)
            .await
            .unwrap();
        assert_eq!(left, 120 - 3 - 5);
        brief.key = [2; 32];
        table.take(brief).await.unwrap();
        sleep(Duration::from_millis(60)).await;
        stores[0].delete_expired().await.unwrap();
        assert_eq!(windows(&stores[0]).await, 1);
    }
}
