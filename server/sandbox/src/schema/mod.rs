//! What a database looks like: read from PostgreSQL's catalogue as typed values, and compared.

mod diff;
mod edges;
pub mod key;
pub mod model;
mod read;
pub mod rows;
#[cfg(test)]
mod tests;

pub use self::{diff::diff, model::Schema, read::read};
use crate::{answer::Refusal, postgres::Failure};

/// A question to the catalogue that failed.
fn failed(error: sqlx::Error) -> Refusal {
    Failure::from(error).into()
}
