//! The projects of one organization: searched, filtered and turned over page by page by Supabase.

use leptos::prelude::*;
use management_api::{
    OperationId,
    projects::{ListOrganizationProjects, OrganizationProject, ProjectPage},
};

use super::{super::choice, slug};
use crate::{
    components::{
        head::Head,
        list::{List, Pages, Part},
        operation_form::why_not,
        query::{loaded, query},
        status::StatusBadge,
        when::{To, When},
    },
    page::{Group, Page},
    paths,
    ui::{Badge, ButtonKind, ButtonLink, Choice, Empty, Icon, Shape, Tone, row_link},
};

/// Projects at once.
const LIMIT: u32 = 25;

/// The statuses that the API can filter by.
fn status_choices() -> Vec<Choice> {
    vec![
        Choice::new("ACTIVE_HEALTHY", "Healthy"),
        Choice::new("INACTIVE", "Paused"),
    ]
}

pub const PAGE: Page = Page {
    route: "/organizations/:slug/projects",
    title: "Projects",
    icon: Icon::Project,
    group: Some(Group::Top),
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::ListOrganizationProjects),
    sheet: None,
    view: || view! { <OrganizationProjects/> }.into_any(),
};

#[component]
pub fn OrganizationProjects() -> impl IntoView {
    let slug = slug();
    let (search, statuses) = (choice("search"), choice("statuses"));
    let projects = query(ListOrganizationProjects {
        slug: slug.clone(),
        offset: choice("offset").parse().unwrap_or(0),
        limit: LIMIT,
        search: search.clone(),
        sort: None,
        statuses: statuses.clone(),
    });
    let new = paths::new_project_in(&slug);

    view! {
        <Head
            page=&PAGE
            actions=|| view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=why_not(OperationId::CreateProject)>"New project"</ButtonLink> }
        />
        {loaded("projects", projects, Shape::Rows, move |page| {
            let list = list(&slug)
                .search_asked("search", "Search projects by name")
                .filter_asked("statuses", "Status", status_choices())
                .pages(pages(&slug, &page, &search, &statuses));
            list.draw(page.projects)
        })}
    }
}

/// The projects of an organization; also on its overview.
pub fn list(slug: &str) -> List<OrganizationProject> {
    let new = paths::new_project_in(slug);
    let path = paths::organization_projects(slug);
    List::new(("project", "projects"), path, |project: &OrganizationProject| project.reference.clone())
        .column("Project", |project| {
            view! {
                {row_link(&paths::project(&project.reference), &project.name)}
                {project.is_branch.then(|| view! { " " <Badge plain=true tone=Tone::Neutral icon=Icon::Info word="Branch"/> })}
            }
        })
        .column("Status", |project| view! { <StatusBadge plain=true status=project.status.clone()/> })
        .column("Region", |project| project.region.clone())
        .column("Compute", compute)
        .column("Created", |project| view! { <When at=project.inserted_at.clone() to=To::Day/> })
        .live_while(|project| project.status.is_changing())
        .empty(move || view! {
            <Empty icon=Icon::Project title="No project yet" sentence="A project is a Postgres database with everything around it.">
                <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus>"Create a project"</ButtonLink>
            </Empty>
        })
}

fn compute(project: &OrganizationProject) -> String {
    let primary = project.databases.iter().find(|database| database.kind == "PRIMARY");
    primary
        .and_then(|database| database.infra_compute_size.clone())
        .unwrap_or_else(|| "\u{2014}".to_owned())
}

fn pages(slug: &str, page: &ProjectPage, search: &str, statuses: &str) -> Pages {
    let (offset, shown) = (u64::from(page.pagination.offset), page.projects.len() as u64);
    let count = u64::from(page.pagination.count);
    let part = Part {
        offset,
        shown,
        count: Some(count),
        size: u64::from(LIMIT),
        more: offset.saturating_add(shown) < count,
    };
    part.pages(|offset| paths::organization_projects_at(slug, offset, search, statuses))
}
