//! API keys of a project, the keys that it signs tokens with, and both over all projects.

pub mod create;
pub mod detail;
pub mod fleet;
mod legacy;
pub mod list;
mod moves;
mod parts;
pub mod signing;
pub mod signing_new;

use crate::page::Page;

pub const PAGES: &[&Page] = &[
    &list::PAGE,
    &create::PAGE,
    &signing::PAGE,
    &signing_new::PAGE,
    &detail::PAGE,
    &fleet::PAGE,
];

/// The project that the address names.
fn reference() -> String {
    super::parameter("ref")
}
