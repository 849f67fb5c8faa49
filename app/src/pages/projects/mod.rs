//! Projects: list, create, and the pages of one.

pub mod create;
mod filter;
pub mod list;
pub mod overview;
pub mod settings;

/// The project that the address names.
fn reference() -> String {
    super::parameter("ref")
}
