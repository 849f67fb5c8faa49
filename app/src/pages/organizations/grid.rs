//! Members by projects: who has which role where, with second factor and way in.

use leptos::prelude::*;
use management_api::{
    Entity, OperationId,
    organizations::{MemberDetail, ProjectName},
};

use super::roles;
use crate::{
    components::{list::List, operation_form::why_not},
    members::{name, with_own_roles},
    paths,
    ui::{Badge, Choice, Icon, Tone, link, row_link},
};

/// The word of the address, and ours, for whether somebody has a second factor.
fn factor(member: &Entity<MemberDetail>) -> Choice {
    match member.mfa_enabled {
        Some(true) => Choice::new("on", "On"),
        Some(false) => Choice::new("off", "Off"),
        None => Choice::new("unknown", "Not told"),
    }
}

/// Projects with a column of their own, at most; the others are told in one.
const COLUMNS: usize = 4;

/// Members by projects: a column for each project in which somebody has a role of their own. In all others the role in the
/// organization holds.
pub fn grid(slug: &str, members: &[Entity<MemberDetail>]) -> List<Entity<MemberDetail>> {
    let (links, projects) = (slug.to_owned(), with_own_roles(members));
    let (own, others) = projects.split_at(projects.len().min(COLUMNS));
    let others: Vec<String> = others.iter().map(|project| project.project.clone()).collect();
    let mut list = List::new(
        ("member", "members"),
        paths::organization_members(slug),
        |member: &Entity<MemberDetail>| member.id.clone(),
    )
    .search("Search members", |member| {
        let mut texts = vec![name(member), roles::everywhere(member)];
        texts.extend(member.username.clone());
        texts.extend(roles::limited(member).map(roles::within));
        texts
    })
    .filter("role", "Role", |member| {
        let role = roles::everywhere(member);
        Choice::new(role.clone(), role)
    })
    .filter("factor", "Second factor", factor)
    .column("Member", move |member| {
        let (href, shown) = (paths::member(&links, &member.id), name(member));
        let also = member.username.clone().filter(|username| *username != shown);
        view! {
            {row_link(&href, &shown)}
            {also.map(|also| view! { " " <span class="quiet"><bdi>{also}</bdi></span> })}
        }
    })
    .column("Organization", |member| roles::everywhere(member));
    let may = why_not(OperationId::AssignMemberRole).is_none();
    for project in own {
        let (reference, called) = (project.project.clone(), project.name.clone());
        let label = if called.is_empty() { reference.clone() } else { called };
        let (slug, there) = (slug.to_owned(), label.clone());
        list = list.column(label, move |member| {
            let role = roles::there(member, &reference);
            if !may {
                return role;
            }
            let href = paths::member_in(&slug, &member.id, &reference);
            let says = format!(" for {} in {there}: change", name(member));
            view! { <a class="role-cell" href=href>{role}<span class="visually-hidden">{says}</span></a> }.into_any()
        });
    }
    if !others.is_empty() {
        let slug = slug.to_owned();
        list = list.column("Other projects", move |member| elsewhere(&slug, may, member, &others));
    }
    list.column("Second factor", |member| {
        let (tone, icon) = match member.mfa_enabled {
            Some(true) | None => (Tone::Neutral, Icon::Shield),
            Some(false) => (Tone::Warning, Icon::Warning),
        };
        view! { <Badge plain=true tone icon word=factor(member).label/> }
    })
    .column("Signs in by", |member| match member.is_sso_user {
        Some(true) => "Company sign-on",
        Some(false) => "Supabase account",
        None => "\u{2014}",
    })
}

/// The roles that somebody has in the projects without a column. Each leads to where it is changed, where it may be.
fn elsewhere(slug: &str, may: bool, member: &Entity<MemberDetail>, projects: &[String]) -> AnyView {
    let mut places: Vec<_> = roles::limited(member).flat_map(|role| &role.projects).collect();
    places.retain(|place| projects.contains(&place.project));
    places.sort_by(|one, other| one.project.cmp(&other.project));
    places.dedup_by(|one, other| one.project == other.project);
    if places.is_empty() {
        return "\u{2014}".into_any();
    }
    let place = |(at, place): (usize, &&ProjectName)| {
        let called = if place.name.is_empty() {
            &place.project
        } else {
            &place.name
        };
        let there = if may {
            link(&paths::member_in(slug, &member.id, &place.project), called).into_any()
        } else {
            view! { <bdi>{called.clone()}</bdi> }.into_any()
        };
        view! { {(at > 0).then_some("; ")} {roles::there(member, &place.project)} " in " {there} }
    };
    places.iter().enumerate().map(place).collect_view().into_any()
}
