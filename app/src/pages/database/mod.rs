//! Tools around a database: ways to connect, its password, login roles and webhooks; how its tables point at each other; and what its schemas look like from
//! outside, as TypeScript types and as the document of the Data API.

pub mod document;
mod map;
pub mod relations;
pub mod schema;
pub mod table;
pub mod tools;
pub mod types;
mod ways;

use crate::page::Page;

pub const PAGES: &[&Page] = &[
    &tools::PAGE,
    &schema::PAGE,
    &table::PAGE,
    &relations::PAGE,
    &types::PAGE,
    &document::PAGE,
];
