//! The side of the editor: what the person ran, what is kept under a name, and what the database holds. One of them is shown,
//! by the address; what is chosen there comes into the editor.

use leptos::prelude::*;

use super::{history::history, saved::saved, schema::schema};
use crate::{
    components::query::{ask, loaded},
    islands::filter::FilterForm,
    pages::choice,
    paths,
    server_fns::{
        schema::columns_of,
        sql::{past_statements, saved_statements},
    },
    ui::{SearchField, Shape, Tab, Tabs},
};

/// In the address: which one is shown, and what is searched for in it.
pub const SIDE: &str = "side";
const FIND: &str = "find";
/// In the address: what stands in the editor.
const OPENED: [&str; 5] = ["past", "kept", "snippet", "ready", "sql"];
/// The region with its list.
const LIST: &str = "side";

/// What stands beside the editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    History,
    Saved,
    Schema,
}

impl Side {
    pub const ALL: [Self; 3] = [Self::History, Self::Saved, Self::Schema];

    /// As it stands in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Saved => "saved",
            Self::Schema => "schema",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::History => "History",
            Self::Saved => "Saved",
            Self::Schema => "Schema",
        }
    }

    fn search(self) -> &'static str {
        match self {
            Self::History => "Search your statements",
            Self::Saved => "Search saved statements",
            Self::Schema => "Search tables and columns",
        }
    }

    /// The one that the address names, or else the one that what stands in the editor was taken from.
    fn of_address() -> Self {
        let word = choice(SIDE);
        let named = Self::ALL.into_iter().find(|side| side.word() == word);
        let kept = || ["kept", "snippet", "ready"].iter().any(|name| !choice(name).is_empty());
        named.unwrap_or_else(|| if kept() { Self::Saved } else { Self::default() })
    }
}

/// `in_place`: the page answers its form, and the browser keeps what a run changes nothing of.
pub fn side(project: &str, in_place: bool) -> impl IntoView + use<> {
    let (side, find, of) = (Side::of_address(), choice(FIND), project.to_owned());
    let shown = find.clone();
    let list = match side {
        Side::Saved | Side::Schema if in_place => view! { <div data-region=LIST data-left-out=""></div> }.into_any(),
        Side::History => {
            let past = {
                let (project, find) = (of.clone(), find.clone());
                ask(move || past_statements(project, find))
            };
            loaded(LIST, past, Shape::Rows, move |past| history(&of, past, &find))
        }
        Side::Saved => {
            let found = {
                let (project, cursor) = (of.clone(), choice("cursor"));
                ask(move || saved_statements(project, Some(cursor).filter(|cursor| !cursor.is_empty())))
            };
            loaded(LIST, found, Shape::Rows, move |found| saved(&of, found, &find))
        }
        Side::Schema => {
            let columns = {
                let project = of.clone();
                ask(move || columns_of(project))
            };
            loaded(LIST, columns, Shape::Rows, move |columns| schema(&of, &columns, &find))
        }
    };
    let opened: Vec<_> = OPENED.into_iter().map(|name| (name, choice(name))).collect();
    let opened: Vec<_> = opened.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let tab = |one: Side| Tab {
        label: one.label(),
        href: paths::sql_beside(project, one.word(), &opened),
        current: one == side,
    };
    view! {
        <aside
            class="sql-side"
            aria-label="Beside the editor"
            data-project=project.to_owned()
            data-side=side.word()
            data-tables=paths::table(project, "", "")
        >
            <Tabs label="Lists" tabs=Side::ALL.map(tab).into()/>
            <div class="sql-side-panel" id="sql-side">
                {search(project, side, shown, &opened)}
                {list}
            </div>
        </aside>
    }
}

fn search(project: &str, side: Side, find: String, opened: &[(&'static str, &str)]) -> AnyView {
    // With scripts tabs hold what stands in the editor.
    let opened = opened.iter().filter(|(_, value)| !value.is_empty());
    let opened = opened.map(|(name, value)| view! { <input type="hidden" name=*name value=value.to_string()/> });
    let opened = opened.collect_view();
    let fields = view! {
        <SearchField name=FIND label=side.search() value=find keys="/"/>
        <input type="hidden" name=SIDE value=side.word()/>
        <noscript>{opened}</noscript>
    };
    match side {
        Side::History | Side::Saved => {
            view! { <FilterForm action=paths::sql(project)>{fields}</FilterForm> }.into_any()
        }
        // The page's script has all of it: nothing is asked while somebody types.
        Side::Schema => view! {
            <form class="toolbar" role="search" method="get" action=paths::sql(project)>
                {fields}
                <button class="button no-js-only" type="submit">"Apply"</button>
            </form>
        }
        .into_any(),
    }
}

/// Whether one of these texts holds what is searched for, whatever its case.
pub fn fits(find: &str, texts: &[&str]) -> bool {
    let find = find.trim().to_lowercase();
    texts.iter().any(|text| text.to_lowercase().contains(&find))
}

pub fn nothing_fits(find: &str) -> AnyView {
    view! { <p class="hint">"Nothing here holds \u{201c}" <bdi>{find.to_owned()}</bdi> "\u{201d}."</p> }.into_any()
}
