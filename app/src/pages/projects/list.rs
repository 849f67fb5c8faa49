//! All projects of all organizations: searched, filtered, sorted, as a table or as cards.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{
    organizations::{ListOrganizations, Organization},
    projects::{ListProjects, Project, ProjectStatus},
};

use super::filter::{Filter, Sort, View};
use crate::{
    call::call,
    components::{
        query::{ask, loaded},
        status::{StatusBadge, of_project},
        title::Title,
        when::date,
    },
    islands::{filter::FilterForm, live::Live},
    paths,
    ui::{ButtonKind, ButtonLink, Choice, Column, Empty, Icon, PageHeader, SearchField, SelectField, Shape, Table},
};

const COLUMNS: &[Column] = &[
    Column::text("Project"),
    Column::text("Status"),
    Column::text("Organization"),
    Column::text("Region"),
    Column::text("Created"),
];

#[component]
pub fn ProjectList() -> impl IntoView {
    // Both side by side. Without the organizations' names their slugs do as well.
    let answer = ask(|| async {
        let (projects, organizations) = futures::join!(call(ListProjects {}), call(ListOrganizations {}));
        Ok((projects?, organizations.unwrap_or_default()))
    });
    let filter = use_query_map().with_untracked(Filter::read);

    view! {
        <Title text="Projects"/>
        <PageHeader
            title="Projects"
            actions=|| view! { <ButtonLink href=paths::NEW_PROJECT kind=ButtonKind::Primary icon=Icon::Plus>"New project"</ButtonLink> }
        />
        {loaded("projects", answer, Shape::Rows, move |(projects, organizations)| {
            if projects.is_empty() {
                return first().into_any();
            }
            // The toolbar stays as it is while somebody types into it, and the list under it follows.
            view! {
                {toolbar(&filter, &projects, &organizations)}
                <div data-region="list">{shown(&filter, &projects, &organizations)}</div>
            }
            .into_any()
        })}
    }
}

fn toolbar(filter: &Filter, projects: &[Project], organizations: &[Organization]) -> impl IntoView + use<> {
    let distinct = |read: fn(&Project) -> &str| {
        let mut values: Vec<&str> = projects.iter().map(read).collect();
        values.sort_unstable();
        values.dedup();
        values.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let statuses = distinct(|project| project.status.as_str())
        .into_iter()
        .map(|word| {
            let label = of_project(&ProjectStatus::from(word.as_str())).word;
            Choice::new(word, label)
        })
        .collect();
    let statuses = or_any("Any status", statuses);
    let regions = distinct(|project| &project.region)
        .into_iter()
        .map(|region| Choice::new(region.clone(), region))
        .collect();
    let regions = or_any("Any region", regions);
    let owners = distinct(|project| &project.organization_slug)
        .into_iter()
        .map(|slug| Choice::new(slug.clone(), name_of(&slug, organizations)))
        .collect();
    let owners = or_any("Any organization", owners);
    let Filter {
        search,
        status,
        region,
        organization,
        view,
        ..
    } = filter.clone();
    let sort = Sort::ALL
        .iter()
        .find(|(sort, ..)| *sort == filter.sort)
        .map_or("", |(_, word, _)| word);
    let orders = Sort::ALL
        .iter()
        .map(|(_, word, label)| Choice::new(*word, *label))
        .collect();
    view! {
        <FilterForm action=paths::PROJECTS.to_owned()>
            <SearchField name="search" label="Search projects" value=search/>
            <SelectField name="status" label="Status" choices=statuses value=status/>
            <SelectField name="region" label="Region" choices=regions value=region/>
            <SelectField name="organization" label="Organization" choices=owners value=organization/>
            <SelectField name="sort" label="Sort by" choices=orders value=sort/>
            {view_choice(view)}
        </FilterForm>
    }
}

/// `choices`, and before them the one that leaves everything in.
fn or_any(label: &str, choices: Vec<Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", label)).chain(choices).collect()
}

fn view_choice(chosen: View) -> impl IntoView {
    let choice = |view: View, value: &'static str, label: &'static str| {
        view! {
            <label><input type="radio" name="view" value=value checked=view == chosen/><span>{label}</span></label>
        }
    };
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">"Show as"</legend>
            {choice(View::Table, "", "Table")}
            {choice(View::Cards, "cards", "Cards")}
        </fieldset>
    }
}

fn shown(filter: &Filter, projects: &[Project], organizations: &[Organization]) -> AnyView {
    let shown = filter.apply(projects.to_vec());
    if shown.is_empty() {
        return view! {
            <Empty icon=Icon::Search title="No project fits" sentence="None of your projects fits these choices.">
                <ButtonLink href=paths::PROJECTS>"Show all"</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let summary = match (filter.narrows(), shown.len()) {
        (false, 1) => "1 project".to_owned(),
        (false, count) => format!("{count} projects"),
        (true, count) => format!("{count} of {} projects", projects.len()),
    };
    let list = match filter.view {
        View::Table => {
            let rows: Vec<_> = shown.into_iter().map(|project| row(project, organizations)).collect();
            view! { <Table caption="Your projects" columns=COLUMNS>{rows}</Table> }.into_any()
        }
        View::Cards => view! {
            <ul class="project-cards">{shown.into_iter().map(|project| card(project, organizations)).collect_view()}</ul>
        }
        .into_any(),
    };
    let changing = projects.iter().any(|project| project.status.is_changing());
    view! {
        {changing.then(|| view! { <Live/> })}
        <p class="list-summary" role="status">{summary}</p>
        {list}
    }
    .into_any()
}

fn name_of(slug: &str, organizations: &[Organization]) -> String {
    organizations
        .iter()
        .find(|organization| organization.slug == slug)
        .map_or(slug, |organization| &organization.name)
        .to_owned()
}

fn row(project: Project, organizations: &[Organization]) -> impl IntoView + use<> {
    let owner = name_of(&project.organization_slug, organizations);
    view! {
        <tr>
            <td data-label="Project"><a class="row-link" href=paths::project(&project.reference)><bdi>{project.name}</bdi></a></td>
            <td data-label="Status"><StatusBadge status=project.status/></td>
            <td data-label="Organization"><a class="link" href=paths::organization(&project.organization_slug)><bdi>{owner}</bdi></a></td>
            <td data-label="Region">{project.region}</td>
            <td data-label="Created">{date(&project.created_at)}</td>
        </tr>
    }
}

fn card(project: Project, organizations: &[Organization]) -> impl IntoView + use<> {
    view! {
        <li class="project-card">
            <a class="row-link" href=paths::project(&project.reference)><bdi>{project.name}</bdi></a>
            <StatusBadge status=project.status/>
            <p class="hint"><bdi>{name_of(&project.organization_slug, organizations)}</bdi>" \u{b7} "{project.region}</p>
        </li>
    }
}

fn first() -> impl IntoView {
    view! {
        <Empty icon=Icon::Project title="No project yet" sentence="A project is a Postgres database with everything around it.">
            <ButtonLink href=paths::NEW_PROJECT kind=ButtonKind::Primary icon=Icon::Plus>"Create your first project"</ButtonLink>
        </Empty>
    }
}
