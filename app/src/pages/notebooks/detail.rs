//! One notebook: what stands in it, each cell's SQL run on demand and read-only, and its end.

use std::collections::BTreeMap;

use leptos::prelude::*;
use management_api::{Entity, OperationId, notebooks::Notebook};

use super::cell::cell;
use crate::{
    components::{
        head::Head,
        operation_form::{OperationForm, ProjectRef, Thing, why_not},
        query::{ask, loaded},
        when::{To, When},
    },
    islands::place_name::PlaceName,
    notebooks::Cell,
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    server_fns::notebooks::{Opened, notebook_of},
    ui::{ButtonKind, ButtonLink, Card, Empty, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/notebooks/:notebook",
    title: "Notebook",
    icon: Icon::File,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetNotebook),
    sheet: Some(Sheet::Build),
    view: || view! { <NotebookPage/> }.into_any(),
};

/// In the address: the cell that is run.
const RUN: &str = "run";

#[component]
fn NotebookPage() -> impl IntoView {
    let (project, id, run) = (parameter("ref"), parameter("notebook"), choice(RUN));
    let read = {
        let (project, id) = (project.clone(), id.clone());
        ask(move || notebook_of(project.clone(), id.clone(), run.clone()))
    };
    let (edit, closed) = (
        paths::notebook_edit(&project, &id),
        why_not(OperationId::UpdateNotebook),
    );
    view! {
        <Head
            page=&PAGE
            actions=move || view! { <ButtonLink href=edit kind=ButtonKind::Primary icon=Icon::Edit disabled_because=closed>"Edit"</ButtonLink> }
        />
        {loaded("notebook", read, Shape::Form, move |opened| drawn(&project, opened))}
    }
}

fn drawn(project: &str, opened: Opened) -> AnyView {
    let Opened { notebook, ran } = opened;
    let mut ran: BTreeMap<_, _> = ran.into_iter().collect();
    let (facts, end) = (facts(&notebook), end(project, &notebook));
    let closed = why_not(OperationId::RunReadOnlyQuery);
    let cells = notebook.content.as_ref().map_or(&[][..], |content| &content.cells);
    let cells: Vec<_> = cells
        .iter()
        .map(Cell::read)
        .map(|one| cell(project, &notebook.id, &one, ran.remove(&one.id), closed.clone()))
        .collect();
    let cells = if cells.is_empty() {
        view! { <Empty icon=Icon::File title="Nothing stands in it yet" sentence="Edit it to write text, SQL, or a question to the logs."/> }.into_any()
    } else {
        cells.into_any()
    };
    view! {
        <PlaceName key=notebook.id.clone() name=notebook.name.clone()/>
        <div data-region="facts">{facts}</div>
        <div class="stack">
            <div class="cells" data-region="cells">{cells}</div>
            <Card title="Delete" hint="For everybody. Supabase keeps no earlier state of a notebook." danger=true>{end}</Card>
        </div>
    }
    .into_any()
}

fn facts(notebook: &Entity<Notebook>) -> AnyView {
    let about = notebook.description.clone().filter(|about| !about.is_empty());
    let about = about.map(|about| view! { <p class="lead"><bdi>{about}</bdi></p> });
    let who = notebook.updated_by.as_ref().and_then(|who| who.username.clone());
    let who = who.map(|who| view! { " by " <bdi>{who}</bdi> });
    let at = notebook
        .updated_at
        .clone()
        .map(|at| view! { "Changed " <When at to=To::Minute/> });
    let name = notebook.name.clone();
    view! {
        <p class="notebook-name"><strong><bdi>{name}</bdi></strong> <span class="quiet">{at}{who}</span></p>
        {about}
    }
    .into_any()
}

fn end(project: &str, notebook: &Entity<Notebook>) -> AnyView {
    let (back, next) = (paths::notebook(project, &notebook.id), paths::notebooks(project));
    let thing = Some(Thing::Named(notebook.name.clone()));
    let (reference, id) = (project.to_owned(), notebook.id.clone());
    view! {
        <OperationForm operation=OperationId::DeleteNotebook next back submit="Delete the notebook" kind=ButtonKind::Danger thing>
            <ProjectRef reference/>
            <input type="hidden" name="id" value=id/>
        </OperationForm>
    }
    .into_any()
}
