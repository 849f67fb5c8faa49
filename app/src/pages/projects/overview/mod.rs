//! One project at a glance: what needs somebody, the health of every service, how much its API is used, its branches and
//! functions, what was changed of late, and its addresses.

mod lists;
mod requests;
mod services;

use leptos::prelude::*;
use management_api::{
    OperationId, Scope,
    analytics::{GetApiRequestCount, GetApiUsage},
    projects::{GetProject, Project, ProjectStatus},
};

use self::{
    lists::{branches, functions},
    requests::requests,
    services::{endpoints, resting},
};
pub(in crate::pages) use self::{
    requests::{INTERVALS, by_service},
    services::{service_name, services},
};
use super::{super::choice, reference};
use crate::{
    components::{
        attention::attention,
        changes::{Changes, latest},
        context::Context,
        copyable::Copyable,
        head::Head,
        query::{Query, ask, loaded, query},
        status::{StatusBadge, of_project},
        when::{To, When},
    },
    islands::{live::Live, place_name::PlaceName},
    page::{Group, Page, Sheet},
    server_fns::{
        overview::{LookedAt, overview_branches, overview_functions, project_attention},
        usage::health_of,
    },
    ui::{ButtonLink, Card, Icon, Notice, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref",
    title: "Overview",
    icon: Icon::Project,
    group: Some(Group::Top),
    parent: Some(&crate::pages::projects::list::PAGE),
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
    let health = {
        let of = of();
        ask(move || health_of(of.clone()))
    };
    let usage = query(GetApiUsage {
        project: of(),
        interval: interval.to_owned(),
    });
    let total = query(GetApiRequestCount { project: of() });
    let seen = {
        let of = of();
        ask(move || project_attention(of.clone()))
    };
    let all_branches = {
        let of = of();
        ask(move || overview_branches(of.clone()))
    };
    let all_functions = {
        let of = of();
        ask(move || overview_functions(of.clone()))
    };
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
            let services = if down { resting() } else { loaded("health", health, Shape::Line, |health| services(health.services)) };
            let needs = (!down).then(|| needs(&project.reference, seen));
            let requests = requests(&project.reference, interval, usage, total);
            let branches = branches(&project.reference, all_branches);
            let functions = functions(&project.reference, all_functions);
            let endpoints = endpoints(&project);
            view! {
                // Services come and go with it.
                <div data-region="project" data-with="health">{facts(project)}</div>
                <div class="stack">
                    {needs}
                    {services}
                    <div class="split">{requests} {branches}</div>
                    <div class="split"><Changes latest=changes/> {functions}</div>
                    <Card title="Endpoints"><div data-region="endpoints">{endpoints}</div></Card>
                </div>
            }
            .into_any()
        })}
    }
}

fn needs(reference: &str, seen: Query<LookedAt>) -> AnyView {
    let of = reference.to_owned();
    view! {
        <Card title="Needs attention">
            {loaded("attention", seen, Shape::Rows, move |seen| attention(&of, seen))}
        </Card>
    }
    .into_any()
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
