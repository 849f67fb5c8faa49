//! A span of several days is asked day by day. Each tells how many lines it has as soon as that is known, and leads to its
//! own page; the bars of all of them follow.

use leptos::prelude::*;

use super::look::Look;
use crate::{
    components::{
        query::{ask, loaded},
        when::{minute, written},
    },
    logs::{line::Count, span::Span},
    server_fns::logs::log_counts,
    ui::{Shape, chart::grouped},
};

/// The regions, the newest day's first.
const REGIONS: [&str; 7] = ["day-0", "day-1", "day-2", "day-3", "day-4", "day-5", "day-6"];

/// Nothing where one question does. The questions are those of the bars, so each is asked once.
pub fn days(look: &Look, step: i64) -> Option<AnyView> {
    let slices = look.span.slices();
    if slices.len() < 2 {
        return None;
    }
    let all = slices.len();
    let days: Vec<_> = REGIONS
        .into_iter()
        .zip(slices)
        .enumerate()
        .map(|(at, (region, slice))| day(look, step, (at + 1, all), region, slice))
        .collect();
    Some(view! { <ol class="log-days" aria-label="Day by day, the newest first">{days}</ol> }.into_any())
}

fn day(look: &Look, step: i64, (at, all): (usize, usize), region: &'static str, slice: Span) -> impl IntoView + use<> {
    let (project, sql, span) = (look.project.clone(), look.question.counts(step), slice.written());
    let counted = ask(move || log_counts(project.clone(), sql.clone(), vec![span.clone()]));
    let moment = |at| minute(&written(at));
    let said = format!("{} to {}", moment(slice.begin), moment(slice.end));
    let (href, look) = (look.address(&look.question, &slice), look.clone());
    let draw = move |counts: Vec<Count>| {
        let lines: u64 = counts
            .iter()
            .filter(|count| look.question.wants(count))
            .map(|count| count.lines)
            .sum();
        view! {
            <a class="link" href=href>{said}</a>
            <span>{format!("{} lines", grouped(lines as f64))}</span>
            <span class="quiet">{format!("{at} of {all}")}</span>
        }
        .into_any()
    };
    view! { <li>{loaded(region, counted, Shape::Line, draw)}</li> }
}
