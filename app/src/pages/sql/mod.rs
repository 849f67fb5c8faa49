//! SQL of a project: statements are written, run and explained, and their rows taken elsewhere.

mod editor;
mod explain;
mod history;
mod keep;
mod query;
pub(super) mod result;
mod saved;

use crate::page::Page;

pub const PAGES: &[&Page] = &[&query::PAGE];
