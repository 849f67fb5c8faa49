//! Those of a project.

pub mod create;
pub mod detail;
pub mod list;
