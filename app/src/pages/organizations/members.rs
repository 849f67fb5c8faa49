//! The members of an organization: roles, where they hold, and second factor.

use leptos::prelude::*;
use management_api::{Entity, OperationId, organizations::MemberDetail};

use super::{invitations::invitations, roles, slug};
use crate::{
    components::{
        head::Head,
        list::List,
        operation_form::{OperationForm, fields_needing, why_not},
        query::{ask, loaded},
    },
    members::name,
    page::{Group, Page, Sheet},
    paths,
    server_fns::members::{Members, Team, members_of},
    ui::{Badge, ButtonKind, ButtonLink, Card, Choice, Icon, Notice, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/members",
    title: "Members",
    icon: Icon::Members,
    group: Some(Group::Top),
    parent: Some(&super::overview::PAGE),
    operation: Some(OperationId::ListMembers),
    sheet: Some(Sheet::Configure),
    view: || view! { <Members/> }.into_any(),
};

#[component]
pub fn Members() -> impl IntoView {
    let slug = slug();
    let team = {
        let slug = slug.clone();
        ask(move || members_of(slug.clone()))
    };
    let (invite, closed) = (paths::invite(&slug), why_not(OperationId::InviteMembers));
    let report = paths::members_report(&slug);
    view! {
        <Head
            page=&PAGE
            hint="A role holds in all of the organization, or in some of its projects."
            actions=move || view! { <ButtonLink href=report icon=Icon::Shield>"Report"</ButtonLink> <ButtonLink href=invite kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"Invite people"</ButtonLink> }
        />
        {loaded("members", team, Shape::Rows, {
            let slug = slug.clone();
            move |members| drawn(&slug, members)
        })}
        <Card title="Withdraw other invitations" hint="Those that were sent elsewhere. They are good for 24 hours, and Supabase lists none of them: whom to withdraw has to be known.">
            {withdraw(&slug)}
        </Card>
    }
}

fn drawn(slug: &str, all: Members) -> AnyView {
    let Members { team, sent } = all;
    let notes = notes(&team);
    let mut members = team.members;
    members.sort_by_key(name);
    let list = list(slug).draw(members);
    let sent = match sent {
        Ok(sent) => invitations(slug, sent),
        Err(error) => {
            view! { <p class="hint">{format!("Invitations that were sent from here are not known: {error}")}</p> }
                .into_any()
        }
    };
    view! { {notes} {list} {sent} }.into_any()
}

/// What is missing, where something is.
pub(super) fn notes(team: &Team) -> Vec<AnyView> {
    let mut notes = Vec::new();
    if team.brief {
        notes.push("Roles in single projects could not be read with this connection.".to_owned());
    }
    if team.more {
        notes.push("There are more members than are shown.".to_owned());
    }
    let note = |note| view! { <Notice tone=Tone::Warning title="Not everything is here">{note}</Notice> }.into_any();
    notes.into_iter().map(note).collect()
}

/// The word of the address, and ours, for whether somebody has a second factor.
fn factor(member: &Entity<MemberDetail>) -> Choice {
    match member.mfa_enabled {
        Some(true) => Choice::new("on", "On"),
        Some(false) => Choice::new("off", "Off"),
        None => Choice::new("unknown", "Not told"),
    }
}

fn list(slug: &str) -> List<Entity<MemberDetail>> {
    let links = slug.to_owned();
    List::new(
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
            <a class="row-link" href=href><bdi>{shown}</bdi></a>
            {also.map(|also| view! { " " <span class="quiet"><bdi>{also}</bdi></span> })}
        }
    })
    .column("In the organization", |member| roles::everywhere(member))
    .column("In single projects", |member| {
        let limited: Vec<_> = roles::limited(member).map(roles::within).collect();
        if limited.is_empty() {
            "\u{2014}".to_owned()
        } else {
            limited.join("; ")
        }
    })
    .column("Second factor", |member| {
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

fn withdraw(slug: &str) -> AnyView {
    let operation = OperationId::WithdrawInvitations;
    let here = paths::organization_members(slug);
    let described = [("emails", "Addresses", "One a line, as many as 100.")];
    let field = fields_needing(operation, "", &described, &["emails"]);
    let slug = slug.to_owned();
    view! {
        <OperationForm operation next=here.clone() back=here submit="Withdraw">
            <input type="hidden" name="slug" value=slug/>
            {field}
        </OperationForm>
    }
    .into_any()
}
