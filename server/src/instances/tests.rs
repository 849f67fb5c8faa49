//! Instances on one database, as on several machines. `STEWARD_TEST_POSTGRES` chooses PostgreSQL; on SQLite there is one.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use tempfile::TempDir;

use super::*;
use crate::store::{database_for_tests, open_for_tests, sql};

/// One of several, and what it has heard.
struct One {
    instances: Instances,
    heard: Arc<Mutex<Vec<Change>>>,
    metrics: Metrics,
    store: Store,
    _dir: TempDir,
}

impl One {
    async fn on(url: Option<&str>) -> Self {
        let (dir, metrics) = (tempfile::tempdir().unwrap(), Metrics::default());
        let store = open_for_tests(url, dir.path()).await.unwrap();
        let instances = Instances::of(&store, &metrics);
        let heard = Arc::<Mutex<Vec<Change>>>::default();
        let hearing = heard.clone();
        instances.on_change(move |change| hearing.lock().unwrap().push(change.clone()));
        instances.linked().await;
        assert!(instances.hears());
        heard.lock().unwrap().clear();
        Self {
            instances,
            heard,
            metrics,
            store,
            _dir: dir,
        }
    }

    fn heard(&self) -> Vec<Change> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    fn counts(&self) -> u32 {
        *self.instances.count().borrow()
    }

    fn says(&self, line: &str) -> bool {
        self.metrics.text().lines().any(|told| told == line)
    }
}

async fn within(seconds: u64, what: &str, condition: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !condition().await {
        assert!(began.elapsed() < Duration::from_secs(seconds), "not in time: {what}");
        sleep(Duration::from_millis(10)).await;
    }
}

/// Ends the connections on which instances hear.
async fn cut(store: &Store) {
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND application_name = 'steward line'";
    sql::query(cut).execute(&store.pool).await.unwrap();
}

fn shop() -> Change {
    Change::Project {
        reference: "shop".to_owned(),
        own: None,
    }
}

#[tokio::test]
async fn one_by_itself_hears_and_leads() {
    let one = One::on(None).await;
    one.instances.tell(&shop()).await;
    assert_eq!(one.heard(), [shop()]);
    assert!(one.instances.leads().await && one.says("steward_leader 1") && one.says("steward_instances_linked 1"));
    assert_eq!(one.counts(), 1);
}

#[tokio::test]
async fn all_know_how_many_there_are_who_comes_at_once_and_who_ends_after_a_while() {
    let Some(url) = database_for_tests().await else { return };
    let mut all = vec![One::on(Some(&url)).await, One::on(Some(&url)).await];
    within(1, "two are counted", async || all.iter().all(|one| one.counts() == 2)).await;
    // Long before it would say for the second time that it is there.
    all.push(One::on(Some(&url)).await);
    within(1, "three are counted", async || all.iter().all(|one| one.counts() == 3)).await;
    all[2].instances.leave();
    let began = Instant::now();
    let (left, others) = (&all[2], &all[..2]);
    within(25, "two are left", async || others.iter().all(|one| one.counts() == 2)).await;
    assert!(began.elapsed() > Duration::from_secs(15), "{:?}", began.elapsed());
    assert_eq!(left.counts(), 3, "it hears nobody any more, and goes by whom it knew");
}

#[tokio::test]
async fn what_one_tells_is_heard_by_itself_at_once_and_by_others_a_moment_later() {
    let Some(url) = database_for_tests().await else { return };
    let (one, other) = (One::on(Some(&url)).await, One::on(Some(&url)).await);
    for change in [shop(), Change::members("acme"), Change::Connections, Change::Marks] {
        one.instances.tell(&change).await;
        assert_eq!(one.heard(), std::slice::from_ref(&change));
        within(2, "it is heard", async || !other.heard.lock().unwrap().is_empty()).await;
        assert_eq!(other.heard(), [change]);
    }
    // Words of another version may mean anything.
    one.store.pool.notify(CHANNEL, "?".to_owned()).await.unwrap();
    within(2, "it is heard", async || !other.heard.lock().unwrap().is_empty()).await;
    assert_eq!(other.heard(), [Change::Anything]);
    // Nobody fails because others cannot be told.
    one.store.close().await;
    one.instances.tell(&shop()).await;
    within(10, "it is counted", async || {
        one.says("steward_instances_notes_lost_total 1")
    })
    .await;
}

#[tokio::test]
async fn whoever_cannot_hear_knows_it_and_forgets() {
    let Some(url) = database_for_tests().await else { return };
    let one = One::on(Some(&url)).await;
    let mut linked = one.instances.others.as_ref().unwrap().ends.linked.clone();
    linked.mark_unchanged();
    cut(&one.store).await;
    linked.changed().await.unwrap();
    assert!(!one.instances.leads().await && one.says("steward_instances_linked 0"));
    within(5, "it hears again", async || one.instances.hears()).await;
    // Once for what it missed, and once for what was kept meanwhile.
    assert_eq!(one.heard(), [Change::Anything, Change::Anything]);
}

#[tokio::test]
async fn a_database_that_falls_silent_is_noticed() {
    let Some(url) = database_for_tests().await else { return };
    let silencer = sql::silent_tests::Silencer::before(&url);
    let (one, other) = (One::on(Some(&silencer.url)).await, One::on(Some(&url)).await);
    within(2, "both are counted", async || one.counts() == 2 && other.counts() == 2).await;
    silencer.silence();
    within(10, "it is noticed", async || !one.instances.hears()).await;
    assert_eq!(one.counts(), 2);
    within(15, "it hears again", async || {
        assert_eq!(one.counts(), 2, "nobody has ended");
        one.instances.hears()
    })
    .await;
    assert_eq!(one.counts(), 2);
}

#[tokio::test]
async fn one_leads_and_its_work_is_done_once() {
    let Some(url) = database_for_tests().await else { return };
    let all = [One::on(Some(&url)).await, One::on(Some(&url)).await];
    let turns: [Arc<AtomicUsize>; 2] = Default::default();
    for (one, turns) in all.iter().zip(&turns) {
        let (instances, turns) = (one.instances.clone(), turns.clone());
        tokio::spawn(async move {
            let turn = || async {
                turns.fetch_add(1, Ordering::SeqCst);
            };
            instances.keep_leading(Duration::from_millis(20), turn).await;
        });
    }
    let done = || turns.each_ref().map(|turns| turns.load(Ordering::SeqCst));
    within(2, "somebody leads", async || done().iter().sum::<usize>() > 5).await;
    assert_eq!(done()[1], 0, "the first came first");
    assert!(all[0].says("steward_leader 1") && all[1].says("steward_leader 0"));
    // The one whose connection ends leads no more, and one of the two takes over.
    cut(&all[0].store).await;
    let before = done().iter().sum::<usize>();
    within(6, "somebody leads again", async || {
        done().iter().sum::<usize>() > before + 5
    })
    .await;
    let lead = [all[0].instances.leads().await, all[1].instances.leads().await];
    assert!(lead[0] != lead[1], "{lead:?}");
    // The one that leaves hands over.
    let (leader, other) = if lead[0] { (0, 1) } else { (1, 0) };
    all[leader].instances.leave();
    within(6, "the other leads", async || all[other].instances.leads().await).await;
    assert!(!all[leader].instances.leads().await && !all[leader].instances.hears());
    let before = done()[leader];
    sleep(Duration::from_millis(100)).await;
    assert_eq!(done()[leader], before);
}
