//! From what was typed into a form to the operation's parameters.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    EACH, Form, OWN, SURE, Sent,
    change::{Change, changed},
    field::{Field, Kind, Place},
    free::{NAMED, VALUED, is_free},
    rules,
    shape::Shape,
    value::value,
    way::{put, steps},
};
use crate::error::ConsoleError;

/// Characters of an unknown name that are repeated.
const SHOWN: usize = 100;

impl Form {
    /// The operation's parameters as JSON. What was left empty is left out, and of fields that say what they showed
    /// whatever was not touched; what the operation does not know is refused, since it would be dropped without a word.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`], which names the first field that is not right.
    pub fn read(&self, sent: &Sent) -> Result<Value, ConsoleError> {
        self.read_beside(Map::new(), sent)
    }

    /// The same beside parameters that came in another way.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`], which names the first field that is not right.
    pub fn read_beside(&self, mut parameters: Map<String, Value>, sent: &Sent) -> Result<Value, ConsoleError> {
        self.knows_all(sent)?;
        self.shows_enough(sent)?;
        let replaces = self.operation.row().replaces;
        let mut touched = !parameters.is_empty();
        let objects = self.touched_objects(sent)?;
        for field in &self.fields {
            let value = match changed(field, sent)? {
                Some(change) => {
                    touched |= change.to != Change::Untouched;
                    let within = field
                        .needed_within
                        .as_ref()
                        .is_some_and(|object| objects.contains(object));
                    change.value(replaces, replaces || field.required || within)?
                }
                None => {
                    let value = value(field, sent)?;
                    touched |= value.is_some() && field.place == Place::Body;
                    value
                }
            };
            match value {
                Some(_) if parameters.contains_key(&field.name) => {
                    return Err(ConsoleError::invalid(
                        field.name.as_str(),
                        format!("{} stands in the body, too: send it once.", field.name),
                    ));
                }
                Some(value) => put(&mut parameters, &field.name, value),
                None if field.required && !parameters.contains_key(&field.name) => {
                    return Err(ConsoleError::invalid(field.name.as_str(), missing(field)));
                }
                None => {}
            }
        }
        if sent.shows() && !touched {
            return Err(ConsoleError::invalid(None, "Nothing was changed, so nothing was sent."));
        }
        // The object that the body is, that goes along with files, or that cannot be missing, is sent even where all of it
        // was left out.
        let row = self.operation.row();
        let needed = |whole: &str| {
            let required = self.schema["required"].as_array().into_iter().flatten();
            required.filter_map(Value::as_str).any(|name| name == whole)
        };
        for field in &self.fields {
            if let [whole, _, ..] = steps(&field.name)[..]
                && (!row.parts.contains(&whole) || needed(whole))
            {
                parameters.entry(whole).or_insert_with(|| serde_json::json!({}));
            }
        }
        let parameters = Value::Object(parameters);
        match Shape::of(&self.schema).complaint(&parameters) {
            None => Ok(parameters),
            Some((path, what)) => {
                let named = path.split('[').next().unwrap_or_default();
                Err(ConsoleError::invalid(self.holding(named), format!("{path} {what}.")))
            }
        }
    }

    /// The optional objects of which some part was touched: what else they need is sent along.
    fn touched_objects(&self, sent: &Sent) -> Result<BTreeSet<String>, ConsoleError> {
        let mut objects = BTreeSet::new();
        for field in self.fields.iter().filter(|field| steps(&field.name).len() > 1) {
            let touched = changed(field, sent)?.is_some_and(|change| change.to != Change::Untouched);
            let ends = field.name.match_indices('.').map(|(at, _)| at);
            let around = ends.filter_map(|end| field.name.get(..end)).map(str::to_owned);
            objects.extend(around.filter(|_| touched));
        }
        Ok(objects)
    }

    /// The field that a row belongs to.
    fn row_of(&self, name: &str) -> Option<&Field> {
        let pair = name.strip_prefix(NAMED).or_else(|| name.strip_prefix(VALUED));
        if let Some(name) = pair {
            return self.field(name).filter(|field| is_free(&field.kind));
        }
        let name = rules::COLUMNS.iter().find_map(|column| name.strip_prefix(column))?;
        self.field(name).filter(|field| rules::are(&field.kind))
    }

    /// Whether everything that was sent is a parameter, or the shell's own, and was sent once.
    pub(super) fn knows_all(&self, sent: &Sent) -> Result<(), ConsoleError> {
        let refuse = |name: &str, why: &str| {
            let name: String = name.chars().take(SHOWN).collect();
            Err(ConsoleError::invalid(
                name.as_str(),
                format!("Nothing was sent: \u{201c}{name}\u{201d} {why}."),
            ))
        };
        let unknown = format!("is no parameter of {}", self.operation);
        let mut seen = BTreeSet::new();
        for (name, text) in &sent.texts {
            let again = !seen.insert(name.as_str());
            match self.field(name).map(|field| &field.kind) {
                None if !OWN.contains(&name.as_str())
                    && self.spoken_of(name).is_none()
                    && self.row_of(name).is_none() =>
                {
                    return refuse(name, &unknown);
                }
                Some(Kind::Files) if !text.trim().is_empty() => return refuse(name, "takes files, not text"),
                Some(Kind::Several(_)) => {}
                Some(Kind::Lines) if sent.text(EACH) == Some(name) => {}
                // A box and its companion.
                Some(Kind::Flag) if sent.all(name).eq(["false", "true"]) => {}
                // A form may ask several questions, and has a row for each name that is free.
                None if name == SURE || self.row_of(name).is_some() => {}
                _ if again => return refuse(name, "came twice"),
                None | Some(_) => {}
            }
        }
        for (name, _) in &sent.files {
            match self.field(name).map(|field| &field.kind) {
                None => return refuse(name, &unknown),
                Some(Kind::Files) => {}
                Some(_) => return refuse(name, "takes no files"),
            }
        }
        Ok(())
    }

    /// The name of the field into which the parameter at `path` is typed.
    pub(super) fn holding<'a>(&self, path: &'a str) -> &'a str {
        let mut parts = path.match_indices('.').map(|(at, _)| at);
        let ends = [parts.next(), parts.next(), Some(path.len())];
        let names = ends.into_iter().flatten().filter_map(|end| path.get(..end));
        let mut known = names.filter(|name| self.field(name).is_some());
        known.next().unwrap_or(path)
    }

    /// What was typed, by field, without secrets: what the form may come back with.
    pub fn kept(&self, sent: &Sent) -> BTreeMap<String, Vec<String>> {
        let mut kept = BTreeMap::new();
        for field in self.fields.iter().filter(|field| !field.secret) {
            let texts = sent.all(&field.name).map(str::to_owned);
            let texts = match &field.kind {
                Kind::Files => continue,
                // The last: a companion stands before its box.
                Kind::Flag => texts.last().into_iter().collect(),
                Kind::Text { .. }
                | Kind::Number { .. }
                | Kind::Choice(_)
                | Kind::Several(_)
                | Kind::Lines
                | Kind::Json(_) => texts.collect(),
            };
            kept.insert(field.name.clone(), texts);
            for column in rules::COLUMNS.iter().filter(|_| rules::are(&field.kind)) {
                let name = format!("{column}{}", field.name);
                let texts = sent.all(&name).map(str::to_owned).collect();
                kept.insert(name, texts);
            }
        }
        kept
    }
}

/// Asks for what is required, together with its range.
fn missing(field: &Field) -> String {
    let name = field.name.replace('_', " ");
    match &field.kind {
        Kind::Number { .. } => format!("Please fill this in: {name} ({}).", field.kind.words().to_lowercase()),
        _ => format!("Please fill this in: {name}."),
    }
}
