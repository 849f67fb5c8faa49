//! PrivateLink: the accounts at AWS whose networks reach the project's databases without the internet.

use leptos::prelude::*;
use management_api::{
    Entity, OperationId,
    projects::{ListPrivateLinks, PrivateLink},
};

use crate::{
    components::{
        copyable::Copyable,
        head::Head,
        list::{List, RowAction},
        operation_form::{Described, OperationForm, ProjectRef, Thing, fields},
        query::{loaded, query},
        when::When,
    },
    page::{Group, Page, Sheet},
    pages::{parameter, projects::overview},
    paths,
    ui::{Badge, ButtonKind, Card, Empty, Icon, Shape, Tone},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/private-link",
    title: "PrivateLink",
    icon: Icon::Link,
    group: Some(Group::Secure),
    parent: Some(&overview::PAGE),
    operation: Some(OperationId::ListPrivateLinks),
    sheet: Some(Sheet::Configure),
    view: || view! { <PrivateLinks/> }.into_any(),
};

const FIELDS: [Described<'static>; 3] = [
    ("aws_account_id", "Account at AWS", "Its number, 12 digits."),
    ("account_name", "What you call it", "At most 128 characters."),
    (
        "database_identifier",
        "Read replica",
        "Its identifier, such as those under Infrastructure. Left empty, the primary database is shared.",
    ),
];

#[component]
fn PrivateLinks() -> impl IntoView {
    let project = parameter("ref");
    let read = query(ListPrivateLinks {
        project: project.clone(),
    });
    let form = form(&project);
    view! {
        <Head page=&PAGE hint="Networks at AWS reach the database without the internet. It takes the Team plan, and is billed."/>
        <div class="stack">
            {loaded("private-link", read, Shape::Rows, move |page| list(&project).draw(page.data))}
            <Card title="Share the database" hint="Whoever runs that account has to accept within 12 hours, in the AWS Resource Access Manager.">{form}</Card>
        </div>
    }
}

/// How far it has come, and what is to be done.
fn status(link: &PrivateLink) -> AnyView {
    let (tone, icon, word, next) = match link.status.as_str() {
        "CREATING" => (Tone::Info, Icon::Clock, "Being shared", ""),
        "READY" => (
            Tone::Warning,
            Icon::Warning,
            "To be accepted",
            "At AWS, within 12 hours of being shared.",
        ),
        "ASSOCIATION_ACCEPTED" => (Tone::Success, Icon::CheckCircle, "Connected", ""),
        "ASSOCIATION_REQUEST_EXPIRED" => (
            Tone::Error,
            Icon::Error,
            "Not accepted in time",
            "Stop sharing it, and share it anew.",
        ),
        "CREATION_FAILED" => (
            Tone::Error,
            Icon::Error,
            "Failed",
            "Supabase\u{2019}s support has to look at it.",
        ),
        "DELETING" => (Tone::Info, Icon::Clock, "Being ended", ""),
        other => (Tone::Neutral, Icon::Question, other, ""),
    };
    let next = (!next.is_empty()).then(|| view! { " " <span class="quiet">{next}</span> });
    let word = word.to_owned();
    view! { <Badge plain=true tone icon word/> {next} }.into_any()
}

fn list(project: &str) -> List<Entity<PrivateLink>> {
    let of = project.to_owned();
    List::new(("account", "accounts"), paths::private_link(project), |link: &Entity<PrivateLink>| {
        link.id.clone()
    })
    .column("Account at AWS", |link| {
        let name = link.account_name.clone();
        view! { <code>{link.aws_account_id.clone()}</code> {name.map(|name| view! { " " <span class="quiet"><bdi>{name}</bdi></span> })} }
    })
    .column("Database", |link| {
        if is_primary(link) {
            "Primary".into_any()
        } else {
            view! { "Read replica " <code>{link.database_identifier.clone()}</code> }.into_any()
        }
    })
    .column("State", |link| status(link))
    .column("Its address there", |link| match link.custom_dns_name.clone() {
        Some(value) => view! { <Copyable value what="address of the database"/> }.into_any(),
        None => "Not known yet".into_any(),
    })
    .column("Shared", |link| match link.shared_at.clone() {
        Some(at) => view! { <When at/> }.into_any(),
        None => "Not yet".into_any(),
    })
    .actions(move |link| {
        let account = link.aws_account_id.clone();
        let mut fields = vec![("ref", of.clone()), ("aws_account_id", account.clone())];
        // A replica's end has an operation of its own, and goes by the replica's identifier.
        let (operation, key) = if is_primary(link) {
            (OperationId::DeletePrivateLink, account.clone())
        } else {
            fields.push(("database_identifier", link.database_identifier.clone()));
            (OperationId::DeletePrivateLinkOfDatabase, link.database_identifier.clone())
        };
        vec![RowAction {
            operation,
            label: "Stop sharing",
            of: account,
            fields,
            thing: Some(Thing::Named(key)),
        }]
    })
    .empty(|| view! {
        <Empty icon=Icon::Link title="No account at AWS" sentence="The databases are reached over the internet alone, through the pooler or directly."/>
    })
}

/// A word that came later is taken for the primary: ending that one is refused where it is not shared.
fn is_primary(link: &PrivateLink) -> bool {
    link.database_type != "READ_REPLICA"
}

fn form(project: &str) -> AnyView {
    let operation = OperationId::CreatePrivateLink;
    let here = paths::private_link(project);
    let reference = project.to_owned();
    view! {
        <OperationForm operation next=here.clone() back=here submit="Share the database" kind=ButtonKind::Primary>
            <ProjectRef reference/>
            {fields(operation, "", &FIELDS, None)}
        </OperationForm>
    }
    .into_any()
}
