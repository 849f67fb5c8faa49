//! The notebooks of a project.

use leptos::prelude::*;
use management_api::{Entity, OperationId, Page as Rows, notebooks::Notebook};

use crate::{
    components::{
        head::Head,
        list::{List, Pages},
        operation_form::why_not,
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Group, Page, Sheet},
    pages::{choice, parameter, projects::overview},
    paths,
    server_fns::notebooks::notebooks_of,
    ui::{Badge, ButtonKind, ButtonLink, Empty, Icon, Shape, Tone, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/notebooks",
    title: "Notebooks",
    icon: Icon::File,
    group: Some(Group::Tools),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::ListNotebooks),
    sheet: Some(Sheet::Build),
    view: || view! { <Notebooks/> }.into_any(),
};

/// In the address: part of the name, and the cursors of the page.
const NAME: &str = "name";
const AFTER: &str = "after";
const BEFORE: &str = "before";

#[component]
fn Notebooks() -> impl IntoView {
    let project = parameter("ref");
    let (name, after, before) = (choice(NAME), choice(AFTER), choice(BEFORE));
    let read = {
        let (project, name) = (project.clone(), name.clone());
        ask(move || notebooks_of(project.clone(), name.clone(), (after.clone(), before.clone())))
    };
    let (new, closed) = (paths::new_notebook(&project), why_not(OperationId::CreateNotebook));
    view! {
        <Head
            page=&PAGE
            hint="Text, SQL and questions to the logs on one page, shared with everybody who reaches the project."
            actions=move || view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"New notebook"</ButtonLink> }
        />
        {loaded("notebooks", read, Shape::Rows, move |page| list(&project, &name, page))}
    }
}

fn list(project: &str, name: &str, page: Rows<Notebook>) -> AnyView {
    let cursor = |which: &str, cursor: String| paths::notebooks_at(project, name, (which, &cursor));
    let (previous, next) = (
        page.links.before().map(|before| cursor(BEFORE, before)),
        page.links.after().map(|after| cursor(AFTER, after)),
    );
    let links = project.to_owned();
    let list = List::new(
        ("notebook", "notebooks"),
        paths::notebooks(project),
        |notebook: &Entity<Notebook>| notebook.id.clone(),
    )
    .search_asked(NAME, "Search notebooks by name")
    .column("Notebook", move |notebook| {
        let (href, about) = (paths::notebook(&links, &notebook.id), notebook.description.clone());
        let favorite = (notebook.favorite == Some(true)).then(|| view! { " " <Badge plain=true tone=Tone::Info icon=Icon::Check word="Favorite"/> });
        view! {
            {row_link(&href, &notebook.name)}
            {favorite}
            {about.filter(|about| !about.is_empty()).map(|about| view! { " " <span class="quiet"><bdi>{about}</bdi></span> })}
        }
    })
    .column("Changed by", |notebook| {
        let who = notebook.updated_by.as_ref().or(notebook.owner.as_ref());
        let who = who.and_then(|who| who.username.clone()).unwrap_or_else(|| "Not told".to_owned());
        view! { <bdi>{who}</bdi> }
    })
    .column("Changed", |notebook| match notebook.updated_at.clone() {
        Some(at) => view! { <When at to=To::Minute/> }.into_any(),
        None => "Not told".into_any(),
    })
    .empty(|| view! {
        <Empty icon=Icon::File title="No notebook yet" sentence="A notebook keeps the questions that come up again and again beside what they mean, for the whole team."/>
    });
    let list = if previous.is_some() || next.is_some() {
        list.pages(Pages {
            summary: format!("{} on this page", page.data.len()),
            previous,
            next,
        })
    } else {
        list
    };
    list.draw(page.data)
}
