//! A new project: organization, name, region, size and a generated database password.

use leptos::prelude::*;
use management_api::{
    OperationId,
    organizations::{ListOrganizations, Organization},
    projects::{AvailableRegions, ListAvailableRegions, Region},
};
use rand::{Rng, distr::Alphanumeric};
use serde::{Deserialize, Serialize};

use super::super::choice;
use crate::{
    call::call,
    components::head::Head,
    components::{
        operation_form::{FormState, OperationForm},
        query::{ask, loaded},
    },
    error::ConsoleError,
    islands::{copy::CopyButton, filter::FilterForm},
    page::Page,
    paths,
    ui::{ButtonKind, ButtonLink, Card, Choice, Empty, Icon, SelectField, Shape, TextField},
};

/// Sizes of the machine that a project runs on: the API's word, and what it is.
pub const SIZES: &[(&str, &str)] = &[
    ("micro", "Micro \u{b7} 1 GB, 2 shared cores"),
    ("small", "Small \u{b7} 2 GB, 2 shared cores"),
    ("medium", "Medium \u{b7} 4 GB, 2 shared cores"),
    ("large", "Large \u{b7} 8 GB, 2 cores"),
    ("xlarge", "XL \u{b7} 16 GB, 4 cores"),
    ("2xlarge", "2XL \u{b7} 32 GB, 8 cores"),
    ("4xlarge", "4XL \u{b7} 64 GB, 16 cores"),
    ("8xlarge", "8XL \u{b7} 128 GB, 32 cores"),
    ("12xlarge", "12XL \u{b7} 192 GB, 48 cores"),
    ("16xlarge", "16XL \u{b7} 256 GB, 64 cores"),
];

pub const PAGE: Page = Page {
    route: "/projects/new",
    title: "New project",
    icon: Icon::Plus,
    group: None,
    parent: Some(&super::list::PAGE),
    operation: Some(OperationId::CreateProject),
    sheet: None,
    view: || view! { <CreateProject/> }.into_any(),
};

#[component]
pub fn CreateProject() -> impl IntoView {
    let asked = choice("organization");
    let back = if asked.is_empty() {
        paths::NEW_PROJECT.to_owned()
    } else {
        paths::new_project_in(&asked)
    };
    let (owners, places) = ask(move || offer(asked)).twice();
    let sizes = std::iter::once(Choice::new("", "The plan\u{2019}s default"))
        .chain(SIZES.iter().map(|(word, label)| Choice::new(*word, *label)))
        .collect();
    view! {
        <Head page=&PAGE hint="A Postgres database with authentication, APIs, storage and functions around it."/>
        <div class="form-page">
            <div class="stack">
                <Card title="Organization" hint="Its plan decides which regions and sizes there are.">
                    {loaded("organizations", owners, Shape::Line, owner)}
                </Card>
                <Card title="Project">
                    <OperationForm
                        operation=OperationId::CreateProject
                        next=format!("{}/{{ref}}", paths::PROJECTS)
                        back
                        submit="Create project"
                        kind=ButtonKind::Primary
                    >
                        <TextField
                            name="name"
                            label="Project name"
                            value=FormState::value("name", "")
                            error=FormState::error("name")
                            required=true
                            maxlength=256
                        />
                        {loaded("regions", places, Shape::Line, place)}
                        <SelectField
                            name="desired_instance_size"
                            label="Instance size"
                            hint="Can be changed later."
                            choices=sizes
                            value=FormState::value("desired_instance_size", "")
                            error=FormState::error("desired_instance_size")
                        />
                        <TextField
                            name="db_pass"
                            label="Database password"
                            hint="Made for you and shown only here. Copy it now: neither Steward nor Supabase can show it again."
                            value=new_password()
                            error=FormState::error("db_pass")
                            required=true
                            minlength=8
                            mono=true
                            after=|| view! { <CopyButton what="database password".to_owned() from="db_pass".to_owned()/> }
                        />
                    </OperationForm>
                </Card>
            </div>
            <aside class="form-aside">
                <h2>"What happens then"</h2>
                <p>"Supabase sets the project up in about two minutes. You can watch it come up on its page, and go elsewhere meanwhile."</p>
                <p>"Sizes above the plan\u{2019}s default are charged by the hour, to the organization."</p>
            </aside>
        </div>
    }
}

/// Where a project may go.
#[derive(Clone, Serialize, Deserialize)]
struct Offer {
    organizations: Vec<Organization>,
    /// Slug of the chosen organization, and its regions; `None` until one is chosen.
    chosen: Option<(String, AvailableRegions)>,
}

/// One call, or two side by side; one after the other only for a person's only organization, which needs no choice.
async fn offer(asked: String) -> Result<Offer, ConsoleError> {
    let regions = |organization_slug: String| call(ListAvailableRegions::of(organization_slug));
    if !asked.is_empty() {
        let (organizations, regions) = futures::join!(call(ListOrganizations {}), regions(asked.clone()));
        return Ok(Offer {
            organizations: organizations?,
            chosen: Some((asked, regions?)),
        });
    }
    let organizations = call(ListOrganizations {}).await?;
    let chosen = match organizations.as_slice() {
        [only] => Some((only.slug.clone(), regions(only.slug.clone()).await?)),
        _ => None,
    };
    Ok(Offer { organizations, chosen })
}

/// 24 letters and digits, about 142 bits; kept nowhere.
pub(in crate::pages) fn new_password() -> String {
    rand::rng().sample_iter(Alphanumeric).take(24).map(char::from).collect()
}

/// Choosing another organization asks for its regions; what was typed into the form below stays.
fn owner(offer: Offer) -> AnyView {
    if offer.organizations.is_empty() {
        return no_organization();
    }
    let placeholder = offer
        .chosen
        .is_none()
        .then(|| Choice::new("", "Choose an organization"));
    let organizations = offer.organizations.into_iter();
    let choices = placeholder
        .into_iter()
        .chain(organizations.map(|organization| Choice::new(organization.slug, organization.name)))
        .collect();
    let chosen = offer.chosen.map(|(slug, _)| slug).unwrap_or_default();
    view! {
        <FilterForm action=paths::NEW_PROJECT.to_owned()>
            <SelectField name="organization" label="Organization" choices value=chosen required=true/>
        </FilterForm>
    }
    .into_any()
}

fn place(offer: Offer) -> AnyView {
    let Some((slug, regions)) = offer.chosen else {
        return view! { <p class="hint">"The regions follow when the organization is chosen."</p> }.into_any();
    };
    let recommended = regions.recommendations.group.code.clone();
    view! {
        <input type="hidden" name="organization_slug" value=slug/>
        <SelectField
            name="region"
            label="Region"
            hint="A general region lets Supabase choose the place with the most room. It cannot be changed later."
            choices=region_choices(regions)
            value=FormState::value("region", &recommended)
            error=FormState::error("region")
            required=true
        />
    }
    .into_any()
}

fn region_choices(regions: AvailableRegions) -> Vec<Choice> {
    let recommended: Vec<String> = regions
        .recommendations
        .specific
        .iter()
        .map(|region| region.code.clone())
        .collect();
    let label = |region: &Region| {
        let mut label = format!("{} \u{b7} {}", region.name, region.code);
        if region.status.as_deref() == Some("capacity") {
            label.push_str(" (short of room)");
        } else if recommended.contains(&region.code) {
            label.push_str(" (recommended)");
        }
        label
    };
    let general = regions
        .all
        .groups
        .iter()
        .map(|region| Choice::new(&region.code, &region.name).in_group("General regions"));
    let exact = regions
        .all
        .specific
        .iter()
        .map(|region| Choice::new(&region.code, label(region)).in_group("Exact regions"));
    general.chain(exact).collect()
}

fn no_organization() -> AnyView {
    view! {
        <Empty icon=Icon::Organization title="First, an organization" sentence="A project belongs to an organization, and you are in none yet.">
            <ButtonLink href=paths::NEW_ORGANIZATION kind=ButtonKind::Primary icon=Icon::Plus>"Create an organization"</ButtonLink>
        </Empty>
    }
    .into_any()
}
