//! What a project runs on: its database and read replicas, the size and disk that they share, and ways to change them.

use leptos::prelude::*;
use management_api::{OperationId, organizations::Machine};

use crate::{
    backend::name_of,
    components::{
        head::Head,
        list::{List, RowAction},
        margin::{Note, WithMargin},
        operation_form::{OperationForm, ProjectRef, Thing, fields_needing},
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::{configure::infrastructure::disk::figures, parameter, projects},
    paths,
    server_fns::{
        branches::Part,
        infrastructure::{COMPUTE, Infrastructure, dollars, infrastructure_of, monthly, selected},
        upgrades::machines_of,
    },
    ui::{Badge, ButtonLink, Card, Empty, Icon, Shape, Tone, capital},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/infrastructure",
    title: "Infrastructure",
    icon: Icon::Server,
    group: Some(Group::Run),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::SearchProjects),
    sheet: Some(Sheet::Run),
    view: || view! { <ProjectInfrastructure/> }.into_any(),
};

#[component]
pub fn ProjectInfrastructure() -> impl IntoView {
    let project = parameter("ref");
    let (machines, size) = {
        let (one, other) = (project.clone(), project.clone());
        (
            ask(move || machines_of(one.clone())),
            ask(move || infrastructure_of(other.clone())),
        )
    };
    let settings = paths::settings(&project, "infrastructure");
    let (of, again) = (project.clone(), settings.clone());
    view! {
        <Head page=&PAGE actions=move || view! { <ButtonLink href=settings icon=Icon::Settings>"Change compute and disk"</ButtonLink> }/>
        <WithMargin margin=move || margin(again)>
            {loaded("size", size, Shape::Line, move |all| as_it_is(&all))}
            <section class="part" aria-labelledby="databases">
                <div class="part-head"><h2 id="databases">"Databases"</h2></div>
                {loaded("machines", machines, Shape::Rows, move |machines| list(&of).draw(machines))}
            </section>
            {set_up(&project)}
        </WithMargin>
    }
}

fn margin(settings: String) -> AnyView {
    view! {
        <Note term="What a replica is for">"Reading close to where people are, and reports that would slow the primary down. It takes no writes."</Note>
        <Note term="Price">"A replica is paid like the primary: its compute, its disk, and what leaves it. "<a class="link" href=settings>"Sizes and their prices"</a></Note>
        <Note term="How far behind">"The API does not tell it. The project\u{2019}s metrics do."</Note>
        <Note term="How many">"Two at most, and five from the size XL on. The free plan and sizes below Small have none."</Note>
    }
    .into_any()
}

fn as_it_is(all: &Infrastructure) -> AnyView {
    let size = all.addons.as_ref().ok().and_then(|addons| selected(addons, COMPUTE));
    let figures = figures(size, all);
    let price = price(all).map(|price| {
        view! { <p class="hint">{format!("The size costs about {} a month, once for each database.", dollars(price))}</p> }
    });
    view! { {figures} {price} }.into_any()
}

/// US dollars a month for one database of the project's size, without its disk.
fn price(all: &Infrastructure) -> Option<f64> {
    let addons: &Part<_> = &all.addons;
    selected(addons.as_ref().ok()?, COMPUTE).map(|variant| monthly(&variant.price))
}

/// Where a region is; the code where that is not known.
fn place(region: &str) -> &str {
    match region {
        "us-east-1" => "North Virginia",
        "us-east-2" => "Ohio",
        "us-west-1" => "North California",
        "us-west-2" => "Oregon",
        "ap-east-1" => "Hong Kong",
        "ap-southeast-1" => "Singapore",
        "ap-southeast-2" => "Sydney",
        "ap-northeast-1" => "Tokyo",
        "ap-northeast-2" => "Seoul",
        "ap-south-1" => "Mumbai",
        "eu-west-1" => "Ireland",
        "eu-west-2" => "London",
        "eu-west-3" => "Paris",
        "eu-north-1" => "Stockholm",
        "eu-central-1" => "Frankfurt",
        "eu-central-2" => "Zurich",
        "ca-central-1" => "Montreal",
        "sa-east-1" => "S\u{e3}o Paulo",
        other => other,
    }
}

fn changing(machine: &Machine) -> bool {
    is_changing(&machine.status)
}

/// Whether a machine in this state comes into another by itself.
fn is_changing(word: &str) -> bool {
    matches!(
        word,
        "INIT_READ_REPLICA" | "COMING_UP" | "GOING_DOWN" | "RESTARTING" | "RESIZING" | "RESTORING" | "UPGRADING"
    )
}

/// How a machine stands, by the API's word.
pub(in crate::pages) fn state(word: &str) -> (Tone, Icon, String) {
    let said = || capital(&word.to_lowercase().replace('_', " "));
    match word {
        "ACTIVE_HEALTHY" => (Tone::Success, Icon::CheckCircle, "Healthy".to_owned()),
        "ACTIVE_UNHEALTHY" => (Tone::Warning, Icon::Warning, "Unhealthy".to_owned()),
        "INIT_READ_REPLICA" => (Tone::Info, Icon::Clock, "Being set up".to_owned()),
        "INIT_READ_REPLICA_FAILED" => (Tone::Error, Icon::Error, "Set-up failed".to_owned()),
        "GOING_DOWN" => (Tone::Info, Icon::Clock, "Being removed".to_owned()),
        "" => (Tone::Neutral, Icon::Question, "Not told".to_owned()),
        word if is_changing(word) => (Tone::Info, Icon::Clock, said()),
        word if word.ends_with("_FAILED") => (Tone::Error, Icon::Error, said()),
        _ => (Tone::Neutral, Icon::Question, said()),
    }
}

fn list(project: &str) -> List<Machine> {
    let of = project.to_owned();
    let unknown = || "\u{2014}".to_owned();
    List::new(
        ("database", "databases"),
        paths::infrastructure(project),
        |machine: &Machine| machine.identifier.clone(),
    )
    .column("Region", |machine| {
        let region = machine.region.clone().unwrap_or_default();
        let place = place(&region).to_owned();
        let kind = if machine.is_replica() {
            "Read replica"
        } else {
            "Primary"
        };
        view! { <b>{place}</b> " " <code class="quiet">{region}</code> " " <Badge word=kind icon=Icon::Database/> }
    })
    .column("State", |machine| {
        let (tone, icon, word) = state(&machine.status);
        view! { <Badge plain=true tone icon word/> }
    })
    .column("Size", move |machine| {
        machine.infra_compute_size.clone().unwrap_or_else(unknown)
    })
    .column("Disk", move |machine| {
        machine
            .disk_volume_size_gb
            .map_or_else(unknown, |size| format!("{size} GB"))
    })
    .column(
        "Identifier",
        |machine| view! { <code class="wrap">{machine.identifier.clone()}</code> },
    )
    .actions(move |machine| {
        if !machine.is_replica() || machine.status == "GOING_DOWN" {
            return Vec::new();
        }
        let region = machine.region.clone().unwrap_or_default();
        vec![RowAction {
            operation: OperationId::RemoveReadReplica,
            label: "Remove",
            of: format!("the read replica in {} ({})", place(&region), machine.identifier),
            fields: vec![("ref", of.clone()), ("database_identifier", machine.identifier.clone())],
            thing: Some(Thing::Project {
                name: name_of(&of),
                reference: of.clone(),
            }),
        }]
    })
    .live_while(changing)
    .empty(|| view! { <Empty icon=Icon::Server title="No database runs" sentence="A paused project has none."/> })
}

fn set_up(project: &str) -> AnyView {
    let operation = OperationId::SetupReadReplica;
    let region = "read_replica_region";
    let described = [(
        region,
        "Region",
        "Close to those who read, or the primary\u{2019}s own for reports.",
    )];
    let region = fields_needing(operation, "", &described, &[region]);
    let (here, reference) = (paths::infrastructure(project), project.to_owned());
    view! {
        <Card title="Set up a read replica" hint="It takes some minutes and the size of the primary. What connects to it does so by an address of its own.">
            <OperationForm operation next=here.clone() back=here submit="Set up the replica">
                <ProjectRef reference/>
                {region}
            </OperationForm>
        </Card>
    }
    .into_any()
}
