//! What is searched for in the bar: projects, organizations, pages and operations of the API.

use leptos::prelude::*;
use management_api::{OperationId, Scope, organizations::ListOrganizations, projects::ListProjects};
use serde::{Deserialize, Serialize};

use super::choice;
use crate::{
    call::call,
    components::{
        head::Head,
        list::{List, holds, words},
        query::{ask, loaded},
    },
    error::ConsoleError,
    explorer::title,
    page::{self, Page, Parameters},
    paths,
    ui::{Empty, Icon, Shape},
};

pub const PAGE: Page = Page {
    route: "/find",
    title: "Search",
    icon: Icon::Search,
    group: None,
    parent: Some(&super::projects::list::PAGE),
    operation: None,
    sheet: None,
    view: || view! { <Find/> }.into_any(),
};

/// Operations at once: there is a list of all of them.
const OPERATIONS: usize = 12;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Hit {
    kind: String,
    title: String,
    /// What else it is known by.
    detail: String,
    href: String,
}

#[component]
pub fn Find() -> impl IntoView {
    let words = words(&choice("q"));
    let hits = ask(move || find(words.clone()));
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("hits", hits, Shape::Rows, |hits| list().draw(hits))}
    }
}

/// Everything that holds all words. What cannot be read is left out: the rest is found all the same.
async fn find(words: Vec<String>) -> Result<Vec<Hit>, ConsoleError> {
    let (projects, organizations) = futures::join!(call(ListProjects {}), call(ListOrganizations {}));
    let project = |project: management_api::projects::Project| {
        let detail = format!("{} {}", project.reference, project.region);
        hit("Projects", project.name, detail, paths::project(&project.reference))
    };
    let organization = |organization: management_api::organizations::Organization| {
        let href = paths::organization(&organization.slug);
        hit("Organizations", organization.name, organization.slug, href)
    };
    let menu = page::menu(&Scope::Account).into_iter();
    let pages = menu.map(|(group, page)| {
        let href = page.href(&Parameters::default());
        hit("Pages", page.title.to_owned(), group.title().to_owned(), href)
    });
    let operation = |id: &OperationId| {
        let href = paths::explorer_operation(*id);
        hit(
            "Operations of the API",
            title(*id),
            format!("{} {}", id.row().method.as_str(), id.row().path),
            href,
        )
    };
    let fits = |hit: &Hit| holds(&[hit.title.clone(), hit.detail.clone()], &words);
    let mut hits: Vec<Hit> = projects
        .unwrap_or_default()
        .into_iter()
        .map(project)
        .filter(fits)
        .collect();
    hits.sort_by_cached_key(|hit| hit.title.to_lowercase());
    hits.extend(
        organizations
            .unwrap_or_default()
            .into_iter()
            .map(organization)
            .filter(fits),
    );
    hits.extend(pages.filter(fits));
    // Without a word every operation would be found.
    if !words.is_empty() {
        hits.extend(OperationId::ALL.iter().map(operation).filter(fits).take(OPERATIONS));
    }
    Ok(hits)
}

fn hit(kind: &str, title: String, detail: String, href: String) -> Hit {
    Hit {
        kind: kind.to_owned(),
        title,
        detail,
        href,
    }
}

fn list() -> List<Hit> {
    List::new(("result", "results"), paths::FIND, |hit: &Hit| hit.href.clone())
        .search_asked("q", "Search or jump to")
        .group(|hit| hit.kind.clone())
        .column(
            "Name",
            |hit| view! { <a class="row-link" href=hit.href.clone()><bdi>{hit.title.clone()}</bdi></a> },
        )
        .column("Known as", |hit| view! { <bdi>{hit.detail.clone()}</bdi> })
        .empty(|| view! { <Empty icon=Icon::Search title="Nothing yet" sentence="There is nothing to be found yet."/> })
}
