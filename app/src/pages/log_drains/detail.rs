//! One log drain: where it leads, another name, another place, and its end.

use leptos::prelude::*;
use management_api::{Entity, OperationId, analytics::LogDrain};
use serde_json::json;

use super::{ABOUT, kinds, leads_to, settings};
use crate::{
    components::{
        copyable::Copyable,
        error_view::error_view,
        head::Head,
        operation_form::{OperationForm, ProjectRef, Thing, fields},
        query::{ask, loaded},
    },
    error::ConsoleError,
    islands::place_name::PlaceName,
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::log_drains::log_drains_of,
    ui::{ButtonKind, Card, Fact, Facts, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/log-drains/:drain",
    title: "Log drain",
    icon: Icon::Moved,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::ListLogDrains),
    sheet: Some(Sheet::Configure),
    view: || view! { <LogDrainPage/> }.into_any(),
};

#[component]
fn LogDrainPage() -> impl IntoView {
    let (project, id) = (parameter("ref"), parameter("drain"));
    let read = {
        let project = project.clone();
        // There is no read of a single one.
        ask(move || log_drains_of(project.clone()))
    };
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("log-drain", read, Shape::Form, move |drains| match drains.iter().find(|drain| drain.id == id) {
            Some(drain) => drawn(&project, drain),
            None => error_view(ConsoleError::NotFound),
        })}
    }
}

fn drawn(project: &str, drain: &Entity<LogDrain>) -> AnyView {
    let (facts, about, to, end) = (
        facts(drain),
        about(project, drain),
        elsewhere(project, drain),
        end(project, drain),
    );
    view! {
        <PlaceName key=drain.id.clone() name=drain.name.clone()/>
        <div class="stack key-page">
            <Card title="Log drain"><div data-region="facts">{facts}</div></Card>
            <Card title="Name"><div data-region="about">{about}</div></Card>
            {to}
            <Card title="Remove" hint="Nothing is sent there any more. What was sent stays there." danger=true>
                <div data-region="end">{end}</div>
            </Card>
        </div>
    }
    .into_any()
}

fn facts(drain: &Entity<LogDrain>) -> AnyView {
    let (kind, to, id) = (kinds::title(&drain.backend_type), leads_to(drain), drain.id.clone());
    let name = drain.name.clone();
    let about = drain
        .description
        .clone()
        .map(|about| view! { <Fact term="What it is for"><bdi>{about}</bdi></Fact> });
    view! {
        <Facts>
            <Fact term="Name"><bdi>{name}</bdi></Fact>
            <Fact term="Kind"><bdi>{kind}</bdi></Fact>
            <Fact term="Leads to"><bdi>{to}</bdi></Fact>
            {about}
            <Fact term="Secrets">"Not shown: what it takes to be let in there stays with Supabase."</Fact>
            <Fact term="Id"><Copyable value=id what="id of the log drain"/></Fact>
        </Facts>
    }
    .into_any()
}

/// What every change has to say along.
fn told(project: &str, drain: &Entity<LogDrain>) -> AnyView {
    let (reference, id, kind) = (project.to_owned(), drain.id.clone(), drain.backend_type.clone());
    view! {
        <ProjectRef reference/>
        <input type="hidden" name="id" value=id/>
        <input type="hidden" name="backend_type" value=kind/>
    }
    .into_any()
}

fn about(project: &str, drain: &Entity<LogDrain>) -> AnyView {
    let here = paths::log_drain(project, &drain.id);
    let was = json!({ "name": drain.name, "description": drain.description });
    let (operation, told) = (OperationId::UpdateLogDrain, told(project, drain));
    view! {
        <OperationForm operation id="about" next=here.clone() back=here submit="Save">
            {told}
            {fields(operation, "about", &ABOUT, Some(&was))}
        </OperationForm>
    }
    .into_any()
}

/// Nothing for a kind that the API does not describe.
fn elsewhere(project: &str, drain: &Entity<LogDrain>) -> Option<AnyView> {
    let kind = kinds::kind(&drain.backend_type)?;
    let here = paths::log_drain(project, &drain.id);
    let (operation, told) = (OperationId::UpdateLogDrain, told(project, drain));
    Some(
        view! {
            <Card title="Where to" hint="Takes the place of all that is set, secrets included: what is left empty is not set any more.">
                <OperationForm operation id="where" next=here.clone() back=here submit="Send the logs there from now on" kind=ButtonKind::Primary>
                    {told}
                    {settings(operation, "where", kind)}
                </OperationForm>
            </Card>
        }
        .into_any(),
    )
}

fn end(project: &str, drain: &Entity<LogDrain>) -> AnyView {
    let (here, next) = (paths::log_drain(project, &drain.id), paths::log_drains(project));
    let thing = Some(Thing::Named(drain.name.clone()));
    let (reference, id) = (project.to_owned(), drain.id.clone());
    view! {
        <OperationForm operation=OperationId::DeleteLogDrain next back=here submit="Remove the log drain" kind=ButtonKind::Danger thing>
            <ProjectRef reference/>
            <input type="hidden" name="id" value=id/>
        </OperationForm>
    }
    .into_any()
}
