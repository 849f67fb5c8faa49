//! The members of an organization: roles, where they hold, and second factor.

use leptos::prelude::*;
use management_api::{Entity, OperationId, organizations::MemberDetail};

use super::{grid::grid, invitations::invitations, roles, slug};
use crate::{
    components::{
        head::Head,
        operation_form::{OperationForm, fields_needing, why_not},
        query::{ask, loaded},
    },
    members::{State, name},
    page::{Group, Page, Sheet},
    paths,
    server_fns::members::{Members, Team, members_of},
    ui::{ButtonKind, ButtonLink, Card, Icon, Notice, Shape, Tone},
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
    let Members { team, sent, roles } = all;
    let notes = notes(&team);
    let mut members = team.members;
    members.sort_by_key(name);
    let open = sent.iter().flatten().filter(|sent| sent.state == State::Open).count();
    let summary = summary(&members, sent.is_ok().then_some(open));
    let list = grid(slug, &members).draw(members);
    let legend = roles::legend(&roles);
    let sent = match sent {
        Ok(sent) => invitations(slug, sent),
        Err(error) => {
            view! { <p class="hint">{format!("Invitations that were sent from here are not known: {error}")}</p> }
                .into_any()
        }
    };
    view! { {notes} {summary} {list} {legend} {sent} }.into_any()
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

/// How many there are of each kind that somebody who looks after the organization asks about.
fn summary(members: &[Entity<MemberDetail>], open: Option<usize>) -> AnyView {
    let count = |fits: fn(&Entity<MemberDetail>) -> bool| members.iter().filter(|member| fits(member)).count();
    let owners = match count(|member| {
        member
            .roles
            .iter()
            .any(|role| !role.is_limited() && role.name == "owner")
    }) {
        1 => " 1 owner".to_owned(),
        owners => format!(" {owners} owners"),
    };
    let all = members.len();
    let off = count(|member| member.mfa_enabled == Some(false));
    let sso = count(|member| member.is_sso_user == Some(true));
    let only = count(|member| roles::everywhere(member) == roles::said("no-access"));
    let open = open.map_or_else(|| "Not known".to_owned(), |open| open.to_string());
    view! {
        <div data-region="members-summary">
            <dl class="figures">
                <div><dt>"Members"</dt><dd><b>{all}</b> {owners}</dd></div>
                <div><dt>"Without a second factor"</dt><dd><b>{off}</b></dd></div>
                <div><dt>"By company sign-on"</dt><dd><b>{sso}</b></dd></div>
                <div><dt>"In single projects only"</dt><dd><b>{only}</b></dd></div>
                <div><dt>"Open invitations"</dt><dd><b>{open}</b></dd></div>
            </dl>
        </div>
    }
    .into_any()
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
