//! Changing the secret key: everything opens before, meanwhile and afterwards, and nothing is missed.

use std::{collections::BTreeSet, path::Path, sync::Mutex};

use futures::future::join_all;
use secrecy::SecretSlice;

use super::*;
use crate::{
    audit_log::{AuditLog, Intent},
    identity::AccountKey,
    stack::tests::{call, rename},
    store::{
        audit::AuditTable,
        carry::{Kind, TABLES},
        database_for_tests,
        sign_ins::SignIn,
    },
};

fn vault(byte: u8, old: Option<u8>) -> Vault {
    let key = |byte| SecretSlice::from(vec![byte; 32]);
    let vault = Vault::new(&key(byte)).unwrap();
    old.map_or(vault.clone(), |old| vault.with_old(&key(old)).unwrap())
}

/// An installation that began with the key 1.
struct House {
    dir: tempfile::TempDir,
    url: Option<String>,
}

const PEOPLE: usize = 80;

impl House {
    async fn new() -> Self {
        let house = Self {
            dir: tempfile::tempdir().unwrap(),
            url: database_for_tests().await,
        };
        let store = house.open(1, None).await.unwrap();
        for n in 0..PEOPLE {
            let sign_in = SignIn {
                pkce_verifier: format!("v{n}"),
                return_to: "/projects".to_owned(),
                connects: None,
            };
            store
                .begin_sign_in(&format!("browser{n}"), &format!("s{n}"), &sign_in)
                .await
                .unwrap();
            let flash = app::backend::Flash {
                text: "Done".to_owned(),
            };
            store
                .add_flash(&AccountKey::from(format!("k{n}")), flash)
                .await
                .unwrap();
        }
        let table = AuditTable::new(&store, "here");
        table
            .begin(Intent::of(&call("ada", &rename("shop")), None))
            .await
            .unwrap();
        store.close().await;
        house
    }

    async fn open(&self, key: u8, old: Option<u8>) -> Result<Store, Error> {
        Store::open(self.url.as_deref(), self.dir.path(), vault(key, old)).await
    }

    async fn examined(&self, key: u8, old: Option<u8>) -> Result<Tally, Error> {
        examine(self.url.as_deref(), self.dir.path(), &vault(key, old)).await
    }
}

/// All that the house holds, and the kept key.
const ALL: u64 = 2 * PEOPLE as u64 + 1;

fn all(current: u64) -> Tally {
    Tally {
        current,
        old: ALL - current,
        neither: 0,
    }
}

async fn whole(store: &Store) {
    let verdict = store.verify_audit().await.unwrap();
    assert_eq!((verdict.rows, verdict.breaks.len()), (1, 0));
}

#[test]
fn no_column_of_sealed_values_is_missed() {
    let there = TABLES
        .iter()
        .filter(|table| !table.name.starts_with("audit"))
        .flat_map(|table| {
            let bytes = table.columns.iter().filter(|(kind, _)| *kind == Kind::Bytes);
            bytes.map(|(_, column)| (table.name, *column))
        });
    let known = SEALED.iter().map(|sealed| (sealed.table, sealed.column));
    assert_eq!(known.collect::<BTreeSet<_>>(), there.collect::<BTreeSet<_>>());
    assert_eq!(SEALED.last().unwrap().table, KEYS);
}

#[tokio::test]
async fn everything_opens_meanwhile_and_is_sealed_anew_by_several_at_once() {
    let house = House::new().await;
    let store = house.open(2, Some(1)).await.unwrap();
    let before = store.mark("a text");
    assert_eq!(store.sealed().await.unwrap(), all(0));
    assert_eq!(house.examined(2, Some(1)).await.unwrap(), all(0));
    whole(&store).await;
    assert!(store.take_sign_in("browser0", "s0").await.unwrap().is_some());
    let another = house.open(2, Some(1)).await.unwrap();
    let done = Mutex::new(0);
    let count = |values| *done.lock().unwrap() += values;
    let found = join_all([store.reseal(&count), another.reseal(&count)]).await;
    for found in found {
        assert_eq!(found.unwrap().old, 0);
    }
    assert!(*done.lock().unwrap() >= ALL - 1);
    assert_eq!(
        store.sealed().await.unwrap(),
        Tally {
            current: ALL - 1,
            old: 0,
            neither: 0
        }
    );
    whole(&store).await;
    store.close().await;
    another.close().await;

    let alone = house.open(2, None).await.unwrap();
    whole(&alone).await;
    assert_eq!(alone.mark("a text"), before, "ids and marks stay what they are");
    assert!(alone.take_sign_in("browser1", "s1").await.unwrap().is_some());
    // The key of before opens nothing any more.
    alone.close().await;
    let refusal = house.open(1, None).await.unwrap_err().to_string();
    assert!(refusal.starts_with("The secret key does not open"), "{refusal}");
}

#[tokio::test]
async fn what_was_broken_off_goes_on_and_is_not_forgotten() {
    let house = House::new().await;
    let store = house.open(2, Some(1)).await.unwrap();
    // The process ends after the first table's first step.
    let (at, stopped) = tokio::sync::oneshot::channel();
    let at = Mutex::new(Some(at));
    let first = |_| {
        if let Some(at) = at.lock().unwrap().take() {
            at.send(()).unwrap();
        }
    };
    tokio::select! {
        biased;
        _ = stopped => {}
        done = store.reseal(&first) => panic!("{done:?}"),
    }
    let some = store.sealed().await.unwrap();
    assert!(some.current > 0 && some.old > 0, "{some:?}");
    whole(&store).await;
    store.close().await;

    // Who forgets the key of before is told at once, and nothing is lost.
    for (key, old, begins) in [
        (2, None, "The secret key does not open what the database holds"),
        (3, Some(4), "Neither the secret key nor STEWARD_SECRET_KEY_OLD opens"),
    ] {
        let refusal = house.open(key, old).await.unwrap_err().to_string();
        assert!(
            refusal.starts_with(begins) && refusal.contains("STEWARD_SECRET_KEY_OLD"),
            "{refusal}"
        );
        let found = house.examined(key, old).await.unwrap_err().to_string();
        assert_eq!(found, refusal);
    }
    let again = house.open(2, Some(1)).await.unwrap();
    assert_eq!(again.sealed().await.unwrap(), some);
    assert_eq!(again.reseal(&|_| ()).await.unwrap(), all(ALL));
    whole(&again).await;
    again.close().await;
    whole(&house.open(2, None).await.unwrap()).await;
}

#[tokio::test]
async fn instances_that_know_both_keys_open_what_each_seals() {
    let house = House::new().await;
    let store = house.open(2, Some(1)).await.unwrap();
    let late = house.open(1, Some(2)).await.unwrap();
    store.reseal(&|_| ()).await.unwrap();
    // The other one, whose turn to be started anew has not come, writes under the key of before.
    let key = AccountKey::from("late".to_owned());
    let text = "Late".to_owned();
    let id = late.add_flash(&key, app::backend::Flash { text }).await.unwrap();
    assert_eq!(store.sealed().await.unwrap().old, 1);
    // Both know both keys, so each opens what the other seals.
    assert_eq!(store.flash(&key, &id).await.unwrap().unwrap().text, "Late");
    assert!(late.take_sign_in("browser0", "s0").await.unwrap().is_some());
    let found = store.reseal(&|_| ()).await.unwrap();
    assert_eq!((found.old, found.neither), (0, 0));
}

#[tokio::test]
async fn values_of_a_key_that_nobody_knows_stay_and_are_counted() {
    let house = House::new().await;
    let store = house.open(1, None).await.unwrap();
    let sealed = vault(9, None).seal("notices", "x", &"x").unwrap();
    sql::query("INSERT INTO notices (id_hash, account, sealed, expires_at) VALUES ('x', 'x', $1, 0)")
        .bind(sealed)
        .execute(&store.pool)
        .await
        .unwrap();
    store.close().await;
    let store = house.open(2, Some(1)).await.unwrap();
    let found = store.reseal(&|_| ()).await.unwrap();
    assert_eq!(
        found,
        Tally {
            current: ALL,
            old: 0,
            neither: 1
        }
    );
}

/// As an installation is that has just been upgraded: its keys for MACs follow from the secret key.
#[tokio::test]
async fn an_installation_of_before_keeps_the_key_that_it_began_with() {
    for (drop_chain, drop_sealed) in [(false, false), (true, false), (false, true)] {
        let house = House::new().await;
        let store = house.open(1, None).await.unwrap();
        let before = store.mark("a text");
        let mut gone = vec!["DELETE FROM kept_keys"];
        if drop_chain {
            gone.extend(["DELETE FROM audit", "DELETE FROM audit_chain"]);
        }
        if drop_sealed {
            gone.extend(["DELETE FROM sign_ins", "DELETE FROM notices"]);
        }
        for statement in gone {
            sql::query(statement).execute(&store.pool).await.unwrap();
        }
        store.close().await;
        if !drop_sealed {
            assert!(matches!(house.open(3, None).await, Err(Error::OtherKey(_))));
        }
        let store = house.open(2, Some(1)).await.unwrap();
        assert_eq!(store.mark("a text"), before);
        assert_eq!(store.verify_audit().await.unwrap().breaks, []);
    }
}

#[tokio::test]
async fn a_database_beside_another_has_its_keys_once_it_is_filled() {
    let house = House::new().await;
    let store = house.open(2, Some(1)).await.unwrap();
    store.reseal(&|_| ()).await.unwrap();
    let (dir, url) = (tempfile::tempdir().unwrap(), database_for_tests().await);
    let place: (Option<&str>, &Path) = (url.as_deref(), dir.path());
    let beside = store.beside(place.0, place.1).await.unwrap();
    crate::store::carry::carry(&store, &beside).await.unwrap();
    beside.close().await;
    whole(&Store::open(place.0, place.1, vault(2, None)).await.unwrap()).await;
}
