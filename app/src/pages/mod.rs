//! The pages, by area. Each file keeps one order: what it reads, its parts, how it is drawn.

pub mod not_found;
pub mod organizations;
pub mod projects;
pub mod sign_in;
