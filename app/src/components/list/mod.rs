//! The query table: every list of the console. A page says what its rows, columns and choices are; search, filters, order,
//! count, empty states, pages and row actions are drawn here, and the choices stand in the address.
//!
//! A list whose answer is whole is searched and sorted here. One that Supabase searches and turns over page by page
//! ([`List::search_asked`], [`List::filter_asked`], [`List::pages`]) is shown as it came.

mod action;
mod choose;
mod pages;
mod picks;
mod rows;
mod toolbar;

use std::{cmp::Ordering, sync::Arc};

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::choose::Chosen;
pub use self::{
    action::RowAction,
    choose::words,
    pages::{Pages, Part},
    picks::PickAction,
};
use crate::ui::{Choice, Pagination};

type Read<R, T> = Arc<dyn Fn(&R) -> T + Send + Sync>;

/// How a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Actions,
}

struct Column<R> {
    label: String,
    /// What stands over it, where that is more than its label.
    head: Option<Arc<dyn Fn() -> AnyView + Send + Sync>>,
    kind: Kind,
    /// How a row stands there, for the style.
    is: Option<Read<R, &'static str>>,
    cell: Read<R, AnyView>,
}

/// Rows of some kind; a row may be of several.
pub struct Segment<R> {
    /// As it stands in the address.
    pub word: &'static str,
    pub label: &'static str,
    pub fits: fn(&R) -> bool,
}

/// The field that is searched with.
struct Search<R> {
    name: &'static str,
    label: &'static str,
    /// What the words are sought in; `None` where Supabase searches.
    texts: Option<Read<R, Vec<String>>>,
}

/// A choice that leaves rows out.
struct Filter<R> {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    /// The row's own value and its label; `None` where Supabase filters.
    of: Option<Read<R, Choice>>,
}

struct Order<R> {
    word: &'static str,
    label: &'static str,
    compare: fn(&R, &R) -> Ordering,
}

/// A list of rows `R`.
pub struct List<R> {
    /// One of them, and several.
    nouns: (&'static str, &'static str),
    /// The list's path; the choices become its query.
    path: String,
    key: Read<R, String>,
    columns: Vec<Column<R>>,
    /// Whether it scrolls sideways with its first column in sight, instead of folding.
    matrix: bool,
    /// By which name the kind stands in the address, and the kinds.
    segments: Option<(&'static str, Vec<Segment<R>>)>,
    search: Option<Search<R>>,
    filters: Vec<Filter<R>>,
    orders: Vec<Order<R>>,
    group: Option<Read<R, String>>,
    card: Option<Read<R, AnyView>>,
    actions: Option<Read<R, Vec<RowAction>>>,
    picks: Option<picks::Picks>,
    live: Option<fn(&R) -> bool>,
    followed_by: Option<&'static str>,
    pages: Option<Pages>,
    /// Names of further fields, and the fields.
    more: (Vec<&'static str>, ViewFnOnce),
    note: ViewFnOnce,
    empty: ViewFnOnce,
}

impl<R: 'static> List<R> {
    /// `nouns`: one row and several, such as `("project", "projects")`. `key` tells rows apart.
    pub fn new(
        nouns: (&'static str, &'static str),
        path: impl Into<String>,
        key: impl Fn(&R) -> String + Send + Sync + 'static,
    ) -> Self {
        Self {
            nouns,
            path: path.into(),
            key: Arc::new(key),
            columns: Vec::new(),
            matrix: false,
            segments: None,
            search: None,
            filters: Vec::new(),
            orders: Vec::new(),
            group: None,
            card: None,
            actions: None,
            picks: None,
            live: None,
            followed_by: None,
            pages: None,
            more: (Vec::new(), nothing()),
            note: nothing(),
            empty: nothing(),
        }
    }

    fn with<V: IntoView + 'static>(
        mut self,
        label: impl Into<String>,
        kind: Kind,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        let cell: Read<R, AnyView> = Arc::new(move |row| cell(row).into_any());
        self.columns.push(Column {
            label: label.into(),
            head: None,
            kind,
            is: None,
            cell,
        });
        self
    }

    /// A column of a matrix: one place among many, under a heading of its own. `is` says how a row stands there.
    pub fn place(
        mut self,
        label: String,
        head: impl Fn() -> AnyView + Send + Sync + 'static,
        is: impl Fn(&R) -> &'static str + Send + Sync + 'static,
        cell: impl Fn(&R) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        self.matrix = true;
        self.columns.push(Column {
            label,
            head: Some(Arc::new(head)),
            kind: Kind::Text,
            is: Some(Arc::new(is)),
            cell: Arc::new(cell),
        });
        self
    }

    /// Kinds of rows to look at, each with its count. A row may be of several, or of none.
    pub fn segments(mut self, name: &'static str, segments: Vec<Segment<R>>) -> Self {
        self.segments = Some((name, segments));
        self
    }

    /// The first column says what the row is, and leads there.
    pub fn column<V: IntoView + 'static>(
        self,
        label: impl Into<String>,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        self.with(label, Kind::Text, cell)
    }

    /// Numbers, aligned at their end.
    pub fn number<V: IntoView + 'static>(
        self,
        label: &'static str,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        self.with(label, Kind::Number, cell)
    }

    /// Buttons and links of the page's own; what calls an operation is one of [`List::actions`].
    pub fn buttons<V: IntoView + 'static>(
        self,
        label: &'static str,
        cell: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        self.with(label, Kind::Actions, cell)
    }

    /// Words that must all occur in one of the texts.
    pub fn search(mut self, label: &'static str, texts: impl Fn(&R) -> Vec<String> + Send + Sync + 'static) -> Self {
        self.search = Some(Search {
            name: "search",
            label,
            texts: Some(Arc::new(texts)),
        });
        self
    }

    /// Words that were sent with the request.
    pub fn search_asked(mut self, name: &'static str, label: &'static str) -> Self {
        self.search = Some(Search {
            name,
            label,
            texts: None,
        });
        self
    }

    /// A choice among the values that the rows have.
    pub fn filter(
        mut self,
        name: &'static str,
        label: &'static str,
        of: impl Fn(&R) -> Choice + Send + Sync + 'static,
    ) -> Self {
        self.filters.push(Filter {
            name,
            label,
            choices: Vec::new(),
            of: Some(Arc::new(of)),
        });
        self
    }

    /// A choice that was sent with the request.
    pub fn filter_asked(mut self, name: &'static str, label: &'static str, choices: Vec<Choice>) -> Self {
        self.filters.push(Filter {
            name,
            label,
            choices,
            of: None,
        });
        self
    }

    /// An order to choose; the first one is the usual.
    pub fn order(mut self, word: &'static str, label: &'static str, compare: fn(&R, &R) -> Ordering) -> Self {
        self.orders.push(Order { word, label, compare });
        self
    }

    /// Rows of one heading stand together, which they must do already.
    pub fn group(mut self, heading: impl Fn(&R) -> String + Send + Sync + 'static) -> Self {
        self.group = Some(Arc::new(heading));
        self
    }

    /// The rows can be shown as cards, too.
    pub fn cards<V: IntoView + 'static>(mut self, card: impl Fn(&R) -> V + Send + Sync + 'static) -> Self {
        self.card = Some(Arc::new(move |row| card(row).into_any()));
        self
    }

    /// What can be done with a row.
    pub fn actions(mut self, actions: impl Fn(&R) -> Vec<RowAction> + Send + Sync + 'static) -> Self {
        self.actions = Some(Arc::new(actions));
        self
    }

    /// The list is drawn anew every few seconds while there is such a row.
    pub fn live_while(mut self, changing: fn(&R) -> bool) -> Self {
        self.live = Some(changing);
        self
    }

    /// Another region of the page goes by the same choices.
    pub fn followed_by(mut self, region: &'static str) -> Self {
        self.followed_by = Some(region);
        self
    }

    /// This is one page of several.
    pub fn pages(mut self, pages: Pages) -> Self {
        self.pages = Some(pages);
        self
    }

    /// Further fields of the toolbar, for what was sent with the request.
    pub fn more(mut self, names: impl Into<Vec<&'static str>>, fields: impl Into<ViewFnOnce>) -> Self {
        self.more = (names.into(), fields.into());
        self
    }

    /// Stands between the choices and the rows: files of the list, or what is missing in it.
    pub fn note(mut self, note: impl Into<ViewFnOnce>) -> Self {
        self.note = note.into();
        self
    }

    /// What stands there where there is nothing at all.
    pub fn empty(mut self, empty: impl Into<ViewFnOnce>) -> Self {
        self.empty = empty.into();
        self
    }

    /// Draws `rows` by the choices in the address.
    pub fn draw(mut self, rows: Vec<R>) -> AnyView {
        let chosen = use_query_map().with_untracked(|query| self.chosen(query));
        if rows.is_empty()
            && let Some(back) = self.pages.as_ref().and_then(|pages| pages.previous.clone())
        {
            return pages::past_the_end(self.nouns.1, back);
        }
        let none = rows.is_empty() && !(chosen.narrows() && self.asks());
        if none {
            return std::mem::replace(&mut self.empty, nothing()).run().into_any();
        }
        let toolbar = self.toolbar(&rows, &chosen);
        // A page may hold several lists.
        let region = format!("list-{}", self.nouns.1.replace(' ', "-"));
        let followed_by = self.followed_by;
        // The toolbar stays as it is while somebody types into it, and the list under it follows.
        view! {
            {toolbar}
            <div data-region=region data-with=followed_by>{self.shown(rows, &chosen)}</div>
        }
        .into_any()
    }

    /// The rows that are shown for an address' query.
    #[cfg(test)]
    pub fn shown_for(&self, rows: Vec<R>, query: &leptos_router::params::ParamsMap) -> Vec<R> {
        self.fitting(rows, &self.chosen(query))
    }

    /// Whether Supabase searches or filters.
    fn asks(&self) -> bool {
        !self.more.0.is_empty()
            || self.search.as_ref().is_some_and(|search| search.texts.is_none())
            || self.filters.iter().any(|filter| filter.of.is_none())
    }

    fn shown(mut self, rows: Vec<R>, chosen: &Chosen) -> AnyView {
        let all = rows.len();
        let changing = self.live.is_some_and(|changing| rows.iter().any(changing));
        let rows = self.fitting(rows, chosen);
        let (note, pages) = (std::mem::replace(&mut self.note, nothing()), self.pages.take());
        let summary = pages.is_none().then(|| self.summary(rows.len(), all));
        let list = if rows.is_empty() {
            self.nothing_fits()
        } else if chosen.cards {
            self.as_cards(&rows)
        } else {
            self.as_table(&rows)
        };
        view! {
            {changing.then(|| view! { <crate::islands::live::Live/> })}
            {note.run()}
            {summary.map(|summary| view! { <p class="list-summary" role="status">{summary}</p> })}
            {list}
            {pages.map(|Pages { summary, previous, next }| view! { <Pagination summary previous next/> })}
        }
        .into_any()
    }

    /// "5 of 8 projects".
    fn summary(&self, shown: usize, all: usize) -> String {
        let (one, many) = self.nouns;
        match (shown, all) {
            (1, 1) => format!("1 {one}"),
            _ if shown == all => format!("{all} {many}"),
            _ => format!("{shown} of {all} {many}"),
        }
    }
}

fn nothing() -> ViewFnOnce {
    (|| ()).into()
}
