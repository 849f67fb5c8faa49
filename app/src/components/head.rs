//! The head of a page: the way to it, its one `h1`, what is worth knowing at once, and what can be done.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use management_api::{Scope, projects::ProjectStatus};

use super::{copyable::Copyable, status::StatusBadge, title::Title};
use crate::{
    backend::{BackendHandle, name_of},
    page::{Page, Parameters},
    ui::{Badge, Icon, Tab, Tabs, Tone},
};

/// One step of the way to a page.
struct Crumb {
    label: String,
    /// `None` for the page itself.
    href: Option<String>,
    /// The slug or ref that stands here until the name is known; see [`crate::islands::place_name`].
    key: Option<String>,
    /// Whether it is a project on the way to one of its pages, whose ref stands beside it.
    project: bool,
}

/// The name of the organization or project that a page is about; its slug or ref until the name is known.
fn place(scope: &Scope) -> Option<(String, String)> {
    match scope {
        Scope::Account => None,
        Scope::Organization(key) | Scope::Project(key) => Some((name_of(key), key.clone())),
    }
}

fn way(page: &'static Page, heading: &str, named: &Parameters) -> Vec<Crumb> {
    let step = |one: &'static Page| {
        let here = one == page;
        let place = place(&one.scope(named)).filter(|_| one.is_a_place());
        // A thing goes by its own name.
        let place = place.or_else(|| {
            let key = named.get(one.thing().filter(|_| !here)?).to_owned();
            Some((name_of(&key), key))
        });
        let (label, key) = match place {
            Some((name, key)) => (name, Some(key)),
            None if here => (heading.to_owned(), None),
            None => (one.title.to_owned(), None),
        };
        Crumb {
            label,
            href: (!here).then(|| one.href(named)),
            project: !here && one.is_a_place() && matches!(one.scope(named), Scope::Project(_)),
            key,
        }
    };
    let mut crumbs: Vec<_> = page.way().map(step).collect();
    crumbs.reverse();
    crumbs
}

fn crumb(crumb: Crumb) -> impl IntoView {
    let current = crumb.href.is_none().then_some("page");
    let reference = crumb.key.clone().filter(|_| crumb.project);
    view! {
        <li class=crumb.project.then_some("crumb-project")>
            <a href=crumb.href aria-current=current>
                <bdi data-name-of=crumb.key>{crumb.label}</bdi>
            </a>
            {reference.clone().and_then(status)}
            {reference.as_deref().and_then(|reference| production(reference, true))}
            {reference.map(|reference| view! { <Copyable value=reference what="project ref"/> })}
        </li>
    }
}

/// The project's status, where it is known without asking.
fn status(project: String) -> Option<AnyView> {
    let status = use_context::<BackendHandle>()?.status_of(&project)?;
    Some(view! { <StatusBadge plain=true status=ProjectStatus::from(status.as_str())/> }.into_any())
}

/// That people have marked the project as production.
fn production(project: &str, plain: bool) -> Option<AnyView> {
    let marked = use_context::<BackendHandle>()?.is_production(project);
    marked.then(|| view! { <Badge plain tone=Tone::Warning icon=Icon::Shield word="Production"/> }.into_any())
}

/// The way to the other pages of the same thing.
fn tabs(page: &'static Page, all: Vec<&'static Page>, named: &Parameters) -> Option<impl IntoView + use<>> {
    let tab = |one: &'static Page| Tab {
        label: if one.thing().is_some() { "Overview" } else { one.title },
        href: one.href(named),
        current: one == page,
    };
    let tabs: Vec<_> = all.into_iter().map(tab).collect();
    (!tabs.is_empty()).then(|| view! { <Tabs label="Pages of the same" tabs/> })
}

#[component]
pub fn Head(
    page: &'static Page,
    /// What the page goes by where that is not its title: the name of what it is about.
    #[prop(optional, into)]
    name: String,
    /// Beside the heading: a status badge.
    #[prop(optional, into)]
    badges: ViewFnOnce,
    /// One sentence under the heading.
    #[prop(optional, into)]
    hint: String,
    /// Under the heading: [`Line`] with the facts that the page opens with.
    #[prop(optional, into)]
    line: ViewFnOnce,
    /// Buttons and links, at the end; one of them primary at most.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// For what is filled in or read: the content is no wider than is good for that.
    #[prop(optional)]
    narrow: bool,
) -> impl IntoView {
    let named = page.named(&use_location().pathname.get_untracked());
    let scope = page.scope(&named);
    let place = place(&scope);
    // The pages of one thing go by its name, and their tabs say which they are.
    let family = page.tabs();
    let root = family.first().copied();
    let thing = root
        .and_then(Page::thing)
        .map(|parameter| named.get(parameter).to_owned());
    let (heading, key) = match (&place, thing) {
        (Some((name, key)), _) if page.is_a_place() => (name.clone(), Some(key.clone())),
        (_, Some(key)) if name.is_empty() => (name_of(&key), Some(key)),
        _ if name.is_empty() => (page.title.to_owned(), None),
        _ => (name.clone(), None),
    };
    let of = match (&place, page.parent) {
        _ if page.is_a_place() => None,
        (Some((place, _)), _) => Some(place.clone()),
        (None, Some(parent)) if !name.is_empty() => Some(parent.title.to_owned()),
        (None, _) => None,
    };
    let title = match of {
        Some(of) => format!("{heading} \u{b7} {of}"),
        None => heading.clone(),
    };
    let title = match root {
        Some(root) if root != page && root.thing().is_some() => format!("{}: {title}", page.title),
        Some(_) | None => title,
    };
    let own = match &scope {
        Scope::Project(reference) if page.is_a_place() => Some(reference.clone()),
        Scope::Project(_) | Scope::Organization(_) | Scope::Account => None,
    };
    let of_crumbs = root.filter(|root| root.thing().is_some()).unwrap_or(page);
    let crumbs = way(of_crumbs, &heading, &named);
    let tabs = tabs(page, family, &named);
    view! {
        <Title text=title/>
        <header class="head" data-width=narrow.then_some("form")>
            <nav class="crumbs" aria-label="Breadcrumbs">
                <ol>{crumbs.into_iter().map(crumb).collect_view()}</ol>
            </nav>
            <div class="page-header">
                <div class="page-title">
                    <h1><bdi data-name-of=key>{heading}</bdi></h1>
                    {badges.run()}
                    {own.and_then(|project| production(&project, false))}
                </div>
                <div class="actions">{actions.run()}</div>
            </div>
            {(!hint.is_empty()).then(|| view! { <p class="lead">{hint}</p> })}
            {line.run()}
            {tabs}
        </header>
    }
    .into_any()
}
