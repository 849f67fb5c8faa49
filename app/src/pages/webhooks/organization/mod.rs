//! Those of an organization.

pub mod create;
pub mod detail;
pub mod list;
