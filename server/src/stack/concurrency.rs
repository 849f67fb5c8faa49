//! Concurrency: so many calls at once for a person, and so many for all together. Others wait for their turn, in the
//! order in which they came, and not for ever. Answers from the cache take no turn.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::error::ConsoleError;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tower::{Layer, ServiceExt};

use super::{
    call::{Answer, Call, Failure, Next},
    layer::{Stacked, stacked},
};
use crate::identity::PersonId;

/// How many calls are under way at once, and how long others wait for one of them to end.
#[derive(Clone, Copy, Debug)]
pub struct Turns {
    pub person: usize,
    pub all: usize,
    pub patience: Duration,
}

pub(super) fn layer<S: Next>(turns: Turns) -> impl Layer<S, Service = Stacked> {
    stacked(Lines::new(turns), in_turn)
}

async fn in_turn<S: Next>(inner: S, lines: Arc<Lines>, call: Call) -> Result<Answer, Failure> {
    let _turn = lines.turn(&call.caller.person).await.map_err(Failure::held)?;
    inner.oneshot(call).await
}

/// Everybody stands in a line of their own first, so that one person's many calls do not stand before another's one.
struct Lines {
    turns: Turns,
    all: Arc<Semaphore>,
    people: Mutex<HashMap<PersonId, Line>>,
}

struct Line {
    places: Arc<Semaphore>,
    /// Calls that wait or are under way; a line without any is forgotten.
    calls: usize,
}

impl Lines {
    fn new(turns: Turns) -> Self {
        Self {
            turns,
            all: Arc::new(Semaphore::new(turns.all)),
            people: Mutex::default(),
        }
    }

    fn people(&self) -> MutexGuard<'_, HashMap<PersonId, Line>> {
        // A panic in between leaves a count that is right.
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn turn(self: &Arc<Self>, person: &PersonId) -> Result<Turn, ConsoleError> {
        let (standing, places) = self.stand(person);
        let turns = async {
            // ok: an error means that the semaphore was closed, which these never are.
            let own = places.acquire_owned().await.ok();
            (own, self.all.clone().acquire_owned().await.ok())
        };
        match timeout(self.turns.patience, turns).await {
            Ok((own, all)) => Ok(Turn {
                _own: own,
                _all: all,
                _standing: standing,
            }),
            Err(_) => {
                tracing::warn!(%person, "a call waited for its turn in vain");
                Err(ConsoleError::Busy)
            }
        }
    }

    fn stand(self: &Arc<Self>, person: &PersonId) -> (Standing, Arc<Semaphore>) {
        let mut people = self.people();
        let line = people.entry(person.clone()).or_insert_with(|| Line {
            places: Arc::new(Semaphore::new(self.turns.person)),
            calls: 0,
        });
        line.calls += 1;
        let standing = Standing {
            lines: self.clone(),
            person: person.clone(),
        };
        (standing, line.places.clone())
    }
}

/// A call's right to be under way.
struct Turn {
    _own: Option<OwnedSemaphorePermit>,
    _all: Option<OwnedSemaphorePermit>,
    _standing: Standing,
}

/// A call in its person's line; it leaves when dropped.
struct Standing {
    lines: Arc<Lines>,
    person: PersonId,
}

impl Drop for Standing {
    fn drop(&mut self) {
        let mut people = self.lines.people();
        if let Some(line) = people.get_mut(&self.person) {
            line.calls -= 1;
            if line.calls == 0 {
                people.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures::future::join_all;
    use tokio::time::{Instant, sleep};
    use tower::service_fn;

    use super::*;
    use crate::stack::tests::{answer, call, get};

    const TURNS: Turns = Turns {
        person: 8,
        all: 64,
        patience: Duration::from_secs(20),
    };

    /// An upstream that takes a second, and counts how many are with it at most.
    fn counting() -> (impl Next, Arc<AtomicUsize>) {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let told = most.clone();
        let service = service_fn(move |_: Call| {
            let (now, most) = (now.clone(), most.clone());
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_secs(1)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(answer(200, "{}", crate::stack::Rate::default()))
            }
        });
        (service, told)
    }

    #[tokio::test(start_paused = true)]
    async fn a_person_has_eight_calls_under_way_at_most() {
        let (upstream, most) = counting();
        let stack = layer(TURNS).layer(upstream);
        let began = Instant::now();
        let all = join_all((0..40).map(|_| stack.clone().oneshot(call("ada", &get("shop"))))).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(most.load(Ordering::SeqCst), 8);
        assert_eq!(began.elapsed().as_secs(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn all_together_have_sixty_four() {
        let (upstream, most) = counting();
        let stack = layer(TURNS).layer(upstream);
        let people: Vec<String> = (0..20).map(|n| format!("person-{n}")).collect();
        let calls = people
            .iter()
            .flat_map(|person| (0..8).map(|_| stack.clone().oneshot(call(person, &get("shop")))));
        assert!(join_all(calls).await.iter().all(Result::is_ok));
        assert_eq!(most.load(Ordering::SeqCst), 64);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_in_vain_is_told_and_nothing_is_sent() {
        let (upstream, _) = counting();
        let stack = layer(Turns {
            patience: Duration::from_millis(1_500),
            ..TURNS
        })
        .layer(upstream);
        let all = join_all((0..40).map(|_| stack.clone().oneshot(call("ada", &get("shop"))))).await;
        assert_eq!(all.iter().filter(|result| result.is_ok()).count(), 16);
        for failure in all.into_iter().filter_map(Result::err) {
            assert_eq!((failure.error, failure.sent), (ConsoleError::Busy, false));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_persons_many_calls_do_not_hold_another_up() {
        let (upstream, _) = counting();
        let stack = layer(Turns { all: 16, ..TURNS }).layer(upstream);
        let many = join_all((0..80).map(|_| stack.clone().oneshot(call("ada", &get("shop")))));
        let one = async {
            sleep(Duration::from_millis(10)).await;
            let began = Instant::now();
            stack.clone().oneshot(call("eve", &get("shop"))).await.unwrap();
            began.elapsed()
        };
        assert_eq!(futures::join!(many, one).1.as_secs(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn lines_that_are_over_are_forgotten() {
        let lines = Arc::new(Lines::new(TURNS));
        let ada = PersonId::from("ada".to_owned());
        let turn = lines.turn(&ada).await.unwrap();
        assert_eq!(lines.people().len(), 1);
        drop(turn);
        assert_eq!(lines.people().len(), 0);
        assert_eq!(lines.all.available_permits(), 64);
    }
}
