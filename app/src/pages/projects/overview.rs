//! One project at a glance: status, health of every service, endpoints, versions, and how much its API is used.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use management_api::{
    analytics::{ApiUsage, GetApiRequestCount, GetApiUsage},
    projects::{GetProject, GetServicesHealth, Project, ServiceHealth},
};

use super::reference;
use crate::{
    components::{
        place_name::PlaceName,
        query::{Query, loaded, query, refresh_while},
        when::{date, hour},
    },
    paths,
    ui::{
        ButtonLink, Card, Copyable, Fact, Facts, HealthBadge, Icon, PageHeader, Series, Shape, StackedBars,
        StatusBadge, Tab, Tabs, chart::grouped, status::of_project,
    },
};

/// Length of the chart's window: the API's word, and ours.
const INTERVALS: [(&str, &str); 4] = [
    ("1hr", "1 hour"),
    ("3hr", "3 hours"),
    ("1day", "1 day"),
    ("7day", "7 days"),
];

#[component]
pub fn ProjectOverview() -> impl IntoView {
    let reference = reference();
    let address = use_query_map();
    let interval = Memo::new(move |_| {
        let asked = address.with(|address| address.get("interval").unwrap_or_default());
        INTERVALS
            .iter()
            .map(|(word, _)| *word)
            .find(|word| *word == asked)
            .unwrap_or("1day")
    });
    let project = query(move || GetProject { project: reference() });
    let health = query(move || GetServicesHealth { project: reference() });
    let usage = query(move || GetApiUsage {
        project: reference(),
        interval: interval.get().to_owned(),
    });
    let total = query(move || GetApiRequestCount { project: reference() });
    refresh_while(project, |project| project.status.is_changing());
    refresh_while(health, |services| {
        services.iter().any(|service| service.status == "COMING_UP")
    });
    PlaceName::tell(project, |project| (project.reference.clone(), project.name.clone()));

    view! {
        <Title text=move || format!("Overview \u{b7} {}", reference())/>
        <PageHeader
            title="Overview"
            actions=move || view! { <ButtonLink href=paths::project_settings(&reference()) icon=Icon::Settings>"Settings"</ButtonLink> }
        />
        <div class="columns">
            <Card title="Project">{loaded(project, Shape::Facts, facts)}</Card>
            <Card title="Health">{loaded(health, Shape::Facts, services)}</Card>
        </div>
        <Card title="Endpoints">{loaded(project, Shape::Facts, endpoints)}</Card>
        {requests(reference, interval, usage, total)}
    }
}

fn facts(project: Project) -> AnyView {
    let explanation = of_project(&project.status).explanation;
    let version = project
        .database
        .map(|database| format!("{} ({})", database.postgres_engine, database.version));
    view! {
        <Facts>
            <Fact term="Name"><bdi class="strong">{project.name}</bdi></Fact>
            <Fact term="Status">
                <span class="live" aria-live="polite"><StatusBadge status=project.status/></span>
                <p class="hint">{explanation}</p>
            </Fact>
            <Fact term="Ref"><Copyable value=project.reference what="project ref"/></Fact>
            <Fact term="Organization">
                <a class="link" href=paths::organization(&project.organization_slug)>{project.organization_slug.clone()}</a>
            </Fact>
            <Fact term="Region">{project.region}</Fact>
            <Fact term="Postgres">{version.unwrap_or_else(|| "Not known yet".to_owned())}</Fact>
            <Fact term="Created">{date(&project.created_at)}</Fact>
        </Facts>
    }
    .into_any()
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
    view! { <ul class="health" aria-live="polite">{services.into_iter().map(service).collect_view()}</ul> }.into_any()
}

fn endpoints(project: Project) -> AnyView {
    // The database's host tells the domain of this project, which differs where Supabase is self-run or staged.
    let database = project.database.map(|database| database.host).unwrap_or_default();
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
    reference: impl Fn() -> String + Copy + Send + Sync + 'static,
    interval: Memo<&'static str>,
    usage: Query<ApiUsage>,
    total: Query<management_api::analytics::ApiRequestCount>,
) -> impl IntoView {
    let tabs = move || {
        let tab = |(word, label): (&'static str, &'static str)| Tab {
            label,
            href: paths::project_usage(&reference(), word),
            current: interval.get() == word,
        };
        view! { <Tabs label="Time span" tabs=INTERVALS.into_iter().map(tab).collect()/> }
    };
    view! {
        <Card title="API requests" actions=move || tabs>
            {loaded(usage, Shape::Chart, chart)}
            {loaded(total, Shape::Line, |total| {
                let count: f64 = total.result.iter().map(|entry| entry.count).sum();
                view! { <p class="hint">{format!("{} requests in all", grouped(count))}</p> }.into_any()
            })}
        </Card>
    }
}

fn chart(usage: ApiUsage) -> AnyView {
    let series = |name, read: fn(&management_api::analytics::ApiUsagePoint) -> f64| Series {
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
    let labels = usage.result.iter().map(|point| hour(&point.timestamp)).collect();
    view! { <StackedBars title="API requests over time (UTC)" labels series=layers/> }.into_any()
}
