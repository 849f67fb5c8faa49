//! Budget: keeps to upstream's rate limits, so that a burst waits or is refused here instead of storming there.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::error::ConsoleError;
use management_api::OperationId;
use tokio::{
    sync::{Notify, futures::OwnedNotified},
    time::{Instant, sleep_until, timeout_at},
};
use tower::{Layer, ServiceExt, layer::layer_fn, service_fn};

use super::{
    call::{Answer, Call, Failure, Identity, Next, PersonId, Rate},
    refusal::WINDOW,
    scope::Scope,
};

/// A person may be kept waiting this long for the next window without being told.
const SHORT: Duration = Duration::from_secs(1);
/// Resets are whole seconds: two that are this close speak of the same window.
const SAME_WINDOW: Duration = Duration::from_millis(1_500);

pub(super) fn layer<S: Next>() -> impl Layer<S, Service: Next> {
    let budget = Arc::new(Budget::new());
    layer_fn(move |inner: S| {
        let budget = budget.clone();
        service_fn(move |call| budgeted(inner.clone(), budget.clone(), call))
    })
}

async fn budgeted<S: Next>(inner: S, budget: Arc<Budget>, call: Call) -> Result<Answer, Failure> {
    let mut slot = budget
        .admit(Key::of(&call), call.request.id.row().limit.per_minute())
        .await
        .map_err(Failure::held)?;
    let result = inner.oneshot(call).await;
    if let Ok(answer) = &result {
        slot.heard = Heard::of(answer);
    }
    result
}

/// What upstream counts together: by identity, project or organization, and endpoint. Its lists count per person, even
/// where the identity is the app.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    identity: Identity,
    scope: Scope,
    /// For what belongs to no project or organization.
    person: Option<PersonId>,
    operation: OperationId,
}

impl Key {
    fn of(call: &Call) -> Self {
        let scope = Scope::of(&call.request);
        Self {
            identity: call.caller.identity.clone(),
            person: (scope == Scope::Caller).then(|| call.caller.person.clone()),
            scope,
            operation: call.request.id,
        }
    }
}

/// What an answer told of its window.
#[derive(Clone, Copy, Debug)]
enum Heard {
    /// No answer came: whether upstream counted the call is not known.
    Uncounted,
    /// An answer without the headers.
    Nothing,
    Left {
        limit: Option<u32>,
        remaining: u32,
        reset: u32,
    },
}

impl Heard {
    fn of(answer: &Answer) -> Self {
        let Rate {
            limit,
            remaining,
            reset,
        } = answer.rate;
        match (answer.status, remaining, reset) {
            (429, _, reset) => Self::Left {
                limit,
                remaining: 0,
                reset: reset.unwrap_or(WINDOW),
            },
            (_, Some(remaining), Some(reset)) => Self::Left {
                limit,
                remaining,
                reset,
            },
            (_, _, _) => Self::Nothing,
        }
    }
}

/// One key's calls until upstream counts anew.
struct Window {
    limit: u32,
    remaining: u32,
    ends: Instant,
    /// Whether upstream has told of this window; what the catalogue says is only a guess.
    told: bool,
    in_flight: u32,
    /// Wakes those who wait for a call in flight to tell what is left.
    changed: Arc<Notify>,
}

impl Window {
    fn new(limit: u32, now: Instant) -> Self {
        Self {
            limit,
            remaining: limit,
            ends: next_end(now),
            told: false,
            in_flight: 0,
            changed: Arc::default(),
        }
    }

    fn renew(&mut self, now: Instant) {
        self.remaining = self.limit;
        self.ends = next_end(now);
        self.told = false;
    }

    fn hear(&mut self, heard: Heard, now: Instant) {
        match heard {
            Heard::Uncounted => {}
            Heard::Nothing => self.remaining = self.remaining.saturating_sub(1),
            Heard::Left {
                limit,
                remaining,
                reset,
            } => {
                self.limit = limit.unwrap_or(self.limit);
                let ends = now + Duration::from_secs(u64::from(reset));
                if !self.told || remaining == 0 || ends > self.ends + SAME_WINDOW {
                    (self.remaining, self.ends, self.told) = (remaining, ends, true);
                } else if ends + SAME_WINDOW >= self.ends {
                    // Answers overtake each other: the least is the latest.
                    self.remaining = self.remaining.min(remaining);
                }
                // Else it is a late answer out of a window that has ended.
            }
        }
    }
}

fn next_end(now: Instant) -> Instant {
    now + Duration::from_secs(u64::from(WINDOW))
}

struct Budget {
    state: Mutex<State>,
}

struct State {
    windows: HashMap<Key, Window>,
    /// When ended windows are dropped next.
    sweep: Instant,
}

/// What a call that asks to leave is told.
enum Verdict {
    Go,
    /// Calls in flight may use up what is left: wait for one to come back, or for the end of the window.
    Await(OwnedNotified, Instant),
    /// Nothing is left until then.
    UsedUp(Instant),
}

impl Budget {
    fn new() -> Self {
        Self {
            state: Mutex::new(State {
                windows: HashMap::new(),
                sweep: next_end(Instant::now()),
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in between leaves numbers that are right or a little too low.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a place among the calls upstream will still take, or says how long there will be none.
    async fn admit(self: &Arc<Self>, key: Key, per_minute: u32) -> Result<Slot, ConsoleError> {
        loop {
            // A statement of its own, so that the lock is not held over the wait.
            let verdict = self.lock().ask(&key, per_minute, Instant::now());
            match verdict {
                Verdict::Go => {
                    return Ok(Slot {
                        budget: self.clone(),
                        key,
                        heard: Heard::Uncounted,
                    });
                }
                Verdict::Await(changed, ends) => {
                    // Either way there is something new to ask for.
                    let _ = timeout_at(ends, changed).await;
                }
                Verdict::UsedUp(ends) => {
                    let left = ends.saturating_duration_since(Instant::now());
                    if left > SHORT {
                        let seconds = left.as_secs_f64().ceil() as u32;
                        return Err(ConsoleError::RateLimited { seconds });
                    }
                    sleep_until(ends).await;
                }
            }
        }
    }
}

impl State {
    fn ask(&mut self, key: &Key, per_minute: u32, now: Instant) -> Verdict {
        if now >= self.sweep {
            self.windows
                .retain(|_, window| window.in_flight > 0 || window.ends > now);
            self.sweep = next_end(now);
        }
        let window = self
            .windows
            .entry(key.clone())
            .or_insert_with(|| Window::new(per_minute, now));
        if now >= window.ends {
            window.renew(now);
        }
        if window.remaining == 0 {
            Verdict::UsedUp(window.ends)
        } else if window.in_flight < window.remaining {
            window.in_flight += 1;
            Verdict::Go
        } else {
            // Made under the lock, so that nothing that changes from here on is missed.
            Verdict::Await(window.changed.clone().notified_owned(), window.ends)
        }
    }
}

/// One call's place in its window, given back when dropped.
struct Slot {
    budget: Arc<Budget>,
    key: Key,
    heard: Heard,
}

impl Drop for Slot {
    fn drop(&mut self) {
        if let Some(window) = self.budget.lock().windows.get_mut(&self.key) {
            window.in_flight = window.in_flight.saturating_sub(1);
            window.hear(self.heard, Instant::now());
            window.changed.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use bytes::Bytes;
    use futures::future::join_all;
    use management_api::{analytics::GetApiRequestCount, projects::ListProjects};
    use tokio::time::sleep;

    use super::*;
    use crate::stack::{
        Source,
        tests::{call, get},
    };

    fn answer(status: u16, rate: Rate) -> Result<Answer, Failure> {
        Ok(Answer {
            status,
            body: Bytes::new(),
            source: Source::Upstream,
            rate,
            request_id: None,
        })
    }

    fn rate(limit: u32, remaining: u32, reset: u32) -> Rate {
        Rate {
            limit: Some(limit),
            remaining: Some(remaining),
            reset: Some(reset),
        }
    }

    /// An upstream that takes 100 ms and allows `limit` calls a minute from its first one on; it counts calls and 429s.
    fn strict(limit: u32) -> (impl Next, Arc<AtomicU32>, Arc<AtomicU32>) {
        let (calls, stormed) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let (counter, too_many) = (calls.clone(), stormed.clone());
        let minute = Arc::new(Mutex::new((Instant::now(), 0)));
        let service = service_fn(move |_: Call| {
            counter.fetch_add(1, Ordering::SeqCst);
            let (now, mut minute) = (Instant::now(), minute.lock().unwrap());
            if minute.1 == 0 || now >= minute.0 {
                *minute = (now + Duration::from_secs(60), 0);
            }
            minute.1 += 1;
            let reset = (minute.0 - now).as_secs_f64().ceil() as u32;
            let status = if minute.1 > limit { 429 } else { 200 };
            if status == 429 {
                too_many.fetch_add(1, Ordering::SeqCst);
            }
            let left = rate(limit, limit.saturating_sub(minute.1), reset);
            async move {
                sleep(Duration::from_millis(100)).await;
                answer(status, left)
            }
        });
        (service, calls, stormed)
    }

    fn project() -> Call {
        call("ada", &get("shop"))
    }

    fn seconds(result: Result<Answer, Failure>) -> u32 {
        match result.unwrap_err() {
            Failure {
                error: ConsoleError::RateLimited { seconds },
                sent: false,
                ..
            } => seconds,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_never_storms_past_the_limit() {
        let (upstream, calls, stormed) = strict(120);
        let stack = layer().layer(upstream);
        let results = join_all((0..500).map(|_| stack.clone().oneshot(project()))).await;
        let passed = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(
            (passed, calls.load(Ordering::SeqCst), stormed.load(Ordering::SeqCst)),
            (120, 120, 0)
        );
        for result in results.into_iter().filter(Result::is_err) {
            assert_eq!(seconds(result), 60);
        }
        // The next minute takes calls again.
        sleep(Duration::from_secs(60)).await;
        assert!(stack.oneshot(project()).await.is_ok());
        assert_eq!(stormed.load(Ordering::SeqCst), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn the_catalogues_limit_holds_until_upstream_tells_its_own() {
        let stack = layer().layer(service_fn(|_: Call| async { answer(200, Rate::default()) }));
        let counted = || {
            call(
                "ada",
                &GetApiRequestCount {
                    project: "shop".to_owned(),
                },
            )
        };
        for _ in 0..30 {
            assert!(stack.clone().oneshot(counted()).await.is_ok());
        }
        assert_eq!(seconds(stack.clone().oneshot(counted()).await), 60);
        assert!(stack.oneshot(project()).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_used_up_window_refuses_at_once_and_lets_pass_after_its_end() {
        let first = Arc::new(AtomicU32::new(0));
        let stack = layer().layer(service_fn(move |_: Call| {
            let first = first.fetch_add(1, Ordering::SeqCst) == 0;
            async move { answer(200, if first { rate(120, 0, 10) } else { rate(120, 119, 60) }) }
        }));
        assert!(stack.clone().oneshot(project()).await.is_ok());
        sleep(Duration::from_millis(2_500)).await;
        assert_eq!(seconds(stack.clone().oneshot(project()).await), 8);
        // The last second is waited for.
        sleep(Duration::from_millis(6_600)).await;
        let asked = Instant::now();
        assert!(stack.oneshot(project()).await.is_ok());
        let waited = asked.elapsed();
        assert!(waited > Duration::from_millis(850) && waited < SHORT, "{waited:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_429_without_headers_closes_the_window() {
        let stack = layer().layer(service_fn(|_: Call| async { answer(429, Rate::default()) }));
        assert_eq!(stack.clone().oneshot(project()).await.unwrap().status, 429);
        assert_eq!(seconds(stack.oneshot(project()).await), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn calls_wait_while_those_in_flight_may_leave_room() {
        // The catalogue's guess is 30, upstream allows 90.
        let (upstream, calls, stormed) = strict(90);
        let stack = layer().layer(upstream);
        let counted = || {
            call(
                "ada",
                &GetApiRequestCount {
                    project: "shop".to_owned(),
                },
            )
        };
        let results = join_all((0..60).map(|_| stack.clone().oneshot(counted()))).await;
        assert!(results.iter().all(Result::is_ok));
        assert_eq!((calls.load(Ordering::SeqCst), stormed.load(Ordering::SeqCst)), (60, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn each_project_and_each_persons_lists_have_their_own_budget() {
        let stack = layer().layer(service_fn(|_: Call| async { answer(200, rate(120, 0, 60)) }));
        assert!(stack.clone().oneshot(project()).await.is_ok());
        // The app's limit on a project is shared by all people …
        assert_eq!(seconds(stack.clone().oneshot(call("grace", &get("shop"))).await), 60);
        // … but not with another project, nor with somebody who has a token of their own.
        assert!(stack.clone().oneshot(call("ada", &get("blog"))).await.is_ok());
        let mut own = project();
        own.caller.identity = Identity::Person(own.caller.person.clone());
        assert!(stack.clone().oneshot(own).await.is_ok());
        for person in ["ada", "grace"] {
            assert!(stack.clone().oneshot(call(person, &ListProjects {})).await.is_ok());
        }
    }

    #[test]
    fn answers_that_overtake_each_other_give_back_nothing() {
        let now = Instant::now();
        let left = |remaining, reset| Heard::Left {
            limit: Some(120),
            remaining,
            reset,
        };
        let mut window = Window::new(120, now);
        let mut hear = |heard, seconds| {
            window.hear(heard, now + Duration::from_secs(seconds));
            window.remaining
        };
        assert_eq!(hear(left(50, 40), 0), 50);
        assert_eq!(hear(left(52, 40), 0), 50, "an earlier answer of the same window");
        assert_eq!(hear(left(90, 1), 10), 50, "a late answer of the window before");
        assert_eq!(hear(Heard::Nothing, 10), 49);
        assert_eq!(hear(Heard::Uncounted, 10), 49);
        assert_eq!(hear(left(119, 60), 41), 119, "the next window");
        assert_eq!(hear(left(0, 5), 42), 0, "nothing left is believed at once");
    }

    #[tokio::test(start_paused = true)]
    async fn ended_windows_are_dropped() {
        let budget = Arc::new(Budget::new());
        for n in 0..1_000 {
            drop(
                budget
                    .admit(Key::of(&call("ada", &get(&format!("project{n}")))), 120)
                    .await
                    .unwrap(),
            );
        }
        assert_eq!(budget.lock().windows.len(), 1_000);
        sleep(Duration::from_secs(61)).await;
        let _slot = budget.admit(Key::of(&project()), 120).await.unwrap();
        assert_eq!(budget.lock().windows.len(), 1);
    }
}
