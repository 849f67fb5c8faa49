//! Organizations: list, create, and the pages of one.

pub mod attention;
mod beside;
mod claim;
pub mod create;
pub mod entitlements;
pub mod estate;
mod grid;
mod invitations;
pub mod invite;
pub mod list;
pub mod member;
pub mod members;
pub mod overview;
pub mod projects;
pub mod report;
pub mod roles;

use crate::page::Page;

pub const PAGES: &[&Page] = &[
    &list::PAGE,
    &create::PAGE,
    &overview::PAGE,
    &projects::PAGE,
    &members::PAGE,
    &invite::PAGE,
    &report::PAGE,
    &member::PAGE,
    &estate::PAGE,
    &entitlements::PAGE,
    &claim::PAGE,
];

/// The organization that the address names.
fn slug() -> String {
    super::parameter("slug")
}
