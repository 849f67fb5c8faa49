//! A new project: organization, name, region, size and a generated database password.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use management_api::{
    OperationId,
    organizations::{ListOrganizations, Organization},
    projects::{AvailableRegions, ListAvailableRegions, Region},
};

use crate::{
    call::{call, new_password},
    components::{
        filter_form::FilterForm,
        form::{FormState, OperationForm},
        query::{ask, loaded},
    },
    paths,
    ui::{ButtonKind, ButtonLink, Card, Choice, CopyButton, Empty, Icon, PageHeader, SelectField, Shape, TextField},
};

/// Sizes of the machine that a project runs on: the API's word, and what it is.
const SIZES: &[(&str, &str)] = &[
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

/// What the form needs: where the project may go, and a password for it.
type Offer = (Vec<Organization>, String, Option<AvailableRegions>, String);

#[component]
pub fn CreateProject() -> impl IntoView {
    let address = use_query_map();
    let asked = Memo::new(move |_| address.with(|address| address.get("organization").unwrap_or_default()));
    let offer = ask(
        move || asked.get(),
        |asked| async move {
            let (organizations, password) = futures::join!(call(ListOrganizations {}), new_password());
            let organizations = organizations?;
            let known = organizations
                .iter()
                .find(|organization| organization.slug == asked)
                .or(organizations.first());
            let Some(slug) = known.map(|organization| organization.slug.clone()) else {
                return Ok((organizations, String::new(), None, String::new()));
            };
            let regions = call(ListAvailableRegions {
                organization_slug: slug.clone(),
            })
            .await?;
            Ok::<Offer, _>((organizations, slug, Some(regions), password?))
        },
    );
    view! {
        <Title text="New project"/>
        <PageHeader title="New project" hint="A Postgres database with authentication, APIs, storage and functions around it."/>
        {loaded(offer, Shape::Form, |(organizations, slug, regions, password)| match regions {
            Some(regions) => form(organizations, slug, regions, password),
            None => no_organization(),
        })}
    }
}

fn form(organizations: Vec<Organization>, slug: String, regions: AvailableRegions, password: String) -> AnyView {
    let owners = organizations
        .into_iter()
        .map(|organization| Choice::new(organization.slug, organization.name))
        .collect();
    let sizes = std::iter::once(Choice::new("", "The plan\u{2019}s default"))
        .chain(SIZES.iter().map(|(word, label)| Choice::new(*word, *label)))
        .collect();
    let chosen = slug.clone();
    let recommended = regions.recommendations.group.code.clone();
    let copied = password.clone();
    view! {
        <div class="form-page">
            <div class="stack">
                <Card title="Organization" hint="Its plan decides which regions and sizes there are.">
                    <FilterForm action=paths::NEW_PROJECT.to_owned()>
                        <SelectField name="organization" label="Organization" choices=owners value=chosen required=true/>
                    </FilterForm>
                </Card>
                <Card title="Project">
                    <OperationForm
                        operation=OperationId::CreateProject
                        next=format!("{}/{{ref}}", paths::PROJECTS)
                        back=paths::new_project_in(&slug)
                        submit="Create project"
                        kind=ButtonKind::Primary
                    >
                        <input type="hidden" name="organization_slug" value=slug/>
                        <TextField
                            name="name"
                            label="Project name"
                            value=FormState::value("name", "")
                            error=FormState::error("name")
                            required=true
                            maxlength=256
                        />
                        <SelectField
                            name="region"
                            label="Region"
                            hint="A general region lets Supabase choose the place with the most room. It cannot be changed later."
                            choices=region_choices(regions)
                            value=FormState::value("region", &recommended)
                            error=FormState::error("region")
                            required=true
                        />
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
                            value=password
                            error=FormState::error("db_pass")
                            required=true
                            minlength=8
                            mono=true
                        />
                        <p class="copy-line"><CopyButton value=copied what="database password"/></p>
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
