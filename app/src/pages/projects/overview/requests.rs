//! How much a project's API is used.

use leptos::prelude::*;
use management_api::analytics::{ApiRequestCount, ApiUsage, ApiUsagePoint};

use crate::{
    components::{
        query::{Query, loaded},
        when::minute,
    },
    paths,
    ui::{Card, Series, Shape, StackedBars, Tab, Tabs, chart::grouped},
};

/// Length of the chart's window: the API's word, and ours.
pub const INTERVALS: [(&str, &str); 4] = [
    ("1hr", "1 hour"),
    ("3hr", "3 hours"),
    ("1day", "1 day"),
    ("7day", "7 days"),
];

pub fn requests(
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
            {loaded("usage", usage, Shape::Chart, by_service)}
            {loaded("requests", total, Shape::Line, |total| {
                let count: f64 = total.result.iter().map(|entry| entry.count).sum();
                view! { <p class="hint">{format!("{} requests in all", grouped(count))}</p> }.into_any()
            })}
        </Card>
    }
}

/// The requests by the service that they went to.
pub fn by_service(usage: ApiUsage) -> AnyView {
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
