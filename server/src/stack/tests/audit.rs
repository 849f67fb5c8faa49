//! What stands in the audit, in its real table.

use futures::FutureExt;
use sqlx::FromRow;

use super::*;
use crate::store::{self, Store, audit::AuditTable, sql};

#[derive(Debug, PartialEq, FromRow)]
struct Written {
    person: String,
    operation: String,
    scope: Option<String>,
    sentence: String,
    effect: String,
    outcome: String,
    status: Option<i64>,
    message: Option<String>,
    over: bool,
}

async fn written(store: &Store) -> Vec<Written> {
    sql::query_as(
        "SELECT person, operation, scope, sentence, effect, outcome, status, message, \
         duration_ms IS NOT NULL AS over FROM audit ORDER BY id",
    )
    .fetch_all(&store.pool)
    .await
    .unwrap()
}

struct House {
    store: Store,
    audit: Arc<AuditTable>,
    _dir: tempfile::TempDir,
}

async fn house() -> House {
    let dir = tempfile::tempdir().unwrap();
    let store = store::for_tests(dir.path()).await;
    let audit = Arc::new(AuditTable::new(&store, "here"));
    House {
        store,
        audit,
        _dir: dir,
    }
}

fn stack(upstream: &Upstream, house: &House) -> CallStack {
    CallStack::new(
        upstream.settings(),
        Arc::new(FakeTokens::holding(FRESH)),
        house.audit.clone(),
    )
}

fn renamed(outcome: &str, status: Option<i64>, message: Option<&str>) -> Written {
    Written {
        person: "ada".to_owned(),
        operation: "v1-update-a-project".to_owned(),
        scope: Some("shop".to_owned()),
        sentence: "ada@example.com renamed the project shop to New name".to_owned(),
        effect: "write".to_owned(),
        outcome: outcome.to_owned(),
        status,
        message: message.map(str::to_owned),
        over: outcome != "started",
    }
}

#[tokio::test]
async fn a_write_is_noted_before_it_leaves_and_again_when_it_is_over() {
    let house = house().await;
    let store = house.store.clone();
    let upstream = Upstream::start(move |_| {
        let store = store.clone();
        async move {
            assert_eq!(written(&store).await, [renamed("started", None, None)]);
            CONTENT
        }
    })
    .await;
    stack(&upstream, &house)
        .send(call("ada", &rename("shop")))
        .await
        .unwrap();
    assert_eq!(written(&house.store).await, [renamed("done", Some(200), None)]);
}

#[tokio::test]
async fn a_refused_write_is_noted_with_the_reason() {
    let house = house().await;
    let upstream = Upstream::start(|_| async { refusing(409, "The name is taken") }).await;
    stack(&upstream, &house)
        .send(call("ada", &rename("shop")))
        .await
        .unwrap_err();
    assert_eq!(
        written(&house.store).await,
        [renamed("refused", Some(409), Some("The name is taken"))]
    );
}

#[tokio::test]
async fn a_write_whose_caller_went_away_has_its_outcome() {
    let house = house().await;
    let gate = gate();
    let held = gate.clone();
    let upstream = Upstream::start(move |_| {
        let held = held.clone();
        async move {
            pass(&held).await;
            CONTENT
        }
    })
    .await;
    let stack = stack(&upstream, &house);
    let caller = tokio::spawn(async move { stack.send(call("ada", &rename("shop"))).await });
    upstream.reached(1).await;
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    assert_eq!(written(&house.store).await, [renamed("started", None, None)]);
    gate.add_permits(1);
    let done = [renamed("done", Some(200), None)];
    eventually(async || written(&house.store).await == done).await;
}

#[tokio::test]
async fn a_write_that_cannot_be_noted_does_not_leave() {
    let upstream = Upstream::content().await;
    let audit = Arc::new(Memory {
        broken: true,
        ..Memory::default()
    });
    let stack = CallStack::new(upstream.settings(), Arc::new(FakeTokens::holding(FRESH)), audit);
    let error = stack.send(call("ada", &rename("shop"))).await.unwrap_err();
    assert!(matches!(error, ConsoleError::Internal { .. }), "{error:?}");
    assert_eq!(upstream.seen().len(), 0);

    let house = house().await;
    sql::query("DROP TABLE audit").execute(&house.store.pool).await.unwrap();
    let error = self::stack(&upstream, &house)
        .send(call("ada", &rename("shop")))
        .await
        .unwrap_err();
    assert!(matches!(error, ConsoleError::Internal { .. }), "{error:?}");
    assert_eq!(upstream.seen().len(), 0);
}

#[tokio::test]
async fn reads_are_noted_once_they_reached_upstream_and_only_then() {
    let house = house().await;
    let upstream = Upstream::start(|seen: Seen| async move {
        if seen.path.ends_with("/gone") {
            refusing(404, "Not found")
        } else {
            CONTENT.into_response()
        }
    })
    .await;
    let stack = stack(&upstream, &house);
    for _ in 0..3 {
        stack.send(call("ada", &get("shop"))).await.unwrap();
    }
    // Two callers, one call.
    let _ = futures::join!(
        stack.send(call("ada", &get("gone"))),
        stack.send(call("ada", &get("gone")))
    );
    assert_eq!(upstream.seen().len(), 2);
    house.audit.flush().await;
    let rows: Vec<_> = written(&house.store)
        .await
        .into_iter()
        .map(|row| (row.scope, row.effect, row.outcome, row.over))
        .collect();
    let row = |scope: &str, outcome: &str| (Some(scope.to_owned()), "read".to_owned(), outcome.to_owned(), true);
    assert_eq!(rows, [row("shop", "done"), row("gone", "refused")]);
}

#[tokio::test]
async fn what_the_database_does_not_take_at_once_is_written_when_it_does() {
    let house = house().await;
    let (store, lock) = (house.store.clone(), Arc::new(tokio::sync::Mutex::new(None)));
    let taken = lock.clone();
    let upstream = Upstream::start(move |_| {
        let (store, taken) = (store.clone(), taken.clone());
        async move {
            let mut transaction = store.pool.begin().await.unwrap();
            if transaction.dialect() == sql::Dialect::Postgres {
                let all = sql::query("LOCK TABLE audit IN EXCLUSIVE MODE");
                all.execute(&mut transaction).await.unwrap();
            }
            *taken.lock().await = Some(transaction);
            CONTENT
        }
    })
    .await;
    // It is done, and waits for its end to be written down as long as a lock is waited for.
    stack(&upstream, &house)
        .send(call("ada", &rename("shop")))
        .await
        .unwrap();
    drop(lock.lock().await.take());
    house.audit.flush().await;
    let mut rows = written(&house.store).await;
    for _ in 0..50 {
        if rows[0].over {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        rows = written(&house.store).await;
    }
    assert_eq!(rows, [renamed("done", Some(200), None)]);
}

#[tokio::test]
async fn many_reads_at_once_are_all_noted() {
    let house = house().await;
    let upstream = Upstream::content().await;
    let stack = stack(&upstream, &house);
    let reads = (0..300).map(|n| stack.send(call("ada", &get(&format!("project{n}")))).boxed());
    futures::future::try_join_all(reads).await.unwrap();
    house.audit.flush().await;
    assert_eq!(written(&house.store).await.len(), 300);
}

#[tokio::test]
async fn no_secret_and_no_token_stands_in_the_audit() {
    let house = house().await;
    let upstream = Upstream::start(|_| async { refusing(400, &format!("weak: {PASSWORD}")) }).await;
    stack(&upstream, &house).send(call("ada", &create())).await.unwrap_err();
    let (at, parameters): (String, String) = sql::query_as("SELECT at, parameters FROM audit")
        .fetch_one(&house.store.pool)
        .await
        .unwrap();
    assert!(
        time::OffsetDateTime::parse(&at, &time::format_description::well_known::Rfc3339).is_ok(),
        "{at}"
    );
    let parameters: serde_json::Value = serde_json::from_str(&parameters).unwrap();
    assert_eq!(
        (&parameters["db_pass"], &parameters["name"]),
        (&"[secret]".into(), &"Shop".into())
    );
    let [row] = <[Written; 1]>::try_from(written(&house.store).await).unwrap();
    assert_eq!(
        (row.scope.as_deref(), row.message.as_deref()),
        (Some("acme"), Some("weak: [secret]"))
    );
    for secret in [PASSWORD, FRESH] {
        let found: i64 = sql::query_scalar(
            "SELECT count(*) FROM audit WHERE concat_ws(' ', person, label, sentence, parameters, message) LIKE '%' || $1 || '%'",
        )
        .bind(secret)
        .fetch_one(&house.store.pool)
        .await
        .unwrap();
        assert_eq!(found, 0);
    }
}
