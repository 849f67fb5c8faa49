//! From what was typed into a form to the operation's parameters.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use management_api::{OperationId, Upload};
use serde_json::{Map, Number, Value};

use super::{
    EACH, Form, OWN, SURE,
    change::{Change, changed},
    field::{Field, Kind, Place, spelled},
    once::Once,
    rules,
    shape::Shape,
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
fn is_free(kind: &Kind) -> bool {
    matches!(kind, Kind::Json(Value::Object(names)) if names.is_empty())
}

/// Characters of an unknown name that are repeated.
const SHOWN: usize = 100;

/// What a browser has sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sent {
    /// By field; one that was left alone may be missing, and one of several choices comes several times.
    pub texts: Vec<(String, String)>,
    pub files: Vec<(String, Upload)>,
}

impl From<Vec<(String, String)>> for Sent {
    /// A form without files.
    fn from(texts: Vec<(String, String)>) -> Self {
        Self {
            texts,
            files: Vec::new(),
        }
    }
}

/// What a browser sends of these fields.
#[cfg(test)]
pub(crate) fn sent(pairs: &[(&str, &str)]) -> Sent {
    let pairs = pairs.iter();
    Sent {
        texts: pairs
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
        files: Vec::new(),
    }
}

impl Sent {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, text)| text.as_str())
    }

    /// Every text that was sent for this field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, text)| text.as_str())
    }
}

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

/// The steps of the way to a parameter, such as `features.s3Protocol.enabled`.
pub(crate) fn steps(name: &str) -> Vec<&str> {
    if dotted().contains(name) {
        vec![name]
    } else {
        name.split('.').collect()
    }
}

/// The API's own names that hold a dot, such as `cron.log_statement`: no way into an object.
fn dotted() -> &'static BTreeSet<String> {
    static DOTTED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let schemas = OperationId::ALL.iter().map(|id| id.schema());
        let names = schemas.filter_map(|schema| {
            let properties = schema.get("properties")?.as_object()?;
            Some(
                properties
                    .keys()
                    .filter(|name| name.contains('.'))
                    .cloned()
                    .collect::<Vec<_>>(),
            )
        });
        names.flatten().collect()
    });
    &DOTTED
}

/// Sets a parameter by the way to it.
pub(crate) fn put(parameters: &mut Map<String, Value>, name: &str, value: Value) {
    let steps = steps(name);
    let Some((last, wholes)) = steps.split_last() else {
        return;
    };
    let mut at = parameters;
    for whole in wholes {
        let Value::Object(object) = at.entry(*whole).or_insert_with(|| serde_json::json!({})) else {
            return;
        };
        at = object;
    }
    at.insert((*last).to_owned(), value);
}

/// Takes a parameter out by the way to it.
pub(crate) fn take_out(parameters: &mut Value, name: &str) -> Option<Value> {
    let steps = steps(name);
    let (last, wholes) = steps.split_last()?;
    let object = wholes
        .iter()
        .try_fold(parameters, |object, whole| object.get_mut(whole))?;
    object.as_object_mut()?.remove(*last)
}

/// What was typed into a field; `None` where it was left empty.
pub(super) fn value(field: &Field, sent: &Sent) -> Result<Option<Value>, ConsoleError> {
    let name = field.name.as_str();
    if field.kind == Kind::Files {
        let files: Vec<&Upload> = sent
            .files
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, file)| file)
            .collect();
        return Ok((!files.is_empty()).then(|| serde_json::json!(files)));
    }
    // The last: a companion stands before its box. Browsers end lines in their own way.
    let whole = sent.all(name).last().unwrap_or_default().replace("\r\n", "\n");
    // Spaces may belong to a secret.
    let text = match field.kind {
        Kind::Text { .. } if field.secret => whole.as_str(),
        _ => whole.trim(),
    };
    match &field.kind {
        // A box that is not ticked is not sent.
        Kind::Flag if field.required && text.is_empty() => Ok(Some(serde_json::json!(false))),
        Kind::Several(choices) => {
            let chosen: Vec<&str> = sent.all(name).filter(|text| !text.trim().is_empty()).collect();
            if let Some(unknown) = chosen.iter().find(|one| !choices.iter().any(|choice| choice == *one)) {
                return Err(ConsoleError::invalid(
                    name,
                    format!("\u{201c}{unknown}\u{201d} is none of the choices of {name}."),
                ));
            }
            Ok((!chosen.is_empty()).then(|| serde_json::json!(chosen)))
        }
        // As they are: names may hold spaces, and a line's end.
        Kind::Lines if sent.text(EACH) == Some(name) => {
            let each = sent.all(name).filter(|text| !text.is_empty());
            let each: Vec<String> = each.map(|text| text.replace("\r\n", "\n")).collect();
            Ok((!each.is_empty()).then(|| serde_json::json!(each)))
        }
        Kind::Lines if field.required || !text.is_empty() => {
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            Ok((!lines.is_empty()).then(|| serde_json::json!(lines)))
        }
        kind if is_free(kind) => match (text.is_empty(), rows(field, sent)?) {
            (true, rows) => Ok(rows),
            (false, None) if !text.starts_with('{') => pairs(field, &whole).map(Some),
            (false, None) => parsed(field, text).map(Some),
            (false, Some(_)) => Err(ConsoleError::invalid(
                name,
                format!("{name} came as a text and in rows. Leave one of them empty."),
            )),
        },
        kind if rules::are(kind) && text.is_empty() => {
            Ok(rules::read(field, sent)?.filter(|rules| !rules::is_none(rules)))
        }
        _ if text.is_empty() => Ok(None),
        Kind::Lines | Kind::Files => Ok(None),
        Kind::Text { least, most, .. } => {
            let length = text.chars().count() as u64;
            if let Some(least) = least.filter(|least| length < *least) {
                return Err(ConsoleError::invalid(
                    name,
                    format!("At least {least} characters, please; these are {length}."),
                ));
            }
            if let Some(most) = most.filter(|most| length > *most) {
                return Err(ConsoleError::invalid(
                    name,
                    format!("At most {most} characters, please; these are {length}."),
                ));
            }
            Ok(Some(serde_json::json!(text)))
        }
        Kind::Number { whole, least, most } => number(text, *whole)
            .filter(|number| {
                let value = number.as_f64().unwrap_or(f64::NAN);
                least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most)
            })
            .map(|number| Some(Value::Number(number)))
            .ok_or_else(|| {
                let expected = field.kind.words().to_lowercase();
                ConsoleError::invalid(name, format!("{name} is a {expected}. \u{201c}{text}\u{201d} is none."))
            }),
        Kind::Flag => match text {
            "true" => Ok(Some(serde_json::json!(true))),
            "false" => Ok(Some(serde_json::json!(false))),
            _ => Err(ConsoleError::invalid(name, format!("{name} is true or false."))),
        },
        Kind::Choice(choices) => match choices.iter().find(|choice| spelled(choice) == text) {
            Some(choice) => Ok(Some(choice.clone())),
            None => Err(ConsoleError::invalid(
                name,
                format!("\u{201c}{text}\u{201d} is none of the choices of {name}."),
            )),
        },
        Kind::Json(_) => parsed(field, text).map(Some),
    }
}

fn number(text: &str, whole: bool) -> Option<Number> {
    if whole {
        text.parse::<i64>().ok().map(Number::from)
    } else {
        text.parse::<i64>()
            .ok()
            .map(Number::from)
            .or_else(|| Number::from_f64(text.parse().ok()?))
    }
}

/// Names with their values as in a `.env` file: an object whose names are free. Errors tell the line, and nothing of what
/// stands in it.
fn pairs(field: &Field, text: &str) -> Result<Value, ConsoleError> {
    let given = dotenv::read(text);
    if let Some(fault) = given.faults.first() {
        return Err(refused(field, "Line", fault.line, &fault.kind.to_string()));
    }
    named(field, "Line", given.entries)
}

/// The same, typed row by row; `None` where all rows are empty.
fn rows(field: &Field, sent: &Sent) -> Result<Option<Value>, ConsoleError> {
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

fn parsed(field: &Field, text: &str) -> Result<Value, ConsoleError> {
    json(text).map_err(|error| {
        ConsoleError::invalid(field.name.as_str(), format!("{} is not JSON yet: {error}.", field.name))
    })
}

/// Reads JSON in which no name comes twice. The error names the place and nothing of the text itself.
pub fn json(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).map(|Once(value)| value)
}
