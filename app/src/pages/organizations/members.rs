//! The members of an organization: role and second factor.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use management_api::organizations::{ListOrganizationMembers, Member};

use super::slug;
use crate::{
    components::{
        filter_form::FilterForm,
        page::Page,
        query::{loaded, query},
    },
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
    let members = query(move || ListOrganizationMembers { slug: slug() });
    let search = use_query_map();
    let search = Memo::new(move |_| search.with(|query| query.get("search").unwrap_or_default()));
    let team = move || Page::current().with(|page| format!("{}/org/{}/team", page.dashboard_url, slug()));

    view! {
        <Title text=move || format!("Members \u{b7} {}", slug())/>
        <PageHeader
            title="Members"
            hint="Invitations and roles are managed in Supabase\u{2019}s own dashboard: its API does not offer them."
            actions=move || view! { <ButtonLink href=team() external=true>"Manage in Supabase"</ButtonLink> }
        />
        <FilterForm action=paths::organization_members(&slug())>
            <SearchField name="search" label="Search members" value=search.get_untracked()/>
        </FilterForm>
        {loaded(members, Shape::Rows, move |members| {
            let shown = move || {
                let words = search.get().to_lowercase();
                let shown: Vec<Member> = members.iter().filter(|member| fits(member, &words)).cloned().collect();
                if shown.is_empty() {
                    return view! {
                        <Empty icon=Icon::Members title="Nobody fits" sentence="No member\u{2019}s name, email or role holds these words."/>
                    }
                    .into_any();
                }
                view! {
                    <Table caption="Members" columns=COLUMNS>{shown.into_iter().map(row).collect_view()}</Table>
                }
                .into_any()
            };
            shown.into_any()
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
