//! What one person is given of just-in-time access: put together here, looked at, and only then sent, since it takes the
//! place of all that they had.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use management_api::{OperationId, database::JitRole};
use time::OffsetDateTime;

use super::{
    jit,
    jit_roles::{BRANCHES, NETWORKS, ROLE, Typed, UNTIL, said, together},
};
use crate::{
    components::{
        head::Head,
        operation_form::{OperationForm, ProjectRef, why_not},
        query::{ask, loaded},
    },
    error::ConsoleError,
    page::{Page, Sheet},
    pages::{choice, parameter},
    paths,
    server_fns::access::{JitChoice, JitPerson, jit_choice_of},
    ui::{
        Button, ButtonKind, Card, Choice, Frame, Icon, SelectField, Shape, TextField,
        field::{Area, area, tick},
    },
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/jit/grant",
    title: "Give access",
    icon: Icon::Plus,
    group: None,
    parent: Some(&jit::PAGE),
    operation: Some(OperationId::UpdateJitAccess),
    sheet: Some(Sheet::Configure),
    view: || view! { <GiveAccess/> }.into_any(),
};

/// In the address: whom it is for, and the roles that are taken away.
const PERSON: &str = "person";
const DROP: &str = "drop";
/// In the address: whom it is for, where that is somebody from outside the organization.
const INVITE: &str = "invite";

#[component]
pub fn GiveAccess() -> impl IntoView {
    let project = parameter("ref");
    let read = {
        let project = project.clone();
        ask(move || jit_choice_of(project.clone()))
    };
    view! {
        <Head page=&PAGE hint="For one member: the roles, how long and from where. What comes of it is shown before it is sent." narrow=true/>
        {loaded("grant", read, Shape::Form, move |all| drawn(&project, &all))}
    }
}

/// What the address asks for.
struct Asked {
    person: String,
    invite: String,
    typed: Typed,
    dropped: Vec<String>,
}

impl Asked {
    fn read() -> Self {
        Self {
            person: choice(PERSON),
            invite: choice(INVITE).trim().to_owned(),
            typed: Typed {
                role: choice(ROLE),
                until: choice(UNTIL),
                networks: choice(NETWORKS),
                branches_only: choice(BRANCHES) == "true",
            },
            dropped: use_query_map().with_untracked(|query| query.get_all(DROP).unwrap_or_default()),
        }
    }

    /// The roles that the person is to have; `None` while nothing is asked for.
    fn roles(&self, had: &[JitRole]) -> Option<Result<Vec<JitRole>, ConsoleError>> {
        let new = (self.typed != Typed::default()).then(|| self.typed.role(OffsetDateTime::now_utc()));
        if !self.invite.is_empty() {
            return Some(match self.invite.contains('@') {
                true => new.transpose().map(|new| new.into_iter().collect()),
                false => Err(ConsoleError::invalid(INVITE, "This is no e-mail address.")),
            });
        }
        if self.person.is_empty() || (new.is_none() && self.dropped.is_empty()) {
            return None;
        }
        Some(new.transpose().map(|new| together(had, &self.dropped, new)))
    }
}

fn drawn(project: &str, all: &JitChoice) -> AnyView {
    let asked = Asked::read();
    let person = all
        .people
        .iter()
        .find(|one| one.id.as_deref() == Some(asked.person.as_str()));
    let had = person.map(|person| person.roles.clone()).unwrap_or_default();
    let roles = asked.roles(&had);
    let wrong = match &roles {
        Some(Err(ConsoleError::Invalid { field, message })) => {
            Some((field.clone().unwrap_or_default(), message.clone()))
        }
        Some(_) | None => None,
    };
    let form = form(project, all, &asked, &had, wrong);
    let review = match roles {
        Some(Ok(roles)) if !asked.invite.is_empty() => Some(invitation(project, &asked.invite, roles)),
        Some(Ok(roles)) => Some(review(project, all, &asked.person, person, roles)),
        Some(Err(_)) | None => None,
    };
    view! {
        <div class="stack key-page">
            {review}
            <Card title="What is given">{form}</Card>
        </div>
    }
    .into_any()
}

fn form(project: &str, all: &JitChoice, asked: &Asked, had: &[JitRole], wrong: Option<(String, String)>) -> AnyView {
    let error = |name: &str| {
        wrong
            .as_ref()
            .filter(|(field, _)| field == name)
            .map(|(_, says)| says.clone())
    };
    let person = if all.members.is_empty() {
        view! {
            <TextField name=PERSON label="Person" hint="The member\u{2019}s id. The members\u{2019} names are not known here." value=asked.person.clone() mono=true/>
        }
        .into_any()
    } else {
        let mut choices = vec![Choice::new("", "Choose\u{2026}")];
        choices.extend(
            all.members
                .iter()
                .map(|(id, name)| Choice::new(id.clone(), name.clone())),
        );
        view! { <SelectField name=PERSON label="Person" choices value=asked.person.clone()/> }.into_any()
    };
    let had: Vec<_> = had
        .iter()
        .enumerate()
        .map(|(at, role)| {
            let (id, name) = (format!("drop-{at}"), role.role.clone());
            let dropped = asked.dropped.contains(&name);
            let says = said(role);
            view! {
                <li><label class="tick"><input type="checkbox" id=id name=DROP value=name checked=dropped/><span>"Take away " {says}</span></label></li>
            }
        })
        .collect();
    let had = (!had.is_empty())
        .then(|| view! { <fieldset class="jit-had"><legend>"Has now"</legend><ul>{had}</ul></fieldset> });
    let frame = Frame {
        help: "Addresses or ranges, one a line. Empty lets the connection come from anywhere.".to_owned(),
        error: error(NETWORKS),
        ..Frame::new(NETWORKS, "From")
    };
    let networks = area(
        &frame,
        Area {
            text: asked.typed.networks.clone(),
            rows: 3,
            placeholder: "203.0.113.0/24".to_owned(),
            mono: true,
            masked: false,
        },
    );
    let networks = frame.around(networks);
    let here = paths::jit_grant(project, "");
    let closed = why_not(OperationId::UpdateJitAccess);
    view! {
        <form class="check" method="get" action=here>
            {person}
            <TextField name=INVITE label="Or somebody from outside" hint="An e-mail address: they get an invitation, and belong to no organization by it." kind="email" value=asked.invite.clone() error=error(INVITE)/>
            {had}
            <TextField name=ROLE label="Role" hint="A role of the database, such as postgres. One that the person has already is given anew." value=asked.typed.role.clone() error=error(ROLE) mono=true/>
            <TextField name=UNTIL label="Until" hint="In UTC. Empty gives it without an end." kind="datetime-local" value=asked.typed.until.clone() error=error(UNTIL)/>
            {networks}
            {tick(
                Frame {
                    help: "The project itself cannot be reached then.".to_owned(),
                    ..Frame::new(BRANCHES, "On branches only")
                },
                asked.typed.branches_only,
            )}
            <div class="form-actions"><Button kind=ButtonKind::Secondary submit=true disabled_because=closed>"Look at it"</Button></div>
        </form>
    }
    .into_any()
}

/// What somebody from outside is to have, and the button that invites them.
fn invitation(project: &str, email: &str, roles: Vec<JitRole>) -> AnyView {
    // ok: roles can always be written.
    let sent = serde_json::to_string(&roles).unwrap_or_default();
    let shown: Vec<_> = roles.iter().map(|role| view! { <li>{said(role)}</li> }).collect();
    let (next, back) = (paths::settings(project, "jit"), crate::components::error_view::here());
    let (reference, email) = (project.to_owned(), email.to_owned());
    view! {
        <Card title=format!("What {email} has then") hint="Nothing was sent yet. They get an e-mail, and have nothing until they accept.">
            <ul class="jit-roles">{shown}</ul>
            <OperationForm operation=OperationId::InviteToJit next back submit="Send the invitation" kind=ButtonKind::Primary>
                <ProjectRef reference/>
                <input type="hidden" name="email" value=email/>
                <input type="hidden" name="roles" value=sent/>
            </OperationForm>
        </Card>
    }
    .into_any()
}

/// What the person is to have, and the button that sends it.
fn review(project: &str, all: &JitChoice, id: &str, person: Option<&JitPerson>, roles: Vec<JitRole>) -> AnyView {
    let member = all
        .members
        .iter()
        .find(|(member, _)| member == id)
        .map(|(_, name)| name.clone());
    let name = person
        .map(|person| person.name.clone())
        .or(member)
        .unwrap_or_else(|| id.to_owned());
    // ok: roles can always be written.
    let sent = serde_json::to_string(&roles).unwrap_or_default();
    let none = roles.is_empty();
    let shown: Vec<_> = roles.iter().map(|role| view! { <li>{said(role)}</li> }).collect();
    let (next, back) = (paths::settings(project, "jit"), crate::components::error_view::here());
    let (reference, id) = (project.to_owned(), id.to_owned());
    view! {
        <Card title=format!("What {name} has then") hint="Nothing was sent yet. It takes the place of all that the person has now.">
            {if none { view! { <p>"No role: the access is taken away."</p> }.into_any() } else { view! { <ul class="jit-roles">{shown}</ul> }.into_any() }}
            <OperationForm operation=OperationId::UpdateJitAccess next back submit="Set the access" kind=ButtonKind::Primary>
                <ProjectRef reference/>
                <input type="hidden" name="user_id" value=id/>
                <input type="hidden" name="roles" value=sent/>
            </OperationForm>
        </Card>
    }
    .into_any()
}
