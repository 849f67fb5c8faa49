//! What was done to another instance's chain is told by the anchors in one's own.

use time::OffsetDateTime;

use super::{
    AuditTable,
    chain_tests::{House, done},
};
use crate::{
    audit_log::{AuditLog, Intent},
    stack::tests::{call, rename},
};

/// Two instances on one database: `here`, which looks, and `there` with as many calls as are named.
struct Two {
    house: House,
    there: AuditTable,
}

impl Two {
    async fn with(calls: usize) -> Self {
        let house = House::new().await;
        let there = AuditTable::new(&house.store, "there");
        let two = Self { house, there };
        for _ in 0..calls {
            two.call().await;
        }
        two
    }

    async fn call(&self) {
        let intent = Intent::of(&call("eve", &rename("pond")), None);
        let id = self.there.begin(intent).await.unwrap();
        self.there.finish(id, done()).await;
    }

    async fn look(&self) {
        self.house.table.anchor().await.unwrap();
    }

    async fn is_whole(&self) -> bool {
        self.house.verdict().await.breaks.is_empty()
    }

    /// Two calls that are seen, of which the second is then taken back together with where the chain ends.
    async fn put_back() -> Self {
        let two = Self::with(1).await;
        two.house
            .tamper("CREATE TABLE kept AS SELECT * FROM audit_chain WHERE instance = 'there'")
            .await;
        two.call().await;
        two.look().await;
        assert!(two.is_whole().await);
        two.house
            .tamper(
                "DELETE FROM audit WHERE instance = 'there' AND id > (SELECT min(id) FROM audit WHERE instance = 'there'); \
                 DELETE FROM audit_chain WHERE instance = 'there'; INSERT INTO audit_chain SELECT * FROM kept",
            )
            .await;
        two
    }
}

#[tokio::test]
async fn a_chain_that_was_put_back_is_found() {
    let two = Two::put_back().await;
    let found = two.house.found().await;
    assert_eq!(found.instance, "there");
    assert!(found.what.contains("has seen rows behind it"), "{found}");
    // Neither looking again nor going on makes it whole.
    two.look().await;
    assert!(!two.is_whole().await);
    for _ in 0..3 {
        two.call().await;
        two.look().await;
    }
    let found = two.house.found().await;
    assert!(found.what.contains("has seen another row in its place"), "{found}");
}

#[tokio::test]
async fn a_chain_that_was_taken_away_is_found() {
    let two = Two::with(2).await;
    two.look().await;
    two.house
        .tamper("DELETE FROM audit WHERE instance = 'there'; DELETE FROM audit_chain WHERE instance = 'there'")
        .await;
    let found = two.house.found().await;
    assert_eq!(found.instance, "there");
    assert!(found.what.contains("was taken away"), "{found}");
}

#[tokio::test]
async fn what_was_seen_cannot_be_changed() {
    for statements in [
        "UPDATE audit_anchors SET rows = 1",
        "DELETE FROM audit_anchors",
        "INSERT INTO audit_anchors SELECT 'here', 'nobody', rows, last FROM audit_anchors",
    ] {
        let two = Two::with(2).await;
        two.look().await;
        two.house.tamper(statements).await;
        let found = two.house.found().await;
        assert_eq!(found.instance, "here");
        assert!(found.what.contains("what it had seen of the other chains"), "{found}");
        // Nor by looking again.
        two.look().await;
        assert_eq!(two.house.found().await.instance, "here");
    }
}

#[tokio::test]
async fn what_is_no_longer_kept_is_not_missed() {
    let (two, now) = (Two::with(3).await, OffsetDateTime::now_utc());
    two.house.begin("shop").await;
    two.look().await;
    let day = time::Duration::days(1);
    assert_eq!(two.there.forget(now + day).await.unwrap(), 3);
    assert!(two.is_whole().await);
    // The next to be seen is the fifth, of which one is left.
    two.call().await;
    two.look().await;
    two.call().await;
    assert_eq!(two.there.forget(now + day).await.unwrap(), 2);
    assert!(two.is_whole().await);
    two.call().await;
    two.look().await;
    assert!(two.is_whole().await);
}

#[tokio::test]
async fn who_has_written_nothing_since_is_forgotten_by_the_others() {
    let (two, now) = (Two::with(3).await, OffsetDateTime::now_utc());
    two.look().await;
    let day = time::Duration::days(1);
    assert_eq!(two.house.table.forget(now - day).await.unwrap(), 0);
    assert_eq!(two.house.table.forget(now + day).await.unwrap(), 3);
    assert!(two.is_whole().await);
    two.look().await;
    assert!(two.is_whole().await);
}
