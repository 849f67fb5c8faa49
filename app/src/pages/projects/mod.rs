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
    &bans::PAGE,
    &private_link::PAGE,
    &settings::PAGE,
    &transfer::PAGE,
];

/// The project that the address names.
fn reference() -> String {
    super::parameter("ref")
}
