//! The keys that apps call a project's APIs with: each kind apart, with what it may do and where it belongs.

use leptos::prelude::*;
use management_api::OperationId;

use super::{legacy, parts::value, reference};
use crate::{
    components::{
        head::Head,
        list::List,
        module::Module,
        operation_form::why_not,
        query::{ask, loaded},
        when::{To, When},
    },
    page::{Group, Page, Sheet},
    paths,
    server_fns::keys::{KeyKind, KeyRow, Keys, keys_of},
    ui::{ButtonKind, ButtonLink, Empty, Icon, Shape, row_link},
};

pub const PAGE: Page = Page {
    route: "/projects/:ref/keys",
    title: "API keys",
    icon: Icon::Key,
    group: Some(Group::Secure),
    parent: Some(&crate::pages::projects::overview::PAGE),
    operation: Some(OperationId::ListApiKeys),
    sheet: Some(Sheet::Build),
    view: || view! { <ProjectKeys/> }.into_any(),
};

/// With more keys of one kind than this, they can be searched.
const MANY: usize = 8;

#[component]
pub fn ProjectKeys() -> impl IntoView {
    let project = reference();
    let all = {
        let project = project.clone();
        ask(move || keys_of(project.clone()))
    };
    let actions = actions(&project);
    view! {
        <Head page=&PAGE actions=move || actions/>
        {loaded("keys", all, Shape::Rows, move |all| drawn(&project, all))}
        <Module name="reveal"/>
    }
}

fn actions(project: &str) -> AnyView {
    let (publishable, secret) = (
        paths::new_key(project, "publishable"),
        paths::new_key(project, "secret"),
    );
    let closed = why_not(OperationId::CreateApiKey);
    // Closed they are one, with one reason.
    let other = closed
        .is_none()
        .then(|| view! { <ButtonLink href=publishable>"New publishable key"</ButtonLink> });
    let words = if closed.is_some() { "New key" } else { "New secret key" };
    view! {
        {other}
        <ButtonLink href=secret kind=ButtonKind::Primary icon=Icon::Plus disabled_because=closed>{words}</ButtonLink>
    }
    .into_any()
}

fn drawn(project: &str, all: Keys) -> AnyView {
    let others = all.of(KeyKind::Other);
    let others = (!others.is_empty()).then(|| {
        let about = "Steward does not know this kind of key yet, so it says nothing of what it opens.";
        group(
            "Others",
            about,
            table(project, ("other key", "other keys"), others.len()).draw(others),
        )
    });
    let legacy = legacy::group(project, &all);
    let (publishable, secret) = (all.of(KeyKind::Publishable), all.of(KeyKind::Secret));
    let publishable = table(project, ("publishable key", "publishable keys"), publishable.len())
        .empty(|| empty("No publishable key", "Apps that people hold in their hands need one."))
        .draw(publishable);
    let secret = table(project, ("secret key", "secret keys"), secret.len())
        .empty(|| {
            empty(
                "No secret key",
                "Servers that must pass over row level security need one each.",
            )
        })
        .draw(secret);
    view! {
        {group(
            "Publishable",
            "For browsers, apps and whatever a reader can open. Row level security decides what they reach.",
            publishable,
        )}
        {group(
            "Secret",
            "For servers only, best one for each. They pass over row level security; a browser that sends one is turned away (401).",
            secret,
        )}
        {legacy}
        {others}
    }
    .into_any()
}

fn group(title: &'static str, about: &'static str, table: AnyView) -> AnyView {
    view! {
        <section class="key-group">
            <div class="key-about"><h2>{title}</h2><p>{about}</p></div>
            <div class="key-list">{table}</div>
        </section>
    }
    .into_any()
}

fn empty(title: &'static str, sentence: &'static str) -> AnyView {
    view! { <Empty icon=Icon::Key title sentence/> }.into_any()
}

/// The keys of one kind.
pub(super) fn table(project: &str, nouns: (&'static str, &'static str), count: usize) -> List<KeyRow> {
    let (of, links) = (project.to_owned(), project.to_owned());
    let list = List::new(nouns, paths::keys(project), |key: &KeyRow| key.id.clone())
        .column("Name", move |key| name(&links, key))
        .column("Key", move |key| value(&of, key))
        .column("Description", description)
        .column("Made", |key| match key.made.clone() {
            Some(at) => view! { <When at to=To::Day/> }.into_any(),
            None => "\u{2014}".into_any(),
        });
    if count > MANY {
        list.search("Search keys", |key| {
            vec![key.name.clone(), key.description.clone(), key.shown.clone()]
        })
    } else {
        list
    }
}

fn name(project: &str, key: &KeyRow) -> AnyView {
    match key.kind {
        // Nothing of them can be changed one by one.
        KeyKind::Legacy => view! { <span class="mono">{key.name.clone()}</span> }.into_any(),
        KeyKind::Publishable | KeyKind::Secret | KeyKind::Other => {
            let href = paths::key(project, &key.id);
            row_link(&href, &key.name).into_any()
        }
    }
}

fn description(key: &KeyRow) -> AnyView {
    match (key.kind, key.name.as_str(), key.description.as_str()) {
        (KeyKind::Legacy, "anon", _) => "Public, like a publishable key".into_any(),
        (KeyKind::Legacy, "service_role", _) => "Secret, like a secret key".into_any(),
        (_, _, "") => view! { <span class="quiet">"No description"</span> }.into_any(),
        (_, _, text) => view! { <bdi>{text.to_owned()}</bdi> }.into_any(),
    }
}
