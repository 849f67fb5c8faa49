//! Notebooks: text, SQL and questions to the logs on one page, shared with everybody who reaches the project.

mod cell;
pub mod create;
pub mod detail;
pub mod edit;
pub mod list;

use crate::{components::operation_form::Described, page::Page};

pub const PAGES: &[&Page] = &[&list::PAGE, &create::PAGE, &detail::PAGE, &edit::PAGE];

/// What it is called and what it is for.
const ABOUT: [Described<'static>; 3] = [
    ("name", "Name", "Everybody who reaches the project sees it."),
    ("description", "What it is for", ""),
    ("favorite", "Among the favorites", ""),
];
