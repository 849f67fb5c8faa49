//! All projects of all organizations: searched, filtered, sorted, as a table or as cards.

use leptos::prelude::*;
use management_api::{
    OperationId,
    organizations::ListOrganizations,
    projects::{ListProjects, Project, ProjectStatus},
};
use serde::{Deserialize, Serialize};

use crate::{
    call::call,
    components::{
        head::Head,
        list::List,
        query::{ask, loaded},
        status::{StatusBadge, of_project},
        when::{To, When},
    },
    error::ConsoleError,
    page::{Group, Page},
    pages::{connections::Missing, organizations},
    paths,
    ui::{ButtonKind, ButtonLink, Choice, Empty, Icon, Shape, alphabetical, link, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects",
    title: "Projects",
    icon: Icon::Project,
    group: Some(Group::Top),
    parent: Some(&organizations::list::PAGE),
    operation: Some(OperationId::ListProjects),
    sheet: None,
    view: || view! { <ProjectList/> }.into_any(),
};

/// A project, and the name of the organization it belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    project: Project,
    owner: String,
}

/// Both side by side. Without the organizations' names their slugs do as well.
async fn read() -> Result<Vec<Row>, ConsoleError> {
    let (projects, organizations) = futures::join!(call(ListProjects {}), call(ListOrganizations {}));
    let organizations = organizations.unwrap_or_default();
    let row = |project: Project| {
        let owner = organizations.iter().find(|one| one.slug == project.organization_slug);
        Row {
            owner: owner.map_or_else(|| project.organization_slug.clone(), |owner| owner.name.clone()),
            project,
        }
    };
    Ok(projects?.into_iter().map(row).collect())
}

#[component]
pub fn ProjectList() -> impl IntoView {
    let projects = ask(read);
    view! {
        <Head
            page=&PAGE
            actions=|| view! { <ButtonLink href=paths::NEW_PROJECT kind=ButtonKind::Primary icon=Icon::Plus>"New project"</ButtonLink> }
        />
        <Missing/>
        {loaded("projects", projects, Shape::Rows, |projects| list().draw(projects))}
    }
}

fn list() -> List<Row> {
    List::new(("project", "projects"), paths::PROJECTS, |row: &Row| {
        row.project.reference.clone()
    })
    .search("Search projects", |Row { project, owner }| {
        vec![
            project.name.clone(),
            project.reference.clone(),
            project.region.clone(),
            project.organization_slug.clone(),
            owner.clone(),
        ]
    })
    .filter("status", "Status", status)
    .filter("region", "Region", |row| {
        Choice::new(&*row.project.region, &*row.project.region)
    })
    .filter("organization", "Organization", |row| {
        Choice::new(&*row.project.organization_slug, &*row.owner)
    })
    .order("name", "Sort by name", |a, b| {
        alphabetical(&a.project.name, &b.project.name)
    })
    .order("newest", "Newest first", |a, b| {
        b.project.created_at.cmp(&a.project.created_at)
    })
    .order("oldest", "Oldest first", |a, b| {
        a.project.created_at.cmp(&b.project.created_at)
    })
    .order("status", "Sort by status", |a, b| {
        let status = a.project.status.as_str().cmp(b.project.status.as_str());
        status.then_with(|| alphabetical(&a.project.name, &b.project.name))
    })
    .column("Project", itself)
    .column(
        "Status",
        |row| view! { <StatusBadge plain=true status=row.project.status.clone()/> },
    )
    .column("Organization", |row| {
        let href = paths::organization(&row.project.organization_slug);
        link(&href, &row.owner)
    })
    .column("Region", |row| row.project.region.clone())
    .column(
        "Created",
        |row| view! { <When at=row.project.created_at.clone() to=To::Day/> },
    )
    .cards(card)
    .live_while(|row| row.project.status.is_changing())
    .empty(first)
}

/// The API's word for the status, and ours.
fn status(row: &Row) -> Choice {
    let word = row.project.status.as_str();
    Choice::new(word, of_project(&ProjectStatus::from(word)).word)
}

fn itself(row: &Row) -> impl IntoView + use<> {
    row_link(&paths::project(&row.project.reference), &row.project.name)
}

fn card(row: &Row) -> impl IntoView + use<> {
    view! {
        {itself(row)}
        <StatusBadge plain=true status=row.project.status.clone()/>
        <p class="hint"><bdi>{row.owner.clone()}</bdi>" \u{b7} "{row.project.region.clone()}</p>
    }
}

fn first() -> impl IntoView {
    view! {
        <Empty icon=Icon::Project title="No project yet" sentence="A project is a Postgres database with everything around it.">
            <ButtonLink href=paths::NEW_PROJECT kind=ButtonKind::Primary icon=Icon::Plus>"Create your first project"</ButtonLink>
        </Empty>
    }
}
