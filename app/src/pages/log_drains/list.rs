//! The log drains of a project.

use leptos::prelude::*;
use management_api::{Entity, OperationId, analytics::LogDrain};

use super::{kinds, leads_to};
use crate::{
    components::{
        head::Head,
        list::{List, RowAction},
        operation_form::{Thing, why_not},
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects::overview},
    paths,
    server_fns::log_drains::log_drains_of,
    ui::{ButtonKind, ButtonLink, Choice, Empty, Icon, Shape, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/log-drains",
    title: "Log drains",
    icon: Icon::Moved,
    group: Some(Group::Configure),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::ListLogDrains),
    sheet: Some(Sheet::Configure),
    view: || view! { <LogDrains/> }.into_any(),
};

#[component]
fn LogDrains() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || log_drains_of(project.clone()))
    };
    let (new, closed) = (paths::new_log_drain(&project, ""), why_not(OperationId::CreateLogDrain));
    view! {
        <Head
            page=&PAGE
            hint="All logs of the project are sent to these places as they come. It takes a paid plan, and is billed by the hour and by the event."
            actions=move || view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"Add a log drain"</ButtonLink> }
        />
        {loaded("log-drains", read, Shape::Rows, move |drains| list(&project).draw(drains))}
    }
}

fn list(project: &str) -> List<Entity<LogDrain>> {
    let (of, links) = (project.to_owned(), project.to_owned());
    List::new(
        ("log drain", "log drains"),
        paths::log_drains(project),
        |drain: &Entity<LogDrain>| drain.id.clone(),
    )
    .search("Search log drains", |drain| {
        let mut texts = vec![drain.name.clone(), kinds::title(&drain.backend_type), leads_to(drain)];
        texts.extend(drain.description.clone());
        texts
    })
    .filter("kind", "Kind", |drain| Choice::new(drain.backend_type.clone(), kinds::title(&drain.backend_type)))
    .column("Log drain", move |drain| {
        let (href, about) = (paths::log_drain(&links, &drain.id), drain.description.clone());
        view! {
            {row_link(&href, &drain.name)}
            {about.map(|about| view! { " " <span class="quiet"><bdi>{about}</bdi></span> })}
        }
    })
    .column("Kind", |drain| view! { <bdi>{kinds::title(&drain.backend_type)}</bdi> })
    .column("Leads to", |drain| view! { <bdi>{leads_to(drain)}</bdi> })
    .actions(move |drain| {
        vec![RowAction {
            operation: OperationId::DeleteLogDrain,
            label: "Remove",
            of: drain.name.clone(),
            fields: vec![("ref", of.clone()), ("id", drain.id.clone())],
            thing: Some(Thing::Named(drain.name.clone())),
        }]
    })
    .empty(|| view! {
        <Empty icon=Icon::Moved title="No log drain" sentence="Logs stay with Supabase, for as long as the plan keeps them. A drain sends them on to where your other logs are."/>
    })
}
