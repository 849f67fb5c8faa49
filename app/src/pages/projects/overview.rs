//! One project at a glance: status, health of every service, endpoints, versions, and how much its API is used.

use leptos::prelude::*;
use management_api::{
    OperationId, Scope,
    analytics::{ApiRequestCount, ApiUsage, ApiUsagePoint, GetApiRequestCount, GetApiUsage},
    projects::{GetProject, GetServicesHealth, Project, ProjectStatus, ServiceHealth},
};

use super::{super::choice, reference};
use crate::{
    components::{
        changes::{Changes, latest},
        context::Context,
        copyable::Copyable,
        head::Head,
        query::{Query, loaded, query},
        status::{StatusBadge, of_project, of_service},
        when::{To, When, minute},
    },
    islands::{live::Live, place_name::PlaceName},
    page::{Group, Page, Sheet},
    paths,
    ui::{ButtonLink, Card, Glyph, Icon, Notice, Series, Shape, StackedBars, Tab, Tabs, Tone, chart::grouped},
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
    sheet: Some(Sheet::Overview),
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
    let project = query(GetProject { project: of() });
    let health = query(GetServicesHealth::of(of()));
    let usage = query(GetApiUsage {
        project: of(),
        interval: interval.to_owned(),
    });
    let total = query(GetApiRequestCount { project: of() });
    let changes = latest(Scope::Project(of()));
    let dashboard = Context::current().with(|page| format!("{}/project/{reference}", page.dashboard_url));
    view! {
        <Head
            page=&PAGE
            actions=move || view! { <ButtonLink href=dashboard external=true>"Open in Supabase"</ButtonLink> }
        />
        // Without the project there is nothing else to say, and one error says it.
        {loaded("overview", project, Shape::Facts, move |project| {
            let down = project.status == ProjectStatus::Inactive;
            let services = if down { resting() } else { loaded("health", health, Shape::Line, services) };
            let requests = requests(&project.reference, interval, usage, total);
            let endpoints = endpoints(&project);
            view! {
                // Services come and go with it.
                <div data-region="project" data-with="health">{facts(project)}</div>
                <div class="stack">
                    {services}
                    <div class="split">{requests} <Changes latest=changes/></div>
                    <Card title="Endpoints"><div data-region="endpoints">{endpoints}</div></Card>
                </div>
            }
            .into_any()
        })}
    }
}

/// The line under the name, and what a person should know at once.
fn facts(project: Project) -> AnyView {
    let meaning = of_project(&project.status);
    let version = project.database.map(|database| database.version);
    let unwell = (meaning.tone != Tone::Success && !meaning.explanation.is_empty())
        .then(|| view! { <Notice tone=meaning.tone title=meaning.explanation/> });
    view! {
        {project.status.is_changing().then(|| view! { <Live/> })}
        <PlaceName key=project.reference.clone() name=project.name/>
        <dl class="line">
            <div><dt class="visually-hidden">"Status"</dt><dd><StatusBadge plain=true status=project.status/></dd></div>
            <div><dt class="visually-hidden">"Ref"</dt><dd><Copyable value=project.reference what="project ref"/></dd></div>
            <div><dt class="visually-hidden">"Region"</dt><dd>{project.region}</dd></div>
            <div>
                <dt class="visually-hidden">"Postgres"</dt>
                <dd>{version.map_or_else(|| "Postgres not known yet".to_owned(), |version| format!("Postgres {version}"))}</dd>
            </div>
            <div><dt class="visually-hidden">"Created"</dt><dd>"created "<When at=project.created_at to=To::Day/></dd></div>
        </dl>
        {unwell}
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

/// A strip of one cell a service; colour only where it is not well.
fn services(services: Vec<ServiceHealth>) -> AnyView {
    let service = |service: ServiceHealth| {
        let meaning = of_service(&service.status);
        let version = service.info.and_then(|info| info.version);
        let state = [Some(meaning.word), version]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ");
        view! {
            <li data-tone=meaning.tone.as_str()>
                <Glyph icon=meaning.icon/>
                <span class="services-name">{service_name(&service.name)}</span>
                <span class="services-state">{state}</span>
                {service.error.filter(|error| !error.is_empty()).map(|error| view! { <p class="services-error">{error}</p> })}
            </li>
        }
    };
    let coming_up = services.iter().any(|service| service.status == "COMING_UP");
    view! {
        {coming_up.then(|| view! { <Live/> })}
        <ul class="services" aria-label="Services">{services.into_iter().map(service).collect_view()}</ul>
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
    let endpoint = |term: &'static str, value: String| {
        view! { <div><dt>{term}</dt><dd><Copyable value what=format!("{term} address")/></dd></div> }
    };
    let of = |path: &str| format!("https://{host}{path}");
    view! {
        <dl class="endpoints">
            {endpoint("API", of(""))}
            {endpoint("Data API", of("/rest/v1"))}
            {endpoint("Auth", of("/auth/v1"))}
            {endpoint("Storage", of("/storage/v1"))}
            {endpoint("Realtime", of("/realtime/v1"))}
            {endpoint("Functions", of("/functions/v1"))}
            {endpoint("Public keys", of("/auth/v1/.well-known/jwks.json"))}
            {(!database.is_empty()).then(|| endpoint("Database", format!("{database}:5432")))}
        </dl>
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
