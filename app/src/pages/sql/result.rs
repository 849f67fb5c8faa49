//! What came of a run: rows, a plan, an error with its place, or what must be said yes to first.

use std::time::Duration;

use leptos::prelude::*;
use serde_json::Value;

use super::explain::plan;
use crate::{
    components::{
        error_view::{error_view, problem},
        json::json,
    },
    error::ConsoleError,
    paths,
    sql::{
        export::Format,
        problem::{Problem, problem as parts},
        rows::Table,
        run::{AS, Body, Mode, NULL, Outcome, PARAMETER, QUERY, Ran},
    },
    ui::{Empty, Glyph, Icon, Notice, Tone, chart::grouped},
};

/// Characters of a value that are shown in its cell; the whole is one press away.
const CELL: usize = 120;
/// Bytes of a value that are shown in whole.
const VALUE: usize = 64 * 1024;

/// The place of the answer. Its two regions are exchanged when the form is run in place: the first one tells a screen
/// reader the outcome, the second one holds the rest. The section itself stays and takes the focus.
pub fn answer(ran: Option<&Ran>) -> impl IntoView + use<> {
    let (line, body) = match ran {
        None => (().into_any(), empty()),
        Some(ran) => match &ran.outcome {
            Outcome::Held(error) => ("Nothing was run".into_any(), held(error)),
            Outcome::Refused { error, message, took } => {
                let line = view! { <b>"Refused"</b> {format!(" after {}", time(*took))} };
                (line.into_any(), refused(ran, error, message))
            }
            Outcome::Answered { body, took, size } => (answered_line(ran, body, *took, *size), answered(ran, body)),
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

fn count(rows: usize) -> String {
    match rows {
        1 => "1 row".to_owned(),
        rows => format!("{} rows", grouped(rows as f64)),
    }
}

fn answered_line(ran: &Ran, body: &Body, took: Duration, size: usize) -> AnyView {
    let said = match body {
        Body::Rows(table) => count(table.total),
        Body::Plan(_) => "Plan".to_owned(),
        Body::Other(_) => "Answered".to_owned(),
    };
    let size = format!("{} kB", grouped((size as f64 / 1000.0).ceil()));
    let part = (ran.sql != ran.text).then_some(", the selected part");
    view! { <b>{said}</b> {format!(" in {}, {size}", time(took))} {part} }.into_any()
}

fn answered(ran: &Ran, body: &Body) -> AnyView {
    match body {
        Body::Rows(table) if table.total == 0 => view! {
            <Empty icon=Icon::CheckCircle title="It gave no rows" sentence=match ran.mode {
                Mode::Read => "It was run, and there is nothing that fits.",
                Mode::Write => "It was run. Supabase does not tell how many rows a statement has changed: add \u{201c}returning *\u{201d} to see them.",
            }/>
        }
        .into_any(),
        Body::Rows(table) => view! { {exports(ran)} {grid(table)} }.into_any(),
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

/// Rows under the names of their columns.
pub fn grid(table: &Table) -> impl IntoView + use<> {
    let head = |name: &String| view! { <th scope="col"><bdi>{name.clone()}</bdi></th> };
    let row = |(at, row): (usize, &Vec<Value>)| {
        view! {
            <tr>
                <th scope="row" class="grid-number">{at + 1}</th>
                {row.iter().map(cell).collect_view()}
            </tr>
        }
    };
    let cut = table.is_cut().then(|| {
        let said = format!(
            "The first {} of {} are shown. The files have all of them; \u{201c}limit\u{201d} in the statement asks for fewer.",
            grouped(table.rows.len() as f64),
            count(table.total)
        );
        view! { <p class="hint grid-cut">{said}</p> }
    });
    view! {
        <div class="grid-box" tabindex="0" role="group" aria-label="Rows">
            <table class="grid">
                <thead>
                    <tr>
                        <th scope="col" class="grid-number"><span class="visually-hidden">"Row"</span> "#"</th>
                        {table.columns.iter().map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{table.rows.iter().enumerate().map(row).collect_view()}</tbody>
            </table>
        </div>
        {cut}
    }
}

fn cell(value: &Value) -> AnyView {
    match value {
        Value::Null => view! { <td data-is="null">"null"</td> }.into_any(),
        Value::Bool(yes) => view! { <td data-is="word">{yes.to_string()}</td> }.into_any(),
        Value::Number(number) => view! { <td data-kind="number">{number.to_string()}</td> }.into_any(),
        Value::String(text) if text.is_empty() => view! { <td data-is="empty">"empty text"</td> }.into_any(),
        Value::String(text) if text.contains('\n') || text.chars().nth(CELL).is_some() => {
            let first: String = text.lines().next().unwrap_or_default().chars().take(CELL).collect();
            let whole = text
                .get(..text.floor_char_boundary(VALUE))
                .unwrap_or_default()
                .to_owned();
            view! {
                <td>
                    <details class="peek">
                        <summary><bdi>{first}</bdi> "\u{2026}"</summary>
                        <pre><bdi>{whole}</bdi></pre>
                    </details>
                </td>
            }
            .into_any()
        }
        Value::String(text) => view! { <td><bdi>{text.clone()}</bdi></td> }.into_any(),
        Value::Array(_) | Value::Object(_) => {
            let (short, count) = (
                value.to_string(),
                value
                    .as_array()
                    .map_or_else(|| value.as_object().map_or(0, serde_json::Map::len), Vec::len),
            );
            let first: String = short.chars().take(CELL / 2).collect();
            let (code, _) = json(value, VALUE);
            view! {
                <td data-is="json">
                    <details class="peek">
                        <summary><bdi>{first}</bdi> <small>{count}</small></summary>
                        <pre class="code">{code}</pre>
                    </details>
                </td>
            }
            .into_any()
        }
    }
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
