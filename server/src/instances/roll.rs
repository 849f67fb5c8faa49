//! Roll: which of the others were heard lately, and so how many instances there are.

use std::{collections::HashMap, time::Duration};

use tokio::{sync::watch, time::Instant};

use super::link::DEAF;

/// For so long one is believed to be there that was heard. One that has lost its connection is silent until it has another;
/// that it is not counted meanwhile would give its part away.
const BELIEVED: Duration = DEAF.saturating_mul(3);

pub(super) struct Roll {
    others: HashMap<String, Instant>,
    count: watch::Sender<u32>,
}

impl Roll {
    /// Nobody but this instance, and how many there are from now on, this one included.
    pub fn new() -> (Self, watch::Receiver<u32>) {
        let (count, counted) = watch::channel(1);
        let others = HashMap::new();
        (Self { others, count }, counted)
    }

    /// One of the others has said something; whether nobody knew that it is there.
    pub fn hear(&mut self, other: String, now: Instant) -> bool {
        let is_new = self.others.insert(other, now).is_none();
        self.tell();
        is_new
    }

    /// Hears again after a while in which nobody could be heard: that says nothing of the others.
    pub fn resume(&mut self, now: Instant) {
        self.others.values_mut().for_each(|heard| *heard = now);
    }

    /// Strikes off those that have said nothing for long. For whoever hears: the deaf one goes by whom it knew.
    pub fn strike_off(&mut self, now: Instant) {
        self.others.retain(|_, heard| now.duration_since(*heard) < BELIEVED);
        self.tell();
    }

    fn tell(&self) {
        let all = u32::try_from(self.others.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.count
            .send_if_modified(|count| std::mem::replace(count, all) != all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_heard_is_counted_for_a_while_and_by_the_deaf_for_as_long_as_they_are() {
        let (mut roll, count) = Roll::new();
        let began = Instant::now();
        let at = |seconds| began + Duration::from_secs(seconds);
        assert_eq!(*count.borrow(), 1);
        assert!(roll.hear("ada".to_owned(), at(0)) && roll.hear("grace".to_owned(), at(0)));
        assert!(!roll.hear("ada".to_owned(), at(10)), "it is known");
        roll.strike_off(at(17));
        assert_eq!(*count.borrow(), 3);
        roll.strike_off(at(18));
        assert_eq!(*count.borrow(), 2, "one has ended");
        // A minute in which nothing was heard.
        assert_eq!(*count.borrow(), 2);
        roll.resume(at(80));
        roll.strike_off(at(80));
        assert_eq!(*count.borrow(), 2);
        roll.strike_off(at(98));
        assert_eq!(*count.borrow(), 1);
        assert!(roll.hear("ada".to_owned(), at(99)), "it is back");
        assert_eq!(*count.borrow(), 2);
    }
}
