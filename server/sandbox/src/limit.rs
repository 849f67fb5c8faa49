//! The rate limit: so many calls a minute for one identity, one scope and one endpoint.

use std::collections::HashMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use management_api::{Limit, OperationId};
use time::{Duration, OffsetDateTime};

const MINUTE: Duration = Duration::MINUTE;

/// Past this many counted keys those whose minute is over are forgotten.
const CROWDED: usize = 10_000;

/// Whom and what a call counts for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The OAuth app, shared by all who signed in through it, or the person behind a personal token.
    pub identity: String,
    /// Project ref, organization slug, or the person for what belongs to neither.
    pub scope: String,
    pub operation: OperationId,
}

/// All counts of one world.
#[derive(Default)]
pub struct Limits {
    /// When each minute began, and the calls since.
    windows: HashMap<Key, (OffsetDateTime, u32)>,
    /// The last second of keys that are also limited by the second.
    seconds: HashMap<Key, (OffsetDateTime, u32)>,
}

/// Where a call stands within its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub limit: u32,
    pub remaining: u32,
    /// Seconds until the count begins anew.
    pub reset: i64,
    /// Whether this call is past the limit.
    pub exceeded: bool,
}

impl Limits {
    /// Counts a call. The minute begins with the first call of a key. `per_minute` stands in the place of the class's
    /// own limits, those by the second included.
    pub fn count(&mut self, key: Key, class: Limit, per_minute: Option<u32>, now: OffsetDateTime) -> Standing {
        if self.windows.len() > CROWDED {
            self.windows.retain(|_, (began, _)| now - *began < MINUTE);
            self.seconds.retain(|_, (began, _)| now - *began < Duration::SECOND);
        }
        let limit = per_minute.unwrap_or(class.per_minute());
        let per_second = class.per_second().filter(|_| per_minute.is_none());
        let too_fast = per_second.is_some_and(|most| {
            let (_, used) = counted(&mut self.seconds, key.clone(), Duration::SECOND, now);
            used > most
        });
        let (began, used) = counted(&mut self.windows, key, MINUTE, now);
        Standing {
            limit,
            remaining: limit.saturating_sub(used),
            reset: 60 - (now - began).whole_seconds(),
            exceeded: used > limit || too_fast,
        }
    }
}

/// Counts a call in its window, and gives the window's beginning and its calls so far.
fn counted(
    windows: &mut HashMap<Key, (OffsetDateTime, u32)>,
    key: Key,
    length: Duration,
    now: OffsetDateTime,
) -> (OffsetDateTime, u32) {
    let window = windows.entry(key).or_insert((now, 0));
    if now - window.0 >= length {
        *window = (now, 0);
    }
    window.1 = window.1.saturating_add(1);
    *window
}

impl Standing {
    /// Tells the caller, as the real service does on every answer that it counted.
    pub fn write(self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("x-ratelimit-limit", i64::from(self.limit)),
            ("x-ratelimit-remaining", i64::from(self.remaining)),
            ("x-ratelimit-reset", self.reset),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_its_limit_and_then_ends() {
        let mut limits = Limits::default();
        let start = OffsetDateTime::UNIX_EPOCH;
        let key = |scope: &str| Key {
            identity: "app".to_owned(),
            scope: scope.to_owned(),
            operation: OperationId::GetProject,
        };
        let first = limits.count(key("a"), Limit::Usual, Some(2), start);
        assert_eq!(
            first,
            Standing {
                limit: 2,
                remaining: 1,
                reset: 60,
                exceeded: false
            }
        );
        assert!(!limits.count(key("a"), Limit::Usual, Some(2), start).exceeded);
        let third = limits.count(key("a"), Limit::Usual, Some(2), start + Duration::seconds(20));
        assert_eq!(
            third,
            Standing {
                limit: 2,
                remaining: 0,
                reset: 40,
                exceeded: true
            }
        );
        assert!(
            !limits.count(key("b"), Limit::Usual, Some(2), start).exceeded,
            "another scope has its own count"
        );
        assert!(!limits.count(key("a"), Limit::Usual, Some(2), start + MINUTE).exceeded);
    }
}
