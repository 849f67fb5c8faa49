//! How many lines there are over time, by level, as bars: each leads to its own time.

use std::collections::BTreeMap;

use leptos::prelude::*;
use time::{Duration, OffsetDateTime};

use super::look::Look;
use crate::{
    components::when::{clock, minute, written},
    logs::{level::Level, line::Count, span::Span},
    ui::chart::grouped,
};

/// Pixels.
const HEIGHT: f64 = 92.0;
/// What is there is seen, however little it is beside the rest.
const LEAST: f64 = 2.0;

pub fn histogram(look: &Look, counts: &[Count], step: i64, parts: usize) -> AnyView {
    let question = &look.question;
    let first = look.span.begin.unix_timestamp().div_euclid(step);
    let mut bars: Vec<BTreeMap<Level, u64>> = vec![BTreeMap::new(); parts];
    let mut totals = BTreeMap::<Level, u64>::new();
    for count in counts.iter().filter(|count| question.wants(count)) {
        let level = Level::read(&count.level).unwrap_or(Level::Info);
        *totals.entry(level).or_default() += count.lines;
        let at = usize::try_from(count.part - first).ok();
        if let Some(bar) = at.and_then(|at| bars.get_mut(at)) {
            *bar.entry(level).or_default() += count.lines;
        }
    }
    let highest = bars
        .iter()
        .map(|bar| bar.values().sum::<u64>())
        .max()
        .unwrap_or_default();
    let total: u64 = totals.values().sum();
    let of = counts.iter().map(|count| count.lines).sum::<u64>() - total;
    let legend = totals.iter().map(|(level, lines)| {
        view! { <li data-level=level.as_str()><b>{grouped(*lines as f64)}</b> " " {level.label()}</li> }
    });
    let left_out = (of > 0).then(|| view! { <li class="quiet">{format!("{} of other sources and levels are left out", grouped(of as f64))}</li> });
    // Of several days the time of the day tells nothing.
    let said = |at: OffsetDateTime| match look.span.end - look.span.begin > Duration::DAY {
        true => minute(&written(at)),
        false => clock(at),
    };
    let bars = bars.iter().enumerate();
    let drawn = bars.filter(|(_, bar)| !bar.is_empty()).map(|(at, bar)| {
        let begin = moment((first + at as i64) * step);
        let zoomed = Span {
            begin,
            // A bar may be shorter than a minute, which is the least that can be asked.
            end: begin + Duration::seconds(step.max(60)),
            range: None,
        };
        bar_of(bar, at, parts, highest, said(begin), look.address(question, &zoomed))
    });
    let label = format!(
        "{} lines in {} parts of {}, {} at most in one.",
        grouped(total as f64),
        parts,
        length(step),
        grouped(highest as f64)
    );
    let tick = |share: i64| {
        let seconds = (look.span.end - look.span.begin).whole_seconds() * share / 4;
        view! { <li>{said(look.span.begin + Duration::seconds(seconds))}</li> }
    };
    view! {
        <figure class="histogram">
            <figcaption>
                <ul class="histogram-legend">{legend.collect_view()} {left_out}</ul>
                <span class="quiet">{format!("{} at most in {}, UTC", grouped(highest as f64), length(step))}</span>
            </figcaption>
            <svg width="100%" height=HEIGHT.to_string() role="group" aria-label=label>{drawn.collect_view()}</svg>
            <ol class="histogram-ticks" aria-hidden="true">{(0..=4).map(tick).collect_view()}</ol>
        </figure>
    }
    .into_any()
}

fn moment(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn length(step: i64) -> String {
    match step {
        1..60 => format!("{step} s"),
        60 => "a minute".to_owned(),
        7200.. => format!("{} hours", step / 3600),
        _ => format!("{} minutes", step / 60),
    }
}

/// The worst stands at the bottom, where it begins at one height in every bar.
fn bar_of(
    bar: &BTreeMap<Level, u64>,
    at: usize,
    parts: usize,
    highest: u64,
    begin: String,
    href: String,
) -> impl IntoView + use<> {
    let (share, mut base) = (100.0 / parts.max(1) as f64, HEIGHT);
    let said: Vec<String> = bar
        .iter()
        .map(|(level, lines)| format!("{} {}", grouped(*lines as f64), level.label()))
        .collect();
    let title = format!("{begin}: {}", said.join(", "));
    let x = format!("{:.3}%", share * at as f64);
    let width = format!("{:.3}%", share * 0.82);
    let rects = bar.iter().map(|(level, lines)| {
        let height = (*lines as f64 / highest.max(1) as f64 * (HEIGHT - 8.0)).max(LEAST);
        base -= height;
        view! {
            <rect data-level=level.as_str() x=x.clone() y=format!("{base:.1}") width=width.clone() height=format!("{height:.1}")></rect>
        }
    });
    let rects = rects.collect_view();
    view! { <a href=href><title>{title}</title>{rects}</a> }
}
