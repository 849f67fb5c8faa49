//! What a database looks like: read from PostgreSQL's catalogue as typed values, and compared.

mod diff;
mod edges;
pub mod key;
pub mod model;
mod read;
mod rows;

pub use self::{diff::diff, model::Schema, read::read};
use crate::answer::Refusal;

/// A question to the catalogue that failed.
fn failed(error: sqlx::Error) -> Refusal {
    Refusal::Invalid(format!("The database could not be read: {error}"))
}
