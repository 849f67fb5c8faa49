//! API keys of a project and the keys that it signs tokens with.

pub mod create;
pub mod detail;
pub mod legacy;
pub mod list;
mod parts;

use crate::page::Page;

pub const PAGES: &[&Page] = &[&list::PAGE, &create::PAGE, &detail::PAGE];

/// The project that the address names.
fn reference() -> String {
    super::parameter("ref")
}
