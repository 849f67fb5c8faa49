//! One project at a glance: status, health of every service, endpoints, versions, and how much its API is used.

use leptos::prelude::*;
use management_api::{
    OperationId,
    analytics::{ApiRequestCount, ApiUsage, ApiUsagePoint, GetApiRequestCount, GetApiUsage},
    organizations::ListOrganizations,
    projects::{GetProject, GetServicesHealth, Project, ProjectStatus, ServiceHealth},
};

use super::{super::choice, reference};
use crate::{
    call::call,
    components::head::Head,
    components::{
        copyable::Copyable,
        query::{Query, ask, loaded, query},
        status::{HealthBadge, StatusBadge, of_project},
        when::{To, When, minute},
    },
    error::ConsoleError,
    islands::{live::Live, place_name::PlaceName},
    page::{Group, Page},
    paths,
    ui::{ButtonLink, Card, Fact, Facts, Icon, Series, Shape, StackedBars, Tab, Tabs, chart::grouped},
};

/// Length of the chart's window: the API's word, and ours.
const INTERVALS: [(&str, &str); 4] = [
    ("1hr", "1 hour"),
    ("3hr", "3 hours"),
    ("1day", "1 day"),
    ("7day", "7 days"),
];

pub const PAGE: Page = Page {
    route: "/projects/:ref",
    title: "Overview",
    icon: Icon::Project,
    group: Some(Group::Top),
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetProject),
    view: || view! { <ProjectOverview/> }.into_any(),
};

#[component]
pub fn ProjectOverview() -> impl IntoView {
    let reference = reference();
    let asked = choice("interval");
    let interval = INTERVALS
        .iter()
        .map(|(word, _)| *word)
        .find(|word| *word == asked)
        .unwrap_or("1day");
    let of = || reference.clone();
    let project = {
        let of = of();
        ask(move || named(of.clone()))
    };
    let health = query(GetServicesHealth::of(of()));
    let usage = query(GetApiUsage {
        project: of(),
        interval: interval.to_owned(),
    });
    let total = query(GetApiRequestCount { project: of() });
    let settings = paths::project_settings(&reference);

    view! {
        <Head
            page=&PAGE
            actions=|| view! { <ButtonLink href=settings icon=Icon::Settings>"Settings"</ButtonLink> }
        />
        // Without the project there is nothing else to say, and one error says it.
        {loaded("overview", project, Shape::Facts, move |(project, owner)| {
            let down = project.status == ProjectStatus::Inactive;
            let health = if down { resting() } else { loaded("health", health, Shape::Facts, services) };
            let (endpoints, requests) = (endpoints(&project), requests(&project.reference, interval, usage, total));
            view! {
                <div class="columns">
                    <Card title="Project"><div data-region="project">{facts(project, owner)}</div></Card>
                    <Card title="Health">{health}</Card>
                </div>
                <Card title="Endpoints"><div data-region="endpoints">{endpoints}</div></Card>
                {requests}
            }
            .into_any()
        })}
    }
}

/// The project, and the name of the organization it belongs to.
async fn named(project: String) -> Result<(Project, String), ConsoleError> {
    let (project, organizations) = futures::join!(call(GetProject { project }), call(ListOrganizations {}));
    let project = project?;
    let owner = organizations
        .unwrap_or_default()
        .into_iter()
        .find(|organization| organization.slug == project.organization_slug)
        .map_or_else(|| project.organization_slug.clone(), |organization| organization.name);
    Ok((project, owner))
}

fn facts(project: Project, owner: String) -> AnyView {
    let explanation = of_project(&project.status).explanation;
    let version = project
        .database
        .map(|database| format!("{} ({})", database.postgres_engine, database.version));
    view! {
        {project.status.is_changing().then(|| view! { <Live/> })}
        <PlaceName key=project.reference.clone() name=project.name.clone()/>
        <Facts>
            <Fact term="Name"><bdi class="strong">{project.name}</bdi></Fact>
            <Fact term="Status">
                <StatusBadge status=project.status/>
                <p class="hint">{explanation}</p>
            </Fact>
            <Fact term="Ref"><Copyable value=project.reference what="project ref"/></Fact>
            <Fact term="Organization">
                <a class="link" href=paths::organization(&project.organization_slug)><bdi>{owner}</bdi></a>
            </Fact>
            <Fact term="Region">{project.region}</Fact>
            <Fact term="Postgres">{version.unwrap_or_else(|| "Not known yet".to_owned())}</Fact>
            <Fact term="Created"><When at=project.created_at to=To::Day/></Fact>
        </Facts>
    }
    .into_any()
}

/// Every service of a paused project is unhealthy, which is no news.
fn resting() -> AnyView {
    view! { <p class="hint" data-region="health">"No service runs while the project is paused."</p> }.into_any()
}

/// What people call the services.
fn service_name(name: &str) -> String {
    match name {
        "auth" => "Auth".to_owned(),
        "db" => "Postgres".to_owned(),
        "pooler" => "Connection pooler".to_owned(),
        "realtime" => "Realtime".to_owned(),
        "rest" => "Data API".to_owned(),
        "storage" => "Storage".to_owned(),
        other => other.to_owned(),
    }
}

fn services(services: Vec<ServiceHealth>) -> AnyView {
    let service = |service: ServiceHealth| {
        let version = service.info.and_then(|info| info.version);
        view! {
            <li>
                <span class="health-name">
                    {service_name(&service.name)}
                    {version.map(|version| view! { " " <code class="quiet">{version}</code> })}
                </span>
                <HealthBadge status=service.status/>
                {service.error.filter(|error| !error.is_empty()).map(|error| view! { <p class="health-error">{error}</p> })}
            </li>
        }
    };
    let coming_up = services.iter().any(|service| service.status == "COMING_UP");
    view! {
        {coming_up.then(|| view! { <Live/> })}
        <ul class="health">{services.into_iter().map(service).collect_view()}</ul>
    }
    .into_any()
}

fn endpoints(project: &Project) -> AnyView {
    // The database's host tells the domain of this project, which differs where Supabase is self-run or staged.
    let database = project
        .database
        .as_ref()
        .map(|database| database.host.clone())
        .unwrap_or_default();
    let host = database
        .strip_prefix("db.")
        .map_or_else(|| format!("{}.supabase.co", project.reference), str::to_owned);
    let endpoint = move |term: &'static str, path: &str| {
        let address = format!("https://{host}{path}");
        view! { <Fact term=term><Copyable value=address what=format!("{term} address")/></Fact> }
    };
    view! {
        <Facts>
            {endpoint("API", "")}
            {endpoint("Data API", "/rest/v1")}
            {endpoint("Auth", "/auth/v1")}
            {endpoint("Storage", "/storage/v1")}
            {endpoint("Realtime", "/realtime/v1")}
            {endpoint("Edge Functions", "/functions/v1")}
            {(!database.is_empty()).then(|| view! { <Fact term="Database host"><Copyable value=database what="database host"/></Fact> })}
        </Facts>
    }
    .into_any()
}

fn requests(
    reference: &str,
    interval: &str,
    usage: Query<ApiUsage>,
    total: Query<ApiRequestCount>,
) -> impl IntoView + use<> {
    let tab = |(word, label): (&'static str, &'static str)| Tab {
        label,
        href: paths::project_usage(reference, word),
        current: interval == word,
    };
    let tabs = INTERVALS.into_iter().map(tab).collect();
    view! {
        <Card title="API requests" actions=|| view! { <Tabs label="Time span" tabs/> }>
            {loaded("usage", usage, Shape::Chart, chart)}
            {loaded("requests", total, Shape::Line, |total| {
                let count: f64 = total.result.iter().map(|entry| entry.count).sum();
                view! { <p class="hint">{format!("{} requests in all", grouped(count))}</p> }.into_any()
            })}
        </Card>
    }
}

fn chart(usage: ApiUsage) -> AnyView {
    let series = |name, read: fn(&ApiUsagePoint) -> f64| Series {
        name,
        values: usage.result.iter().map(read).collect(),
    };
    let layers = vec![
        series("Data API", |point| point.rest),
        series("Auth", |point| point.auth),
        series("Storage", |point| point.storage),
        series("Realtime", |point| point.realtime),
    ];
    if layers
        .iter()
        .all(|layer| layer.values.iter().all(|value| *value == 0.0))
    {
        return view! { <p class="hint">"No requests in this time."</p> }.into_any();
    }
    let labels = usage.result.iter().map(|point| minute(&point.timestamp)).collect();
    view! { <StackedBars title="API requests over time (UTC)" labels series=layers/> }.into_any()
}
