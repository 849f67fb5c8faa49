//! What is searched for in the bar: projects, organizations, pages and operations of the API.

use leptos::prelude::*;

use super::choice;
use crate::{
    components::{
        command::marked,
        head::Head,
        list::List,
        query::{ask, loaded},
    },
    page::Page,
    paths,
    server_fns::find::{Hit, find},
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

/// Of each kind, at most.
const MOST: usize = 20;

#[component]
pub fn Find() -> impl IntoView {
    let (words, here) = (choice("q"), choice("here"));
    let hits = ask(move || find(words.clone(), here.clone(), MOST));
    view! {
        <Head page=&PAGE narrow=true/>
        {loaded("hits", hits, Shape::Rows, |hits| list().draw(hits))}
    }
}

fn list() -> List<Hit> {
    List::new(("result", "results"), paths::FIND, |hit: &Hit| {
        format!("{:?} {}", hit.kind, hit.href)
    })
    .search_asked("q", "Search or jump to")
    .group(|hit| hit.kind.title().to_owned())
    .column(
        "Name",
        |hit| view! { <a class="row-link" href=hit.href.clone()><bdi>{marked(&hit.title, &hit.marks)}</bdi></a> },
    )
    .column("Known as", |hit| view! { <bdi>{hit.side.clone()}</bdi> })
    .empty(|| view! { <Empty icon=Icon::Search title="Nothing yet" sentence="There is nothing to be found yet."/> })
}
