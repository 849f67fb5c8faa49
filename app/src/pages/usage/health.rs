//! How services are, and how they were whenever somebody looked.

use leptos::prelude::*;
use time::OffsetDateTime;

use super::super::projects::overview::{service_name, services};
use crate::{
    components::{
        status::of_service,
        when::{minute, written},
    },
    health::Seen,
    server_fns::usage::Health,
    ui::{
        Card,
        strips::{Span, Strip, strips},
    },
};

const DAY: i64 = 24 * 60 * 60;
/// Days that are drawn, and every how many one is named.
const DAYS: i64 = 7;

pub fn health(told: Health) -> AnyView {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let begin = now - DAYS * DAY;
    let names: Vec<String> = told.services.iter().map(|one| one.name.clone()).collect();
    let lines = names.iter().map(|name| strip(name, begin, &told.seen)).collect();
    let ticks = vec!["7 days ago".to_owned(), "now".to_owned()];
    let drawn = strips("Services over the last 7 days", lines, (begin, now), ticks);
    view! {
        {services(told.services)}
        <Card title="Health over 7 days" hint="As people saw it while they looked here or at the overview: Supabase tells only how services are now. Where nothing is drawn, nobody looked.">
            {drawn}
        </Card>
    }
    .into_any()
}

fn strip(service: &str, begin: i64, seen: &[Seen]) -> Strip {
    let moment = |at: i64| {
        OffsetDateTime::from_unix_timestamp(at)
            .map(|at| minute(&written(at)))
            .unwrap_or_default()
    };
    let span = |one: &Seen| {
        let meaning = of_service(&one.status);
        Span {
            from: one.since,
            to: one.until,
            tone: meaning.tone,
            word: meaning.word,
            said: (moment(one.since), moment(one.until)),
        }
    };
    let spans = seen
        .iter()
        .filter(|one| one.service == service && one.until >= begin)
        .map(span);
    Strip {
        name: service_name(service),
        spans: spans.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Tone;

    #[test]
    fn a_service_has_its_own_times_of_the_days_that_are_drawn() {
        let seen = |service: &str, status: &str, since, until| Seen {
            service: service.to_owned(),
            status: status.to_owned(),
            since,
            until,
        };
        let all = [
            seen("db", "ACTIVE_HEALTHY", 10, 90),
            seen("db", "ACTIVE_HEALTHY", 80, 120),
            seen("db", "UNHEALTHY", 130, 140),
            seen("auth", "ACTIVE_HEALTHY", 130, 140),
        ];
        let strip = strip("db", 100, &all);
        assert_eq!(strip.name, "Postgres");
        let spans: Vec<_> = strip.spans.iter().map(|one| (one.from, one.to, one.tone)).collect();
        assert_eq!(spans, [(80, 120, Tone::Success), (130, 140, Tone::Error)]);
        assert_eq!(strip.spans[0].said.0, "1 Jan, 00:01");
    }
}
