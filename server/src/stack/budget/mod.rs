//! Budget: keeps to upstream's rate limits, so that a burst waits or is refused here instead of storming there.

mod share;

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
use tower::{Layer, ServiceExt};

use self::share::{PAUSE, Share, Without};
use super::{
    call::{Answer, Call, Failure, Next, Rate},
    layer::{Stacked, stacked},
    refusal::WINDOW,
};
use crate::{
    identity::{Identity, PersonId},
    store::budget::Shares,
};

/// A person may be kept waiting this long for the next window without being told.
const SHORT: Duration = Duration::from_secs(1);
/// Resets are whole seconds: two that are this close speak of the same window.
const SAME_WINDOW: Duration = Duration::from_millis(1_500);
/// Windows that are kept at most, of all people together: everybody can name projects that do not exist.
const WINDOWS: usize = 10_000;

/// `shares`: where this instance's part of a window comes from, if there are others; without, all of it is its own.
pub(super) fn layer<S: Next>(shares: Option<Arc<dyn Shares>>) -> impl Layer<S, Service = Stacked> {
    stacked(Budget::new(shares), budgeted)
}

async fn budgeted<S: Next>(inner: S, budget: Arc<Budget>, call: Call) -> Result<Answer, Failure> {
    let key = Key::of(&call);
    let mut slot = budget
        .admit(key.clone(), call.request.id.row().limit.per_minute())
        .await
        .map_err(Failure::held)?;
    let result = inner.oneshot(call).await;
    if let Ok(answer) = &result {
        slot.heard = Heard::of(answer);
    }
    drop(slot);
    budget.ask_for_more(&key);
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
    /// This instance's part, where there are others.
    share: Option<Share>,
    /// Wakes those who wait for a call in flight to tell what is left.
    changed: Arc<Notify>,
}

impl Window {
    fn new(limit: u32, instances: Option<u32>, now: Instant) -> Self {
        Self {
            limit,
            remaining: limit,
            ends: next_end(now),
            told: false,
            in_flight: 0,
            share: instances.map(|instances| Share::new(limit, instances)),
            changed: Arc::default(),
        }
    }

    fn renew(&mut self, instances: Option<u32>, now: Instant) {
        self.share = instances.map(|instances| Share::new(self.limit, instances));
        self.remaining = self.limit;
        self.ends = next_end(now);
        self.told = false;
    }

    /// Calls that may be in flight at once.
    fn may_send(&self) -> u32 {
        let share = self.share.map_or(u32::MAX, |share| share.left);
        self.remaining.min(share)
    }

    fn hear(&mut self, heard: Heard, now: Instant) {
        if let (Some(share), Heard::Nothing | Heard::Left { .. }) = (&mut self.share, heard) {
            share.used();
        }
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
                if let Some(share) = &mut self.share {
                    if remaining == 0 {
                        share.used_up();
                    } else if ends > self.ends + SAME_WINDOW {
                        share.anew();
                    }
                }
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
    shares: Option<Arc<dyn Shares>>,
}

struct State {
    windows: HashMap<Key, Window>,
    /// When ended windows are dropped next.
    sweep: Instant,
    /// Until then nobody is asked for a share.
    away_until: Option<Instant>,
}

/// What a call that asks to leave is told.
enum Verdict {
    Go,
    /// Calls in flight may use up what is left, or a share is on its way: wait for what changes that, at most until then.
    Await(OwnedNotified, Instant),
    /// Nothing is left until then.
    UsedUp(Instant),
}

impl Budget {
    fn new(shares: Option<Arc<dyn Shares>>) -> Self {
        Self {
            state: Mutex::new(State::new(Instant::now())),
            shares,
        }
    }

    fn instances(&self) -> Option<u32> {
        self.shares.as_ref().map(|shares| shares.instances().max(1))
    }

    /// Asks in the background for a share of what the key's window has left, where that is due.
    fn ask_for_more(self: &Arc<Self>, key: &Key) {
        let Some(shares) = &self.shares else {
            return;
        };
        let (now, instances) = (Instant::now(), shares.instances().max(1));
        let due = {
            let mut state = self.lock();
            let away = state.is_away(now);
            let window = state.windows.get_mut(key).filter(|_| !away);
            window.and_then(|window| window.due(key, instances, now))
        };
        let Some(ask) = due else {
            return;
        };
        let (budget, shares, key) = (self.clone(), shares.clone(), key.clone());
        tokio::spawn(async move {
            let taken = shares.take(ask).await;
            if let Err(error) = &taken {
                tracing::warn!(
                    %error,
                    "the other instances could not be asked what is left of a rate limit; going on with an even part of it"
                );
            }
            let (mut state, done) = (budget.lock(), Instant::now());
            if taken.is_err() {
                state.away_until = Some(done + PAUSE);
            }
            if let Some(window) = state.windows.get_mut(&key) {
                window.given(&ask, taken.ok(), now, done);
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in between leaves numbers that are right or a little too low.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a place among the calls upstream will still take, or says how long there will be none.
    async fn admit(self: &Arc<Self>, key: Key, per_minute: u32) -> Result<Slot, ConsoleError> {
        loop {
            // A statement of its own, so that the lock is not held over the wait.
            let verdict = self.lock().ask(&key, per_minute, self.instances(), Instant::now());
            self.ask_for_more(&key);
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
    fn new(now: Instant) -> Self {
        Self {
            windows: HashMap::new(),
            sweep: next_end(now),
            away_until: None,
        }
    }

    fn is_away(&self, now: Instant) -> bool {
        self.away_until.is_some_and(|until| now < until)
    }

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

    /// `instances`: how many there are, if a window is not this one's alone.
    fn ask(&mut self, key: &Key, per_minute: u32, instances: Option<u32>, now: Instant) -> Verdict {
        self.sweep(key, now);
        let mut away = self.is_away(now);
        let window = self
            .windows
            .entry(key.clone())
            .or_insert_with(|| Window::new(per_minute, instances, now));
        if now >= window.ends {
            window.renew(instances, now);
        }
        if window.remaining == 0 {
            return Verdict::UsedUp(window.ends);
        }
        if let (Some(share), Some(instances)) = (&mut window.share, instances)
            && window.in_flight >= share.left
            && share.left < window.remaining
        {
            if share.is_overdue(now) {
                (self.away_until, away) = (Some(now + PAUSE), true);
            }
            match share.without(window.limit, instances, away, now) {
                Without::Wait(until) => {
                    return Verdict::Await(window.changed.clone().notified_owned(), until.min(window.ends));
                }
                Without::Nothing if share.left == 0 => return Verdict::UsedUp(window.ends),
                // Those in flight may give theirs back.
                Without::Nothing | Without::Taken => {}
            }
        }
        if window.in_flight < window.may_send() {
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
mod share_tests;
#[cfg(test)]
mod tests;
