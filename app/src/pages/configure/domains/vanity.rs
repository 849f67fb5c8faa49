//! A vanity subdomain: a name under Supabase's domain that is easier to remember than the project's ref.

use leptos::prelude::*;
use management_api::OperationId;

use super::hostname;
use crate::{
    components::{
        copyable::Copyable,
        error_view::problem,
        head::Head,
        margin::{Note, WithMargin},
        operation_form::{OperationForm, ProjectRef, why_not},
        query::{ask, loaded},
    },
    islands::filter::AskingForm,
    page::{Page, Sheet},
    pages::{choice, configure::thing, parameter},
    paths,
    server_fns::domains::{Vanity, vanity_of},
    ui::{Badge, Button, ButtonKind, Card, Icon, Notice, Shape, TextField, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/settings/hostname/vanity",
    title: "Vanity subdomain",
    icon: Icon::Globe,
    group: None,
    parent: Some(&hostname::PAGE),
    operation: Some(OperationId::GetVanitySubdomain),
    sheet: Some(Sheet::Configure),
    view: || view! { <VanitySubdomain/> }.into_any(),
};

/// What the service takes for a name.
const NAME: &str = "[A-Za-z0-9]([A-Za-z0-9\\-]{1,61}[A-Za-z0-9])";
const NAME_SAYS: &str = "3 to 63 letters, digits and hyphens, no hyphen at either end.";

#[component]
pub fn VanitySubdomain() -> impl IntoView {
    let project = parameter("ref");
    let wanted = choice("name").trim().to_lowercase();
    let read = {
        let (project, wanted) = (project.clone(), wanted.clone());
        ask(move || vanity_of(project.clone(), Some(wanted.clone()).filter(|name| !name.is_empty())))
    };
    view! {
        <Head page=&PAGE/>
        {loaded("vanity", read, Shape::Form, move |vanity| drawn(&project, &wanted, vanity))}
    }
}

fn drawn(project: &str, wanted: &str, vanity: Vanity) -> AnyView {
    let taken_over = vanity.now.status == "custom-domain-used";
    let now = now(&vanity);
    let another = (!taken_over).then(|| another(project, wanted, &vanity));
    let end = (vanity.now.status == "active").then(|| end(project));
    view! {
        <WithMargin margin=margin>
            <Card title="Now"><div data-region="now">{now}</div></Card>
            {another}
            {end}
        </WithMargin>
    }
    .into_any()
}

fn margin() -> AnyView {
    view! {
        <Note term="What it is">"A name of your choice before Supabase\u{2019}s domain. It needs no DNS records and works at once."</Note>
        <Note term="Or a custom hostname">"A project has one or the other: an active custom hostname takes the vanity subdomain\u{2019}s place."</Note>
        <Note term="How often">"Supabase answers ten such questions a minute, so a name is checked when typing rests, or when you ask."</Note>
    }
    .into_any()
}

fn now(vanity: &Vanity) -> AnyView {
    let badge = |tone, icon, word: &str| view! { <Badge plain=true tone icon word=word.to_owned()/> };
    match (vanity.now.status.as_str(), vanity.now.custom_domain.clone()) {
        ("active", Some(host)) => view! {
            <p>{badge(Tone::Success, Icon::CheckCircle, "Active")}</p>
            <Copyable value=format!("https://{host}") what="address"/>
        }
        .into_any(),
        ("not-used", _) => view! { <p>"The project has no vanity subdomain. It answers under its ref."</p> }.into_any(),
        ("custom-domain-used", _) => view! {
            <p>"An active custom hostname takes its place. Remove that one first to use a vanity subdomain."</p>
        }
        .into_any(),
        (word, host) => {
            let word = word.to_owned();
            view! {
                <p>{badge(Tone::Neutral, Icon::Question, "Not known")} " Supabase says " <code><bdi>{word}</bdi></code> "."</p>
                {host.map(|host| view! { <Copyable value=host what="address"/> })}
            }
            .into_any()
        }
    }
}

/// A name is checked first, and put to use when it can be had.
fn another(project: &str, wanted: &str, vanity: &Vanity) -> AnyView {
    let (here, wanted) = (paths::vanity(project), wanted.to_owned());
    let active = vanity.now.status == "active";
    let title = if active { "Another name" } else { "Choose a name" };
    let closed = why_not(OperationId::CheckVanitySubdomain);
    let answer = vanity.asked.as_ref().map(|(name, answer)| match answer {
        Ok(answer) if answer.available => take(project, name, vanity),
        Ok(_) => view! {
            <Notice tone=Tone::Warning title=format!("\u{201c}{name}\u{201d} cannot be had")>
                "Another project has it, or Supabase keeps it for itself. Try another name."
            </Notice>
        }
        .into_any(),
        Err(error) => {
            let problem = problem(error);
            view! { <Notice tone=Tone::Error title=problem.title>{problem.text}</Notice> }.into_any()
        }
    });
    view! {
        <Card title>
            <AskingForm action=here>
                <TextField name="name" label="Name" hint=NAME_SAYS value=wanted required=true minlength=3 maxlength=63 pattern=NAME pattern_says=NAME_SAYS mono=true/>
                <div class="form-actions"><Button submit=true icon=Icon::Search disabled_because=closed>"Check"</Button></div>
            </AskingForm>
            <div data-region="vanity-answer">{answer}</div>
        </Card>
    }
    .into_any()
}

fn take(project: &str, name: &str, vanity: &Vanity) -> AnyView {
    let here = paths::vanity(project);
    let back = paths::vanity_checked(project, name);
    let before = vanity
        .now
        .custom_domain
        .clone()
        .filter(|_| vanity.now.status == "active");
    let before = before.map(|host| format!(" {host} stops answering then."));
    let (project, name) = (project.to_owned(), name.to_owned());
    let says = format!("\u{201c}{name}\u{201d} can be had");
    view! {
        <Notice tone=Tone::Success title=says>"It is not kept for you until you activate it." {before}</Notice>
        <OperationForm operation=OperationId::ActivateVanitySubdomain next=here back submit="Activate" kind=ButtonKind::Primary>
            <ProjectRef reference=project/>
            <input type="hidden" name="vanity_subdomain" value=name/>
        </OperationForm>
    }
    .into_any()
}

fn end(project: &str) -> AnyView {
    let here = paths::vanity(project);
    let (thing, project) = (thing(project), project.to_owned());
    view! {
        <Card title="Remove" hint="Clients that use this name stop reaching the project at once, and somebody else may take it. The address with the ref works on." danger=true>
            <OperationForm operation=OperationId::DeactivateVanitySubdomain next=here.clone() back=here submit="Remove the name" kind=ButtonKind::Danger thing>
                <ProjectRef reference=project/>
            </OperationForm>
        </Card>
    }
    .into_any()
}
