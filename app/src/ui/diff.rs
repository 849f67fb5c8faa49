//! What a write will change: field, old, new.

use leptos::prelude::*;

use super::table::{Column, Table};

/// One field's change; `None` where there is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

const COLUMNS: &[Column] = &[Column::text("Field"), Column::text("Now"), Column::text("After")];

#[component]
pub fn Diff(changes: Vec<Change>) -> impl IntoView {
    let value = |value: Option<String>| value.unwrap_or_else(|| "\u{2014}".to_owned());
    let row = move |change: Change| {
        view! {
            <tr>
                <td data-label="Field">{change.field}</td>
                <td data-label="Now">
                    <del>{value(change.old)}</del>
                </td>
                <td data-label="After">
                    <ins>{value(change.new)}</ins>
                </td>
            </tr>
        }
    };
    view! {
        <div class="diff">
            <Table caption="What will change" columns=COLUMNS>
                {changes.into_iter().map(row).collect_view()}
            </Table>
        </div>
    }
}
