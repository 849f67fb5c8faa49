//! Finding: what there is to go to, and what of it fits.

mod rank;

use futures::future::join_all;
use management_api::{
    Operation, OperationId, Scope, branches::ListBranches, functions::ListFunctions, organizations::ListOrganizations,
    projects::ListProjects, secrets::ListSecrets,
};

use crate::{
    backend::{self, BackendHandle, Named, narrow},
    explorer::title,
    page::{self, Page, Parameters},
    paths,
    server_fns::find::{Hit, Kind},
    settings::{Area, Setting},
};

/// Characters that are searched for at most.
const WORDS: usize = 100;

/// See [`find`](crate::server_fns::find::find). What cannot be read is left out: the rest is found all the same.
pub async fn find(words: &str, here: &str, most: usize) -> Vec<Hit> {
    let words: String = words.chars().take(WORDS).collect();
    let Ok(backend) = backend::handle() else {
        return Vec::new();
    };
    let place = Page::at(here).map_or(Scope::Account, |(page, named)| page.scope(&named));
    let mut all = recent(&backend, here);
    all.extend(pages(&place));
    let mut helped = Vec::new();
    if !words.trim().is_empty() {
        all.extend(listed(&backend, &place).await);
        all.extend(OperationId::ALL.iter().map(|id| {
            let side = format!("{} {}", id.row().method.as_str(), id.row().path);
            hit(Kind::Operation, title(*id), side, paths::explorer_operation(*id))
        }));
        helped = settings(&place);
    }
    let all = all.into_iter().map(|hit| (hit, "")).chain(helped);
    rank::rank(&words, all.collect(), most)
}

fn hit(kind: Kind, title: impl Into<String>, side: impl Into<String>, href: impl Into<String>) -> Hit {
    Hit {
        kind,
        title: title.into(),
        marks: Vec::new(),
        side: side.into(),
        href: href.into(),
    }
}

/// Pages that the person was on, the latest first; not the one they are on.
fn recent(backend: &BackendHandle, here: &str) -> Vec<Hit> {
    let one = |path: String| {
        let (page, named) = Page::at(&path)?;
        Some(page_hit(Kind::Recent, page, &named, path.clone()))
    };
    let pages = backend.recent().into_iter().filter(|path| path != here);
    pages.filter_map(one).collect()
}

/// The pages of the place's menu, and of the account's.
fn pages(place: &Scope) -> Vec<Hit> {
    let mut scopes = vec![place];
    if *place != Scope::Account {
        scopes.push(&Scope::Account);
    }
    let of = |scope: &Scope| {
        let named = Parameters::of(scope);
        let pages = page::menu(scope).into_iter();
        pages
            .map(|(_, page)| page_hit(Kind::Page, page, &named, page.href(&named)))
            .collect::<Vec<_>>()
    };
    scopes.into_iter().flat_map(of).collect()
}

/// A page goes by its title, and by what it is about where that is not its own.
fn page_hit(kind: Kind, page: &'static Page, named: &Parameters, href: String) -> Hit {
    let place = page.scope(named).key().map(backend::name_of).unwrap_or_default();
    if page.is_a_place() {
        return hit(kind, place, page.title, href);
    }
    let group = page.group.map(page::Group::title).unwrap_or_default();
    let side = if place.is_empty() { group } else { &place };
    hit(kind, page.title, side, href)
}

/// The settings of the project, by what people call them and by the API's names, and what is said of them.
fn settings(place: &Scope) -> Vec<(Hit, &'static str)> {
    let Scope::Project(project) = place else {
        return Vec::new();
    };
    let of = |area: &'static Area| {
        let setting = move |setting: &'static Setting| {
            let href = format!("{}#setting-{}", paths::settings(project, area.key), setting.name);
            let side = format!("{} {}", area.title, setting.name);
            (hit(Kind::Setting, setting.label, side, href), setting.help)
        };
        area.settings().map(setting)
    };
    Area::ALL.into_iter().flat_map(of).collect()
}

/// What the person's lists hold: asked for only where no list has passed by lately.
async fn listed(backend: &BackendHandle, place: &Scope) -> Vec<Hit> {
    let mut lists = vec![
        (Kind::Project, ListProjects::ID, Scope::Account),
        (Kind::Organization, ListOrganizations::ID, Scope::Account),
    ];
    if let Scope::Project(_) = place {
        let inside = [
            (Kind::Branch, ListBranches::ID),
            (Kind::Function, ListFunctions::ID),
            (Kind::Secret, ListSecrets::ID),
        ];
        lists.extend(inside.map(|(kind, id)| (kind, id, place.clone())));
    }
    let each = lists.into_iter().map(|(kind, id, scope)| async move {
        if backend.listed(id, &scope).is_none() {
            ask(backend, kind, &scope).await;
        }
        let found = backend.listed(id, &scope).unwrap_or_default();
        let name = scope.key().map(backend::name_of).unwrap_or_default();
        let one = |named: Named| thing(kind, named, &scope, &name);
        found.into_iter().map(one).collect::<Vec<_>>()
    });
    join_all(each).await.into_iter().flatten().collect()
}

/// What it answers is remembered on its way.
async fn ask(backend: &BackendHandle, kind: Kind, scope: &Scope) {
    let project = scope.key().unwrap_or_default().to_owned();
    // A list that is refused is one that nothing is found in.
    match kind {
        Kind::Project => drop(narrow(backend, &ListProjects {}).await),
        Kind::Organization => drop(narrow(backend, &ListOrganizations {}).await),
        Kind::Branch => drop(narrow(backend, &ListBranches { project }).await),
        Kind::Function => drop(narrow(backend, &ListFunctions { project }).await),
        Kind::Secret => drop(narrow(backend, &ListSecrets { project }).await),
        Kind::Recent | Kind::Page | Kind::Setting | Kind::Operation => {}
    }
}

fn thing(kind: Kind, Named { key, name, .. }: Named, scope: &Scope, place: &str) -> Hit {
    match kind {
        Kind::Organization => hit(kind, name, key.clone(), paths::organization(&key)),
        Kind::Branch => hit(kind, name, place, paths::branch(scope.key().unwrap_or_default(), &key)),
        Kind::Function => hit(
            kind,
            name,
            place,
            paths::function(scope.key().unwrap_or_default(), &key),
        ),
        Kind::Secret => hit(kind, name, place, paths::secrets(scope.key().unwrap_or_default())),
        Kind::Project | Kind::Recent | Kind::Page | Kind::Setting | Kind::Operation => {
            hit(kind, name, key.clone(), paths::project(&key))
        }
    }
}
