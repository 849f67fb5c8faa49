//! A notebook in its form: what it is called, each cell's text, their order, and a new cell at the end.

use leptos::prelude::*;
use management_api::{Entity, OperationId, notebooks::Notebook};
use serde_json::json;

use super::ABOUT;
use crate::{
    components::{
        head::Head,
        operation_form::{FormState, OperationForm, ProjectRef, fields},
        query::{ask, loaded},
    },
    notebooks::{Cell, Kind, SEEN},
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::notebooks::{Opened, notebook_of},
    ui::{
        ButtonKind, Card, Choice, Frame, Icon, Shape,
        field::{Area, Line, Select, area, line, select, tick},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/notebooks/:notebook/edit",
    title: "Edit",
    icon: Icon::Edit,
    group: None,
    parent: Some(&super::detail::PAGE),
    operation: Some(OperationId::UpdateNotebook),
    sheet: Some(Sheet::Build),
    view: || view! { <EditNotebook/> }.into_any(),
};

/// Rows of a cell's field, at least and at most.
const ROWS: (usize, usize) = (3, 24);

#[component]
fn EditNotebook() -> impl IntoView {
    let (project, id) = (parameter("ref"), parameter("notebook"));
    let read = {
        let project = project.clone();
        ask(move || notebook_of(project.clone(), id.clone(), String::new()))
    };
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("edit", read, Shape::Form, move |Opened { notebook, .. }| form(&project, &notebook))}
    }
}

fn form(project: &str, notebook: &Entity<Notebook>) -> AnyView {
    let operation = OperationId::UpdateNotebook;
    let was = json!({
        "name": notebook.name,
        "description": notebook.description,
        "favorite": notebook.favorite.unwrap_or_default(),
    });
    let (next, back) = (
        paths::notebook(project, &notebook.id),
        paths::notebook_edit(project, &notebook.id),
    );
    let seen = notebook.updated_at.clone().unwrap_or_default();
    let (reference, id) = (project.to_owned(), notebook.id.clone());
    let values = notebook.content.as_ref().map_or(&[][..], |content| &content.cells);
    let all: Vec<_> = values.iter().map(Cell::read).collect();
    view! {
        <div class="stack key-page">
            <OperationForm operation next back submit="Save the notebook" kind=ButtonKind::Primary>
                <ProjectRef reference/>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name=SEEN value=seen/>
                <Card title="Notebook">{fields(operation, "", &ABOUT, Some(&was))}</Card>
                {all.iter().enumerate().map(|(at, cell)| known(at, cell)).collect_view()}
                {new(all.len())}
            </OperationForm>
        </div>
    }
    .into_any()
}

fn name(at: usize, what: &str) -> String {
    format!("cell.{at}.{what}")
}

/// A field of a cell, with what was typed before it came back.
fn frame(at: usize, what: &str, label: &str) -> Frame {
    let name = name(at, what);
    Frame {
        error: FormState::error(&name),
        ..Frame::new(name, label)
    }
}

fn text(at: usize, label: &str, initial: &str, mono: bool) -> AnyView {
    let frame = frame(at, "text", label);
    let text = FormState::value(&frame.name, initial);
    let rows = (text.lines().count() + 1).clamp(ROWS.0, ROWS.1);
    let control = area(
        &frame,
        Area {
            text,
            rows,
            placeholder: String::new(),
            mono,
            masked: false,
        },
    );
    frame.around(control)
}

fn short(at: usize, what: &str, label: &str, initial: &str) -> AnyView {
    let frame = frame(at, what, label);
    let value = Some(FormState::value(&frame.name, initial));
    let control = line(
        &frame,
        Line {
            value,
            ..Line::default()
        },
    );
    frame.around(control)
}

fn known(at: usize, cell: &Cell) -> AnyView {
    let place = (at + 1).to_string();
    let heading = format!("{place} \u{b7} {}", cell.kind.title());
    let title = match cell.kind {
        Kind::Text | Kind::Other(_) => None,
        Kind::Database | Kind::Log => Some(short(at, "title", "Title", &cell.title)),
    };
    let body = match cell.kind {
        Kind::Text => text(at, "Text", &cell.text, false),
        Kind::Database | Kind::Log => text(at, "SQL", &cell.text, true),
        Kind::Other(_) => {
            view! { <p class="hint">"Steward does not know this kind of cell. It stays as it is."</p> }.into_any()
        }
    };
    let place = short(at, "place", "Place", &place);
    let remove = frame(at, "remove", "Remove this cell");
    let removed = FormState::values(&remove.name).is_some_and(|sent| sent.last().is_some_and(|last| last == "true"));
    let id = cell.id.clone();
    view! {
        <Card title=heading>
            <input type="hidden" name=name(at, "id") value=id/>
            {title} {body} {place} {tick(remove, removed)}
        </Card>
    }
    .into_any()
}

fn new(at: usize) -> AnyView {
    let kind = frame(at, "kind", "What it is");
    let kinds = [
        ("database", "SQL for the database"),
        ("markdown", "Text"),
        ("log", "SQL for the logs, of the last hour"),
    ];
    let choices = kinds.map(|(word, label)| Choice::new(word, label)).into();
    let value = FormState::value(&kind.name, "database");
    let control = select(
        &kind,
        Select {
            choices,
            value,
            mono: false,
        },
    );
    let kind = kind.around(control);
    let (title, body) = (short(at, "title", "Title", ""), text(at, "Text or SQL", "", true));
    let place = short(at, "place", "Place", &(at + 1).to_string());
    view! {
        <Card title="A new cell" hint="Left empty, there is none. Save, and there is room for the next.">
            <input type="hidden" name=name(at, "id") value=""/>
            {kind} {title} {body} {place}
        </Card>
    }
    .into_any()
}
