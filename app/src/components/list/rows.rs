//! The rows: as a table, whose lines fold into blocks on narrow screens, or as cards.

use leptos::prelude::*;

use super::{Column, Kind, List, action::buttons};
use crate::ui::{ButtonLink, Empty, Icon, capital, written::Written};

impl Kind {
    fn word(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Number => Some("number"),
            Self::Actions => Some("actions"),
        }
    }
}

impl<R: 'static> List<R> {
    pub(super) fn as_table(&self, rows: &[R]) -> AnyView {
        let (_, many) = self.nouns;
        let actions = self.actions.is_some().then(|| heading("Actions", Kind::Actions));
        let over = |column: &Column<R>| match &column.head {
            Some(head) => view! { <th scope="col">{head()}</th> }.into_any(),
            None => heading(&column.label, column.kind).into_any(),
        };
        let headings = self.columns.iter().map(over).collect_view();
        let all = self.pick_all(rows.len());
        let picks = all.is_some();
        let table = view! {
            <table class=if self.matrix { "matrix" } else { "table" } data-list=many data-picks=picks>
                <caption class="visually-hidden">{capital(many)}</caption>
                <thead>
                    <tr>{all} {headings} {actions}</tr>
                </thead>
                {self.bodies(rows)}
            </table>
        };
        let table = if self.matrix {
            // What scrolls can be scrolled with the keyboard, too.
            view! { <div class="matrix-box" tabindex="0" role="region" aria-label=capital(many)>{table}</div> }
                .into_any()
        } else {
            table.into_any()
        };
        match self.pick_bar() {
            Some(bar) => view! { <div class="picks">{table} {bar}</div> }.into_any(),
            None => table,
        }
    }

    /// One body, or one for each group under its heading.
    fn bodies(&self, rows: &[R]) -> AnyView {
        let Some(group) = &self.group else {
            return self.body(rows, Written::new("<tbody>"));
        };
        let width = self.columns.len() + usize::from(self.actions.is_some()) + usize::from(self.picks.is_some());
        let body = |rows: &[R]| {
            let heading = rows.first().map(|row| group(row)).unwrap_or_default();
            let heading = view! {
                <tr class="table-group"><th scope="rowgroup" colspan=width>{heading} " " <span class="count">{rows.len()}</span></th></tr>
            };
            let mut body = Written::new("<tbody>");
            body.view(heading.into_any());
            self.body(rows, body)
        };
        rows.chunk_by(|one, next| group(one) == group(next))
            .map(body)
            .collect_view()
            .into_any()
    }

    fn body(&self, rows: &[R], mut body: Written) -> AnyView {
        let cells: Vec<Written> = self.columns.iter().map(begun).collect();
        body.reserve(rows.len() * (self.columns.len() + 1) * CELL);
        rows.iter().for_each(|row| self.row(row, &cells, &mut body));
        body.markup("</tbody>");
        body.element().into_any()
    }

    fn row(&self, row: &R, cells: &[Written], body: &mut Written) {
        let key = (self.key)(row);
        body.markup("<tr").attribute("data-key", Some(&key)).markup(">");
        if let Some(pick) = self.pick(&key) {
            body.view(pick);
        }
        for (column, cell) in self.columns.iter().zip(cells) {
            body.part(cell)
                .attribute("data-is", column.is.as_ref().map(|is| is(row)))
                .markup(">")
                .view((column.cell)(row))
                .markup("</td>");
        }
        if let Some(actions) = &self.actions {
            let buttons = buttons(&key, actions(row)).into_any();
            body.markup("<td data-label=\"Actions\" data-kind=\"actions\">")
                .view(buttons)
                .markup("</td>");
        }
        body.markup("</tr>");
    }

    pub(super) fn as_cards(&self, rows: &[R]) -> AnyView {
        let card = |row: &R| {
            let card = self.card.as_ref().map(|card| card(row));
            view! { <li class="project-card" data-key=(self.key)(row)>{card}</li> }
        };
        view! { <ul class="project-cards">{rows.iter().map(card).collect_view()}</ul> }.into_any()
    }

    pub(super) fn nothing_fits(&self) -> AnyView {
        let (one, many) = self.nouns;
        let (title, all) = (format!("No {one} fits"), self.path.clone());
        view! {
            <Empty icon=Icon::Search title sentence=format!("None of the {many} fits these choices.")>
                <ButtonLink href=all>"Show all"</ButtonLink>
            </Empty>
        }
        .into_any()
    }
}

/// Bytes that a cell has, more or less.
const CELL: usize = 160;

/// The tag of a column's cells, as far as it is the same for all rows.
fn begun<R>(column: &Column<R>) -> Written {
    let mut cell = Written::new("<td");
    cell.attribute("data-label", Some(&column.label))
        .attribute("data-kind", column.kind.word());
    cell
}

fn heading(label: &str, kind: Kind) -> impl IntoView + use<> {
    let quiet = kind == Kind::Actions;
    view! {
        <th scope="col" data-kind=kind.word()>
            <span class=quiet.then_some("visually-hidden")>{label.to_owned()}</span>
        </th>
    }
}
