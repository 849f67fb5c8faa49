//! What an organization has: its machines, the repositories that its projects follow, and when maintenance may be.

use leptos::prelude::*;
use management_api::{
    Entity, OperationId,
    organizations::{
        GithubConnection, ListGithubConnections, ListMaintenanceWindows, Machine, MaintenanceWindow, SearchProjects,
        Weekly,
    },
};

use super::slug;
use crate::{
    components::{
        head::Head,
        list::List,
        query::{loaded, query},
        when::When,
    },
    page::{Group, Page, Sheet},
    pages::infrastructure::overview::state,
    paths,
    ui::{Badge, Empty, Icon, Shape, row_link},
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/estate",
    title: "Machines and windows",
    icon: Icon::Server,
    group: Some(Group::Top),
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::SearchProjects),
    sheet: Some(Sheet::Configure),
    view: || view! { <Estate/> }.into_any(),
};

/// Projects that one call tells of, at most.
const SIZE: i64 = 100;

#[component]
fn Estate() -> impl IntoView {
    let slug = slug();
    let of = || slug.clone();
    let machines = query(SearchProjects {
        slug: of(),
        size: Some(SIZE),
        ..SearchProjects::default()
    });
    let repositories = query(ListGithubConnections {
        slug: of(),
        size: Some(SIZE),
        ..ListGithubConnections::default()
    });
    let windows = query(ListMaintenanceWindows { slug: of() });
    let (first, second, third) = (of(), of(), of());
    view! {
        <Head page=&PAGE hint="Of all projects of the organization. Machines of paused projects are none."/>
        <section class="part" aria-labelledby="machines">
            <div class="part-head"><h2 id="machines">"Machines"</h2></div>
            {loaded("machines", machines, Shape::Rows, move |page| {
                let rows = page.data.into_iter().flat_map(|project| {
                    let (reference, name) = (project.id, project.attributes.name);
                    let databases = project.attributes.databases.into_iter();
                    databases.map(move |machine| Row { project: reference.clone(), name: name.clone(), machine }).collect::<Vec<_>>()
                });
                machines_list(&first).draw(rows.collect())
            })}
        </section>
        <section class="part" aria-labelledby="github">
            <div class="part-head"><h2 id="github">"GitHub"</h2></div>
            {loaded("github", repositories, Shape::Rows, move |page| github(&second).draw(page.data))}
        </section>
        <section class="part" aria-labelledby="maintenance">
            <div class="part-head"><h2 id="maintenance">"Maintenance windows"</h2></div>
            {loaded("maintenance", windows, Shape::Rows, move |page| maintenance(&third).draw(page.data))}
        </section>
    }
}

/// A machine with the project that it belongs to.
#[derive(Clone)]
struct Row {
    project: String,
    name: String,
    machine: Machine,
}

fn gigabytes(machine: &Machine) -> String {
    machine
        .disk_volume_size_gb
        .map_or_else(|| "\u{2014}".to_owned(), |size| format!("{size} GB"))
}

fn machines_list(slug: &str) -> List<Row> {
    List::new(("machine", "machines"), paths::estate(slug), |row: &Row| {
        row.machine.identifier.clone()
    })
    .search("Search machines", |row| {
        vec![row.name.clone(), row.machine.identifier.clone()]
    })
    .column("Project", |row| {
        let project = row_link(&paths::project(&row.project), &row.name);
        let replica = row
            .machine
            .is_replica()
            .then(|| view! { " " <span class="quiet">"read replica"</span> });
        view! { {project} {replica} }
    })
    .column("Size", |row| {
        row.machine
            .infra_compute_size
            .clone()
            .unwrap_or_else(|| "\u{2014}".to_owned())
    })
    .column("Disk", |row| {
        let kind = row.machine.disk_type.clone().unwrap_or_default();
        format!("{} {kind}", gigabytes(&row.machine)).trim().to_owned()
    })
    .column("Region", |row| {
        row.machine.region.clone().unwrap_or_else(|| "\u{2014}".to_owned())
    })
    .column("Status", |row| {
        let (tone, icon, word) = state(&row.machine.status);
        view! { <Badge plain=true tone icon word/> }
    })
    .empty(|| view! { <Empty icon=Icon::Server title="No machine runs" sentence="Paused projects have none."/> })
}

fn github(slug: &str) -> List<Entity<GithubConnection>> {
    List::new(
        ("repository", "repositories"),
        paths::estate(slug),
        |row: &Entity<GithubConnection>| row.id.clone(),
    )
    .column("Repository", |row| view! { <bdi>{row.repository.name.clone()}</bdi> })
    .column("Project", |row| {
        row_link(&paths::project(&row.project.project), &row.project.name)
    })
    .column("Branches", |row| {
        let most = row.branch_limit.map_or_else(String::new, |most| format!(", {most} at most"));
        match row.new_branch_per_pr {
            Some(true) => format!("One for each pull request{most}"),
            Some(false) => format!("None by themselves{most}"),
            None => "\u{2014}".to_owned(),
        }
    })
    .column("Since", |row| row.inserted_at.clone().map(|at| view! { <When at/> }))
    .empty(|| view! { <Empty icon=Icon::Branch title="No repository is connected" sentence="Supabase\u{2019}s own dashboard connects a project to GitHub."/> })
}

fn day(word: &str) -> String {
    match word {
        "mon" => "Monday".to_owned(),
        "tue" => "Tuesday".to_owned(),
        "wed" => "Wednesday".to_owned(),
        "thu" => "Thursday".to_owned(),
        "fri" => "Friday".to_owned(),
        "sat" => "Saturday".to_owned(),
        "sun" => "Sunday".to_owned(),
        other => other.to_owned(),
    }
}

/// When it is, each week.
pub(super) fn weekly(window: &Weekly) -> String {
    format!(
        "{}, {} UTC, for {} minutes",
        day(&window.day),
        window.start_utc,
        window.duration_minutes
    )
}

fn maintenance(slug: &str) -> List<Entity<MaintenanceWindow>> {
    List::new(
        ("region", "regions"),
        paths::estate(slug),
        |row: &Entity<MaintenanceWindow>| row.id.clone(),
    )
    .column("Region", |row| view! { <code>{row.id.clone()}</code> })
    .column("Each week", |row| {
        weekly(&row.window)
    })
    .column("Open now", |row| match row.current_window.clone() {
        Some(open) => view! { "until " <When at=open.end_at/> }.into_any(),
        None => "No".into_any(),
    })
    .column("The next ones", |row| {
        let mut next = row.next_windows.iter().map(|span| span.start_at.clone());
        let first = next.next().map(|at| view! { <When at/> });
        let later: Vec<_> = next.map(|at| view! { <li><When at/></li> }).collect();
        let count = later.len();
        let later = (count > 0).then(|| {
            view! { <details class="quiet"><summary>{format!("and {count} more")}</summary><ul class="plain">{later}</ul></details> }
        });
        view! { <div>{first} {later}</div> }
    })
    .empty(|| view! { <Empty icon=Icon::Clock title="No window" sentence="The organization has no project whose machine could be restarted."/> })
}
