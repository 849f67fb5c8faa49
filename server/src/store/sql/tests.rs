//! What holds on either engine, however many instances share the database. `STEWARD_TEST_POSTGRES` chooses PostgreSQL.

use std::time::Duration;

use app::sql::kept::{Kind, Wanted};
use futures::future::{join_all, try_join_all};
use secrecy::ExposeSecret;
use sqlx::{Connection, PgConnection};

use super::*;
use crate::{
    identity::{AccountKey, PersonId},
    store::{self, Store, database_for_tests, open_for_tests, sign_ins::SignIn},
};

/// Instances that share one database.
struct Instances {
    url: Option<String>,
    stores: Vec<Store>,
    dir: tempfile::TempDir,
}

impl Instances {
    async fn new() -> Self {
        let (dir, url) = (tempfile::tempdir().unwrap(), database_for_tests().await);
        if url.is_none() {
            // SQLite's migrations know no lock, so the tables are there before others come.
            open_for_tests(None, dir.path()).await.unwrap().close().await;
        }
        // All at once, as after an upgrade: one brings the tables up to date, the others wait for it.
        let opening = (0..3).map(|_| open_for_tests(url.as_deref(), dir.path()));
        let stores = try_join_all(opening).await.unwrap();
        Self { url, stores, dir }
    }

    /// The instances in turn.
    fn in_turn(&self, times: usize) -> impl Iterator<Item = (usize, &Store)> {
        self.stores.iter().cycle().take(times).enumerate()
    }
}

#[tokio::test]
async fn a_schema_of_a_newer_steward_is_refused() {
    let instances = Instances::new().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 SELECT 9999, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 62";
    query(newer).execute(&instances.stores[0].pool).await.unwrap();
    let refused = open_for_tests(instances.url.as_deref(), instances.dir.path()).await;
    let why = refused.unwrap_err().to_string();
    assert!(why.contains("newer Steward") && why.contains("9999"), "{why}");
    assert!(why.contains("Start that version again"), "{why}");
}

#[tokio::test]
async fn other_databases_are_refused_and_passwords_are_not_told() {
    let dir = tempfile::tempdir().unwrap();
    for url in ["mysql://ada:hush-hush@here/db", "postgres://ada:hush-hush@here:x/db"] {
        let why = open_for_tests(Some(url), dir.path()).await.unwrap_err().to_string();
        assert!(why.contains("STEWARD_DATABASE_URL"), "{why}");
        assert!(!why.contains("hush-hush"), "{why}");
    }
}

#[tokio::test]
async fn of_several_instances_one_refreshes_and_one_finishes_a_sign_in() {
    let instances = Instances::new().await;
    let store = &instances.stores[0];
    query("INSERT INTO accounts (key, person, tokens, expires_at) VALUES ('a', $1, $1, $2)")
        .bind(vec![0_u8])
        .bind(i64::MAX)
        .execute(&store.pool)
        .await
        .unwrap();
    let key = AccountKey::from("a".to_owned());
    let key = &key;
    let taking = instances.in_turn(30).map(async |(holder, store)| {
        let taken = store.take_lease(key, &holder.to_string(), 60).await;
        usize::from(taken.unwrap())
    });
    assert_eq!(join_all(taking).await.into_iter().sum::<usize>(), 1);

    let sign_in = SignIn {
        pkce_verifier: "v".to_owned(),
        return_to: "/projects".to_owned(),
        connects: None,
    };
    store.begin_sign_in("mine", "s", &sign_in).await.unwrap();
    let taking = instances
        .in_turn(30)
        .map(async |(_, store)| usize::from(store.take_sign_in("mine", "s").await.unwrap().is_some()));
    assert_eq!(join_all(taking).await.into_iter().sum::<usize>(), 1);
}

#[tokio::test]
async fn each_revocation_is_handed_out_to_one_instance() {
    let instances = Instances::new().await;
    for number in 0..40 {
        let token = format!("refresh {number}").into();
        instances.stores[0].add_revocation(token).await.unwrap();
    }
    // Due for long; those that were handed out are so again after a pause.
    let due = "UPDATE revocations SET next_at = 0";
    query(due).execute(&instances.stores[0].pool).await.unwrap();
    let by = store::now();
    let taking = instances
        .in_turn(12)
        .map(async |(_, store)| store.due_revocations(by).await.unwrap());
    let due = join_all(taking).await.into_iter().flatten();
    let mut due: Vec<String> = due.map(|one| one.refresh.expose_secret().to_owned()).collect();
    let handed_out = due.len();
    due.sort();
    due.dedup();
    assert_eq!((due.len(), handed_out), (40, 40));
}

#[tokio::test]
async fn no_bound_is_passed_by_many_at_once() {
    let instances = Instances::new().await;
    let ada = PersonId::from("ada".to_owned());
    let ada = &ada;
    let wanted = Wanted {
        name: "n".to_owned(),
        sql: "select 1".to_owned(),
        shared: false,
    };
    let wanted = &wanted;
    let add = async |store: &Store| {
        let added = store.add_snippet(ada, "ada", None, (Kind::Sql, wanted)).await;
        usize::from(added.unwrap().is_some())
    };
    for _ in 0..195 {
        assert_eq!(add(&instances.stores[0]).await, 1);
    }
    let adding = instances.in_turn(30).map(|(_, store)| add(store));
    assert_eq!(join_all(adding).await.into_iter().sum::<usize>(), 5);
}

#[tokio::test]
async fn a_text_with_a_zero_byte_is_looked_for_in_vain_and_fails_nothing() {
    let instances = Instances::new().await;
    let found = instances.stores[0].production_mark("a\0b").await.unwrap();
    assert!(found.is_none());
}

#[tokio::test]
async fn a_database_that_was_away_is_there_again_by_itself() {
    let instances = Instances::new().await;
    let store = &instances.stores[0];
    store.is_ready().await.unwrap();
    let Some(url) = &instances.url else {
        return; // A file is never away.
    };
    let (server, name) = url.split_once('?').unwrap().0.rsplit_once('/').unwrap();
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    let gate = async |open: bool, admin: &mut PgConnection| {
        let statement = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {open}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
            .execute(&mut *admin)
            .await
            .unwrap();
        sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
            .bind(name)
            .execute(admin)
            .await
            .unwrap();
    };
    // Its connections break: the next request does not notice.
    gate(true, &mut admin).await;
    store.is_ready().await.unwrap();
    // It takes no new ones either: that is said, and soon.
    gate(false, &mut admin).await;
    let told = tokio::time::timeout(Duration::from_secs(8), store.is_ready()).await;
    assert!(told.unwrap().is_err());
    gate(true, &mut admin).await;
    store.is_ready().await.unwrap();
}
