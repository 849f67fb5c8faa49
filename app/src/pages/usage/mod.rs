//! Usage of a project: requests by service and by how they were answered, functions, what fills up, and how its services are
//! and were.

mod health;
mod room;
mod traffic;

use leptos::prelude::*;
use management_api::{
    OperationId,
    analytics::{ApiRequestCount, ApiUsage, GetApiRequestCount, GetApiUsage},
};

use self::{health::health, room::room, traffic::traffic};
use super::{
    choice, parameter,
    projects::overview::{self, INTERVALS, by_service},
};
use crate::{
    components::{
        head::Head,
        query::{Query, ask, loaded, query},
    },
    page::{Group, Page, Sheet},
    paths,
    server_fns::usage::{health_of, usage_room, usage_traffic},
    ui::{ButtonLink, Card, Icon, Shape, Tab, Tabs, chart::grouped},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/usage",
    title: "Usage and health",
    icon: Icon::Monitor,
    group: Some(Group::Run),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::GetApiUsage),
    sheet: Some(Sheet::Overview),
    view: || view! { <UsagePage/> }.into_any(),
};

pub const PAGES: &[&Page] = &[&PAGE];

#[component]
fn UsagePage() -> impl IntoView {
    let project = parameter("ref");
    let asked = choice("interval");
    let mut words = INTERVALS.iter().map(|(word, _)| *word);
    let interval = words.find(|word| *word == asked).unwrap_or("1day");
    let of = || project.clone();
    let usage = query(GetApiUsage {
        project: of(),
        interval: interval.to_owned(),
    });
    let total = query(GetApiRequestCount { project: of() });
    let (for_traffic, for_room, for_health) = (of(), of(), of());
    let answered = ask(move || usage_traffic(for_traffic.clone(), interval.to_owned()));
    let full = ask(move || usage_room(for_room.clone()));
    let healthy = ask(move || health_of(for_health.clone()));
    let tab = |(word, label): (&'static str, &'static str)| Tab {
        label,
        href: paths::usage(&project, word),
        current: interval == word,
    };
    let tabs = INTERVALS.into_iter().map(tab).collect();
    let metrics = paths::metrics(&project);
    let list = project.clone();
    view! {
        <Head
            page=&PAGE
            hint="How much is asked of the project, how it answers, and what fills up. Times are UTC."
            actions=move || view! { <ButtonLink href=metrics icon=Icon::Activity>"All metrics"</ButtonLink> }
        />
        <div class="stack">
            {loaded("health", healthy, Shape::Line, health)}
            <div data-region="interval"><Tabs label="Time span" tabs/></div>
            {services(usage, total)}
            {loaded("traffic", answered, Shape::Chart, move |answered| traffic(&list, interval == "7day", answered))}
            {loaded("room", full, Shape::Rows, room)}
        </div>
    }
}

fn services(usage: Query<ApiUsage>, total: Query<ApiRequestCount>) -> impl IntoView {
    view! {
        <Card title="Requests by service">
            {loaded("usage", usage, Shape::Chart, by_service)}
            {loaded("requests", total, Shape::Line, |total| {
                let count: f64 = total.result.iter().map(|entry| entry.count).sum();
                view! { <p class="hint">{format!("{} requests in all, as far back as Supabase counts", grouped(count))}</p> }.into_any()
            })}
        </Card>
    }
}
