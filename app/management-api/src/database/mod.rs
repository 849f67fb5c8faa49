//! A project's Postgres: SQL, access, settings, backups and what its schema looks like.

mod access;
mod backups;
mod config;
mod jit;
mod query;
mod schema;

pub use self::{access::*, backups::*, config::*, jit::*, query::*, schema::*};
