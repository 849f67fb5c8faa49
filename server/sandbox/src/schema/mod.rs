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

/// Checks names of schemas that were asked for: PostgreSQL itself takes no others.
pub fn check_names(parameter: &str, names: &[&str]) -> Result<(), Refusal> {
    let fits = |name: &&str| name.len() <= 63 && !name.chars().any(char::is_control);
    if names.iter().all(fits) {
        Ok(())
    } else {
        Err(Refusal::Invalid(format!("{parameter}: expected names of schemas.")))
    }
}
