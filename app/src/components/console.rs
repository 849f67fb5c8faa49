//! The frame around every page of a signed-in person, filled from the address: menu, breadcrumbs, switchers.

use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use super::layout::{Crumb, Layout, NavItem, Switcher};
use management_api::OperationId;
use percent_encoding::percent_decode_str;

use crate::{backend::name_of, explorer::title, islands::switcher::Places, navigation::Place, paths, places::Kind};

#[component]
pub fn Console() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let place = Place::of(&path);
    let (menu, crumbs) = (items(&place, &path), crumbs(&place, &path));
    view! {
        <Layout crumbs menu switchers=move || switchers(&place)>
            <Outlet/>
        </Layout>
    }
}

fn items(place: &Place, path: &str) -> Vec<NavItem> {
    let item = |entry: &crate::navigation::Entry| {
        let href = (entry.path)(place.name());
        NavItem {
            label: entry.title,
            current: href == path || (href == paths::EXPLORER && explored(path).is_some()),
            icon: entry.icon,
            group: entry.group,
            href,
        }
    };
    place.entries().iter().map(item).collect()
}

/// The operation that the explorer's page at `path` is about.
fn explored(path: &str) -> Option<OperationId> {
    let name = path.strip_prefix(paths::EXPLORER)?.strip_prefix('/')?;
    percent_decode_str(name).decode_utf8().ok()?.parse().ok()
}

/// The step to a list.
fn list(place: &Place, path: &str) -> Crumb {
    let organizations = ("Organizations", paths::ORGANIZATIONS);
    let (label, href) = match place {
        Place::Account if path.starts_with(paths::ORGANIZATIONS) => organizations,
        Place::Account if path.starts_with(paths::AUDIT) => ("Audit", paths::AUDIT),
        Place::Account if path == paths::SESSIONS => ("Sign-ins", paths::SESSIONS),
        Place::Account if path == paths::EXPLORER || explored(path).is_some() => ("API explorer", paths::EXPLORER),
        Place::Organization(_) => organizations,
        Place::Account | Place::Project(_) => ("Projects", paths::PROJECTS),
    };
    // On the list itself it is the page.
    Crumb {
        label: label.to_owned(),
        href: (href != path).then(|| href.to_owned()),
        key: None,
    }
}

/// The step to one organization or project, if the page is about one. Its name follows, see [`crate::islands::place_name`].
fn one(place: &Place) -> Option<Crumb> {
    let href = match place {
        Place::Account => return None,
        Place::Organization(slug) => paths::organization(slug),
        Place::Project(reference) => paths::project(reference),
    };
    let key = place.name().to_owned();
    Some(Crumb {
        label: name_of(&key),
        href: Some(href),
        key: Some(key),
    })
}

fn crumbs(place: &Place, path: &str) -> Vec<Crumb> {
    let page = match place {
        Place::Account if path == paths::NEW_PROJECT || path == paths::NEW_ORGANIZATION => Some("New".to_owned()),
        Place::Account if path.starts_with(paths::AUDIT) && path != paths::AUDIT => Some("Call".to_owned()),
        Place::Account => explored(path).map(title),
        Place::Organization(_) | Place::Project(_) => place
            .entries()
            .iter()
            .find(|entry| (entry.path)(place.name()) == path)
            .map(|entry| entry.title.to_owned()),
    };
    let page = page.map(|label| Crumb {
        label,
        href: None,
        key: None,
    });
    [Some(list(place, path)), one(place), page]
        .into_iter()
        .flatten()
        .collect()
}

fn switchers(place: &Place) -> impl IntoView + use<> {
    let current = |here: bool, label: &str| {
        let key = here.then(|| place.name().to_owned());
        Crumb {
            label: key.as_deref().map_or_else(|| label.to_owned(), name_of),
            href: None,
            key,
        }
    };
    let organization = current(matches!(place, Place::Organization(_)), "Organizations");
    let project = current(matches!(place, Place::Project(_)), "Projects");
    view! {
        <Switcher id="switch-organization" label="Organization" current=organization>
            {choices(Kind::Organizations, ("All organizations", paths::ORGANIZATIONS), ("New organization", paths::NEW_ORGANIZATION))}
        </Switcher>
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
