//! Logs of a project: their lines with what narrows them down, and questions in SQL.

mod days;
mod filters;
mod follow;
mod histogram;
mod kept;
mod lines;
mod look;
mod query;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use time::OffsetDateTime;

use crate::{
    components::error_view::problem,
    error::ConsoleError,
    logs::span::{FROM, LONGER, RANGE, RANGES, Span, TO},
    page::Page,
    ui::{Choice, Notice, SelectField, Tone},
};

pub const PAGES: &[&Page] = &[&look::PAGE, &query::PAGE];

/// All that the address holds under a name.
fn all(name: &str) -> Vec<String> {
    use_query_map().with_untracked(|query| query.get_all(name).unwrap_or_default())
}

/// The span that the address asks for.
fn span() -> Result<Span, ConsoleError> {
    Span::read(super::choice, OffsetDateTime::now_utc())
}

/// What is wrong with the address: nothing was asked.
fn refused(error: &ConsoleError) -> AnyView {
    let problem = problem(error);
    view! { <Notice tone=Tone::Error title=problem.title>{problem.text}</Notice> }.into_any()
}

/// The same where it is asked in slices.
fn long_span() -> Result<Span, ConsoleError> {
    Span::read_long(super::choice, OffsetDateTime::now_utc())
}

/// The fields that choose a span: a length up to now, or two moments. `long`: whether it may be more than a day.
fn span_fields(span: Option<&Span>, long: bool) -> impl IntoView + use<> {
    let chosen = span.and_then(|span| span.range);
    let longer = if long { LONGER } else { &[] };
    let most = if long {
        "7 days at most, asked day by day. Empty them to go by the length again."
    } else {
        "24 hours at most. Empty them to go by the length again."
    };
    let mut choices: Vec<Choice> = RANGES
        .iter()
        .chain(longer)
        .map(|(word, label, _)| Choice::new(*word, *label))
        .collect();
    let custom = chosen.is_none() && span.is_some();
    if custom {
        choices.insert(0, Choice::new("", "As written"));
    }
    let (from, to) = match span.filter(|_| custom) {
        Some(span) => span.typed(),
        None => (super::choice(FROM), super::choice(TO)),
    };
    view! {
        <SelectField name=RANGE label="Time" choices value=chosen.unwrap_or_default()/>
        <details class="span-fields" open=custom>
            <summary>"From \u{2026} to \u{2026}"</summary>
            <div class="field">
                <label for=FROM>"From, UTC"</label>
                <input class="input" type="datetime-local" id=FROM name=FROM value=from/>
            </div>
            <div class="field">
                <label for=TO>"To, UTC"</label>
                <input class="input" type="datetime-local" id=TO name=TO value=to/>
            </div>
            <p class="hint">{most}</p>
        </details>
    }
}
