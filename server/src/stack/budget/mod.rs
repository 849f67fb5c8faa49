//! Budget: keeps to upstream's rate limits, so that a burst waits or is refused here instead of storming there.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::error::ConsoleError;
use management_api::{OperationId, Scope};
use tokio::{
    sync::{Notify, futures::OwnedNotified},
    time::{Instant, sleep_until, timeout_at},
};
use tower::{Layer, ServiceExt, layer::layer_fn, service_fn};

use super::{
    call::{Answer, Call, Failure, Next, Rate},
    refusal::WINDOW,
};
use crate::identity::{Identity, PersonId};

/// A person may be kept waiting this long for the next window without being told.
const SHORT: Duration = Duration::from_secs(1);
/// Resets are whole seconds: two that are this close speak of the same window.
const SAME_WINDOW: Duration = Duration::from_millis(1_500);
/// Windows that are kept at most, of all people together: everybody can name projects that do not exist.
const WINDOWS: usize = 10_000;

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
        let scope = call.place.counted();
        Self {
            identity: call.caller.identity.clone(),
            person: (scope == Scope::Account).then(|| call.caller.person.clone()),
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
    /// Forgets windows that are over, and others where there are too many: the next answer tells anew what is left.
    fn sweep(&mut self, key: &Key, now: Instant) {
        let full = self.windows.len() >= WINDOWS && !self.windows.contains_key(key);
        if now < self.sweep && !full {
            return;
        }
        self.sweep = next_end(now);
        self.windows
            .retain(|_, window| window.in_flight > 0 || window.ends > now);
        // Those with nothing left are the last to go: they keep calls from being made in vain.
        if self.windows.len() >= WINDOWS {
            self.windows
                .retain(|_, window| window.in_flight > 0 || window.remaining == 0);
        }
        if self.windows.len() >= WINDOWS {
            self.windows.retain(|_, window| window.in_flight > 0);
        }
    }

    fn ask(&mut self, key: &Key, per_minute: u32, now: Instant) -> Verdict {
        self.sweep(key, now);
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
mod tests;
