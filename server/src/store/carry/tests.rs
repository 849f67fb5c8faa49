//! What is carried over is all there is, and arrives as it was.

use std::collections::BTreeSet;

use super::*;
use crate::{
    audit_log::{AuditLog, Intent},
    identity::AccountKey,
    stack::tests::{call, rename},
    store::{self, audit::AuditTable, sign_ins::SignIn},
};

/// A SQLite installation with something in several tables.
async fn lived_in(dir: &tempfile::TempDir) -> Store {
    let vault = store::crypto::Vault::new(&secrecy::SecretSlice::from(vec![7; 32])).unwrap();
    let store = Store::open(None, dir.path(), vault).await.unwrap();
    let table = AuditTable::new(&store, "here");
    for name in ["shop", "garden", "attic"] {
        let intent = Intent::of(&call("ada", &rename(name)), None);
        table.begin(intent).await.unwrap();
    }
    let sign_in = SignIn {
        pkce_verifier: "v".to_owned(),
        return_to: "/projects".to_owned(),
        connects: None,
    };
    store.begin_sign_in("mine", "s", &sign_in).await.unwrap();
    let key = AccountKey::from("mine".to_owned());
    let flash = app::backend::Flash {
        text: "Done".to_owned(),
    };
    store.add_flash(&key, flash).await.unwrap();
    sql::query("INSERT INTO people (alias) VALUES ('\u{1f98a}'), ('older')")
        .execute(&store.pool)
        .await
        .unwrap();
    store
}

/// An empty database of the engine that is tested.
async fn empty_beside(from: &Store, dir: &std::path::Path) -> Store {
    let url = store::database_for_tests().await;
    from.beside(url.as_deref(), dir).await.unwrap()
}

/// But for what instances know of this minute.
#[tokio::test]
async fn every_table_and_column_is_carried() {
    let dir = tempfile::tempdir().unwrap();
    let store = store::for_tests(dir.path()).await;
    let columns = match store.pool.dialect() {
        Dialect::Sqlite => {
            "SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name <> '_sqlx_migrations'"
        }
        Dialect::Postgres => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
             WHERE table_schema = 'public' \
             AND table_name NOT IN ('_sqlx_migrations', 'windows', 'budget_windows', 'sign_in_limits')"
        }
    };
    let there: Vec<(String, String)> = query_as(columns).fetch_all(&store.pool).await.unwrap();
    let carried = TABLES.iter().flat_map(|table| {
        let pair = |(_, column): &(Kind, &str)| (table.name.to_owned(), (*column).to_owned());
        table.columns.iter().map(pair)
    });
    assert_eq!(
        there.into_iter().collect::<BTreeSet<_>>(),
        carried.collect::<BTreeSet<_>>()
    );
}

#[tokio::test]
async fn an_installation_is_carried_over_whole_and_only_into_an_empty_database() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let from = lived_in(&here).await;
    let to = empty_beside(&from, there.path()).await;
    let carried = carry(&from, &to).await.unwrap();
    let rows = |name: &str| carried.tables.iter().find(|(table, _)| *table == name).unwrap().1;
    assert_eq!(
        (rows("audit"), rows("people"), rows("notices"), rows("sessions")),
        (3, 2, 1, 0)
    );
    assert_eq!((carried.audit.rows, carried.audit.breaks.len()), (3, 0));
    assert_eq!(to.verify_audit().await.unwrap(), carried.audit);
    // What was sealed there opens here, and the chain goes on behind what was carried.
    let sign_in = to.take_sign_in("mine", "s").await.unwrap().unwrap();
    assert_eq!(sign_in.return_to, "/projects");
    let table = AuditTable::new(&to, "here");
    let intent = Intent::of(&call("ada", &rename("pond")), None);
    assert_eq!(table.begin(intent).await.unwrap().0, 4);
    assert_eq!(to.verify_audit().await.unwrap().rows, 4);

    let refusal = carry(&from, &to).await.unwrap_err().to_string();
    assert!(refusal.contains("not empty"), "{refusal}");
    assert_eq!(to.verify_audit().await.unwrap().rows, 4);
}

#[tokio::test]
async fn nothing_is_left_behind_by_a_row_that_does_not_fit() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let from = lived_in(&here).await;
    let to = empty_beside(&from, there.path()).await;
    // The tables before it are copied by then.
    sql::query("ALTER TABLE audit DROP COLUMN connection")
        .execute(&to.pool)
        .await
        .unwrap();
    assert!(carry(&from, &to).await.is_err());
    let left: i64 = query_scalar("SELECT count(*) FROM people")
        .fetch_one(&to.pool)
        .await
        .unwrap();
    assert_eq!(left, 0);
}
