//! The programs of a project.

use leptos::prelude::*;
use management_api::{Entity, OperationId, compute::ComputeInstance};

use super::{ALPHA, alpha, closed, counted, is_changing, state};
use crate::{
    components::{
        error_view::error_view,
        head::Head,
        list::List,
        operation_form::why_not,
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects::overview},
    paths,
    server_fns::{
        branches::Part,
        compute::{Alpha, compute_of},
    },
    ui::{ButtonKind, ButtonLink, Empty, Icon, Shape, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/compute",
    title: "Compute",
    icon: Icon::Server,
    group: Some(Group::Build),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::ListCompute),
    sheet: Some(Sheet::Configure),
    view: || view! { <Compute/> }.into_any(),
};

/// What there is of it.
type Programs = Alpha<Vec<Entity<ComputeInstance>>>;

#[component]
fn Compute() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || async move { Ok(compute_of(project).await) })
    };
    let (for_action, for_list) = read.twice();
    let new = paths::new_compute(&project, "");
    view! {
        <Head
            page=&PAGE
            badges=alpha
            hint=ALPHA
            actions=move || loaded("deploy", for_action, Shape::Line, move |answer| deploy(new, answer))
        />
        {loaded("compute", for_list, Shape::Rows, move |answer| match answer {
            Ok(Alpha::Open(all)) => list(&project).draw(all),
            Ok(Alpha::Closed(why)) => closed(why),
            Err(error) => error_view(error),
        })}
    }
}

/// Leads to where a program is deployed, unless the project was not let in.
fn deploy(new: String, answer: Part<Programs>) -> AnyView {
    let shut = matches!(answer, Ok(Alpha::Closed(_))).then(|| "Not open to this project.".to_owned());
    let closed = shut.or_else(|| why_not(OperationId::DeployCompute));
    view! { <ButtonLink href=new kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"Deploy a program"</ButtonLink> }
        .into_any()
}

fn list(project: &str) -> List<Entity<ComputeInstance>> {
    let links = project.to_owned();
    List::new(("program", "programs"), paths::compute(project), |one: &Entity<ComputeInstance>| {
        one.id.clone()
    })
    .live_while(is_changing)
    .column("Program", move |one| {
        let href = paths::compute_instance(&links, &one.id);
        row_link(&href, &one.id)
    })
    .column("State", |one| state(one))
    .column("Instances", |one| counted(one))
    .column("Size", |one| one.spec.as_ref().map_or_else(|| "Not told".to_owned(), |spec| spec.size.clone()))
    .column("Reached by", |one| one.spec.as_ref().map_or_else(|| "Not told".to_owned(), |spec| spec.exposure.clone()))
    .empty(|| view! {
        <Empty icon=Icon::Server title="No program runs" sentence="A program is built from your sources, packed as .tar.gz, and runs beside the database."/>
    })
}
