//! All organizations of the person.

use leptos::prelude::*;
use management_api::{
    OperationId,
    organizations::{ListOrganizations, Organization},
};

use crate::{
    components::{
        head::Head,
        list::List,
        query::{loaded, query},
    },
    page::{Group, Page},
    paths,
    ui::{ButtonKind, ButtonLink, Empty, Icon, Shape, row_link},
};

pub const PAGE: Page = Page {
    route: "/organizations",
    title: "Organizations",
    icon: Icon::Organization,
    group: Some(Group::Top),
    parent: None,
    operation: Some(OperationId::ListOrganizations),
    sheet: None,
    view: || view! { <OrganizationList/> }.into_any(),
};

#[component]
pub fn OrganizationList() -> impl IntoView {
    let organizations = query(ListOrganizations {});
    view! {
        <Head
            page=&PAGE
            actions=|| view! { <ButtonLink href=paths::NEW_ORGANIZATION kind=ButtonKind::Primary icon=Icon::Plus>"New organization"</ButtonLink> }
        />
        {loaded("organizations", organizations, Shape::Rows, |organizations| list().draw(organizations))}
    }
}

fn list() -> List<Organization> {
    List::new(("organization", "organizations"), paths::ORGANIZATIONS, |one: &Organization| one.slug.clone())
        .column("Organization", |one| {
            row_link(&paths::organization(&one.slug), &one.name)
        })
        .column("Slug", |one| view! { <code>{one.slug.clone()}</code> })
        .buttons("Go to", |one| {
            view! {
                <ButtonLink href=paths::organization_projects(&one.slug) small=true>"Projects"</ButtonLink>
                <ButtonLink href=paths::organization_members(&one.slug) small=true>"Members"</ButtonLink>
            }
        })
        .empty(|| view! {
            <Empty icon=Icon::Organization title="No organization yet" sentence="Projects belong to organizations, and so do the people who work on them.">
                <ButtonLink href=paths::NEW_ORGANIZATION kind=ButtonKind::Primary icon=Icon::Plus>"Create an organization"</ButtonLink>
            </Empty>
        })
}
