//! Compute and disk: what there is, how full it is, and what another size costs.

use leptos::prelude::*;
use management_api::OperationId;

use super::{disk, sizes};
use crate::{
    components::{
        error_view::error_view,
        head::Head,
        margin::{Note, WithMargin},
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects},
    paths,
    server_fns::infrastructure::{COMPUTE, Infrastructure, infrastructure_of, selected},
    ui::{Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/infrastructure",
    title: "Compute and disk",
    icon: Icon::Server,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetDisk),
    sheet: Some(Sheet::Configure),
    view: || view! { <ComputeAndDisk/> }.into_any(),
};

#[component]
pub fn ComputeAndDisk() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || infrastructure_of(project.clone()))
    };
    view! {
        <Head page=&PAGE/>
        {loaded("infrastructure", read, Shape::Form, move |all| drawn(&project, all))}
    }
}

fn drawn(project: &str, all: Infrastructure) -> AnyView {
    let size = all
        .addons
        .as_ref()
        .ok()
        .and_then(|addons| selected(addons, COMPUTE))
        .cloned();
    let figures = disk::figures(size.as_ref(), &all);
    let compute = match &all.addons {
        Ok(addons) => sizes::table(project, addons),
        Err(error) => error_view(error.clone()),
    };
    let form = match &all.disk {
        Ok(now) => disk::form(project, now),
        Err(error) => error_view(error.clone()),
    };
    let growth = disk::growth(&all.autoscale);
    let changed = all.disk.as_ref().ok().and_then(|disk| disk.last_modified_at.clone());
    view! {
        <WithMargin margin=move || margin(changed)>
            {figures}
            <section class="part" aria-labelledby="compute">
                <div class="part-head"><h2 id="compute">"Compute"</h2><p class="hint">"About so much a month, in US dollars, as Supabase lists it for this project"</p></div>
                <div data-region="compute">{compute}</div>
            </section>
            <section class="part" aria-labelledby="disk">
                <div class="part-head"><h2 id="disk">"Disk"</h2></div>
                <div data-region="disk">{form}</div>
            </section>
            <section class="part" aria-labelledby="growth">
                <div class="part-head"><h2 id="growth">"Growing by itself"</h2></div>
                {growth}
            </section>
        </WithMargin>
    }
    .into_any()
}

fn margin(changed: Option<String>) -> AnyView {
    let changed = changed.map(|at| {
        view! { <Note term="Disk changed last"><crate::components::when::When at/>". Some hours have to pass before the next change."</Note> }
    });
    view! {
        <Note term="What a new size does">"The database restarts once. Connections close; nothing is lost."</Note>
        <Note term="Price">"Compute is paid by the hour; a month is counted as Supabase says it. Credits of the plan and read replicas, which take the size of their primary, are not in the sum: the API does not tell them."</Note>
        <Note term="Price of the disk">"The API does not tell it. Supabase\u{2019}s dashboard does."</Note>
        {changed}
    }
    .into_any()
}

/// The page's address.
pub(super) fn here(project: &str) -> String {
    paths::settings(project, "infrastructure")
}
