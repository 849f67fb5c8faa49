//! Shares: where several instances call in one name, each sends only what it has been given of a window, and asks for more
//! before that is used up.

use std::time::Duration;

use management_api::Scope;
use tokio::time::Instant;

use super::{Key, SAME_WINDOW, Window};
use crate::{
    identity::Identity,
    stack::digest::digest,
    store::budget::{Ask, Counted, Grant},
};

/// A call waits no longer than that for a share; then the instance takes what would be its part if all had the same.
pub(super) const BOUND: Duration = Duration::from_millis(200);
/// For so long nobody is asked after that.
pub(super) const PAUSE: Duration = Duration::from_secs(5);
/// Calls that are asked for at first; then twice as many each time.
const WANTED: u32 = 8;
/// This part of a window is for calls that nobody is asked about: most keys see one or two a minute.
const UNASKED: u32 = 20;

/// What an instance may send of a window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    /// Calls, those in flight included.
    pub left: u32,
    /// How many were given last.
    last: u32,
    /// Of the calls those of which the others do not know.
    owed: u32,
    /// All calls of this window so far.
    taken: u32,
    /// Since when an answer is waited for.
    asking: Option<Instant>,
    /// Upstream takes no more, which the others are still to be told.
    tell: bool,
    /// Nothing is left to be given.
    dry: bool,
}

/// How a call without a share goes on.
pub(super) enum Without {
    /// A share may come until then.
    Wait(Instant),
    /// A part was taken unasked.
    Taken,
    /// The others have the rest.
    Nothing,
}

impl Share {
    pub fn new(limit: u32, instances: u32) -> Self {
        let unasked = unasked(limit, instances);
        Self {
            left: unasked,
            last: 0,
            owed: unasked,
            taken: unasked,
            asking: None,
            tell: false,
            dry: false,
        }
    }

    /// A call of it reached upstream.
    pub fn used(&mut self) {
        self.left = self.left.saturating_sub(1);
    }

    /// Upstream has told of a later window.
    pub fn anew(&mut self) {
        (self.taken, self.dry) = (self.left, false);
    }

    /// Upstream takes no more until the window's end.
    pub fn used_up(&mut self) {
        self.tell |= !self.dry;
    }

    pub fn without(&mut self, limit: u32, instances: u32, away: bool, now: Instant) -> Without {
        if self.dry {
            return Without::Nothing;
        }
        let until = self.asking.unwrap_or(now) + BOUND;
        if !away && now < until {
            return Without::Wait(until);
        }
        let part = (limit / instances).max(1).saturating_sub(self.taken);
        if part == 0 {
            return Without::Nothing;
        }
        self.left += part;
        self.owed += part;
        self.taken += part;
        Without::Taken
    }

    /// Whether the answer is overdue.
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.asking.is_some_and(|since| now >= since + BOUND)
    }

    fn is_nearly_used(&self, in_flight: u32) -> bool {
        self.left.saturating_sub(in_flight) <= self.last / 4
    }
}

/// Calls of a window that each of the instances makes without asking.
fn unasked(limit: u32, instances: u32) -> u32 {
    limit / (UNASKED * instances)
}

impl Window {
    /// What is to be asked for now, if anything is; from then on the answer is waited for.
    pub(super) fn due(&mut self, key: &Key, instances: u32, now: Instant) -> Option<Ask> {
        let (in_flight, remaining) = (self.in_flight, self.remaining);
        let share = self.share.as_mut()?;
        let more = !share.dry && remaining > 0 && share.is_nearly_used(in_flight);
        if share.asking.is_some() || !(more || share.tell) || now >= self.ends {
            return None;
        }
        (share.asking, share.tell) = (Some(now), false);
        // Upstream's number lacks what others have sent, but not what this instance may still send.
        let unsent = share.left.saturating_sub(in_flight);
        let left = (remaining + share.owed).saturating_sub(unsent);
        Some(Ask {
            key: counted(key),
            limit: self.limit,
            told: self.told.then(|| (left, self.ends - now)),
            owed: share.owed,
            wanted: if remaining == 0 {
                0
            } else {
                share.last.saturating_mul(2).max(WANTED).max(in_flight)
            },
            reserve: unasked(self.limit, instances) * (instances - 1),
        })
    }

    /// What came of asking; `since`: when that began.
    pub(super) fn given(&mut self, ask: &Ask, grant: Option<Grant>, since: Instant, now: Instant) {
        let Some(share) = self.share.as_mut().filter(|share| share.asking == Some(since)) else {
            // It is of a window that has ended.
            return;
        };
        share.asking = None;
        // Upstream has begun a window meanwhile of which the others have not heard.
        let earlier = |grant: &Grant| self.told && now + grant.ends_in + SAME_WINDOW < self.ends;
        match grant {
            Some(grant) if earlier(&grant) => {}
            None => share.tell |= ask.wanted == 0,
            Some(grant) => {
                share.owed = share.owed.saturating_sub(ask.owed);
                share.left += grant.share;
                share.taken += grant.share;
                share.last = grant.share;
                share.dry = ask.wanted > 0 && grant.share == 0;
                if !self.told {
                    self.ends = now + grant.ends_in;
                }
            }
        }
        self.changed.notify_waiters();
    }
}

/// The key as all instances write it, naming nobody and nothing.
fn counted(key: &Key) -> Counted {
    let (kind, place) = match &key.scope {
        Scope::Account => ("account", ""),
        Scope::Organization(slug) => ("organization", &**slug),
        Scope::Project(reference) => ("project", &**reference),
    };
    let (by, owner) = match &key.identity {
        Identity::App => ("app", ""),
        Identity::Person(person) => ("person", person.as_str()),
    };
    let person = key.person.as_ref().map_or("", |person| person.as_str());
    let operation = key.operation.to_string();
    digest([&*operation, kind, place, by, owner, person])
}
