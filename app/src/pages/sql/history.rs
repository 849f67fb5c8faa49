//! What the person ran in the project, the latest first, and the way to forget it.

use std::time::Duration;

use leptos::prelude::*;
use time::{Date, OffsetDateTime};

use super::{result::time, side::nothing_fits};
use crate::{
    components::{
        rows::count,
        when::{To, When, written},
    },
    pages::choice,
    paths,
    sql::{
        kept::{Came, Past, SNIPPET},
        paint,
    },
    ui::{Glyph, Icon, lines::part},
};

pub fn history(project: &str, past: Vec<Past>, find: &str) -> AnyView {
    if past.is_empty() {
        return match find {
            "" => view! { <p class="hint">"What you run here is kept for you."</p> }.into_any(),
            find => nothing_fits(find),
        };
    }
    let opened = choice("past");
    let all = past.len();
    let days: Vec<_> = past
        .chunk_by(|one, other| day(one) == day(other))
        .map(|day| {
            // ok: a chunk has a first one.
            let at = day.first().map(|past| written(moment(past.at))).unwrap_or_default();
            let rows = day
                .iter()
                .map(|past| row(project, past, past.id == opened))
                .collect_view();
            view! { <h2><When at=at to=To::Day/></h2> <ul class="sql-past">{rows}</ul> }
        })
        .collect();
    view! {
        {days}
        {find.is_empty().then(|| clear(project, all))}
    }
    .into_any()
}

fn moment(at: i64) -> OffsetDateTime {
    // ok: a moment that was written down is one.
    OffsetDateTime::from_unix_timestamp(at).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn day(past: &Past) -> Date {
    moment(past.at).date()
}

fn row(project: &str, past: &Past, opened: bool) -> impl IntoView + use<> {
    let Past { id, told, at } = past;
    let lines = paint(&told.head).into_iter();
    let lines = lines.map(|line| view! { {line.into_iter().map(part).collect_view()} " " });
    let (tone, icon, word) = match &told.came {
        Came::Refused(code) => (
            "error",
            Icon::Error,
            code.clone().unwrap_or_else(|| "Refused".to_owned()),
        ),
        Came::Plan => ("plain", Icon::Layers, "Plan".to_owned()),
        Came::Rows(rows) if told.wrote => ("warning", Icon::Edit, format!("Wrote, {}", count(*rows))),
        Came::Rows(rows) => ("success", Icon::Check, count(*rows)),
        Came::Other if told.wrote => ("warning", Icon::Edit, "Wrote".to_owned()),
        Came::Other => ("success", Icon::Check, "Answered".to_owned()),
    };
    let at = written(moment(*at));
    view! {
        <li>
            <a href=paths::sql_past(project, id) aria-current=opened.then_some("true")><code>{lines.collect_view()}</code></a>
            <small>
                <span data-tone=tone><Glyph icon/> {word}</span>
                <span>{time(Duration::from_millis(told.took))}</span>
                <When at=at to=To::Clock/>
            </small>
        </li>
    }
}

fn clear(project: &str, all: usize) -> impl IntoView + use<> {
    let says = match all {
        1 => "Forgets the statement that you ran in this project.".to_owned(),
        all => format!("Forgets the {all} statements that you ran in this project."),
    };
    view! {
        <footer>
        <p class="hint">"Only you see your history. It is kept sealed for 90 days, without the values of parameters."</p>
        <details class="sql-forget">
            <summary>"Clear the history\u{2026}"</summary>
            <form method="post" enctype="multipart/form-data" action=paths::statements_act(project, "clear")>
                // A form without a field is none to whoever reads it.
                <input type="hidden" name=SNIPPET value=""/>
                <p class="hint">{says} " Saved ones stay."</p>
                <button class="button button-small button-danger" type="submit">"Clear the history"</button>
            </form>
        </details>
        </footer>
    }
}
