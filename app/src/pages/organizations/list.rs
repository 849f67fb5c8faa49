//! All organizations of the person.

use leptos::prelude::*;
use management_api::organizations::{ListOrganizations, Organization};

use crate::{
    components::query::{loaded, query},
    components::title::Title,
    paths,
    ui::{ButtonKind, ButtonLink, Column, Empty, Icon, PageHeader, Shape, Table},
};

const COLUMNS: &[Column] = &[
    Column::text("Organization"),
    Column::text("Slug"),
    Column::actions("Go to"),
];

#[component]
pub fn OrganizationList() -> impl IntoView {
    let organizations = query(ListOrganizations {});
    view! {
        <Title text="Organizations"/>
        <PageHeader
            title="Organizations"
            actions=|| view! { <ButtonLink href=paths::NEW_ORGANIZATION kind=ButtonKind::Primary icon=Icon::Plus>"New organization"</ButtonLink> }
        />
        {loaded("organizations", organizations, Shape::Rows, |organizations| {
            if organizations.is_empty() {
                return none().into_any();
            }
            view! {
                <Table caption="Your organizations" columns=COLUMNS>
                    {organizations.into_iter().map(row).collect_view()}
                </Table>
            }
            .into_any()
        })}
    }
}

fn row(organization: Organization) -> impl IntoView {
    let slug = organization.slug;
    view! {
        <tr>
            <td data-label="Organization"><a class="row-link" href=paths::organization(&slug)><bdi>{organization.name}</bdi></a></td>
            <td data-label="Slug"><code>{slug.clone()}</code></td>
            <td data-kind="actions">
                <ButtonLink href=paths::organization_projects(&slug) small=true>"Projects"</ButtonLink>
                <ButtonLink href=paths::organization_members(&slug) small=true>"Members"</ButtonLink>
            </td>
        </tr>
    }
}

fn none() -> impl IntoView {
    view! {
        <Empty icon=Icon::Organization title="No organization yet" sentence="Projects belong to organizations, and so do the people who work on them.">
            <ButtonLink href=paths::NEW_ORGANIZATION kind=ButtonKind::Primary icon=Icon::Plus>"Create an organization"</ButtonLink>
        </Empty>
    }
}
