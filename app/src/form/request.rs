//! From an operation's parameters to its request.

use management_api::{Request, Unfit};
use serde_json::Value;

use super::{Form, shape::beneath, way::take_out};
use crate::error::ConsoleError;

impl Form {
    /// The request with the parameters that [`Self::read`] gave.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`], which names the field that does not fit the operation's type.
    pub fn request(&self, parameters: &Value) -> Result<Request, ConsoleError> {
        let request = self
            .operation
            .request(parameters.clone())
            .map_err(|unfit| match unfit {
                Unfit::Shape(error) => self.unfit(parameters, &error),
                Unfit::Parameter(bad) => ConsoleError::from(bad),
            })?;
        match lost(parameters, &request.parameters, "") {
            None => Ok(request),
            Some((path, why)) => {
                let named = path.split('[').next().unwrap_or_default();
                Err(ConsoleError::invalid(
                    self.holding(named),
                    format!("Nothing was sent: {path} {why} {}.", self.operation),
                ))
            }
        }
    }

    /// Finds the field behind serde's complaint: it is the one without which there is no such complaint any more.
    fn unfit(&self, parameters: &Value, error: &serde_json::Error) -> ConsoleError {
        let message = error.to_string();
        let fits_without = |name: &str| {
            let mut fewer = parameters.clone();
            let removed = take_out(&mut fewer, name);
            removed.is_some() && !same(self.operation.request(fewer), &message)
        };
        let id = self.operation;
        match self.fields.iter().find(|field| fits_without(&field.name)) {
            // serde repeats what it could not read.
            Some(field) if field.secret => ConsoleError::invalid(
                self.holding(&field.name),
                format!("{} is not of the expected shape.", field.name),
            ),
            Some(field) => ConsoleError::invalid(
                self.holding(&field.name),
                format!("{} does not fit: {message}.", field.name),
            ),
            None if self.fields.iter().any(|field| field.secret) => {
                ConsoleError::invalid(None, format!("The form does not fit {id}."))
            }
            None => ConsoleError::invalid(None, format!("The form does not fit {id}: {message}.")),
        }
    }
}

/// What of `given` the type has let fall: a name that it does not know, or a `null` that it takes for nothing. Whoever
/// sent it would hear that it was done.
fn lost(given: &Value, kept: &Value, path: &str) -> Option<(String, &'static str)> {
    match (given, kept) {
        (Value::Object(given), Value::Object(kept)) => given.iter().find_map(|(name, value)| {
            let path = beneath(path, name);
            match kept.get(name) {
                Some(kept) => lost(value, kept, &path),
                None if value.is_null() => Some((path, "cannot be null in")),
                None => Some((path, "is no parameter of")),
            }
        }),
        (Value::Array(given), Value::Array(kept)) => given
            .iter()
            .zip(kept)
            .enumerate()
            .find_map(|(at, (given, kept))| lost(given, kept, &format!("{path}[{at}]"))),
        _ => None,
    }
}

/// Whether serde complains in the same words.
fn same(outcome: Result<Request, Unfit>, message: &str) -> bool {
    matches!(outcome, Err(Unfit::Shape(error)) if error.to_string() == message)
}
