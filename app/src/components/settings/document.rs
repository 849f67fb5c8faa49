//! What was left out of a document, beside the review of what is taken from it.

use leptos::prelude::*;

use crate::{
    plan::{Plan, PlanRow},
    ui::{Column, Notice, Table, Tone},
};

const COLUMNS: &[Column] = &[Column::text("Part"), Column::text("Why it is left out")];

/// So many are shown without being unfolded.
const SHOWN: usize = 8;

pub fn left_out(plan: &Plan) -> Option<AnyView> {
    let count = plan.rows.len();
    let row = |row: &PlanRow| {
        view! {
            <tr>
                <td data-label="Part"><code><bdi>{row.name.clone()}</bdi></code></td>
                <td data-label="Why it is left out">{row.remark.clone()}</td>
            </tr>
        }
    };
    let title = match count {
        0 => return None,
        1 => "1 part is left out".to_owned(),
        count => format!("{count} parts are left out"),
    };
    let rows: Vec<_> = plan.rows.iter().map(row).collect();
    Some(
        view! {
            <details class="folded left-out" open=count <= SHOWN>
                <summary>{title}</summary>
                <Table caption="What is left out" columns=COLUMNS>{rows}</Table>
            </details>
        }
        .into_any(),
    )
}

/// Says that nothing of what was asked for changes anything.
pub fn nothing() -> AnyView {
    view! {
        <Notice tone=Tone::Success title="Nothing would change">
            "What could be taken over is so already. Nothing was sent."
        </Notice>
    }
    .into_any()
}
