//! Organizations: list, create, and the pages of one.

pub mod create;
pub mod entitlements;
pub mod list;
pub mod members;
pub mod overview;
pub mod projects;

use crate::page::Page;

pub const PAGES: &[&Page] = &[
    &list::PAGE,
    &create::PAGE,
    &overview::PAGE,
    &projects::PAGE,
    &members::PAGE,
    &entitlements::PAGE,
];

/// The organization that the address names.
fn slug() -> String {
    super::parameter("slug")
}
