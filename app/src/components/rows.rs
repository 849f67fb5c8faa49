//! Rows that a query gave, whatever their columns are.

use leptos::prelude::*;

use crate::server_fns::notebooks::Table;

/// The rows of what is called `title`; how many there are stands above them.
pub fn rows(title: &str, found: Table) -> AnyView {
    let Table { columns, rows, more } = found;
    if rows.is_empty() {
        return view! { <p class="hint" role="status">"No row."</p> }.into_any();
    }
    let names: Vec<_> = columns
        .iter()
        .map(|name| view! { <th scope="col"><bdi>{name.clone()}</bdi></th> })
        .collect();
    let noun = if rows.len() == 1 { "row" } else { "rows" };
    let count = match more {
        0 => format!("{} {noun}", rows.len()),
        more => format!("{} {noun}, and {more} more that are not shown", rows.len()),
    };
    let value = |value: Option<String>| match value {
        Some(text) => view! { <td><bdi>{text}</bdi></td> }.into_any(),
        None => view! { <td><span class="quiet">"null"</span></td> }.into_any(),
    };
    let row = |row: Vec<Option<String>>| view! { <tr>{row.into_iter().map(value).collect_view()}</tr> };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    let label = format!("Answer of {title}");
    view! {
        <p class="hint" role="status">{count}</p>
        <div class="cell-rows" tabindex="0" role="region" aria-label=label>
            <table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}
