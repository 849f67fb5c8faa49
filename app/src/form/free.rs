//! An object whose names are free, such as headers: typed as the lines of a `.env` file, or row by row.

use serde_json::{Map, Value};

use super::{
    Sent,
    field::{Field, Kind},
};
use crate::{
    error::ConsoleError,
    secrets::{
        dotenv::{self, Entry},
        name_fault, value_fault,
    },
};

/// Before the name of a field whose names are free: a row's name, and its value.
pub const NAMED: &str = "_name.";
pub const VALUED: &str = "_value.";

/// Whether it is an object whose names are free.
pub(super) fn is_free(kind: &Kind) -> bool {
    matches!(kind, Kind::Json(Value::Object(names)) if names.is_empty())
}

/// Names with their values as in a `.env` file: an object whose names are free. Errors tell the line, and nothing of what
/// stands in it.
pub(super) fn pairs(field: &Field, text: &str) -> Result<Value, ConsoleError> {
    let given = dotenv::read(text);
    if let Some(fault) = given.faults.first() {
        return Err(refused(field, "Line", fault.line, &fault.kind.to_string()));
    }
    named(field, "Line", given.entries)
}

/// The same, typed row by row; `None` where all rows are empty.
pub(super) fn rows(field: &Field, sent: &Sent) -> Result<Option<Value>, ConsoleError> {
    let (names, values) = (format!("{NAMED}{}", field.name), format!("{VALUED}{}", field.name));
    let rows = sent.all(&names).map(str::trim).zip(sent.all(&values)).enumerate();
    let rows: Vec<Entry> = rows
        .filter(|(_, (name, value))| !name.is_empty() || !value.is_empty())
        .map(|(at, (name, value))| Entry {
            name: name.to_owned(),
            // Browsers end lines in their own way.
            value: value.replace("\r\n", "\n").into(),
            line: at + 1,
        })
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    named(field, "Row", rows).map(Some)
}

/// What its names may be: those of secrets, or of HTTP's headers.
fn name_rule(field: &Field) -> fn(&str) -> Option<String> {
    if field.name.ends_with("headers") {
        header_fault
    } else {
        name_fault
    }
}

fn header_fault(name: &str) -> Option<String> {
    let fits = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_');
    (name.is_empty() || !name.chars().all(fits))
        .then(|| "The name of a header has letters from A to Z, digits and hyphens, nothing else.".to_owned())
}

fn named(field: &Field, what: &str, entries: Vec<Entry>) -> Result<Value, ConsoleError> {
    let mut pairs = Map::new();
    for Entry { name, value, line } in entries {
        let value = value.expose();
        // An empty value is one here: nothing is there yet that it could stand for.
        let fault = name_rule(field)(&name).or_else(|| value_fault(value).filter(|_| !value.is_empty()));
        if let Some(fault) = fault {
            return Err(refused(field, what, line, &fault));
        }
        if pairs.insert(name, value.into()).is_some() {
            return Err(refused(field, what, line, "Its name came before."));
        }
    }
    Ok(Value::Object(pairs))
}

fn refused(field: &Field, what: &str, at: usize, why: &str) -> ConsoleError {
    ConsoleError::invalid(field.name.as_str(), format!("{what} {at} of {}: {why}", field.name))
}
