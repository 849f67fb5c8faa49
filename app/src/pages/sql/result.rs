//! What came of a run: rows, a plan, an error with its place, or what must be said yes to first.

use std::time::Duration;

use leptos::prelude::*;

use super::explain::plan;
use crate::{
    components::{
        error_view::{error_view, problem},
        json::json,
        rows::{VALUE, count, grid},
    },
    error::ConsoleError,
    paths,
    sql::{
        export::Format,
        problem::{Problem, problem as parts},
        rows::Table,
        run::{AS, Body, Mode, NULL, Outcome, PARAMETER, QUERY, Ran, are_several},
        window::PIECE,
    },
    ui::{Empty, Glyph, Icon, Notice, Tone, chart::grouped},
};

/// The place of the answer. Its two regions are exchanged when the form is run in place: the first one tells a screen
/// reader the outcome, the second one holds the rest. The section itself stays and takes the focus.
pub fn answer(ran: Option<&Ran>) -> impl IntoView + use<> {
    let (line, body) = match ran {
        None => (().into_any(), empty()),
        Some(ran) => match &ran.outcome {
            Outcome::Held(error) => ("Nothing was run".into_any(), held(error)),
            Outcome::Formatted => ("Formatted; nothing was run".into_any(), empty()),
            Outcome::Refused { error, message, took } => {
                let line = view! { <b>"Refused"</b> {format!(" after {}", time(*took))} };
                (line.into_any(), refused(ran, error, message))
            }
            Outcome::Answered {
                body,
                took,
                size,
                cut,
                window,
            } => (
                answered_line(ran, body, (*took, *size, *cut)),
                answered(ran, body, *cut, window.as_ref()),
            ),
        },
    };
    view! {
        <section class="sql-answer" id="answer" tabindex="-1" aria-labelledby="answer-title">
            <header class="sql-answer-head">
                <h2 id="answer-title">"Result"</h2>
                <p class="answer-line" role="status" data-region="answer-line">{line}</p>
            </header>
            <div data-region="answer">{body}</div>
        </section>
    }
}

fn empty() -> AnyView {
    view! {
        <Empty icon=Icon::Terminal title="Nothing was run yet" sentence="Write a statement, or begin with a ready-made one. Until you switch to \u{201c}Can write\u{201d}, nothing can change."/>
    }
    .into_any()
}

/// The form is not right yet. The field is marked by the page, or by its script.
fn held(error: &ConsoleError) -> AnyView {
    let problem = problem(error);
    let (field, says) = (problem.field, problem.text.clone());
    view! {
        <div data-field=field data-says=says>
            <Notice tone=Tone::Warning title=problem.title>{problem.text}</Notice>
        </div>
    }
    .into_any()
}

pub fn time(took: Duration) -> String {
    format!("{} ms", grouped(took.as_millis() as f64))
}

fn answered_line(ran: &Ran, body: &Body, (took, size, cut): (Duration, usize, bool)) -> AnyView {
    let said = match body {
        Body::Rows(table) if cut => format!("The first {}", count(table.total)),
        Body::Rows(table) => count(table.total),
        Body::Plan(_) => "Plan".to_owned(),
        Body::Other(_) => "Answered".to_owned(),
    };
    let size = format!("{} kB", grouped((size as f64 / 1000.0).ceil()));
    let part = (ran.sql != ran.text).then_some(", the selected part");
    view! { <b>{said}</b> {format!(" in {}, {size}", time(took))} {part} }.into_any()
}

fn answered(ran: &Ran, body: &Body, cut: bool, window: Option<&(String, usize)>) -> AnyView {
    match body {
        Body::Rows(table) if table.total == 0 => view! {
            <Empty icon=Icon::CheckCircle title="It gave no rows" sentence=match ran.mode {
                Mode::Read => "It was run, and there is nothing that fits.",
                Mode::Write => "It was run. Supabase does not tell how many rows a statement has changed: add \u{201c}returning *\u{201d} to see them.",
            }/>
        }
        .into_any(),
        Body::Rows(table) => {
            let several = are_several(&ran.sql).then(|| {
                view! { <p class="hint">"All of the statements were run. Supabase gives back only what the last of them that has rows gave."</p> }
            });
            view! { {exports(ran)} {several} {in_grid(ran, table, cut, window)} }.into_any()
        }
        Body::Plan(explained) => plan(ran, explained),
        Body::Other(value) => {
            let (code, _) = json(value, VALUE);
            view! {
                <p class="hint">"This is no list of rows; it is shown as Supabase has sent it."</p>
                <pre class="code" tabindex="0" role="group" aria-label="Answer as JSON">{code}</pre>
            }
            .into_any()
        }
    }
}

/// The rows, and what is said of those that are not shown. With scripts the grid fetches more of them.
fn in_grid(ran: &Ran, table: &Table, cut: bool, window: Option<&(String, usize)>) -> impl IntoView + use<> {
    let all = count(table.total);
    let shown = |rows: usize| {
        let shown = if rows == 1 { "is" } else { "are" };
        let files = match ran.mode {
            Mode::Read if !cut => " The files have all of them;",
            Mode::Read | Mode::Write => "",
        };
        format!(
            "The first {} of {all} {shown} shown.{files} \u{201c}limit\u{201d} in the statement asks for fewer.",
            grouped(rows as f64)
        )
    };
    let line = |said: String, of: Option<&'static str>| view! { <p class="hint grid-cut" data-of=of>{said}</p> };
    let cut = cut.then(|| {
        let megabytes = "The answer is longer than the 6 MB that Steward reads of one, and was cut behind a row: how many rows there are is not known. A file has all of them. \u{201c}limit\u{201d} in the statement asks for fewer.";
        line(megabytes.to_owned(), None)
    });
    let grid = grid(table, "Rows");
    let left = |rows: usize| rows < table.total;
    match window {
        // What is said of the first rows goes once the others are there.
        Some((id, rows)) => view! {
            <result-grid data-from=paths::sql_rows(id) data-rows=*rows data-piece=PIECE>
                {grid}
                {left(table.rows.len()).then(|| line(shown(table.rows.len()), Some("page")))}
                {left(*rows).then(|| line(shown(*rows), Some("grid")))}
            </result-grid>
            {cut}
        }
        .into_any(),
        None => view! {
            {grid}
            {left(table.rows.len()).then(|| line(shown(table.rows.len()), None))}
            {cut}
        }
        .into_any(),
    }
}

/// A form around what was run, which runs it once more for something else than rows on the page.
pub fn again(ran: &Ran, children: AnyView) -> AnyView {
    let values = ran.parameters.iter().map(|value| {
        view! { <input type="hidden" name=PARAMETER value=value.clone().unwrap_or_default()/> }
    });
    let nulls = ran.parameters.iter().enumerate().filter(|(_, value)| value.is_none());
    let nulls = nulls.map(|(at, _)| view! { <input type="hidden" name=NULL value=at + 1/> });
    view! {
        <form class="again" method="post" enctype="multipart/form-data" action=format!("{}#answer", paths::sql(&ran.project))>
            <input type="hidden" name=QUERY value=ran.sql.clone()/>
            {values.collect_view()}
            {nulls.collect_view()}
            {children}
        </form>
    }
    .into_any()
}

/// All rows as a file. It is made by running the statement again, so there is none of what has written.
fn exports(ran: &Ran) -> Option<AnyView> {
    if ran.mode == Mode::Write {
        return None;
    }
    let button = |format: Format| {
        view! { <button class="button button-small" type="submit" name=AS value=format.as_str()>{format.label()}</button> }
    };
    let buttons = Format::ALL.map(button).collect_view();
    let buttons = view! {
        <span class="quiet"><Glyph icon=Icon::Download/> " All rows as"</span>
        {buttons}
    };
    Some(again(ran, buttons.into_any()))
}

/// PostgreSQL's own words, with the place that they are about; else what Supabase or Steward says.
fn refused(ran: &Ran, error: &ConsoleError, message: &str) -> AnyView {
    let ConsoleError::Refused { .. } = error else {
        return error_view(error.clone());
    };
    let Some(problem) = parts(message) else {
        return error_view(error.clone());
    };
    let unchanged =
        (ran.mode == Mode::Read).then(|| view! { <p class="hint">"Nothing was changed: the run was read-only."</p> });
    let writes = (ran.mode == Mode::Read && problem.code.as_deref() == Some("25006")).then(|| {
        view! { <p class="hint">"The statement writes. Switch to \u{201c}Can write\u{201d} if that is what you want."</p> }
    });
    view! { <div class="sql-error" role="alert">{drawn(problem, ran)} {unchanged} {writes}</div> }.into_any()
}

fn drawn(problem: Problem, ran: &Ran) -> impl IntoView + use<> {
    let Problem {
        says,
        code,
        place,
        detail,
        hint,
        context,
    } = problem;
    // A plan is asked for in a line of its own before the statement.
    let before = usize::from(ran.explain.is_some());
    let whole = ran.sql == ran.text;
    let place = place.map(|(line, text, at)| {
        let line = line.saturating_sub(before).max(1);
        let caret = format!("{text}\n{:at$}^", "");
        let go = whole.then(|| {
            view! { <a class="link needs-js" href="#query" data-line=line>{format!("Go to line {line}")}</a> }
        });
        view! {
            <p class="sql-place">{format!("Line {line}")} " " {go}</p>
            <pre class="code" tabindex="0" role="group" aria-label="The place"><code>{caret}</code></pre>
        }
    });
    let more = |term: &'static str, text: Option<String>| {
        text.map(|text| view! { <div><dt>{term}</dt><dd><bdi>{text}</bdi></dd></div> })
    };
    view! {
        <h3><Glyph icon=Icon::Error/> <bdi>{says}</bdi> {code.map(|code| view! { <code>{code}</code> })}</h3>
        {place}
        <dl>
            {more("Detail", detail)}
            {more("Hint", hint)}
            {more("Context", context)}
        </dl>
    }
}
