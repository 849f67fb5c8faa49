//! SQL of a project: statements are written, run and explained, and their rows taken elsewhere.

mod editor;
mod explain;
mod history;
mod keep;
mod query;
pub(super) mod result;
mod saved;
mod schema;
mod side;

pub use self::side::Side;
use crate::page::Page;

pub const PAGES: &[&Page] = &[&query::PAGE];
