//! The frame around every page of a signed-in person, filled from the address: menu, breadcrumbs, switchers.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{components::Outlet, hooks::use_location};
use management_api::{Operation, organizations::ListOrganizations, projects::ListProjects};

use super::{
    layout::{Crumb, Layout, NavItem, Switcher},
    page::Page,
    place_name::PlaceName,
};
use crate::{
    call::call,
    error::ConsoleError,
    navigation::Place,
    paths,
    ui::{Notice, Tone},
};

#[component]
pub fn Console() -> impl IntoView {
    let path = use_location().pathname;
    let names = PlaceName::provide();
    let place = Memo::new(move |_| path.with(|path| Place::of(path)));
    let menu = Signal::derive(move || items(&place.get(), &path.get()));
    let crumbs = Signal::derive(move || crumbs(&place.get(), &path.get(), names));
    view! {
        <Layout crumbs menu switchers=move || switchers(place, names)>
            <Done/>
            <Outlet/>
        </Layout>
    }
}

/// The message of a form that was sent without JavaScript; hydrated pages say it in a toast.
#[component]
fn Done() -> impl IntoView {
    let page = Page::current();
    move || {
        let message = page.notice()?.outcome.ok()?;
        Some(view! { <Notice tone=Tone::Success title=message/> })
    }
}

fn items(place: &Place, path: &str) -> Vec<NavItem> {
    place
        .entries()
        .iter()
        .map(|entry| {
            let href = (entry.path)(place.name());
            NavItem {
                label: entry.title,
                current: href == path,
                icon: entry.icon,
                group: entry.group,
                href,
            }
        })
        .collect()
}

fn crumbs(place: &Place, path: &str, names: PlaceName) -> Vec<Crumb> {
    let link = |label: &str, href: String| Crumb {
        label: label.to_owned(),
        href: Some(href),
    };
    let mut crumbs = match place {
        Place::Account if path.starts_with(paths::ORGANIZATIONS) => {
            vec![link("Organizations", paths::ORGANIZATIONS.to_owned())]
        }
        Place::Account => vec![link("Projects", paths::PROJECTS.to_owned())],
        Place::Organization(slug) => vec![
            link("Organizations", paths::ORGANIZATIONS.to_owned()),
            link(&names.of(slug), paths::organization(slug)),
        ],
        Place::Project(reference) => vec![
            link("Projects", paths::PROJECTS.to_owned()),
            link(&names.of(reference), paths::project(reference)),
        ],
    };
    match place {
        Place::Account if path == paths::NEW_PROJECT || path == paths::NEW_ORGANIZATION => {
            crumbs.push(Crumb {
                label: "New".to_owned(),
                href: None,
            });
        }
        // The list itself: its own crumb is the page.
        Place::Account => crumbs.iter_mut().for_each(|crumb| crumb.href = None),
        Place::Organization(_) | Place::Project(_) => {
            if let Some(entry) = place.entries().iter().find(|entry| (entry.path)(place.name()) == path) {
                crumbs.push(Crumb {
                    label: entry.title.to_owned(),
                    href: None,
                });
            }
        }
    }
    crumbs
}

fn switchers(place: Memo<Place>, names: PlaceName) -> impl IntoView {
    let organization = move || match place.get() {
        Place::Organization(slug) => names.of(&slug),
        Place::Account | Place::Project(_) => "Organizations".to_owned(),
    };
    let project = move || match place.get() {
        Place::Project(reference) => names.of(&reference),
        Place::Account | Place::Organization(_) => "Projects".to_owned(),
    };
    view! {
        <LazySwitcher
            id="switch-organization"
            label="Organization"
            current=Signal::derive(organization)
            all=("All organizations", paths::ORGANIZATIONS)
            new=("New organization", paths::NEW_ORGANIZATION)
            fetch=|| ListOrganizations {}
            entry=|organization| (organization.name, paths::organization(&organization.slug))
        />
        <LazySwitcher
            id="switch-project"
            label="Project"
            current=Signal::derive(project)
            all=("All projects", paths::PROJECTS)
            new=("New project", paths::NEW_PROJECT)
            fetch=|| ListProjects {}
            entry=|project| (project.name, paths::project(&project.reference))
        />
    }
}

/// Names and links of a switcher, once somebody has asked for them.
type Entries = Option<Result<Vec<(String, String)>, ConsoleError>>;

/// A switcher that asks for its entries only when somebody turns to it: most pages are read without.
/// Without JavaScript it leads to the lists.
#[component]
fn LazySwitcher<O, T>(
    id: &'static str,
    label: &'static str,
    current: Signal<String>,
    all: (&'static str, &'static str),
    new: (&'static str, &'static str),
    fetch: fn() -> O,
    entry: fn(T) -> (String, String),
) -> impl IntoView
where
    O: Operation<Output = Vec<T>>,
    T: Clone + Send + Sync + 'static,
{
    let entries = RwSignal::<Entries>::new(None);
    let asked = StoredValue::new(false);
    let ask = move || {
        if asked.get_value() {
            return;
        }
        asked.set_value(true);
        spawn_local(async move {
            let answer = call(fetch()).await.map(|list| {
                let mut list: Vec<_> = list.into_iter().map(entry).collect();
                list.sort_by_cached_key(|(name, _)| name.to_lowercase());
                list
            });
            // An error is shown now, and the next opening asks again.
            asked.try_set_value(answer.is_ok());
            entries.try_set(Some(answer));
        });
    };
    view! {
        <div class="switcher-slot" on:click=move |_| ask() on:focusin=move |_| ask()>
            <Switcher id label current>
                <ul class="menu-list">
                    <li><a href=all.1>{all.0}</a></li>
                    {move || list(entries.get())}
                    <li><a href=new.1>{new.0}</a></li>
                </ul>
            </Switcher>
        </div>
    }
}

fn list(entries: Entries) -> AnyView {
    match entries {
        None => ().into_any(),
        Some(Err(error)) => view! { <li class="menu-note" role="alert">{error.to_string()}</li> }.into_any(),
        Some(Ok(entries)) => entries
            .into_iter()
            .map(|(name, href)| view! { <li><a href=href><bdi>{name}</bdi></a></li> })
            .collect_view()
            .into_any(),
    }
}
