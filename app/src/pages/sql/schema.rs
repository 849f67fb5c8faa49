//! The tables of the database with their columns, for whoever writes a statement. With scripts their names are put into it.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::side::{fits, nothing_fits};
use crate::paths;

/// The columns of tables and views, by names such as `public.invoices`.
type Columns = BTreeMap<String, Vec<String>>;

/// All of them stand in the page, so that its script can read them there; those that do not fit are hidden.
pub fn schema(project: &str, columns: &Columns, find: &str) -> AnyView {
    if columns.is_empty() {
        return view! { <p class="hint">"The database has no table and no view yet."</p> }.into_any();
    }
    let mut schemas: BTreeMap<(bool, &str), Vec<Relation>> = BTreeMap::new();
    for (full, columns) in columns {
        let (schema, name) = full.split_once('.').unwrap_or(("", full));
        let table = Relation {
            full,
            name,
            columns,
            named: fits(find, &[full]),
            has: columns.iter().any(|column| fits(find, &[column])),
        };
        schemas.entry((schema != "public", schema)).or_default().push(table);
    }
    let none = !schemas.values().flatten().any(|table| table.fits());
    let open = !find.is_empty() || schemas.len() == 1;
    let schemas = schemas.into_iter().map(|((other, schema), tables)| {
        let fits = tables.iter().filter(|table| table.fits()).count();
        let tables = tables.iter().map(|table| drawn(project, schema, table)).collect_view();
        view! {
            <details class="sql-schema" open=open || !other hidden={fits == 0}>
                <summary><h2><bdi>{schema.to_owned()}</bdi></h2> <small>{fits}</small></summary>
                <ul>{tables}</ul>
            </details>
        }
    });
    view! {
        {schemas.collect_view()}
        {none.then(|| nothing_fits(find))}
        <footer><p class="hint">"Read from the database\u{2019}s catalogue just now."</p></footer>
    }
    .into_any()
}

struct Relation<'a> {
    full: &'a str,
    name: &'a str,
    columns: &'a [String],
    /// Whether its own name holds what is searched for, and whether that of one of its columns does.
    named: bool,
    has: bool,
}

impl Relation<'_> {
    fn fits(&self) -> bool {
        self.named || self.has
    }
}

fn drawn(project: &str, schema: &str, table: &Relation) -> impl IntoView + use<> {
    let columns = table.columns.iter();
    let columns = columns
        .map(|column| view! { <li><code>{column.clone()}</code></li> })
        .collect_view();
    view! {
        <li data-table=table.full.to_owned() hidden=!table.fits()>
            <details open={table.has && !table.named}>
                <summary><code>{table.name.to_owned()}</code> <small>{table.columns.len()}</small></summary>
                <ul>{columns}</ul>
                <a class="link" href=paths::table(project, schema, table.name)>"Definition"</a>
            </details>
        </li>
    }
}
