//! A project's Postgres: SQL, access, settings, backups and what its schema looks like.

mod access;
mod backups;
mod config;
mod query;
mod schema;
mod snippets;

pub use self::{access::*, backups::*, config::*, query::*, schema::*, snippets::*};
