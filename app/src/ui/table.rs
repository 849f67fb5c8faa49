//! Tables. On narrow screens each row becomes a block whose cells are named by their `data-label`.

use leptos::prelude::*;

/// One column's heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: &'static str,
    kind: Option<&'static str>,
}

impl Column {
    pub const fn text(label: &'static str) -> Self {
        Self { label, kind: None }
    }

    /// Numbers, aligned at their end; the cells are `<td data-kind="number">`.
    pub const fn number(label: &'static str) -> Self {
        Self {
            label,
            kind: Some("number"),
        }
    }

    /// Read out but not shown, for columns of actions; the cells are `<td data-kind="actions">`.
    pub const fn actions(label: &'static str) -> Self {
        Self {
            label,
            kind: Some("actions"),
        }
    }
}

/// A table; its children are the rows, `<tr><td data-label="Name">…</td>…</tr>`.
#[component]
pub fn Table(
    /// Says what the rows are; read out, not shown.
    #[prop(into)]
    caption: String,
    columns: &'static [Column],
    children: Children,
) -> impl IntoView {
    let heading = |column: &Column| {
        let quiet = column.kind == Some("actions");
        view! {
            <th scope="col" data-kind=column.kind>
                <span class=quiet.then_some("visually-hidden")>{column.label}</span>
            </th>
        }
    };
    view! {
        <table class="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>{columns.iter().map(heading).collect_view()}</tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}
