//! Metrics: what Steward counts of itself, in Prometheus' text format. Labels are words of our own, never names, refs or ids.

mod classes;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64},
    },
    time::Duration,
};

use app::error::ConsoleError;
use management_api::Effect;
use prometheus_client::{
    encoding::prometheus_text,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::Registry,
};

pub use self::classes::{Fault, Found, Part, Refreshed, Route};

/// Seconds; pages wait for Supabase, whose answers take up to twenty.
const TIMES: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0];
/// Seconds that a write to the disk may take.
const WRITES: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0];
/// Shares of a rate limit.
const SHARES: [f64; 7] = [0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0];

/// Names and values of labels, which are our own words.
type Labels<const N: usize> = [(&'static str, &'static str); N];
type Histograms<const N: usize> = Family<Labels<N>, Histogram, fn() -> Histogram>;

/// The numbers of one console; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Labels<2>, Counter>,
    request_times: Histograms<1>,
    calls: Family<Labels<2>, Counter>,
    call_times: Histograms<1>,
    budget: Histogram,
    reads: Family<Labels<1>, Counter>,
    refreshes: Family<Labels<1>, Counter>,
    audit_writes: Histogram,
    audit_waiting: Gauge,
    database: Gauge<f64, AtomicU64>,
    database_up: Gauge<i64, AtomicI64>,
    sessions: Gauge,
    under_old_key: Gauge,
    browser_errors: Family<Labels<2>, Counter>,
    linked: Gauge,
    leader: Gauge,
    notes_lost: Counter,
}

fn times() -> Histogram {
    Histogram::new(TIMES)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("steward");
        let requests = Family::default();
        registry.register(
            "http_requests",
            "Requests by what they are for and the class of the answer's status",
            requests.clone(),
        );
        let request_times: Histograms<1> = Family::new_with_constructor(times);
        registry.register(
            "http_request_seconds",
            "From a request to the first byte of its answer, by what it is for",
            request_times.clone(),
        );
        let calls = Family::default();
        registry.register(
            "upstream_calls",
            "Calls to Supabase by the operation's effect and what came of them",
            calls.clone(),
        );
        let call_times: Histograms<1> = Family::new_with_constructor(times);
        registry.register(
            "upstream_call_seconds",
            "How long a call took with its turns, retries and waiting, by the operation's effect",
            call_times.clone(),
        );
        let budget = Histogram::new(SHARES);
        registry.register(
            "upstream_budget_left",
            "The share of a rate limit that an answer said was left",
            budget.clone(),
        );
        let reads = Family::default();
        registry.register(
            "reads",
            "Reads by where their answer was found: kept, under way for another, or asked for",
            reads.clone(),
        );
        let refreshes = Family::default();
        registry.register(
            "token_refreshes",
            "Refreshes of tokens by what came of them",
            refreshes.clone(),
        );
        let audit_writes = Histogram::new(WRITES);
        registry.register(
            "audit_write_seconds",
            "How long it takes until a write is on the disk before it is sent",
            audit_writes.clone(),
        );
        let audit_waiting = Gauge::default();
        registry.register(
            "audit_waiting",
            "Reads that wait to be written into the audit",
            audit_waiting.clone(),
        );
        let database = Gauge::<f64, AtomicU64>::default();
        registry.register(
            "database_seconds",
            "How long the database took to answer just now",
            database.clone(),
        );
        let database_up = Gauge::<i64, AtomicI64>::default();
        registry.register("database_up", "1 where the database answers", database_up.clone());
        let sessions = Gauge::default();
        registry.register("sessions", "Sign-ins that are alive", sessions.clone());
        let under_old_key = Gauge::default();
        registry.register(
            "sealed_under_old_key",
            "Values that are still sealed under the secret key of before, while it is changed",
            under_old_key.clone(),
        );
        let browser_errors = Family::default();
        registry.register(
            "browser_errors",
            "What of Steward broke off in browsers, by what it was and how",
            browser_errors.clone(),
        );
        let linked = Gauge::default();
        registry.register(
            "instances_linked",
            "1 where this instance hears what others change, or there are no others",
            linked.clone(),
        );
        let leader = Gauge::default();
        registry.register(
            "leader",
            "1 where this instance does the timed work of all",
            leader.clone(),
        );
        let notes_lost = Counter::default();
        registry.register(
            "instances_notes_lost",
            "Changes of which other instances could not be told",
            notes_lost.clone(),
        );
        registry.register(
            "build",
            "The version that runs",
            Info::new([("version", env!("CARGO_PKG_VERSION"))]),
        );
        let metrics = Self {
            registry: Arc::new(registry),
            requests,
            request_times,
            calls,
            call_times,
            budget,
            reads,
            refreshes,
            audit_writes,
            audit_waiting,
            database,
            database_up,
            sessions,
            under_old_key,
            browser_errors,
            linked,
            leader,
            notes_lost,
        };
        metrics.begin();
        metrics
    }
}

impl Metrics {
    /// Makes what can be counted known at nought, so that the first one is seen as a rise.
    fn begin(&self) {
        for route in Route::ALL.iter().map(|route| ("route", route.as_str())) {
            for class in classes::STATUSES {
                drop(self.requests.get_or_create(&[route, ("status", class)]));
            }
            drop(self.request_times.get_or_create(&[route]));
        }
        for effect in Effect::ALL.iter().map(|effect| ("effect", effect.as_str())) {
            for outcome in classes::OUTCOMES {
                drop(self.calls.get_or_create(&[effect, ("outcome", outcome)]));
            }
            drop(self.call_times.get_or_create(&[effect]));
        }
        for part in Part::ALL.iter().map(|part| ("part", part.as_str())) {
            for fault in Fault::ALL {
                drop(self.browser_errors.get_or_create(&[part, ("kind", fault.as_str())]));
            }
        }
        for found in Found::ALL {
            drop(self.reads.get_or_create(&[("found", found.as_str())]));
        }
        for refreshed in Refreshed::ALL {
            drop(self.refreshes.get_or_create(&[("outcome", refreshed.as_str())]));
        }
    }

    /// A request was answered with `status`, after `took`.
    pub fn request(&self, route: Route, status: u16, took: Duration) {
        let labels = [("route", route.as_str()), ("status", classes::of_status(status))];
        self.requests.get_or_create(&labels).inc();
        self.request_times
            .get_or_create(&[("route", route.as_str())])
            .observe(took.as_secs_f64());
    }

    /// A call came to its end, whether it left or not; `error`: by what it failed.
    pub fn call(&self, effect: Effect, error: Option<&ConsoleError>, took: Duration) {
        let labels = [("effect", effect.as_str()), ("outcome", classes::of_end(error))];
        self.calls.get_or_create(&labels).inc();
        self.call_times
            .get_or_create(&[("effect", effect.as_str())])
            .observe(took.as_secs_f64());
    }

    /// An answer told what is left of a rate limit, in calls.
    pub fn left(&self, limit: Option<u32>, remaining: Option<u32>) {
        if let (Some(limit @ 1..), Some(remaining)) = (limit, remaining) {
            self.budget.observe((f64::from(remaining) / f64::from(limit)).min(1.0));
        }
    }

    /// Where the answer to a read was found.
    pub fn read(&self, found: Found) {
        self.reads.get_or_create(&[("found", found.as_str())]).inc();
    }

    pub fn refreshed(&self, outcome: Refreshed) {
        self.refreshes.get_or_create(&[("outcome", outcome.as_str())]).inc();
    }

    /// A write was written down before it is sent.
    pub fn written_down(&self, took: Duration) {
        self.audit_writes.observe(took.as_secs_f64());
    }

    /// How the database answers, how many reads wait for it, and how many sign-ins are alive, where it tells.
    pub fn database(&self, answers: bool, took: Duration, waiting: usize, sessions: Option<i64>) {
        self.database_up.set(i64::from(answers));
        self.database.set(took.as_secs_f64());
        self.audit_waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        if let Some(sessions) = sessions {
            self.sessions.set(sessions);
        }
    }

    /// Something of Steward broke off in a browser.
    pub fn broke_off(&self, part: Part, fault: Fault) {
        let labels = [("part", part.as_str()), ("kind", fault.as_str())];
        self.browser_errors.get_or_create(&labels).inc();
    }

    /// So many values are still sealed under the secret key of before.
    pub fn under_old_key(&self, values: u64) {
        self.under_old_key.set(i64::try_from(values).unwrap_or(i64::MAX));
    }

    /// Whether this instance hears what others change.
    pub fn linked(&self, linked: bool) {
        self.linked.set(i64::from(linked));
    }

    /// Whether this instance does the timed work of all.
    pub fn leads(&self, leads: bool) {
        self.leader.set(i64::from(leads));
    }

    /// Others could not be told of a change.
    pub fn note_lost(&self) {
        self.notes_lost.inc();
    }

    /// All numbers, as Prometheus reads them.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if prometheus_text::encode(&mut text, &self.registry).is_err() {
            // ok: writing to a string does not fail.
            text.clear();
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told_under_words_of_our_own() {
        let metrics = Metrics::default();
        metrics.request(Route::Page, 200, Duration::from_millis(30));
        metrics.request(Route::Page, 404, Duration::from_millis(30));
        metrics.call(Effect::Write, Some(&ConsoleError::Busy), Duration::ZERO);
        metrics.left(Some(120), Some(6));
        metrics.left(None, None);
        metrics.read(Found::Kept);
        metrics.refreshed(Refreshed::Dead);
        let text = metrics.text();
        for line in [
            "steward_http_requests_total{route=\"page\",status=\"2xx\"} 1",
            "steward_http_requests_total{route=\"page\",status=\"4xx\"} 1",
            "steward_http_requests_total{route=\"change\",status=\"5xx\"} 0",
            "steward_http_request_seconds_bucket{route=\"page\",le=\"0.05\"} 2",
            "steward_upstream_calls_total{effect=\"write\",outcome=\"busy\"} 1",
            "steward_upstream_budget_left_bucket{le=\"0.05\"} 1",
            "steward_upstream_budget_left_count 1",
            "steward_reads_total{found=\"kept\"} 1",
            "steward_token_refreshes_total{outcome=\"dead\"} 1",
        ] {
            assert!(text.lines().any(|told| told == line), "{line}\n{text}");
        }
    }
}
