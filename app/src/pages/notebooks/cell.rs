//! One cell as it is read, with what came of it where it was run.

use leptos::prelude::*;

use crate::{
    components::{
        error_view::error_view,
        rows::{count, grid},
    },
    notebooks::{Cell, Kind, Span},
    paths,
    server_fns::branches::Part,
    sql::{paint, rows::Table},
    ui::{
        ButtonLink, Icon,
        lines::{Code, Line, Row, lines},
    },
};

pub fn cell(project: &str, notebook: &str, cell: &Cell, ran: Option<Part<Table>>, closed: Option<String>) -> AnyView {
    let id = anchor(&cell.id);
    let title = if cell.title.is_empty() {
        cell.kind.title()
    } else {
        cell.title.clone()
    };
    let word = (!cell.title.is_empty()).then(|| view! { <span class="quiet">{cell.kind.title()}</span> });
    let span = cell.span.as_ref().map(|span| match span {
        Span::Last(_, said) => said.clone(),
        Span::Between(start, end) => format!("{start} to {end}"),
    });
    let span = span.map(|span| view! { <span class="quiet">{span}</span> });
    let run = matches!(cell.kind, Kind::Database | Kind::Log).then(|| {
        let href = format!("{}#{id}", paths::notebook_run(project, notebook, &cell.id));
        let closed = closed.filter(|_| cell.kind == Kind::Database);
        let of = format!(": {title}");
        view! { <ButtonLink href small=true icon=Icon::Terminal disabled_because=closed>"Run read-only"<span class="visually-hidden">{of}</span></ButtonLink> }
    });
    let body = match &cell.kind {
        Kind::Text => return view! { <section class="cell" id=id data-cell="text"><p class="cell-text">{cell.text.clone()}</p></section> }.into_any(),
        Kind::Database | Kind::Log => sql(&title, &cell.text),
        Kind::Other(_) => view! { <p class="hint">"Steward does not know this kind of cell. It stays as it is."</p> }.into_any(),
    };
    let ran = ran.map(|ran| match ran {
        Ok(found) => answer(&title, &found),
        Err(error) => error_view(error),
    });
    view! {
        <section class="cell card" id=id>
            <header class="cell-head"><h2><bdi>{title}</bdi></h2> {word} {span} <div class="actions">{run}</div></header>
            {body}
            {ran.map(|ran| view! { <div class="cell-answer">{ran}</div> })}
        </section>
    }
    .into_any()
}

/// The rows of what is called `title`; how many there are stands above them.
fn answer(title: &str, found: &Table) -> AnyView {
    if found.total == 0 {
        return view! { <p class="hint" role="status">"No row."</p> }.into_any();
    }
    let (shown, more) = (found.rows.len(), found.total - found.rows.len());
    let said = match more {
        0 => count(shown),
        more => format!("{}, and {more} more that are not shown", count(shown)),
    };
    view! { <p class="hint" role="status">{said}</p> {grid(found, &format!("Answer of {title}"))} }.into_any()
}

/// What leads to the cell.
fn anchor(id: &str) -> String {
    format!("cell-{}", id.replace(|c: char| !c.is_ascii_alphanumeric(), "-"))
}

fn sql(title: &str, text: &str) -> AnyView {
    let rows = paint(text).into_iter().enumerate().map(|(at, parts)| {
        Row::Line(Line {
            numbers: (Some(at + 1), None),
            parts,
            ..Line::default()
        })
    });
    lines(Code::Plain, &format!("SQL of {title}"), rows.collect())
}
