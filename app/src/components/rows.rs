//! Rows that a query gave, whatever their columns are.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::json::json;
use crate::{sql::rows::Table, ui::chart::grouped};

/// Characters of a value that are shown in its cell; the whole is one press away.
const CELL: usize = 120;
/// Bytes of a value that are shown in whole.
pub const VALUE: usize = 64 * 1024;

/// Such as `1,200 rows`.
pub fn count(rows: usize) -> String {
    match rows {
        1 => "1 row".to_owned(),
        rows => format!("{} rows", grouped(rows as f64)),
    }
}

/// Rows under the names of their columns; `label` says what they are.
pub fn grid(table: &Table, label: &str) -> AnyView {
    let head = |name: &String| view! { <th scope="col"><bdi>{name.clone()}</bdi></th> };
    let row = |(at, row): (usize, &Vec<Value>)| {
        view! {
            <tr>
                <th scope="row" class="grid-number">{at + 1}</th>
                {row.iter().map(cell).collect_view()}
            </tr>
        }
    };
    view! {
        <div class="grid-box" tabindex="0" role="group" aria-label=label.to_owned()>
            <table class="grid">
                <thead>
                    <tr>
                        <th scope="col" class="grid-number"><span class="visually-hidden">"Row"</span> "#"</th>
                        {table.columns.iter().map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{table.rows.iter().enumerate().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn cell(value: &Value) -> AnyView {
    match value {
        Value::Null => view! { <td data-is="null">"null"</td> }.into_any(),
        Value::Bool(yes) => view! { <td data-is="word">{yes.to_string()}</td> }.into_any(),
        Value::Number(number) => view! { <td data-kind="number">{number.to_string()}</td> }.into_any(),
        Value::String(text) if text.is_empty() => view! { <td data-is="empty">"empty text"</td> }.into_any(),
        Value::String(text) if text.contains('\n') || text.chars().nth(CELL).is_some() => {
            let first: String = text.lines().next().unwrap_or_default().chars().take(CELL).collect();
            let whole = text
                .get(..text.floor_char_boundary(VALUE))
                .unwrap_or_default()
                .to_owned();
            view! {
                <td>
                    <details class="peek">
                        <summary><bdi>{first}</bdi> "\u{2026}"</summary>
                        <pre><bdi>{whole}</bdi></pre>
                    </details>
                </td>
            }
            .into_any()
        }
        Value::String(text) => view! { <td><bdi>{text.clone()}</bdi></td> }.into_any(),
        Value::Array(_) | Value::Object(_) => {
            let (short, count) = (
                value.to_string(),
                value
                    .as_array()
                    .map_or_else(|| value.as_object().map_or(0, Map::len), Vec::len),
            );
            let first: String = short.chars().take(CELL / 2).collect();
            let (code, _) = json(value, VALUE);
            view! {
                <td data-is="json">
                    <details class="peek">
                        <summary><bdi>{first}</bdi> <small>{count}</small></summary>
                        <pre class="code">{code}</pre>
                    </details>
                </td>
            }
            .into_any()
        }
    }
}
