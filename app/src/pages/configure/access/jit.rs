//! Just-in-time access: people who may connect to the database as a role, for a while and from somewhere.

use leptos::prelude::*;
use management_api::{OperationId, database::JitAccessConfig};

use super::jit_roles::{ROLE, said};
use crate::{
    components::{
        control::{Holds, control},
        error_view::{error_view, problem},
        head::Head,
        list::{List, RowAction},
        operation_form::{FormState, OperationForm, ProjectRef, why_not},
        query::{ask, loaded},
    },
    form::Form,
    page::{Group, Page, Sheet},
    pages::{choice, parameter, projects},
    paths,
    server_fns::access::{Jit, JitPerson, jit_of},
    ui::{Badge, Button, ButtonKind, ButtonLink, Card, Empty, Frame, Icon, Notice, Shape, TextField, Tone, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/jit",
    title: "Just-in-time access",
    icon: Icon::Clock,
    group: Some(Group::Secure),
    parent: Some(&projects::overview::PAGE),
    operation: Some(OperationId::GetJitAccessConfig),
    sheet: Some(Sheet::Configure),
    view: || view! { <JustInTime/> }.into_any(),
};

/// In the address: where a connection is tried from.
const FROM: &str = "from";

#[component]
pub fn JustInTime() -> impl IntoView {
    let project = parameter("ref");
    let (role, from) = (choice(ROLE), choice(FROM));
    let read = {
        let (project, role, from) = (project.clone(), role.clone(), from.clone());
        ask(move || jit_of(project.clone(), role.clone(), from.clone()))
    };
    let closed = why_not(OperationId::UpdateJitAccess);
    let give = paths::jit_grant(&project, "");
    view! {
        <Head
            page=&PAGE
            hint="Members connect to the database with a token of their own, as a role that they were given, and only for as long."
            actions=move || view! { <ButtonLink href=give kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>"Give access"</ButtonLink> }
        />
        {loaded("jit", read, Shape::Rows, move |jit| drawn(&project, jit, role, from))}
    }
}

fn drawn(project: &str, jit: Jit, role: String, from: String) -> AnyView {
    let switch = match &jit.config {
        Ok(config) => switch(project, config),
        Err(error) => error_view(error.clone()),
    };
    let tried = tried(project, &jit, role, from);
    let people = match jit.people {
        Ok(people) => list(project).draw(people),
        Err(error) => error_view(error),
    };
    let accept = accept(project);
    view! {
        <Card title="State"><div data-region="state">{switch}</div></Card>
        <section class="part" aria-labelledby="people">
            <div class="part-head"><h2 id="people">"Who has access"</h2></div>
            {people}
        </section>
        <Card title="Would I get in?" hint="Asks as the database does when you connect.">{tried}</Card>
        <Card title="Were you invited?" hint="Somebody from outside the organization accepts with what their e-mail says.">{accept}</Card>
    }
    .into_any()
}

/// What somebody who was invited types, once.
fn accept(project: &str) -> AnyView {
    let (here, reference) = (paths::settings(project, "jit"), project.to_owned());
    let state = FormState::of(OperationId::AcceptJitInvitation, "");
    let frame = |name: &'static str, label| Frame {
        error: state.error_of(name),
        ..Frame::new(name, label)
    };
    let email = parameter_of(OperationId::AcceptJitInvitation, &state, frame("email", "Your address"));
    let token = parameter_of(
        OperationId::AcceptJitInvitation,
        &state,
        frame("token", "Token of the e-mail"),
    );
    view! {
        <OperationForm operation=OperationId::AcceptJitInvitation next=here.clone() back=here submit="Accept the invitation">
            <ProjectRef reference/>
            {email}
            {token}
        </OperationForm>
    }
    .into_any()
}

/// The field of a parameter, with what was typed.
fn parameter_of(operation: OperationId, state: &FormState, frame: Frame) -> Option<AnyView> {
    let field = Form::of(operation).field(&frame.name)?;
    let holds = Holds {
        typed: state.typed(&frame.name),
        ..Holds::default()
    };
    Some(control(field, frame, holds))
}

fn reason(word: &str) -> String {
    match word {
        "platform_unsupported" => "The platform that this project runs on does not have it.".to_owned(),
        "postgres_upgrade_required" => "PostgreSQL has to be upgraded first.".to_owned(),
        "ssl_enforcement_required" => "Encrypted connections have to be enforced first.".to_owned(),
        "temporarily_unavailable" => "It is away for now. Try again later.".to_owned(),
        other => format!("Supabase says: {other}."),
    }
}

fn switch(project: &str, config: &JitAccessConfig) -> AnyView {
    let here = paths::settings(project, "jit");
    let (tone, icon, word, says) = match config.state.as_str() {
        "enabled" => (
            Tone::Success,
            Icon::CheckCircle,
            "On".to_owned(),
            "Whoever was given a role connects with it.".to_owned(),
        ),
        "disabled" => (
            Tone::Neutral,
            Icon::Pause,
            "Off".to_owned(),
            "Nobody connects by it, whatever they were given.".to_owned(),
        ),
        "unavailable" => (
            Tone::Warning,
            Icon::Warning,
            "Not available".to_owned(),
            config.reason.as_deref().map(reason).unwrap_or_default(),
        ),
        other => (
            Tone::Neutral,
            Icon::Question,
            other.to_owned(),
            "Steward does not know this state.".to_owned(),
        ),
    };
    let late = (config.applied == Some(false))
        .then(|| view! { <p class="hint">"The database has not taken it over yet."</p> });
    let (to, submit) = match config.state.as_str() {
        "enabled" => ("disabled", "Turn it off"),
        _ => ("enabled", "Turn it on"),
    };
    let closed = (config.state == "unavailable").then(|| "It cannot be turned on just now.".to_owned());
    let reference = project.to_owned();
    view! {
        <p><Badge plain=true tone icon word/></p>
        <p class="hint">{says}</p>
        {late}
        <OperationForm operation=OperationId::UpdateJitAccessConfig next=here.clone() back=here submit disabled_because=closed>
            <ProjectRef reference/>
            <input type="hidden" name="state" value=to/>
        </OperationForm>
    }
    .into_any()
}

fn list(project: &str) -> List<JitPerson> {
    let (of, links) = (project.to_owned(), project.to_owned());
    List::new(("person", "people"), paths::settings(project, "jit"), |person: &JitPerson| {
        person.id.clone().unwrap_or_else(|| person.name.clone())
    })
    .column("Person", move |person| {
        match &person.id {
            Some(id) => row_link(&paths::jit_grant(&links, id), &person.name).into_any(),
            None => view! { <bdi>{person.name.clone()}</bdi> " " <span class="quiet">"invited, has not come yet"</span> }.into_any(),
        }
    })
    .column("Roles", |person| {
        let roles: Vec<_> = person.roles.iter().map(said).collect();
        if roles.is_empty() { "None".into_any() } else { roles.into_any() }
    })
    .actions(move |person| {
        let (operation, label, field) = match (&person.id, &person.invitation) {
            (Some(id), _) => (OperationId::DeleteJitAccess, "Take away", ("user_id", id.clone())),
            (None, Some(id)) => (OperationId::DeleteJitInvitation, "Withdraw", ("invite_id", id.clone())),
            (None, None) => return Vec::new(),
        };
        vec![RowAction {
            operation,
            label,
            of: person.name.clone(),
            fields: vec![("ref", of.clone()), field],
            thing: None,
        }]
    })
    .empty(|| view! {
        <Empty icon=Icon::Members title="Nobody has access" sentence="Give a member a role, and say until when and from where it holds."/>
    })
}

/// Whether the person gets in, asked by a GET form.
fn tried(project: &str, jit: &Jit, role: String, from: String) -> AnyView {
    let here = paths::settings(project, "jit");
    let mine = match &jit.mine {
        Ok(roles) if roles.is_empty() => view! { <p class="hint">"You were given no role."</p> }.into_any(),
        Ok(roles) => {
            let roles: Vec<_> = roles.iter().map(said).collect();
            view! { <p class="hint">"You were given:"</p> {roles} }.into_any()
        }
        Err(error) => view! { <p class="hint">{format!("What you were given is not known: {error}")}</p> }.into_any(),
    };
    let answer = jit.tried.as_ref().map(|tried| match tried {
        Ok(role) => {
            let role = said(role);
            view! { <Notice tone=Tone::Success title="You would get in">{role}</Notice> }.into_any()
        }
        Err(error) => {
            let problem = problem(error);
            view! { <Notice tone=Tone::Warning title="You would not get in">{problem.text}</Notice> }.into_any()
        }
    });
    let closed = why_not(OperationId::AuthorizeJitAccess);
    view! {
        {mine}
        <form class="check" method="get" action=here>
            <TextField name="role" label="Role" hint="A role of the database, such as postgres." value=role required=true mono=true/>
            <TextField name="from" label="Address" hint="Where the connection comes from." value=from required=true placeholder="203.0.113.7" mono=true/>
            <div class="form-actions"><Button submit=true icon=Icon::Search disabled_because=closed>"Try"</Button></div>
        </form>
        {answer}
    }
    .into_any()
}
