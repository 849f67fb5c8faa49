//! The second reading of a form: what of it was changed.
//!
//! A field that shows a value sends that value along, as JSON in a hidden field `_was.<name>`. So the server tells by
//! comparing, and without JavaScript, which fields were touched; only those are sent.
//!
//! | what comes of the field | it is |
//! |---|---|
//! | nothing, as of one that is closed | untouched |
//! | what it showed, even in other words (spaces around it, line ends, the order of boxes) | untouched |
//! | nothing in it, where something was | cleared |
//! | anything else | set |
//!
//! - **Cleared** is sent as `null` where the type takes one, else as an empty list or text. Where the operation replaces
//!   everything it is left out, and what can be neither is refused.
//! - **A box says no** by a hidden companion before it: `x=false`, and `x=true` after that while it is ticked. Several
//!   boxes have an empty one. So nothing at all always means: closed.
//! - **A secret** shows nothing, so its `_was.` is `null`; left empty it is untouched, and `_clear.<name>` clears it.
//! - **Where the operation replaces everything** ([`management_api::Row::replaces`]), untouched values are sent as they
//!   were, and a form that does not show every one of them is refused.

use serde_json::{Value, json};

use super::{
    Form, Sent,
    field::{Field, Kind, Place, spelled},
    rules,
    value::value,
};
use crate::error::ConsoleError;

/// Before the name of a field: the value that it showed, as JSON.
pub const WAS: &str = "_was.";
/// Before the name of a secret: a box that clears it.
pub const CLEAR: &str = "_clear.";

/// What became of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Untouched,
    Cleared,
    Set(Value),
}

/// A field that says what it showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed<'a> {
    pub field: &'a Field,
    /// The value that it showed; of a secret `null`.
    pub was: Value,
    pub to: Change,
}

/// The hidden field that goes with a field that shows `value`: its name, and what it holds.
pub fn was(field: &Field, value: &Value) -> (String, String) {
    let value = if field.secret { &Value::Null } else { value };
    (format!("{WAS}{}", field.name), value.to_string())
}

/// The box that clears a secret.
pub fn clear(field: &Field) -> String {
    format!("{CLEAR}{}", field.name)
}

impl Form {
    /// What was changed, of the fields that say what they showed; in the form's order.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`], which names the first field that is not right. What was not touched always is.
    pub fn changes(&self, sent: &Sent) -> Result<Vec<Changed<'_>>, ConsoleError> {
        self.knows_all(sent)?;
        let each = self.fields.iter().map(|field| changed(field, sent));
        each.filter_map(Result::transpose).collect()
    }

    /// The field that `_was.` or `_clear.` in front of its name speaks of.
    pub(super) fn spoken_of(&self, name: &str) -> Option<&Field> {
        let field = match (name.strip_prefix(WAS), name.strip_prefix(CLEAR)) {
            (Some(name), _) => self.field(name),
            (None, Some(name)) => self.field(name).filter(|field| field.secret),
            (None, None) => None,
        };
        field.filter(|field| field.place == Place::Body && field.kind != Kind::Files)
    }

    /// Holds a change of everything to be one: what it did not show would be set back.
    pub(super) fn shows_enough(&self, sent: &Sent) -> Result<(), ConsoleError> {
        if !self.operation.row().replaces || !sent.shows() {
            return Ok(());
        }
        let there =
            |field: &Field| sent.text(&field.name).is_some() || sent.text(&was(field, &Value::Null).0).is_some();
        let body = self.fields.iter().filter(|field| field.place == Place::Body);
        match body.into_iter().find(|field| !there(field)) {
            None => Ok(()),
            Some(field) => Err(ConsoleError::invalid(
                field.name.as_str(),
                format!(
                    "Nothing was sent: {} is not on this form, and {} sets back whatever is left out.",
                    field.name, self.operation
                ),
            )),
        }
    }
}

impl Sent {
    /// Whether any field says what it showed.
    pub(super) fn shows(&self) -> bool {
        self.texts.iter().any(|(name, _)| name.starts_with(WAS))
    }
}

impl Changed<'_> {
    /// What is sent for the field; `None` for nothing.
    ///
    /// `goes_along`: it is sent even where it was not touched.
    ///
    /// # Errors
    /// It was cleared, and cannot be.
    pub(super) fn value(self, replaces: bool, goes_along: bool) -> Result<Option<Value>, ConsoleError> {
        let Self { field, was, to } = self;
        Ok(match (to, &field.kind) {
            (Change::Set(value), _) => Some(value),
            (Change::Untouched, _) => Some(was).filter(|was| goes_along && !was.is_null()),
            (Change::Cleared, _) if field.nullable => Some(Value::Null),
            // It is asked for.
            (Change::Cleared, _) if field.required => None,
            (Change::Cleared, Kind::Lines | Kind::Several(_) | Kind::Json(Value::Array(_))) => Some(json!([])),
            (Change::Cleared, _) if replaces => None,
            (Change::Cleared, Kind::Text { least, .. }) if least.is_none_or(|least| least == 0) => Some(json!("")),
            (
                Change::Cleared,
                Kind::Text { .. } | Kind::Number { .. } | Kind::Flag | Kind::Choice(_) | Kind::Json(_) | Kind::Files,
            ) => {
                return Err(ConsoleError::invalid(
                    field.name.as_str(),
                    format!("{} cannot be empty.", field.name),
                ));
            }
        })
    }
}

/// What became of a field; `None` where it does not say what it showed.
pub(super) fn changed<'a>(field: &'a Field, sent: &Sent) -> Result<Option<Changed<'a>>, ConsoleError> {
    let (name, _) = was(field, &Value::Null);
    let cleared = sent.text(&clear(field)).is_some();
    let was = match sent.text(&name) {
        Some(text) => serde_json::from_str(text)
            .map_err(|_| ConsoleError::invalid(name.as_str(), format!("Nothing was sent: {name} is not JSON.")))?,
        None if cleared => Value::Null,
        None => return Ok(None),
    };
    let to = if field.secret {
        secret(field, cleared, sent)?
    } else {
        plain(field, &was, sent)?
    };
    let was = if field.secret { Value::Null } else { was };
    Ok(Some(Changed { field, was, to }))
}

fn secret(field: &Field, cleared: bool, sent: &Sent) -> Result<Change, ConsoleError> {
    match (value(field, sent)?, cleared) {
        (Some(_), true) => Err(ConsoleError::invalid(
            field.name.as_str(),
            format!("{} is to be cleared and replaced at once: choose one.", field.name),
        )),
        (Some(value), false) => Ok(Change::Set(value)),
        (None, true) => Ok(Change::Cleared),
        (None, false) => Ok(Change::Untouched),
    }
}

fn plain(field: &Field, was: &Value, sent: &Sent) -> Result<Change, ConsoleError> {
    if rules::are(&field.kind)
        && let Some(rules) = rules::read(field, sent)?
    {
        let untouched = rules == *was || (rules::is_none(&rules) && rules::is_none(was));
        return Ok(if untouched {
            Change::Untouched
        } else {
            Change::Set(rules)
        });
    }
    let typed = sent.all(&field.name).filter(|text| !text.is_empty()).map(plain_lines);
    let shown = field.shown(was);
    // First as text: what was not touched need not be anything that we know.
    if sent.text(&field.name).is_none() || typed.eq(shown.iter().map(|text| plain_lines(text))) {
        return Ok(Change::Untouched);
    }
    Ok(match value(field, sent)? {
        Some(value) if same(&field.kind, &value, was) => Change::Untouched,
        Some(value) => Change::Set(value),
        None if is_empty(was) => Change::Untouched,
        None => Change::Cleared,
    })
}

/// Browsers end lines in their own way.
fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

impl Field {
    /// What its control holds while it shows `value`; nothing where it is empty, and never a secret.
    pub fn shown(&self, value: &Value) -> Vec<String> {
        if self.secret || is_empty(value) {
            return Vec::new();
        }
        match (&self.kind, value) {
            (Kind::Files, _) => Vec::new(),
            (Kind::Several(_), Value::Array(words)) => words.iter().map(spelled).collect(),
            (Kind::Lines, Value::Array(lines)) => vec![lines.iter().map(spelled).collect::<Vec<_>>().join("\n")],
            // ok: a value can always be written.
            (Kind::Json(_), value) => vec![serde_json::to_string_pretty(value).unwrap_or_default()],
            (_, value) => vec![spelled(value)],
        }
    }
}

/// Whether there is nothing in it.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// Whether two values are one: numbers however they are written, choices in any order.
pub(crate) fn same(kind: &Kind, one: &Value, other: &Value) -> bool {
    match (kind, one, other) {
        (Kind::Number { .. }, one, other) => one.as_f64().is_some() && one.as_f64() == other.as_f64(),
        (Kind::Several(_), Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().all(|word| other.contains(word))
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests;
