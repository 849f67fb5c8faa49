//! Every setting of a project at once, as the service's own summary tells it: what is in force, whether it was ever set or not.

use leptos::prelude::*;
use management_api::OperationId;

use crate::{
    components::{
        head::Head,
        list::List,
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects::overview},
    paths,
    server_fns::in_force::{InForce, in_force_of},
    ui::{Badge, Choice, Empty, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/in-force",
    title: "All settings in force",
    icon: Icon::List,
    group: Some(Group::Configure),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::GetProjectConfig),
    sheet: Some(Sheet::Configure),
    view: || view! { <AllInForce/> }.into_any(),
};

#[component]
fn AllInForce() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || in_force_of(project.clone()))
    };
    view! {
        <Head
            page=&PAGE
            badges=|| view! { <Badge tone=Tone::Info icon=Icon::Info word="Alpha"/> }
            hint="Read only, in one answer: what was never set stands here with what Supabase uses instead. Of Postgres only what was set. The service may still change how it tells this."
        />
        {loaded("in-force", read, Shape::Rows, move |all| list(&project).draw(all))}
    }
}

fn list(project: &str) -> List<InForce> {
    List::new(("setting", "settings"), paths::in_force(project), |one: &InForce| {
        format!("{}.{}", one.area, one.name)
    })
    .search("Search settings", |one| vec![one.name.clone(), one.value.clone().unwrap_or_default()])
    .filter("area", "Area", |one| Choice::new(one.area.clone(), title(&one.area)))
    .group(|one| title(&one.area))
    .column("Setting", |one| view! { <code><bdi>{one.name.clone()}</bdi></code> })
    .column("Value", |one| match one.value.clone() {
        Some(value) if value.is_empty() => view! { <span class="quiet">"Empty"</span> }.into_any(),
        Some(value) => view! { <code><bdi>{value}</bdi></code> }.into_any(),
        None => view! { <span class="quiet">"Not set"</span> }.into_any(),
    })
    .empty(|| view! { <Empty icon=Icon::List title="Nothing was told" sentence="Supabase answered without any setting."/> })
}

fn title(area: &str) -> String {
    match area {
        "database" => "Database".to_owned(),
        "pooler" => "Pooler".to_owned(),
        "auth" => "Auth".to_owned(),
        "api" => "Data API".to_owned(),
        "realtime" => "Realtime".to_owned(),
        "storage" => "Storage".to_owned(),
        other => other.to_owned(),
    }
}
