//! What a project's machine and services measure of themselves: what fills up, and every number by its name.

mod families;
mod opened;
mod shares;
mod units;

use leptos::prelude::*;
use management_api::OperationId;

use self::{families::families, opened::opened};
pub(super) use self::{
    shares::{counted, filled, meter},
    units::bytes,
};
use crate::{
    components::{
        head::Head,
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Group, Page, Sheet},
    pages::{choice, parameter, projects::overview},
    server_fns::metrics::{Measured, metrics_of},
    ui::{Card, Empty, Fact, Facts, Icon, Notice, Shape, Tone, meters::meters},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/metrics",
    title: "Metrics",
    icon: Icon::Activity,
    group: Some(Group::Tools),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::ScrapeMetrics),
    sheet: Some(Sheet::Overview),
    view: || view! { <MetricsPage/> }.into_any(),
};

pub const PAGES: &[&Page] = &[&PAGE];

/// In the address: the one that is opened.
const METRIC: &str = "metric";

#[component]
fn MetricsPage() -> impl IntoView {
    let (project, chosen) = (parameter("ref"), choice(METRIC));
    let read = {
        let project = project.clone();
        ask(move || metrics_of(project.clone()))
    };
    view! {
        <Head page=&PAGE hint="What the project\u{2019}s machine and services measure of themselves, at one moment. Supabase keeps no past of it here: for that, let a Prometheus collect it."/>
        {loaded("metrics", read, Shape::Rows, move |measured| drawn(&project, &chosen, measured))}
    }
}

fn drawn(project: &str, chosen: &str, measured: Measured) -> AnyView {
    let Measured { metrics, at } = measured;
    if metrics.families.is_empty() {
        return nothing(metrics.unreadable);
    }
    let bars = filled(&metrics);
    let bars = (!bars.is_empty()).then(|| meters(bars));
    let facts: Vec<_> = counted(&metrics)
        .into_iter()
        .map(|(term, number)| view! { <Fact term>{number}</Fact> })
        .collect();
    let facts = (!facts.is_empty()).then(|| view! { <Facts>{facts}</Facts> });
    let glance = (bars.is_some() || facts.is_some()).then(|| {
        view! { <Card title="At a glance" actions=|| view! { <span class="quiet">"read "<When at to=To::Second/></span> }>{bars}{facts}</Card> }
    });
    let unreadable = (metrics.unreadable > 0).then(|| {
        let title = format!("{} lines could not be read", metrics.unreadable);
        view! { <Notice tone=Tone::Warning title>"They are left out here."</Notice> }
    });
    let opened = metrics
        .families
        .iter()
        .find(|family| family.name == chosen)
        .map(|family| opened(project, family, &metrics));
    let all = families(project).draw(metrics.families);
    view! {
        <div class="stack">
            {unreadable}
            {glance}
            {opened}
            <section class="part" aria-labelledby="metrics">
                <div class="part-head"><h2 id="metrics">"All metrics"</h2></div>
                {all}
            </section>
        </div>
    }
    .into_any()
}

fn nothing(unreadable: usize) -> AnyView {
    let sentence = if unreadable > 0 {
        format!("The answer had {unreadable} lines, and none of them could be read.")
    } else {
        "The project answered, and told no number. One that has just been made or restored may need some minutes."
            .to_owned()
    };
    view! { <Empty icon=Icon::Activity title="Nothing is measured" sentence/> }.into_any()
}
