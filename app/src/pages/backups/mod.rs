//! Backups: what one project can be set back to, and how all of them stand.

pub mod fleet;
mod moment;
mod points;
pub mod project;
mod timeline;

pub(in crate::pages) use self::project::{ago, newest};
use crate::page::Page;

pub const PAGES: &[&Page] = &[&project::PAGE, &fleet::PAGE];
