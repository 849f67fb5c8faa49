//! Migrations: the history, one of it, a new one, a folder of them, what a rollback would undo, and two histories side by side.

pub mod compare;
pub mod create;
pub mod detail;
pub mod folder;
pub mod list;
pub mod rollback;

use leptos::prelude::*;

use crate::{
    page::Page,
    sql::paint,
    ui::lines::{Code, Line, Row, lines},
};

pub const PAGES: &[&Page] = &[
    &list::PAGE,
    &create::PAGE,
    &compare::PAGE,
    &folder::PAGE,
    &detail::PAGE,
    &rollback::PAGE,
];

/// SQL in colours, line by line.
pub(in crate::pages) fn shown(label: &str, sql: &str) -> AnyView {
    let row = |(at, parts)| {
        Row::Line(Line {
            numbers: (Some(at + 1), None),
            parts,
            ..Line::default()
        })
    };
    lines(
        Code::Plain,
        label,
        paint(sql.trim_end()).into_iter().enumerate().map(row).collect(),
    )
}
