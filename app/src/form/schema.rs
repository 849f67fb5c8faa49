//! From the JSON schema of an operation's type to the fields of its form.

use std::collections::BTreeSet;

use management_api::{Body, OperationId, Row};
use serde_json::{Map, Value, json};

use super::{
    Form,
    field::{Field, Kind, Place, spelled},
};
use crate::ui::sentence;

/// How deep a skeleton goes; types may hold themselves.
const DEEP: usize = 6;
/// A text of so many characters is typed over several lines.
const LONG: u64 = 1_000;
/// Texts of several lines, by name: SQL and code.
const SEVERAL_LINES: [&str; 6] = ["query", "sql", "rollback", "body", "metadata_xml", "seed"];

pub(super) fn form(operation: OperationId, root: &Value) -> Form {
    let row = operation.row();
    let reader = Reader {
        root,
        row,
        placeholders: row.placeholders().collect(),
    };
    let object = reader.resolve(root);
    let about = described(object.schema.get("description"));
    let mut fields: Vec<Field> = reader.properties(&object.schema, "", false);
    let kept = reader.nulls_kept(&fields);
    fields
        .iter_mut()
        .for_each(|field| field.nullable &= kept.contains(&field.name));
    fields.sort_by_key(|field| (field.place, reader.rank(field), !field.required));
    Form {
        operation,
        about: if about.is_empty() { fallback(row) } else { about },
        fields,
        schema: root.clone(),
    }
}

/// The documentation of a type or field on one line; a note of unfinished work is none.
fn described(text: Option<&Value>) -> String {
    let text = text.and_then(Value::as_str).unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.starts_with("TODO") { String::new() } else { text }
}

/// The catalogue's sentence without its parameters.
fn fallback(row: &Row) -> String {
    let mut parts = row.sentence.split('{');
    let mut text = parts.next().unwrap_or_default().trim_end().to_owned();
    for part in parts {
        text.push_str(part.split_once('}').map_or("", |(_, rest)| rest).trim_end());
    }
    sentence(&text)
}

/// A schema without references, and whether `null` fits it too.
struct Resolved {
    schema: Map<String, Value>,
    /// Name of the type, if it has one.
    name: Option<String>,
    nullable: bool,
}

struct Reader<'a> {
    root: &'a Value,
    row: &'static Row,
    placeholders: Vec<&'static str>,
}

impl Reader<'_> {
    fn resolve(&self, schema: &Value) -> Resolved {
        let mut resolved = Resolved {
            schema: schema.as_object().cloned().unwrap_or_default(),
            name: None,
            nullable: false,
        };
        // As many steps as any type of ours needs; one that went round in a circle would stay unresolved.
        for _ in 0..DEEP {
            if let Some(Value::String(reference)) = resolved.schema.remove("$ref") {
                resolved.name = reference.rsplit('/').next().map(str::to_owned);
                let target = reference
                    .strip_prefix('#')
                    .and_then(|pointer| self.root.pointer(pointer));
                resolved.take(target);
            } else if let Some(alternatives) = resolved.alternatives() {
                let (null, rest): (Vec<_>, Vec<_>) = alternatives
                    .into_iter()
                    .partition(|one| one.get("type") == Some(&json!("null")));
                resolved.nullable |= !null.is_empty();
                match rest.as_slice() {
                    [one] => resolved.take(Some(one)),
                    several => {
                        self.unite(&mut resolved, several);
                        break;
                    }
                }
            } else {
                break;
            }
        }
        if let Some(Value::Array(types)) = resolved.schema.get_mut("type") {
            let before = types.len();
            types.retain(|word| word != "null");
            resolved.nullable |= types.len() < before;
            if let [one] = types.as_slice() {
                let one = one.clone();
                resolved.schema.insert("type".to_owned(), one);
            }
        }
        resolved
    }

    /// Several shapes in one: the words of all, or the fields of all; what only some of them need is optional.
    fn unite(&self, resolved: &mut Resolved, several: &[Value]) {
        let several: Vec<Resolved> = several.iter().map(|one| self.resolve(one)).collect();
        let constants = |one: &Resolved| match (one.schema.get("const"), one.schema.get("enum")) {
            (Some(word), _) => Some(vec![word.clone()]),
            (None, Some(Value::Array(words))) => Some(words.clone()),
            (None, Some(_) | None) => None,
        };
        if let Some(words) = several.iter().map(constants).collect::<Option<Vec<_>>>() {
            resolved.schema.insert("enum".to_owned(), Value::Array(words.concat()));
            return;
        }
        if !several.iter().all(|one| one.schema.contains_key("properties")) {
            return;
        }
        let mut needed: Option<BTreeSet<String>> = None;
        for one in &several {
            let here = required(&one.schema);
            needed = Some(match needed {
                Some(before) => before.intersection(&here).cloned().collect(),
                None => here,
            });
            if let Some(Value::Object(more)) = one.schema.get("properties") {
                let properties = resolved.schema.entry("properties").or_insert_with(|| json!({}));
                for (name, property) in more {
                    if let Some(known) = properties.as_object_mut() {
                        known.entry(name).or_insert_with(|| property.clone());
                    }
                }
            }
        }
        let mut all = required(&resolved.schema);
        all.extend(needed.unwrap_or_default());
        resolved.schema.insert("required".to_owned(), json!(all));
    }

    /// `optional`: the object may be left out as a whole.
    fn properties(&self, object: &Map<String, Value>, prefix: &str, optional: bool) -> Vec<Field> {
        let required = required(object);
        let Some(Value::Object(properties)) = object.get("properties") else {
            return Vec::new();
        };
        let mut fields = Vec::new();
        for (name, schema) in properties {
            let resolved = self.resolve(schema);
            let needed = required.contains(name) && !resolved.nullable;
            // The one object that the body is, or that goes along with files, is filled in part by part, and so are those
            // that the catalogue names.
            let whole = prefix.is_empty() && self.is_whole(name) && needed;
            let parts = whole
                || self
                    .row
                    .parts
                    .iter()
                    .any(|part| format!("{prefix}{name}.").starts_with(&format!("{part}.")));
            if parts && resolved.schema.contains_key("properties") {
                fields.extend(self.properties(&resolved.schema, &format!("{prefix}{name}."), optional || !needed));
            } else {
                let mut field = self.field(format!("{prefix}{name}"), needed && !optional, schema, &resolved);
                field.needed_within = (needed && optional).then(|| prefix.trim_end_matches('.').to_owned());
                fields.push(field);
            }
        }
        fields
    }

    fn is_whole(&self, name: &str) -> bool {
        match self.row.body {
            Body::Whole(whole) => whole == name,
            Body::Multipart => name == "metadata",
            Body::None | Body::Json | Body::Data(_) | Body::List(..) | Body::Form => false,
        }
    }

    fn field(&self, name: String, required: bool, schema: &Value, resolved: &Resolved) -> Field {
        let top = name.split('.').next().unwrap_or_default();
        let place = if self.placeholders.contains(&top) {
            Place::Path
        } else if self.row.query.contains(&top) {
            Place::Query
        } else {
            Place::Body
        };
        // What is said of the field tells more than what is said of its type.
        let help = described(schema.get("description").or_else(|| resolved.schema.get("description")));
        Field {
            place,
            required: required || place == Place::Path,
            needed_within: None,
            help,
            // Of what is filled in part by part, only some may be secret.
            secret: self.row.secret_parameters.contains(&name.as_str()) || self.holds_password(&resolved.schema, DEEP),
            nullable: resolved.nullable,
            kind: self.kind(&name, resolved),
            name,
        }
    }

    fn kind(&self, name: &str, resolved: &Resolved) -> Kind {
        let schema = &resolved.schema;
        let number = |key: &str| schema.get(key).and_then(Value::as_f64);
        let length = |key: &str| schema.get(key).and_then(Value::as_u64);
        if let Some(Value::Array(words)) = schema.get("enum") {
            return Kind::Choice(words.iter().filter(|word| !word.is_null()).cloned().collect());
        }
        if let Some(word) = schema.get("const") {
            return Kind::Choice(vec![word.clone()]);
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => {
                let last = name.rsplit('.').next().unwrap_or(name);
                let most = length("maxLength");
                Kind::Text {
                    long: SEVERAL_LINES.contains(&last) || most.is_some_and(|most| most > LONG),
                    least: length("minLength"),
                    most,
                    pattern: schema.get("pattern").and_then(Value::as_str).map(str::to_owned),
                }
            }
            Some(word @ ("integer" | "number")) => Kind::Number {
                whole: word == "integer",
                least: number("minimum"),
                most: number("maximum"),
            },
            Some("boolean") => Kind::Flag,
            Some("array") => {
                let items = self.resolve(schema.get("items").unwrap_or(&Value::Null));
                if items.name.as_deref() == Some("Upload") {
                    return Kind::Files;
                }
                match self.kind("", &items) {
                    Kind::Choice(words) => Kind::Several(words.iter().map(spelled).collect()),
                    Kind::Text { .. } => Kind::Lines,
                    _ => Kind::Json(json!([self.skeleton(&items, DEEP)])),
                }
            }
            Some(_) | None => Kind::Json(self.skeleton(resolved, DEEP)),
        }
    }

    /// A value of this shape with nothing in it yet: what is required, or where nothing is, everything.
    fn skeleton(&self, resolved: &Resolved, deep: usize) -> Value {
        let schema = &resolved.schema;
        if let Some(Value::Array(words)) = schema.get("enum") {
            return words.first().cloned().unwrap_or_default();
        }
        if let Some(word) = schema.get("const") {
            return word.clone();
        }
        let inner = |schema: &Value| {
            if deep == 0 {
                Value::Null
            } else {
                self.skeleton(&self.resolve(schema), deep - 1)
            }
        };
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => json!(""),
            Some("integer" | "number") => json!(0),
            Some("boolean") => json!(false),
            Some("array") => json!([]),
            Some("object") => {
                let required = required(schema);
                let properties = schema.get("properties").and_then(Value::as_object);
                let shown = properties
                    .into_iter()
                    .flatten()
                    .filter(|(name, _)| required.is_empty() || required.contains(*name));
                Value::Object(shown.map(|(name, schema)| (name.clone(), inner(schema))).collect())
            }
            Some(_) | None => Value::Null,
        }
    }

    /// Names of the fields for which a `null` arrives. A schema says so of every field that may be left out, but most
    /// types take a `null` for nothing then.
    fn nulls_kept(&self, fields: &[Field]) -> BTreeSet<String> {
        let mut parameters = self.skeleton(&self.resolve(self.root), DEEP);
        let top = |field: &&Field| field.nullable && !field.name.contains('.');
        for name in fields.iter().filter(top).map(|field| &field.name) {
            parameters[name] = Value::Null;
        }
        for name in &self.placeholders {
            parameters[*name] = json!("x");
        }
        let kept = self.row.id.request(parameters).map(|request| request.parameters);
        let is_null = |name: &&String| kept.as_ref().is_ok_and(|kept| kept.get(*name) == Some(&Value::Null));
        fields
            .iter()
            .map(|field| &field.name)
            .filter(is_null)
            .cloned()
            .collect()
    }

    fn holds_password(&self, schema: &Map<String, Value>, deep: usize) -> bool {
        if schema.get("format") == Some(&json!("password")) {
            return true;
        }
        let holds = |schema: &Value| deep > 0 && self.holds_password(&self.resolve(schema).schema, deep - 1);
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.into_iter().flatten().any(|(_, schema)| holds(schema))
            || ["items", "additionalProperties"]
                .iter()
                .any(|key| schema.get(*key).is_some_and(holds))
    }

    /// Path parameters stand in the path's order, and queries in the catalogue's.
    fn rank(&self, field: &Field) -> usize {
        let order: &[&str] = match field.place {
            Place::Path => &self.placeholders,
            Place::Query => self.row.query,
            Place::Body => &[],
        };
        order.iter().position(|name| *name == field.name).unwrap_or_default()
    }
}

impl Resolved {
    /// Goes on with `target`; what is said here of its meaning stays.
    fn take(&mut self, target: Option<&Value>) {
        let Some(Value::Object(target)) = target else { return };
        for (name, value) in target {
            self.schema.entry(name).or_insert_with(|| value.clone());
        }
    }

    fn alternatives(&mut self) -> Option<Vec<Value>> {
        ["anyOf", "oneOf", "allOf"]
            .iter()
            .find_map(|key| match self.schema.remove(*key) {
                Some(Value::Array(alternatives)) => Some(alternatives),
                Some(_) | None => None,
            })
    }
}

fn required(object: &Map<String, Value>) -> BTreeSet<String> {
    object
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}
