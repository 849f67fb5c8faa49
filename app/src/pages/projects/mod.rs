//! Projects: list, create, and the pages of one.

pub mod bans;
pub mod create;
pub mod list;
pub mod overview;
pub mod private_link;
pub mod settings;
pub mod transfer;

use crate::page::Page;

pub const PAGES: &[&Page] = &[
    &list::PAGE,
    &create::PAGE,
    &overview::PAGE,
    &settings::PAGE,
    &transfer::PAGE,
];

/// From where the database is reached, apart from its settings: after these in the menu.
pub const REACH: &[&Page] = &[&bans::PAGE, &private_link::PAGE];

/// The project that the address names.
fn reference() -> String {
    super::parameter("ref")
}
