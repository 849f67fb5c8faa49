//! Whether parameters fit the schema of their operation's type, down to the last entry of a list.
//!
//! Serde holds the shape; what it does not know are ranges, lengths, patterns and choices. Names that the type does not
//! know are found where the request is made, by what of the parameters is not in it.

use std::borrow::Cow;

use regex::Regex;
use serde_json::{Map, Value};

use super::{WITHHELD, field::spelled};

/// How many references lead on from one another; a type may hold itself.
const DEEP: usize = 32;

/// What is wrong, and where: `functions[0].slug`, and a clause that goes on from it.
type Complaint = (String, String);

pub(super) struct Shape<'a> {
    root: &'a Value,
}

impl<'a> Shape<'a> {
    pub fn of(root: &'a Value) -> Self {
        Self { root }
    }

    /// The first thing that is wrong with `parameters`. Never repeats a value: it may be a secret.
    pub fn complaint(&self, parameters: &Value) -> Option<Complaint> {
        withheld(parameters, "").or_else(|| self.check(self.root, parameters, "", DEEP).err())
    }

    fn check(&self, schema: &Value, value: &Value, path: &str, deep: usize) -> Result<(), Complaint> {
        let (Some(schema), Some(deep)) = (schema.as_object(), deep.checked_sub(1)) else {
            return Ok(());
        };
        if let Some(target) = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|to| self.target(to))
        {
            self.check(target, value, path, deep)?;
        }
        for one in list(schema, "allOf") {
            self.check(one, value, path, deep)?;
        }
        for key in ["anyOf", "oneOf"] {
            self.one_of(list(schema, key), value, path, deep)?;
        }
        let kinds = types(schema);
        if value.is_null() && (kinds.is_empty() || kinds.contains(&"null")) {
            return Ok(());
        }
        let wrong = |what: String| Err((path.to_owned(), what));
        if !kinds.is_empty() && !kinds.iter().any(|kind| is(value, kind)) {
            let expected: Vec<&str> = kinds
                .iter()
                .filter(|kind| **kind != "null")
                .map(|kind| said(kind))
                .collect();
            return wrong(format!("must be {}", expected.join(" or ")));
        }
        let choices = match schema.get("const") {
            Some(word) => std::slice::from_ref(word),
            None => list(schema, "enum"),
        };
        if !choices.is_empty() && !choices.contains(value) {
            let words: Vec<Cow<str>> = choices.iter().filter(|word| !word.is_null()).map(word).collect();
            return wrong(format!("must be one of {}", words.join(", ")));
        }
        match value {
            Value::Number(_) => in_range(schema, value).map_or(Ok(()), wrong),
            Value::String(text) => of_form(schema, text).map_or(Ok(()), wrong),
            Value::Array(values) => {
                if let Some(what) = in_number(schema, values.len()) {
                    return wrong(what);
                }
                let Some(items) = schema.get("items") else {
                    return Ok(());
                };
                let mut each = values.iter().enumerate();
                each.try_for_each(|(at, value)| self.check(items, value, &format!("{path}[{at}]"), DEEP))
            }
            Value::Object(values) => self.fields(schema, values, path),
            Value::Null | Value::Bool(_) => Ok(()),
        }
    }

    fn fields(&self, schema: &Map<String, Value>, values: &Map<String, Value>, path: &str) -> Result<(), Complaint> {
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in list(schema, "required").iter().filter_map(Value::as_str) {
            if !values.contains_key(name) {
                return Err((beneath(path, name), "is missing".to_owned()));
            }
        }
        for (name, value) in values {
            let known = properties.and_then(|properties| properties.get(name));
            if let Some(schema) = known.or_else(|| schema.get("additionalProperties")) {
                self.check(schema, value, &beneath(path, name), DEEP)?;
            }
        }
        Ok(())
    }

    /// Fits where one of the alternatives does; else the complaint of the one that fits furthest is told.
    fn one_of(&self, alternatives: &[Value], value: &Value, path: &str, deep: usize) -> Result<(), Complaint> {
        let mut furthest: Option<Complaint> = None;
        for one in alternatives {
            match self.check(one, value, path, deep) {
                Ok(()) => return Ok(()),
                Err(complaint) if self.is_null(one) => drop(complaint),
                Err(complaint) => {
                    if furthest
                        .as_ref()
                        .is_none_or(|before| before.0.len() < complaint.0.len())
                    {
                        furthest = Some(complaint);
                    }
                }
            }
        }
        furthest.map_or(Ok(()), Err)
    }

    fn is_null(&self, schema: &Value) -> bool {
        schema.get("type").and_then(Value::as_str) == Some("null")
    }

    fn target(&self, reference: &str) -> Option<&'a Value> {
        self.root.pointer(reference.strip_prefix('#')?)
    }
}

/// The place of a placeholder that was typed, or pasted, where a secret belongs.
fn withheld(value: &Value, path: &str) -> Option<Complaint> {
    match value {
        Value::String(text) if text.trim() == WITHHELD => Some((
            path.to_owned(),
            format!(
                "holds \u{201c}{WITHHELD}\u{201d}, which only stands for a secret that is not shown: type the secret itself, or leave it out"
            ),
        )),
        Value::Array(values) => {
            let mut each = values.iter().enumerate();
            each.find_map(|(at, value)| withheld(value, &format!("{path}[{at}]")))
        }
        Value::Object(values) => values
            .iter()
            .find_map(|(name, value)| withheld(value, &beneath(path, name))),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// The path of a part.
pub(super) fn beneath(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn list<'a>(schema: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    schema.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn types(schema: &Map<String, Value>) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        Some(_) | None => Vec::new(),
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// A type for people.
fn said(kind: &str) -> &str {
    match kind {
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "a text",
        "array" => "a list",
        "object" => "an object",
        other => other,
    }
}

fn word(value: &Value) -> Cow<'_, str> {
    spelled(value).into()
}

/// What is wrong with a number.
fn in_range(schema: &Map<String, Value>, value: &Value) -> Option<String> {
    let limit = |key: &str| schema.get(key).filter(|limit| limit.is_number());
    let (least, most) = (limit("minimum"), limit("maximum"));
    let number = value.as_f64()?;
    let below = least.and_then(Value::as_f64).is_some_and(|least| number < least);
    let above = most.and_then(Value::as_f64).is_some_and(|most| number > most);
    (below || above).then(|| match (least, most) {
        (Some(least), Some(most)) => format!("must be {} to {}", shown(least), shown(most)),
        (Some(least), None) => format!("must be {} or more", shown(least)),
        (None, Some(most)) => format!("must be {} at most", shown(most)),
        (None, None) => String::new(),
    })
}

/// A limit as people write it: schemas say `0.0`.
fn shown(limit: &Value) -> String {
    limit.to_string().trim_end_matches(".0").to_owned()
}

/// What is wrong with a text.
fn of_form(schema: &Map<String, Value>, text: &str) -> Option<String> {
    let limit = |key: &str| schema.get(key).and_then(Value::as_u64);
    let length = text.chars().count() as u64;
    if let Some(least) = limit("minLength").filter(|least| length < *least) {
        return Some(format!("must have {least} characters or more, and has {length}"));
    }
    if let Some(most) = limit("maxLength").filter(|most| length > *most) {
        return Some(format!("must have {most} characters at most, and has {length}"));
    }
    let pattern = schema.get("pattern").and_then(Value::as_str)?;
    // ok: a test holds that every pattern of a type is one that can be read.
    if Regex::new(pattern).is_ok_and(|form| !form.is_match(text)) {
        let help = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let form = format!("is not of the form {pattern}");
        return Some(match help.trim_end_matches('.') {
            "" => form,
            help => format!("{form} ({help})"),
        });
    }
    None
}

/// What is wrong with the length of a list.
fn in_number(schema: &Map<String, Value>, count: usize) -> Option<String> {
    let limit = |key: &str| schema.get(key).and_then(Value::as_u64);
    let count = count as u64;
    if let Some(least) = limit("minItems").filter(|least| count < *least) {
        return Some(format!("must have {least} entries or more"));
    }
    let most = limit("maxItems").filter(|most| count > *most)?;
    Some(format!("must have {most} entries at most"))
}

#[cfg(test)]
mod tests {
    use management_api::OperationId;
    use serde_json::json;

    use super::*;

    fn patterns(schema: &Value, found: &mut Vec<String>) {
        match schema {
            Value::Object(fields) => {
                found.extend(fields.get("pattern").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| patterns(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| patterns(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn every_pattern_of_a_type_can_be_read() {
        let mut found = Vec::new();
        OperationId::ALL
            .iter()
            .for_each(|id| patterns(&id.schema(), &mut found));
        assert!(found.len() > 10, "{found:?}");
        for pattern in found {
            assert!(Regex::new(&pattern).is_ok(), "{pattern}");
        }
    }

    fn complaint(schema: Value, value: Value) -> Option<String> {
        let complaint = Shape::of(&schema).complaint(&value);
        complaint.map(|(path, what)| format!("{path} {what}"))
    }

    #[test]
    fn what_is_wrong_is_found_however_deep_and_its_place_is_named() {
        let schema = json!({
            "type": "object",
            "properties": {
                "list": { "type": "array", "maxItems": 2, "items": { "$ref": "#/$defs/Entry" } },
                "rows": { "type": ["object", "null"], "additionalProperties": { "type": "integer", "maximum": 5 } },
                "either": { "anyOf": [{ "$ref": "#/$defs/Entry" }, { "type": "string", "const": "none" }, { "type": "null" }] },
            },
            "$defs": { "Entry": {
                "type": "object",
                "properties": {
                    "slug": { "type": "string", "pattern": "^[a-z]+$", "description": "Small letters.", "maxLength": 4 },
                    "count": { "type": ["integer", "null"], "minimum": 1, "maximum": 100 },
                    "kind": { "type": "string", "enum": ["a", "b"] },
                    "more": { "$ref": "#/$defs/Entry" },
                },
                "required": ["slug"],
            } },
        });
        for (value, expected) in [
            (
                json!({ "list": [{ "slug": "a", "count": 100, "kind": "b", "more": { "slug": "b" } }], "rows": null }),
                None,
            ),
            (json!({ "either": null, "rows": { "x": 5 } }), None),
            (json!({ "either": "none" }), None),
            (
                json!({ "list": [{ "slug": "a" }, { "slug": "A" }] }),
                Some("list[1].slug is not of the form ^[a-z]+$ (Small letters)"),
            ),
            (
                json!({ "list": [{ "slug": "abcde" }] }),
                Some("list[0].slug must have 4 characters at most, and has 5"),
            ),
            (
                json!({ "list": [{ "slug": "a", "count": 0 }] }),
                Some("list[0].count must be 1 to 100"),
            ),
            (
                json!({ "list": [{ "slug": "a", "count": 1.5 }] }),
                Some("list[0].count must be a whole number"),
            ),
            (
                json!({ "list": [{ "slug": "a", "kind": "c" }] }),
                Some("list[0].kind must be one of a, b"),
            ),
            (
                json!({ "list": [{ "slug": "a", "more": { "slug": 5 } }] }),
                Some("list[0].more.slug must be a text"),
            ),
            (json!({ "list": [{}] }), Some("list[0].slug is missing")),
            (json!({ "list": [1, 2, 3] }), Some("list must have 2 entries at most")),
            (json!({ "list": {} }), Some("list must be a list")),
            (json!({ "rows": { "x": 6 } }), Some("rows.x must be 5 at most")),
            (
                json!({ "either": { "slug": "A" } }),
                Some("either.slug is not of the form ^[a-z]+$ (Small letters)"),
            ),
        ] {
            assert_eq!(complaint(schema.clone(), value.clone()).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn the_placeholder_of_a_secret_is_found_wherever_it_stands() {
        let found = complaint(json!(true), json!({ "a": [{ "b": "x" }, { "b": " [secret] " }] })).unwrap();
        assert!(found.starts_with("a[1].b holds"), "{found}");
        assert_eq!(complaint(json!(true), json!({ "a": "what a [secret] is" })), None);
    }
}
