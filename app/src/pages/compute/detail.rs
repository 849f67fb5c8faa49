//! One program: how it runs, and its end.

use leptos::prelude::*;
use management_api::{Entity, OperationId, compute::ComputeInstance};

use super::{alpha, closed, counted, is_changing, state};
use crate::{
    components::{
        head::Head,
        operation_form::{OperationForm, ProjectRef, Thing, why_not},
        query::{ask, loaded},
    },
    form::spelled,
    islands::live::Live,
    page::{Page, Sheet},
    pages::parameter,
    paths,
    server_fns::compute::{Alpha, program_of},
    ui::{ButtonKind, ButtonLink, Card, Fact, Facts, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/compute/:name",
    title: "Program",
    icon: Icon::Server,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::GetCompute),
    sheet: Some(Sheet::Configure),
    view: || view! { <Program/> }.into_any(),
};

#[component]
fn Program() -> impl IntoView {
    let (project, name) = (parameter("ref"), parameter("name"));
    let read = {
        let (project, name) = (project.clone(), name.clone());
        ask(move || program_of(project.clone(), name.clone()))
    };
    let (again, not_now) = (paths::new_compute(&project, &name), why_not(OperationId::DeployCompute));
    view! {
        <Head
            page=&PAGE
            name
            badges=alpha
            actions=move || view! { <ButtonLink href=again icon=Icon::Upload disabled_because=not_now>"Deploy it anew"</ButtonLink> }
        />
        {loaded("program", read, Shape::Facts, move |answer| match answer {
            Alpha::Open(one) => drawn(&project, &one),
            Alpha::Closed(why) => closed(why),
        })}
    }
}

fn drawn(project: &str, one: &Entity<ComputeInstance>) -> AnyView {
    let (facts, end) = (facts(one), end(project, &one.id));
    view! {
        {is_changing(one).then(|| view! { <Live/> })}
        <div class="stack key-page">
            <Card title="Program"><div data-region="facts">{facts}</div></Card>
            <Card title="Take it away" hint="It stops, and what it kept on its machines is gone." danger=true>{end}</Card>
        </div>
    }
    .into_any()
}

fn facts(one: &ComputeInstance) -> AnyView {
    let told = |text: Option<String>| text.unwrap_or_else(|| "Not told".to_owned());
    let why = one
        .state_reason
        .clone()
        .map(|why| view! { <Fact term="Why"><bdi>{why}</bdi></Fact> });
    let spec = one.spec.clone().map(|spec| {
        let scope = spec.secrets_scope.as_ref().map(spelled);
        view! {
            <Fact term="Size"><bdi>{spec.size}</bdi></Fact>
            <Fact term="Reached by"><bdi>{spec.exposure}</bdi></Fact>
            <Fact term="Runtime"><bdi>{told(spec.runtime)}</bdi></Fact>
            <Fact term="Secrets it sees"><bdi>{told(scope)}</bdi></Fact>
        }
    });
    let (state, counted, image) = (state(one), counted(one), told(one.image_version.clone()));
    view! {
        <Facts>
            <Fact term="State">{state}</Fact>
            {why}
            <Fact term="Instances">{counted}</Fact>
            {spec}
            <Fact term="Image"><bdi>{image}</bdi></Fact>
        </Facts>
    }
    .into_any()
}

fn end(project: &str, name: &str) -> AnyView {
    let (next, back) = (paths::compute(project), paths::compute_instance(project, name));
    let thing = Some(Thing::Named(name.to_owned()));
    let (reference, name) = (project.to_owned(), name.to_owned());
    view! {
        <OperationForm operation=OperationId::DeleteCompute next back submit="Take the program away" kind=ButtonKind::Danger thing>
            <ProjectRef reference/>
            <input type="hidden" name="name" value=name/>
        </OperationForm>
    }
    .into_any()
}
