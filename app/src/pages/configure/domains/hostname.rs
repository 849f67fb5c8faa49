//! A custom hostname: what is to be entered where the domain is run, whether Supabase has found it, and when the project
//! answers under it.

use leptos::prelude::*;
use management_api::{OperationId, domains::HostnameConfig};

use super::steps::{Step, stages_of};
use crate::{
    components::{
        head::Head,
        margin::{Note, WithMargin},
        operation_form::{FormState, OperationForm, ProjectRef},
        query::{ask, loaded},
    },
    page::{Group, Page, Sheet},
    pages::{configure::thing, parameter, projects},
    paths,
    server_fns::domains::{Custom, OwnHostname, hostname_of},
    ui::{Badge, ButtonKind, Card, Frame, Icon, Shape, field::tick},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/hostname",
    title: "Custom hostname",
    icon: Icon::Globe,
    group: Some(Group::Configure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetHostnameConfig),
    sheet: Some(Sheet::Configure),
    view: || view! { <CustomHostname/> }.into_any(),
};

#[component]
pub fn CustomHostname() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || hostname_of(project.clone()))
    };
    view! {
        <Head page=&PAGE/>
        {loaded("hostname", read, Shape::Form, move |own| drawn(&project, own))}
    }
}

fn drawn(project: &str, own: OwnHostname) -> AnyView {
    let config = match &own.custom {
        Custom::Set(config) => Some((**config).clone()),
        Custom::NoAddon | Custom::None => None,
    };
    let standing = config.as_ref().map(standing);
    let stages = stages_of(project, &own);
    let end = config.as_ref().map(|config| end(project, config));
    view! {
        <WithMargin margin=move || margin(&own)>
            {standing}
            {stages}
            {end}
        </WithMargin>
    }
    .into_any()
}

/// How it stands in one line, with Supabase's own word beside it.
fn standing(config: &HostnameConfig) -> AnyView {
    let standing = Step::of(config).standing(config);
    let word = config.status.clone();
    view! {
        <section class="half" aria-label="How it stands">
            <div class="half-head"><Badge plain=true tone=standing.tone icon=standing.icon word=standing.title/> <code><bdi>{word}</bdi></code></div>
            <p>{standing.says}</p>
        </section>
    }
    .into_any()
}

fn margin(own: &OwnHostname) -> AnyView {
    let cost = match &own.addon {
        Ok(addon) => {
            let price = addon.variant.as_ref().map(|variant| variant.price.description.clone());
            match (addon.on, price) {
                (true, Some(price)) => format!("The add-on is on: {price}."),
                (false, Some(price)) => format!("The add-on costs {price}. It is off."),
                (true, None) => "The add-on is on. Supabase does not tell its price.".to_owned(),
                (false, None) => "The add-on is off. Supabase does not tell its price.".to_owned(),
            }
        }
        Err(error) => format!("Not known: {error}"),
    };
    let said = match &own.custom {
        Custom::Set(config) => {
            let result = &config.data.result;
            let words = [("Hostname", &result.status), ("Certificate", &result.ssl.status)];
            let words = words.into_iter().filter(|(_, word)| !word.is_empty());
            let words: Vec<_> = words
                .map(|(of, word)| view! { <div>{of} ": " <code><bdi>{word.clone()}</bdi></code></div> })
                .collect();
            (!words.is_empty()).then(|| view! { <Note term="At the certificate\u{2019}s authority">{words}</Note> })
        }
        Custom::NoAddon | Custom::None => None,
    };
    view! {
        <Note term="What it costs">{cost}</Note>
        {said}
        <Note term="Name of a record">
            "Names stand here in full. Many panels want them without the domain itself: "<code>"api"</code>" for "
            <code>"api.example.com"</code>"."
        </Note>
        <Note term="Who looks at the DNS">
            "Supabase, when you press the button. Steward does not ask the name servers itself."
        </Note>
        <Note term="The old address">"It keeps answering, whatever is set up here."</Note>
    }
    .into_any()
}

/// The way out, at every step.
fn end(project: &str, config: &HostnameConfig) -> AnyView {
    let active = Step::of(config) == Step::Active;
    let (title, hint, submit) = if active {
        (
            "Remove",
            "Clients that use the hostname stop reaching the project at once. Delete its CNAME record as well: whoever sets the name up in another project takes it over.",
            "Remove the hostname",
        )
    } else {
        (
            "Give up",
            "What was set up so far is forgotten, and another hostname can be begun with. The project answers as before.",
            "Give up",
        )
    };
    let here = PAGE.route.replace(":ref", project);
    let (thing, project) = (thing(project), project.to_owned());
    view! {
        <Card title hint danger=true>
            <OperationForm operation=OperationId::DeleteHostnameConfig next=here.clone() back=here submit kind=ButtonKind::Danger thing>
                <ProjectRef reference=project/>
                {tick(
                    Frame {
                        help: "Without it the add-on is paid for as before.".to_owned(),
                        ..Frame::new("remove_addon", "End the paid add-on as well")
                    },
                    FormState::value("remove_addon", "") == "true",
                )}
            </OperationForm>
        </Card>
    }
    .into_any()
}

/// The page's address.
pub(super) fn here(project: &str) -> String {
    paths::settings(project, "hostname")
}
