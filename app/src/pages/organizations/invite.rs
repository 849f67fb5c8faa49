//! Inviting people: addresses as they are pasted, looked at one by one before anything is sent.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{
    OperationId,
    organizations::{Invitation, MOST_INVITED},
};

use super::{members, roles, slug};
use crate::{
    components::{
        error_view::here,
        head::Head,
        operation_form::{OperationForm, why_not},
        query::{ask, loaded},
    },
    page::{Page, Sheet},
    pages::choice,
    paths,
    server_fns::members::{Giving, Roster, roles_to_give},
    ui::{
        Badge, Button, ButtonKind, Card, Frame, Icon, Shape, Tone,
        field::{Area, area, tick},
    },
};

pub const PAGE: Page = Page {
    route: "/organizations/:slug/members/invite",
    title: "Invite people",
    icon: Icon::Plus,
    group: None,
    parent: Some(&members::PAGE),
    operation: Some(OperationId::InviteMembers),
    sheet: Some(Sheet::Configure),
    view: || view! { <Invite/> }.into_any(),
};

/// In the address: who, as what, where, and how they must sign in.
const TO: &str = "to";
const ROLE: &str = "role";
const PROJECT: &str = "project";
const SSO: &str = "sso";

#[component]
fn Invite() -> impl IntoView {
    let slug = slug();
    let giving = {
        let slug = slug.clone();
        ask(move || roles_to_give(slug.clone()))
    };
    view! {
        <Head page=&PAGE hint="Each address gets a link that is good for 24 hours. Who is invited is shown before anything is sent." narrow=true/>
        {loaded("invite", giving, Shape::Form, move |giving| drawn(&slug, &giving))}
    }
}

fn drawn(slug: &str, giving: &Giving) -> AnyView {
    let roster = &giving.roster;
    let (to, role) = (choice(TO), choice(ROLE));
    let chosen = use_query_map().with_untracked(|query| query.get_all(PROJECT).unwrap_or_default());
    let sso = choice(SSO) == "true";
    let projects = roster.projects.as_ref().map_or(&[][..], Vec::as_slice);
    let frame = Frame {
        help: format!("Paste a list, a mail\u{2019}s To line or a column: {MOST_INVITED} at most in one go."),
        required: true,
        ..Frame::new(TO, "Addresses")
    };
    let text = Area {
        text: to.clone(),
        rows: 6,
        placeholder: "ada@example.com".to_owned(),
        mono: true,
        masked: false,
    };
    let field = area(&frame, text);
    let addresses = frame.around(field);
    let review = (!to.trim().is_empty() && !role.is_empty()).then(|| review(slug, roster, &to, &role, &chosen, sso));
    let role = if role.is_empty() { "developer".to_owned() } else { role };
    let select = roles::select(ROLE, role, &giving.roles);
    let boxes = roles::projects(PROJECT, projects, &chosen);
    let closed = why_not(OperationId::InviteMembers);
    let here = paths::invite(slug);
    view! {
        <div class="stack key-page">
            {review}
            <Card title="Who, and as what">
                <form class="check" method="get" action=here>
                    {addresses}
                    {select}
                    {boxes}
                    {tick(
                        Frame {
                            help: "Only for organizations with single sign-on.".to_owned(),
                            ..Frame::new(SSO, "They must sign in through the company")
                        },
                        sso,
                    )}
                    <div class="form-actions"><Button kind=ButtonKind::Primary submit=true disabled_because=closed>"Look at it"</Button></div>
                </form>
            </Card>
        </div>
    }
    .into_any()
}

/// What becomes of something that was pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Invited,
    Member,
    Twice,
    NoAddress,
    TooMany,
}

impl Verdict {
    fn said(self) -> (Tone, Icon, &'static str) {
        match self {
            Self::Invited => (Tone::Success, Icon::CheckCircle, "Will be invited"),
            Self::Member => (Tone::Neutral, Icon::Members, "Is a member already"),
            Self::Twice => (Tone::Neutral, Icon::Info, "Stands there twice"),
            Self::NoAddress => (Tone::Error, Icon::Warning, "Is no address"),
            Self::TooMany => (Tone::Warning, Icon::Warning, "Is more than one call takes"),
        }
    }
}

/// The addresses in a text: between commas, semicolons and blanks, or between the angle brackets behind a name.
fn addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in text.split([',', ';', '\n', '\r', '\t']) {
        match piece.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
            Some((address, _)) => found.push(address.trim().to_owned()),
            None => found.extend(piece.split_whitespace().map(str::to_owned)),
        }
    }
    found.retain(|address| !address.is_empty());
    found
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        let labels: Vec<&str> = host.split('.').collect();
        let is_label =
            |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        !name.is_empty() && labels.len() > 1 && labels.iter().all(is_label)
    })
}

fn judged(text: &str, members: &[String]) -> Vec<(String, Verdict)> {
    let mut judged: Vec<(String, Verdict)> = Vec::new();
    let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    for address in addresses(text) {
        let invited = judged
            .iter()
            .filter(|(_, verdict)| *verdict == Verdict::Invited)
            .count();
        let verdict = if !is_address(&address) {
            Verdict::NoAddress
        } else if judged.iter().any(|(known, _)| same(known, &address)) {
            Verdict::Twice
        } else if members.iter().any(|member| same(member, &address)) {
            Verdict::Member
        } else if invited >= MOST_INVITED {
            Verdict::TooMany
        } else {
            Verdict::Invited
        };
        judged.push((address, verdict));
    }
    judged
}

fn review(slug: &str, roster: &Roster, to: &str, role: &str, chosen: &[String], sso: bool) -> AnyView {
    let members: Vec<String> = roster
        .team
        .members
        .iter()
        .filter_map(|member| member.primary_email.clone())
        .collect();
    let judged = judged(to, &members);
    let invitations: Vec<Invitation> = judged
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::Invited)
        .map(|(email, _)| Invitation {
            email: email.clone(),
            role: role.to_owned(),
            projects: chosen.to_vec(),
            require_sso: sso.then_some(true),
        })
        .collect();
    let rows: Vec<_> = judged
        .into_iter()
        .map(|(address, verdict)| {
            let (tone, icon, word) = verdict.said();
            view! { <li class="verdict"><bdi>{address}</bdi> " " <Badge plain=true tone icon word/></li> }
        })
        .collect();
    let count = invitations.len();
    let closed = (count == 0).then(|| "Nobody of these can be invited.".to_owned());
    let submit = if count == 1 {
        "Invite 1 person".to_owned()
    } else {
        format!("Invite {count} people")
    };
    // ok: invitations can always be written.
    let sent = serde_json::to_string(&invitations).unwrap_or_default();
    let (next, back, slug) = (paths::organization_members(slug), here(), slug.to_owned());
    let place = if chosen.is_empty() {
        "in all of the organization".to_owned()
    } else {
        let names = roster
            .projects
            .iter()
            .flatten()
            .filter(|project| chosen.contains(&project.project));
        format!(
            "in {}",
            names.map(|project| project.name.clone()).collect::<Vec<_>>().join(", ")
        )
    };
    let title = format!("As {} {place}", roles::said(role));
    view! {
        <Card title hint="Nothing was sent yet.">
            <ul class="verdicts">{rows}</ul>
            <OperationForm operation=OperationId::InviteMembers next back submit kind=ButtonKind::Primary disabled_because=closed>
                <input type="hidden" name="slug" value=slug/>
                <input type="hidden" name="invitations" value=sent/>
            </OperationForm>
        </Card>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_is_judged_one_by_one() {
        let text = "Mercator <mercator@example.com>;\nhypatia@example.com\nemmy@example.com, Grace@example.com\n\
                    gauss(at)example.com  sophie@bounced.example hypatia@EXAMPLE.com a@b";
        let judged = judged(text, &["grace@example.com".to_owned()]);
        let expected = [
            ("mercator@example.com", Verdict::Invited),
            ("hypatia@example.com", Verdict::Invited),
            ("emmy@example.com", Verdict::Invited),
            ("Grace@example.com", Verdict::Member),
            ("gauss(at)example.com", Verdict::NoAddress),
            ("sophie@bounced.example", Verdict::Invited),
            ("hypatia@EXAMPLE.com", Verdict::Twice),
            ("a@b", Verdict::NoAddress),
        ];
        assert_eq!(judged, expected.map(|(address, verdict)| (address.to_owned(), verdict)));
    }

    #[test]
    fn more_than_one_call_takes_is_left_out() {
        let many: Vec<_> = (0..60).map(|at| format!("a{at}@example.com")).collect();
        let judged = judged(&many.join(" "), &[]);
        let invited = judged.iter().filter(|(_, verdict)| *verdict == Verdict::Invited);
        assert_eq!((invited.count(), judged[55].1), (50, Verdict::TooMany));
    }
}
