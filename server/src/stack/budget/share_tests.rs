use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use futures::{
    FutureExt,
    future::{BoxFuture, join_all, try_join_all},
};
use tokio::time::sleep;
use tower::service_fn;

use super::{
    tests::{project, strict},
    *,
};
use crate::{
    error::Error,
    instances::Instances,
    metrics::Metrics,
    stack::tests,
    store::{
        budget::{Ask, Grant, SharesTable},
        database_for_tests, open_for_tests,
    },
};

/// A table of shares that counts what it is asked: the rules of the real one, with one window at a time.
#[derive(Debug)]
struct Table {
    instances: AtomicU32,
    asked: AtomicU32,
    away: AtomicBool,
    takes: Duration,
    window: Mutex<Option<(Instant, bool, u32)>>,
}

impl Table {
    fn of(instances: u32) -> Arc<Self> {
        Self::slow(instances, Duration::from_millis(2))
    }

    fn slow(instances: u32, takes: Duration) -> Arc<Self> {
        Arc::new(Self {
            instances: AtomicU32::new(instances),
            asked: AtomicU32::new(0),
            away: AtomicBool::new(false),
            takes,
            window: Mutex::new(None),
        })
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }

    fn given(&self, ask: Ask) -> Grant {
        let (now, mut window) = (Instant::now(), self.window.lock().unwrap());
        let told = ask.told.map(|(left, ends_in)| (now + ends_in, left));
        let (ends, was_told, left) = match (window.filter(|(ends, ..)| *ends > now), told) {
            (None, Some((ends, left))) => (ends, true, left),
            (None, None) => (now + Duration::from_secs(60), false, ask.limit),
            (Some(kept), None) => kept,
            (Some((_, false, kept)), Some((ends, left))) => (ends, true, kept.min(left)),
            (Some((kept, true, _)), Some((ends, left))) if ends > kept + SAME_WINDOW => (ends, true, left),
            (Some((kept, true, least)), Some((ends, left))) if ends + SAME_WINDOW >= kept => {
                (kept, true, least.min(left))
            }
            (Some(kept), Some(_)) => kept,
        };
        let left = left.saturating_sub(ask.owed);
        let share = match left.saturating_sub(ask.reserve) {
            0 => 0,
            free => ask.wanted.min((free / (2 * self.instances())).max(1)),
        };
        *window = Some((ends, was_told, left - share));
        Grant {
            share,
            ends_in: ends - now,
        }
    }
}

impl Shares for Table {
    fn take(&self, ask: Ask) -> BoxFuture<'_, Result<Grant, Error>> {
        async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            sleep(self.takes).await;
            if self.away.load(Ordering::SeqCst) {
                return Err(sqlx::Error::PoolTimedOut.into());
            }
            Ok(self.given(ask))
        }
        .boxed()
    }

    fn instances(&self) -> u32 {
        self.instances.load(Ordering::SeqCst)
    }
}

fn refused(result: &Result<Answer, Failure>) -> bool {
    matches!(
        result,
        Err(Failure {
            error: ConsoleError::RateLimited { .. },
            sent: false,
            ..
        })
    )
}

#[tokio::test(start_paused = true)]
async fn three_instances_together_keep_to_one_limit_and_use_it() {
    let (upstream, calls, stormed) = strict(120);
    let table = Table::of(3);
    let instances = [(); 3].map(|()| layer(Some(table.clone())).layer(upstream.clone()));
    for minute in 1..=3 {
        let results = join_all((0..360).map(|n| {
            let instance = instances[n % 3].clone();
            async move {
                // Within half a minute, as people come.
                sleep(Duration::from_millis(n as u64 * 80)).await;
                instance.oneshot(project()).await
            }
        }));
        let results = results.await;
        let passed = results.iter().filter(|result| result.is_ok()).count();
        assert!((110..=120).contains(&passed), "{passed}");
        assert!(results.iter().all(|result| result.is_ok() || refused(result)));
        let calls = calls.load(Ordering::SeqCst);
        assert!(calls >= 110 * minute, "{calls}");
        assert_eq!(stormed.load(Ordering::SeqCst), 0, "in minute {minute}");
        sleep(Duration::from_secs(62)).await;
    }
}

/// Where one window ends and the next begins, an instance may know that before the others.
#[tokio::test(start_paused = true)]
async fn under_steady_pressure_every_window_is_used() {
    let (upstream, calls, stormed) = strict(120);
    let table = Table::of(3);
    let instances = [(); 3].map(|()| layer(Some(table.clone())).layer(upstream.clone()));
    let results = join_all((0..3_000).map(|n| {
        let instance = instances[n % 3].clone();
        async move {
            sleep(Duration::from_millis(n as u64 * 97)).await;
            instance.oneshot(project()).await
        }
    }));
    let results = results.await;
    assert!(results.iter().all(|result| result.is_ok() || refused(result)));
    // Nearly five minutes.
    let calls = calls.load(Ordering::SeqCst);
    assert!((5 * 110..=5 * 120).contains(&calls), "{calls}");
    assert_eq!(stormed.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn a_burst_on_all_instances_does_not_storm_either() {
    let (upstream, calls, stormed) = strict(120);
    let table = Table::of(3);
    let instances = [(); 3].map(|()| layer(Some(table.clone())).layer(upstream.clone()));
    join_all((0..360).map(|n| instances[n % 3].clone().oneshot(project()))).await;
    let calls = calls.load(Ordering::SeqCst);
    assert!((110..=120).contains(&calls), "{calls}");
    assert_eq!(stormed.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn few_calls_ask_anybody() {
    let (upstream, calls, _) = strict(120);
    let table = Table::of(3);
    let instances = [(); 3].map(|()| layer(Some(table.clone())).layer(upstream.clone()));
    assert!(instances[0].clone().oneshot(project()).await.is_ok());
    assert_eq!(table.asked(), 0, "the first calls of a minute ask nobody");
    for n in 1..100 {
        assert!(instances[n % 3].clone().oneshot(project()).await.is_ok());
        sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(calls.load(Ordering::SeqCst), 100);
    assert!(table.asked() <= 15, "{}", table.asked());
}

#[tokio::test(start_paused = true)]
async fn what_one_is_refused_the_others_do_not_try_beyond_their_share() {
    let table = Table::of(2);
    let refusing = service_fn(|_: Call| async { Ok(tests::answer(429, "", Rate::default())) });
    let (upstream, calls, _) = strict(120);
    let one = layer(Some(table.clone())).layer(refusing);
    let other = layer(Some(table.clone())).layer(upstream);
    assert_eq!(one.clone().oneshot(project()).await.unwrap().status, 429);
    assert!(refused(&one.oneshot(project()).await));
    sleep(Duration::from_millis(10)).await;
    let results = join_all((0..50).map(|_| other.clone().oneshot(project()))).await;
    assert_eq!(results.iter().filter(|result| !refused(result)).count(), 3);
    assert_eq!(calls.load(Ordering::SeqCst), 3, "those that ask nobody");
}

#[tokio::test(start_paused = true)]
async fn without_the_database_each_takes_an_even_part_and_seldom_asks() {
    let (upstream, calls, stormed) = strict(120);
    let table = Table::of(3);
    table.away.store(true, Ordering::SeqCst);
    let instances = [(); 3].map(|()| layer(Some(table.clone())).layer(upstream.clone()));
    let results = join_all((0..360).map(|n| instances[n % 3].clone().oneshot(project()))).await;
    assert!(results.iter().all(|result| result.is_ok() || refused(result)));
    assert_eq!((calls.load(Ordering::SeqCst), stormed.load(Ordering::SeqCst)), (120, 0));
    assert!(table.asked() <= 6, "{}", table.asked());
    // It is back: the next window is shared again.
    table.away.store(false, Ordering::SeqCst);
    sleep(Duration::from_secs(62)).await;
    let results = join_all((0..100).map(|_| instances[0].clone().oneshot(project()))).await;
    let passed = results.iter().filter(|result| result.is_ok()).count();
    assert!(passed > 90, "{passed}");
}

#[tokio::test(start_paused = true)]
async fn a_database_that_says_nothing_holds_a_call_up_for_a_moment_only() {
    let (upstream, ..) = strict(120);
    let table = Table::slow(3, Duration::from_secs(30));
    let instance = layer(Some(table.clone())).layer(upstream);
    let began = Instant::now();
    let results = join_all((0..40).map(|_| instance.clone().oneshot(project()))).await;
    assert!(results.iter().all(Result::is_ok));
    assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
    assert_eq!(table.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_share_that_is_lost_with_its_instance_is_back_in_the_next_window() {
    let (upstream, calls, stormed) = strict(120);
    let table = Table::of(2);
    let lost = layer(Some(table.clone())).layer(upstream.clone());
    for _ in 0..4 {
        assert!(lost.clone().oneshot(project()).await.is_ok());
    }
    drop(lost);
    let living = layer(Some(table.clone())).layer(upstream);
    let passed = async || {
        let results = join_all((0..200).map(|_| living.clone().oneshot(project()))).await;
        results.iter().filter(|result| result.is_ok()).count()
    };
    let first = passed().await;
    assert!((90..117).contains(&first), "{first}");
    sleep(Duration::from_secs(62)).await;
    let second = passed().await;
    assert!((115..=120).contains(&second), "{second}");
    assert_eq!(stormed.load(Ordering::SeqCst), 0);
    assert!(calls.load(Ordering::SeqCst) > 200);
}

/// How many of so many calls at once pass.
async fn burst(instance: &impl Next, count: usize) -> usize {
    let results = join_all((0..count).map(|_| instance.clone().oneshot(project()))).await;
    results.iter().filter(|result| result.is_ok()).count()
}

#[tokio::test(start_paused = true)]
async fn who_comes_in_the_middle_has_a_part_and_who_goes_leaves_theirs() {
    let (upstream, calls, stormed) = strict(120);
    let table = Table::of(1);
    let (first, second) = (
        layer(Some(table.clone())).layer(upstream.clone()),
        layer(Some(table.clone())).layer(upstream),
    );
    assert_eq!(burst(&first, 30).await, 30);
    table.instances.store(2, Ordering::SeqCst);
    let passed = tokio::join!(burst(&first, 120), burst(&second, 120));
    assert!(passed.0 >= 10 && passed.1 >= 10, "{passed:?}");
    let sent = calls.load(Ordering::SeqCst);
    assert!((110..=120).contains(&sent), "{sent}");
    sleep(Duration::from_secs(62)).await;
    table.instances.store(1, Ordering::SeqCst);
    let alone = burst(&first, 200).await;
    assert!((115..=120).contains(&alone), "{alone}");
    assert_eq!(stormed.load(Ordering::SeqCst), 0);
}

/// As they are put together in earnest: by the database's table, and by the notes in which they hear each other.
#[tokio::test]
async fn three_instances_that_hear_each_other_share_a_window_of_the_database() {
    let Some(url) = database_for_tests().await else { return };
    let (dir, (upstream, calls, stormed)) = (tempfile::tempdir().unwrap(), strict(120));
    let stores = try_join_all((0..3).map(|_| open_for_tests(Some(&url), dir.path())));
    let stores = stores.await.unwrap();
    let all: Vec<Instances> = stores
        .iter()
        .map(|store| Instances::of(store, &Metrics::default()))
        .collect();
    for instances in &all {
        let mut count = instances.count();
        let counted = count.wait_for(|count| *count == 3);
        tokio::time::timeout(Duration::from_secs(5), counted)
            .await
            .unwrap()
            .unwrap();
    }
    let budgets: Vec<_> = std::iter::zip(&stores, &all)
        .map(|(store, instances)| {
            let table = SharesTable::of(store, instances.count()).unwrap();
            layer(Some(Arc::new(table))).layer(upstream.clone())
        })
        .collect();
    let results = join_all((0..360).map(|n| {
        let instance = budgets[n % 3].clone();
        async move {
            sleep(Duration::from_millis(n as u64 * 10)).await;
            instance.oneshot(project()).await
        }
    }));
    let results = results.await;
    assert!(results.iter().all(|result| result.is_ok() || refused(result)));
    let calls = calls.load(Ordering::SeqCst);
    assert!((110..=120).contains(&calls), "{calls}");
    assert_eq!(stormed.load(Ordering::SeqCst), 0);
}
