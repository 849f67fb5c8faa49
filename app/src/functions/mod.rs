//! Edge Functions as people see them: files with short paths, and what a bundler says of them.

pub mod problem;
pub mod source;
