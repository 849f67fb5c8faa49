//! Secrets of Edge Functions: those of one project, and the same over all projects.

pub mod across;
pub mod add;
pub mod change;
pub mod delete;
mod delete_across;
pub mod list;
mod parts;

pub use self::parts::row;
use crate::page::Page;

pub const PAGES: &[&Page] = &[
    &list::PAGE,
    &add::PAGE,
    &delete::PAGE,
    &across::PAGE,
    &change::PAGE,
    &delete_across::PAGE,
];

/// The project that the address names.
fn reference() -> String {
    super::parameter("ref")
}
