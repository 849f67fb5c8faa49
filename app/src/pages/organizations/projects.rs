//! The projects of one organization: searched, filtered and turned over page by page by Supabase.

use leptos::prelude::*;
use management_api::projects::{ListOrganizationProjects, OrganizationProject, ProjectPage};

use super::{super::choice, slug};
use crate::{
    backend::name_of,
    components::{
        query::{loaded, query},
        status::StatusBadge,
        title::Title,
        when::date,
    },
    islands::{filter::FilterForm, live::Live},
    paths,
    ui::{
        Badge, ButtonKind, ButtonLink, Choice, Column, Empty, Icon, PageHeader, Pagination, SearchField, SelectField,
        Shape, Table, Tone,
    },
};

const PAGE: u32 = 25;

const COLUMNS: &[Column] = &[
    Column::text("Project"),
    Column::text("Status"),
    Column::text("Region"),
    Column::text("Compute"),
    Column::text("Created"),
];

/// The statuses that the API can filter by.
fn status_choices() -> Vec<Choice> {
    vec![
        Choice::new("", "Any status"),
        Choice::new("ACTIVE_HEALTHY", "Healthy"),
        Choice::new("INACTIVE", "Paused"),
    ]
}

#[component]
pub fn OrganizationProjects() -> impl IntoView {
    let slug = slug();
    let (search, statuses) = (choice("search"), choice("statuses"));
    let projects = query(ListOrganizationProjects {
        slug: slug.clone(),
        offset: choice("offset").parse().unwrap_or(0),
        limit: PAGE,
        search: search.clone(),
        sort: None,
        statuses: statuses.clone(),
    });
    let (title, new) = (
        format!("Projects \u{b7} {}", name_of(&slug)),
        paths::new_project_in(&slug),
    );
    let (words, chosen) = (search.clone(), statuses.clone());

    view! {
        <Title text=title/>
        <PageHeader
            title="Projects"
            actions=|| view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus>"New project"</ButtonLink> }
        />
        <FilterForm action=paths::organization_projects(&slug)>
            <SearchField name="search" label="Search projects by name" value=words/>
            <SelectField name="statuses" label="Status" choices=status_choices() value=chosen/>
        </FilterForm>
        {loaded("projects", projects, Shape::Rows, move |page| {
            let narrowed = !search.is_empty() || !statuses.is_empty();
            let pages = pages(&slug, &page, &search, &statuses);
            view! {
                {if page.projects.is_empty() { empty(&slug, narrowed) } else { table(&slug, page.projects) }}
                {pages}
            }
            .into_any()
        })}
    }
}

/// The projects as rows; also on the organization's overview.
pub fn table(slug: &str, projects: Vec<OrganizationProject>) -> AnyView {
    if projects.is_empty() {
        return empty(slug, false);
    }
    let changing = projects.iter().any(|project| project.status.is_changing());
    view! {
        {changing.then(|| view! { <Live/> })}
        <Table caption="Projects of this organization" columns=COLUMNS>{projects.into_iter().map(row).collect_view()}</Table>
    }
    .into_any()
}

fn row(project: OrganizationProject) -> impl IntoView {
    let compute = project
        .databases
        .iter()
        .find(|database| database.kind == "PRIMARY")
        .and_then(|database| database.infra_compute_size.clone());
    view! {
        <tr>
            <td data-label="Project">
                <a class="row-link" href=paths::project(&project.reference)><bdi>{project.name}</bdi></a>
                {project.is_branch.then(|| view! { " " <Badge tone=Tone::Neutral icon=Icon::Info word="Branch"/> })}
            </td>
            <td data-label="Status"><StatusBadge status=project.status/></td>
            <td data-label="Region">{project.region}</td>
            <td data-label="Compute">{compute.unwrap_or_else(|| "\u{2014}".to_owned())}</td>
            <td data-label="Created">{date(&project.inserted_at)}</td>
        </tr>
    }
}

fn empty(slug: &str, narrowed: bool) -> AnyView {
    let (all, new) = (paths::organization_projects(slug), paths::new_project_in(slug));
    if narrowed {
        return view! {
            <Empty icon=Icon::Search title="No project fits" sentence="No project of this organization fits these choices.">
                <ButtonLink href=all>"Show all"</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty icon=Icon::Project title="No project yet" sentence="A project is a Postgres database with everything around it.">
            <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus>"Create a project"</ButtonLink>
        </Empty>
    }
    .into_any()
}

fn pages(slug: &str, page: &ProjectPage, search: &str, statuses: &str) -> AnyView {
    let at = page.pagination.offset;
    let shown = u32::try_from(page.projects.len()).unwrap_or(u32::MAX);
    let count = page.pagination.count;
    let to = |offset: u32| paths::organization_projects_at(slug, offset, search, statuses);
    let previous = (at > 0).then(|| to(at.saturating_sub(PAGE)));
    let next = (at.saturating_add(shown) < count && shown > 0).then(|| to(at + PAGE));
    view! { <Pagination summary=format!("{}\u{2013}{} of {count}", at + 1, at + shown) previous next/> }.into_any()
}
