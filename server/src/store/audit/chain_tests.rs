//! The chain: what is changed, added or taken away behind Steward's back is found, and what Steward does itself is not.

use std::time::{Duration, Instant};

use app::audit::Budget;
use time::OffsetDateTime;

use super::{
    AuditTable,
    verify::{Break, Verdict},
};
use crate::{
    audit_log::{AuditId, AuditLog, Decision, End, Intent, Outcome},
    stack::tests::{call, get, rename},
    store::{
        self, Store,
        sql::{self, Pool},
    },
};

pub(super) fn done() -> End {
    End {
        decision: Decision::Allowed,
        outcome: Outcome::Done {
            status: 200,
            understood: true,
            left_out: None,
        },
        budget: Budget::default(),
        request_id: None,
        reached: Some(true),
        took: Duration::from_millis(7),
    }
}

pub(super) struct House {
    pub store: Store,
    pub table: AuditTable,
    _dir: tempfile::TempDir,
}

impl House {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = store::for_tests(dir.path()).await;
        let table = AuditTable::new(&store, "here");
        Self {
            store,
            table,
            _dir: dir,
        }
    }

    /// With two writes, two reads and one write that is under way, in this order.
    async fn lived_in() -> Self {
        let house = Self::new().await;
        for name in ["shop", "garden"] {
            let id = house.begin(name).await;
            house.table.finish(id, done()).await;
        }
        for name in ["shop", "garden"] {
            house.table.read(Intent::of(&call("ada", &get(name)), None), done());
        }
        house.table.flush().await;
        house.begin("left-open").await;
        assert_eq!(house.verdict().await, whole(5, 1));
        house
    }

    pub async fn begin(&self, name: &str) -> AuditId {
        let intent = Intent::of(&call("ada", &rename(name)), None);
        self.table.begin(intent).await.unwrap()
    }

    pub async fn verdict(&self) -> Verdict {
        self.store.verify_audit().await.unwrap()
    }

    pub async fn tamper(&self, statements: &'static str) {
        for statement in statements.split(';') {
            sql::query(statement).execute(&self.store.pool).await.unwrap();
        }
    }

    /// The only break that is found.
    pub async fn found(&self) -> Break {
        let mut breaks = self.verdict().await.breaks;
        assert_eq!(breaks.len(), 1, "{breaks:?}");
        breaks.remove(0)
    }
}

fn whole(rows: u64, open: u64) -> Verdict {
    Verdict {
        rows,
        open,
        chains: 1,
        ..Verdict::default()
    }
}

#[tokio::test]
async fn the_first_row_with_which_something_is_wrong_is_named() {
    for (statements, row, what) in [
        (
            "UPDATE audit SET sentence = 'nothing' WHERE id = 2",
            Some(2),
            "it was changed after it was written",
        ),
        (
            "UPDATE audit SET person = 'eve' WHERE id = 3",
            Some(3),
            "it was changed after it was written",
        ),
        (
            "UPDATE audit SET scope = NULL WHERE id = 1",
            Some(1),
            "it was changed after it was written",
        ),
        ("DELETE FROM audit WHERE id = 2", Some(3), "a row before it is missing"),
        ("DELETE FROM audit WHERE id = 1", Some(2), "a row before it is missing"),
        (
            "DELETE FROM audit WHERE id >= 4",
            Some(3),
            "the rows behind it are missing",
        ),
        ("DELETE FROM audit", None, "the rows behind it are missing"),
        (
            "UPDATE audit SET id = 100 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3; \
             UPDATE audit SET id = 3 WHERE id = 100",
            Some(2),
            "a row before it is missing",
        ),
        (
            "UPDATE audit SET outcome = 'refused' WHERE id = 1",
            Some(1),
            "what came of it was changed",
        ),
        (
            "UPDATE audit SET reached = FALSE WHERE id = 1",
            Some(1),
            "what came of it was changed",
        ),
        (
            "UPDATE audit SET end_hash = NULL WHERE id = 1",
            Some(1),
            "what came of it was changed",
        ),
        (
            "UPDATE audit SET outcome = 'started', status = NULL, end_hash = NULL WHERE id = 1",
            Some(5),
            "the outcome was taken away",
        ),
        (
            "UPDATE audit SET hash = NULL, previous = NULL WHERE id = 3",
            Some(3),
            "it was not written by Steward",
        ),
        (
            "INSERT INTO audit SELECT 50, at, instance, person, label, through, operation, area, scope_kind, scope, sentence, \
             marks, parameters, effect, decision, outcome, status, message, request_id, budget_remaining, budget_limit, \
             duration_ms, organization, reached, previous, hash, end_hash, connection FROM audit WHERE id = 2",
            Some(50),
            "a row before it is missing",
        ),
        (
            "UPDATE audit_chain SET rows = 4",
            None,
            "where its chain begins and ends was changed",
        ),
        (
            "DELETE FROM audit_chain",
            None,
            "where its chain begins and ends was taken away",
        ),
    ] {
        let house = House::lived_in().await;
        house.tamper(statements).await;
        let found = house.found().await;
        assert!(found.what.contains(what), "{statements}: {found}");
        assert_eq!(found.row.map(|row| row.0), row, "{statements}");
        assert_eq!(found.instance, "here");
    }
}

#[tokio::test]
async fn what_was_done_to_the_head_is_not_forgotten_by_going_on() {
    for statements in [
        "DELETE FROM audit_chain",
        "UPDATE audit_chain SET last = (SELECT previous FROM audit WHERE id = 5), rows = 4; DELETE FROM audit WHERE id = 5",
    ] {
        let house = House::lived_in().await;
        house.tamper(statements).await;
        let id = house.begin("afterwards").await;
        house.table.finish(id, done()).await;
        let found = house.found().await;
        assert!(found.what.contains("Steward found"), "{found}");
    }
}

#[tokio::test]
async fn a_new_start_and_a_late_end_break_nothing() {
    let house = House::lived_in().await;
    assert_eq!(house.table.recover().await.unwrap(), 1);
    assert_eq!(house.verdict().await, whole(5, 0));
    house.table.finish(AuditId(5), done()).await;
    assert_eq!(house.verdict().await, whole(5, 0));
}

#[tokio::test]
async fn every_instance_has_a_chain_of_its_own() {
    let house = House::lived_in().await;
    let there = AuditTable::new(&house.store, "there");
    let intent = Intent::of(&call("eve", &rename("pond")), None);
    there.begin(intent).await.unwrap();
    house.begin("more").await;
    let two = Verdict {
        chains: 2,
        ..whole(7, 3)
    };
    assert_eq!(house.verdict().await, two);
    house
        .tamper("UPDATE audit SET label = 'ada' WHERE instance = 'there'")
        .await;
    assert_eq!(house.found().await.instance, "there");
}

#[tokio::test]
async fn several_processes_may_write_one_chain() {
    let house = House::new().await;
    let other = AuditTable::new(&house.store, "here");
    for _ in 0..5 {
        let (one, two) = futures::join!(house.begin("one"), async {
            let intent = Intent::of(&call("eve", &rename("two")), None);
            other.begin(intent).await.unwrap()
        });
        futures::join!(house.table.finish(one, done()), other.finish(two, done()));
    }
    assert_eq!(house.verdict().await, whole(10, 0));
}

#[tokio::test]
async fn with_another_key_nothing_fits() {
    let house = House::lived_in().await;
    let vault = store::crypto::Vault::new(&secrecy::SecretSlice::from(vec![8; 32])).unwrap();
    let other = Store {
        vault,
        ..house.store.clone()
    };
    assert_eq!(other.verify_audit().await.unwrap().breaks.len(), 1);
}

#[tokio::test]
async fn rows_that_are_too_old_go_and_the_chain_begins_behind_them() {
    let house = House::lived_in().await;
    let now = OffsetDateTime::now_utc();
    assert_eq!(house.table.forget(now - time::Duration::days(1)).await.unwrap(), 0);
    // The one that is under way stays.
    assert_eq!(house.table.forget(now + time::Duration::days(1)).await.unwrap(), 4);
    assert_eq!(house.verdict().await, whole(1, 1));
    house.begin("afterwards").await;
    assert_eq!(house.verdict().await, whole(2, 2));
    house.tamper("DELETE FROM audit WHERE id = 5").await;
    assert!(house.found().await.what.contains("a row before it is missing"));
}

/// As they were before there was a chain.
async fn unseal(pool: &Pool) {
    for statement in [
        "UPDATE audit SET previous = NULL, hash = NULL, end_hash = NULL",
        "DELETE FROM audit_chain",
    ] {
        sql::query(statement).execute(pool).await.unwrap();
    }
}

#[tokio::test]
async fn rows_of_before_the_chain_are_taken_in_once() {
    let house = House::lived_in().await;
    unseal(&house.store.pool).await;
    house.tamper("UPDATE audit SET instance = '' WHERE id = 1").await;
    let verdict = house.verdict().await;
    assert_eq!((verdict.rows, verdict.unsealed, verdict.breaks.len()), (0, 5, 0));
    house.table.recover().await.unwrap();
    let verdict = house.verdict().await;
    assert_eq!((verdict.rows, verdict.chains, verdict.unsealed), (5, 2, 0));
    assert_eq!(verdict.breaks, []);
    // Whoever takes a seal away later does not get a new one.
    house
        .tamper("UPDATE audit SET previous = NULL, hash = NULL, sentence = 'nothing' WHERE id = 3")
        .await;
    house.table.recover().await.unwrap();
    assert!(house.found().await.what.contains("not written by Steward"));
}

/// How long it takes. `cargo test --release -p server --lib -- --ignored --nocapture many_old_rows`
#[tokio::test]
#[ignore = "measures; it asserts nothing that is not asserted elsewhere"]
async fn many_old_rows_are_taken_in_and_walked() {
    let house = House::lived_in().await;
    let rows = 100_000_i64;
    sql::query(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1) \
         INSERT INTO audit (at, instance, person, label, through, operation, area, scope_kind, scope, sentence, marks, \
         parameters, effect, decision, outcome, status, duration_ms, reached) \
         SELECT at, instance, person, label, through, operation, area, scope_kind, scope, sentence, marks, parameters, effect, \
         decision, outcome, status, duration_ms, reached FROM audit, n WHERE audit.id = 1",
    )
    .bind(rows)
    .execute(&house.store.pool)
    .await
    .unwrap();
    unseal(&house.store.pool).await;
    let began = Instant::now();
    house.table.recover().await.unwrap();
    println!("{rows} old rows taken into the chain in {:?}", began.elapsed());
    let began = Instant::now();
    let verdict = house.verdict().await;
    println!("{} rows verified in {:?}", verdict.rows, began.elapsed());
    assert_eq!(verdict.breaks, []);
    let writes = 1_000;
    let began = Instant::now();
    for _ in 0..writes {
        let id = house.begin("shop").await;
        house.table.finish(id, done()).await;
    }
    println!("{writes} writes noted and ended in {:?}", began.elapsed());
}
