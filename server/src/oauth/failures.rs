//! Failed sign-ins: counted, and told in one line a minute. Anybody can fail as often as they like, so they leave no row.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

const PACE: Duration = Duration::from_secs(60);

/// How many failed, by the words of the sign-in page.
#[derive(Debug, Default)]
pub struct Failures(Mutex<BTreeMap<&'static str, u64>>);

impl Failures {
    pub fn count(&self, why: &'static str) {
        *self.counts().entry(why).or_default() += 1;
    }

    /// Those since this was asked last, such as `token-refused 12, wrong-state 3`; `None`: there were none.
    pub fn take(&self) -> Option<String> {
        let counts = std::mem::take(&mut *self.counts());
        let lines: Vec<String> = counts.iter().map(|(why, count)| format!("{why} {count}")).collect();
        (!lines.is_empty()).then(|| lines.join(", "))
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, BTreeMap<&'static str, u64>> {
        // A panic in between leaves numbers that are right.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells them for ever.
pub async fn keep_telling(failures: Arc<Failures>) {
    loop {
        tokio::time::sleep(PACE).await;
        tell(&failures);
    }
}

/// Tells what has not been told yet.
pub fn tell(failures: &Failures) {
    if let Some(failed) = failures.take() {
        tracing::info!(failed, "sign-ins failed within the last minute");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_counted_by_their_reason_until_they_are_told() {
        let failures = Failures::default();
        assert_eq!(failures.take(), None);
        for why in ["wrong-state", "token-refused", "wrong-state"] {
            failures.count(why);
        }
        assert_eq!(failures.take().as_deref(), Some("token-refused 1, wrong-state 2"));
        assert_eq!(failures.take(), None);
    }
}
