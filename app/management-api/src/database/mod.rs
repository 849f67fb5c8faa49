//! A project's Postgres: SQL, access, settings, backups and what its schema looks like.

mod access;
mod backups;
mod config;
mod jit;
mod pooler;
mod query;
mod replicas;
mod schema;
mod snippets;

pub use self::{access::*, backups::*, config::*, jit::*, pooler::*, query::*, replicas::*, schema::*, snippets::*};
