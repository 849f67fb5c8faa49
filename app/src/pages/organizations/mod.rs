//! Organizations: list, create, and the pages of one.

pub mod create;
pub mod entitlements;
pub mod list;
pub mod members;
pub mod overview;
pub mod projects;

/// The organization that the address names.
fn slug() -> String {
    super::parameter("slug")
}
