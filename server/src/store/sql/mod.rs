//! SQL for both engines: SQLite and PostgreSQL. One text with `$1`, `$2`, … runs on either, in the dialect that both
//! understand; where they truly differ, [`Dialect`] decides.
//!
//! `sqlx::Any` is no help here: it knows fewer types than either of them, and rows are described anew on every fetch.

mod builder;
mod dialect;
mod listen;
mod pool;
pub mod postgres;
mod query;
#[cfg(test)]
pub(crate) mod silent_tests;
#[cfg(test)]
mod tests;
mod value;

use sqlx::migrate::MigrateError;

pub use self::{
    builder::Builder,
    dialect::Dialect,
    listen::Line,
    pool::{On, Pool, Transaction},
    query::{Query, QueryAs, QueryScalar, Record, query, query_as, query_scalar},
    value::Value,
};
use crate::error::Error;

/// Says of a database that a newer Steward has brought up to date what to do about it.
pub fn migrated(result: Result<(), MigrateError>) -> Result<(), Error> {
    result.map_err(|error| match error {
        MigrateError::VersionMissing(version) => Error::NewerSchema(version),
        other => Error::Migration(other),
    })
}
