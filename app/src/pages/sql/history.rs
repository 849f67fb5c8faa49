//! What the person ran in the project, the latest first, and the way to forget it.

use std::time::Duration;

use leptos::prelude::*;
use time::OffsetDateTime;

use super::result::time;
use crate::{
    components::{
        rows::count,
        when::{When, written},
    },
    paths,
    sql::{
        kept::{Came, Past, SNIPPET},
        paint,
    },
    ui::{Glyph, Icon, lines::part},
};

/// Statements before the rest is folded away.
const SHOWN: usize = 8;

pub fn history(project: &str, mut past: Vec<Past>) -> AnyView {
    let all = past.len();
    let rest = past.split_off(all.min(SHOWN));
    let rows = |past: Vec<Past>| view! { <ul class="sql-past">{past.into_iter().map(|past| row(project, past)).collect_view()}</ul> };
    let list = if all == 0 {
        view! { <p class="hint">"What you run here is kept for you."</p> }.into_any()
    } else {
        rows(past).into_any()
    };
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="sql-more">
                <summary>{format!("{} older", rest.len())}</summary>
                {rows(rest)}
            </details>
        }
    });
    let clear = (all > 0).then(|| clear(project, all));
    view! {
        <details class="sql-list" open>
            <summary><h2>"History"</h2></summary>
            {list}
            {more}
            {clear}
        </details>
    }
    .into_any()
}

fn row(project: &str, past: Past) -> impl IntoView + use<> {
    let Past { id, told, at } = past;
    let lines = paint(&told.head).into_iter();
    let lines = lines.map(|line| view! { {line.into_iter().map(part).collect_view()} " " });
    let (tone, icon, word) = match told.came {
        Came::Refused(code) => ("error", Icon::Error, code.unwrap_or_else(|| "Refused".to_owned())),
        Came::Plan => ("plain", Icon::Layers, "Plan".to_owned()),
        Came::Rows(rows) if told.wrote => ("warning", Icon::Edit, format!("Wrote, {}", count(rows))),
        Came::Rows(rows) => ("success", Icon::Check, count(rows)),
        Came::Other if told.wrote => ("warning", Icon::Edit, "Wrote".to_owned()),
        Came::Other => ("success", Icon::Check, "Answered".to_owned()),
    };
    // ok: a moment that was written down is one.
    let at = OffsetDateTime::from_unix_timestamp(at).map(written).unwrap_or_default();
    view! {
        <li>
            <a href=paths::sql_past(project, &id)><code>{lines.collect_view()}</code></a>
            <small>
                <span data-tone=tone><Glyph icon/> {word}</span>
                <span>{time(Duration::from_millis(told.took))}</span>
                <When at=at/>
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
        <details class="sql-forget">
            <summary>"Clear the history\u{2026}"</summary>
            <form method="post" enctype="multipart/form-data" action=paths::statements_act(project, "clear")>
                // A form without a field is none to whoever reads it.
                <input type="hidden" name=SNIPPET value=""/>
                <p class="hint">{says} " Saved ones stay."</p>
                <button class="button button-small button-danger" type="submit">"Clear the history"</button>
            </form>
        </details>
        <p class="hint">"Only you see your history. It is kept sealed for 90 days, without the values of parameters."</p>
    }
}
