//! The members of an organization: role and second factor.

use leptos::prelude::*;
use management_api::{
    OperationId,
    organizations::{ListOrganizationMembers, Member},
};

use super::slug;
use crate::{
    components::{
        context::Context,
        head::Head,
        list::List,
        query::{loaded, query},
    },
    page::{Group, Page},
    paths,
    ui::{Badge, ButtonLink, Choice, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/members",
    title: "Members",
    icon: Icon::Members,
    group: Some(Group::Top),
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::ListOrganizationMembers),
    sheet: None,
    view: || view! { <Members/> }.into_any(),
};

#[component]
pub fn Members() -> impl IntoView {
    let slug = slug();
    let members = query(ListOrganizationMembers { slug: slug.clone() });
    let team = Context::current().with(|page| format!("{}/org/{slug}/team", page.dashboard_url));
    view! {
        <Head
            page=&PAGE
            hint="Invitations and roles are managed in Supabase\u{2019}s own dashboard: its API does not offer them."
            actions=move || view! { <ButtonLink href=team external=true>"Manage in Supabase"</ButtonLink> }
        />
        {loaded("members", members, Shape::Rows, move |members| list(&slug).draw(members))}
    }
}

/// The word of the address, and ours, for whether somebody has a second factor.
fn factor(member: &Member) -> Choice {
    if member.mfa_enabled {
        Choice::new("on", "On")
    } else {
        Choice::new("off", "Off")
    }
}

fn list(slug: &str) -> List<Member> {
    List::new(
        ("member", "members"),
        paths::organization_members(slug),
        |member: &Member| member.user_id.clone(),
    )
    .search("Search members", |member| {
        vec![
            member.user_name.clone(),
            member.role_name.clone(),
            member.email.clone().unwrap_or_default(),
        ]
    })
    .filter("role", "Role", |member| {
        Choice::new(&*member.role_name, &*member.role_name)
    })
    .filter("factor", "Second factor", factor)
    .column("Member", |member| view! { <bdi>{member.user_name.clone()}</bdi> })
    .column("Email", |member| {
        member.email.clone().unwrap_or_else(|| "\u{2014}".to_owned())
    })
    .column("Role", |member| member.role_name.clone())
    .column("Second factor", |member| {
        let (tone, icon) = if member.mfa_enabled {
            (Tone::Neutral, Icon::Shield)
        } else {
            (Tone::Warning, Icon::Warning)
        };
        view! { <Badge plain=true tone icon word=factor(member).label/> }
    })
}
