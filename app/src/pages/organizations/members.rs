//! The members of an organization: role and second factor.

use leptos::prelude::*;
use management_api::organizations::{ListOrganizationMembers, Member};

use super::{super::choice, slug};
use crate::{
    backend::name_of,
    components::{
        page::Page,
        query::{loaded, query},
        title::Title,
    },
    islands::filter::FilterForm,
    paths,
    ui::{Badge, ButtonLink, Column, Empty, Icon, PageHeader, SearchField, Shape, Table, Tone},
};

const COLUMNS: &[Column] = &[
    Column::text("Member"),
    Column::text("Email"),
    Column::text("Role"),
    Column::text("Second factor"),
];

#[component]
pub fn Members() -> impl IntoView {
    let slug = slug();
    let members = query(ListOrganizationMembers { slug: slug.clone() });
    let search = choice("search");
    let words = search.to_lowercase();
    let team = Page::current().with(|page| format!("{}/org/{slug}/team", page.dashboard_url));

    view! {
        <Title text=format!("Members \u{b7} {}", name_of(&slug))/>
        <PageHeader
            title="Members"
            hint="Invitations and roles are managed in Supabase\u{2019}s own dashboard: its API does not offer them."
            actions=move || view! { <ButtonLink href=team external=true>"Manage in Supabase"</ButtonLink> }
        />
        <FilterForm action=paths::organization_members(&slug)>
            <SearchField name="search" label="Search members" value=search/>
        </FilterForm>
        {loaded("members", members, Shape::Rows, move |mut members| {
            members.retain(|member| fits(member, &words));
            if members.is_empty() {
                return view! {
                    <Empty icon=Icon::Members title="Nobody fits" sentence="No member\u{2019}s name, email or role holds these words."/>
                }
                .into_any();
            }
            view! { <Table caption="Members" columns=COLUMNS>{members.into_iter().map(row).collect_view()}</Table> }.into_any()
        })}
    }
}

fn fits(member: &Member, words: &str) -> bool {
    let email = member.email.as_deref().unwrap_or_default();
    words.split_whitespace().all(|word| {
        [member.user_name.as_str(), &member.role_name, email]
            .iter()
            .any(|text| text.to_lowercase().contains(word))
    })
}

fn row(member: Member) -> impl IntoView {
    let (tone, icon, word) = if member.mfa_enabled {
        (Tone::Success, Icon::Shield, "On")
    } else {
        (Tone::Warning, Icon::Warning, "Off")
    };
    view! {
        <tr>
            <td data-label="Member"><bdi>{member.user_name}</bdi></td>
            <td data-label="Email">{member.email.unwrap_or_else(|| "\u{2014}".to_owned())}</td>
            <td data-label="Role">{member.role_name}</td>
            <td data-label="Second factor"><Badge tone icon word/></td>
        </tr>
    }
}
