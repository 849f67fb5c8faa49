//! The frame around every page of a signed-in person, filled from the address: side menu and switchers.

use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use management_api::Scope;

use super::{
    layout::{Current, Layout, MenuEntry, Switcher},
    operation_form::why_not_in,
};
use crate::{
    backend::{self, name_of},
    islands::switcher::Places,
    page::{self, Page, Parameters},
    pages::configure::drift,
    paths,
    server_fns::places::Kind,
};

#[component]
pub fn Console() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let (page, named) = Page::at(&path).unzip();
    let scope = match (page, &named) {
        (Some(page), Some(named)) => page.scope(named),
        _ => Scope::Account,
    };
    let menu = entries(&scope, page);
    view! {
        <Layout menu switchers=move || switchers(&scope)>
            <Outlet/>
        </Layout>
    }
}

/// The menu of a place. The page that is shown is marked, or the nearest above it that stands there.
fn entries(scope: &Scope, page: Option<&'static Page>) -> Vec<MenuEntry> {
    let (menu, named) = (page::menu(scope), Parameters::of(scope));
    let listed = |one: &&Page| menu.iter().any(|(_, entry)| entry == one);
    let current = page.and_then(|page| page.way().find(listed));
    let entry = |(group, page): &(page::Group, &'static Page)| MenuEntry {
        label: page.title,
        icon: page.icon,
        group: *group,
        href: page.href(&named),
        current: Some(*page) == current,
        closed: page.operation.and_then(|operation| why_not_in(operation, scope)),
        wants: wants(page, scope),
    };
    menu.iter().map(entry).collect()
}

/// How many things on the page want attention.
fn wants(page: &Page, scope: &Scope) -> Option<u32> {
    let backend = backend::handle().ok()?;
    match (scope, page.operation) {
        (Scope::Project(project), None) if *page == drift::PAGE => backend.drifting(project),
        (_, operation) => backend.wants_attention(operation?, scope),
    }
}

fn switchers(scope: &Scope) -> impl IntoView + use<> {
    let current = |key: Option<&String>, label: &str| Current {
        label: key.map_or_else(|| label.to_owned(), |key| name_of(key)),
        key: key.cloned(),
    };
    let (organization, project) = match scope {
        Scope::Account => (None, None),
        Scope::Organization(slug) => (Some(slug), None),
        Scope::Project(reference) => (None, Some(reference)),
    };
    let (organization, project) = (current(organization, "Organizations"), current(project, "Projects"));
    view! {
        <Switcher id="switch-organization" label="Organization" current=organization>
            {choices(Kind::Organizations, ("All organizations", paths::ORGANIZATIONS), ("New organization", paths::NEW_ORGANIZATION))}
        </Switcher>
        <span class="bar-slash" aria-hidden="true">"/"</span>
        <Switcher id="switch-project" label="Project" current=project>
            {choices(Kind::Projects, ("All projects", paths::PROJECTS), ("New project", paths::NEW_PROJECT))}
        </Switcher>
    }
}

fn choices(kind: Kind, all: (&'static str, &'static str), new: (&'static str, &'static str)) -> impl IntoView {
    view! {
        <ul class="menu-list"><li><a href=all.1>{all.0}</a></li></ul>
        <Places kind/>
        <ul class="menu-list"><li><a href=new.1>{new.0}</a></li></ul>
    }
}
