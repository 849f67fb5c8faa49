//! Notation: a document's tree as TOML or JSON, and back. Keys stand in the order of the alphabet, so that the same
//! configuration is always the same text.

use std::fmt::Write;

use serde_json::{Map, Number, Value};
use toml::de::{DeTable, DeValue};
use toml_writer::{ToTomlKey, ToTomlValue};

/// A tree as TOML.
pub fn to_toml(tree: &Map<String, Value>) -> String {
    let mut text = String::new();
    table(&mut text, "", tree);
    text.trim_start().to_owned()
}

/// A tree as JSON.
pub fn to_json(tree: &Map<String, Value>) -> String {
    // ok: a value can always be written.
    serde_json::to_string_pretty(&sorted(&Value::Object(tree.clone()))).unwrap_or_default() + "\n"
}

/// Why a document is none. Never holds a part of it: there may be secrets in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub says: String,
}

/// Reads either of them.
pub fn read(text: &str) -> Result<Map<String, Value>, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        return match serde_json::from_str(text) {
            Ok(Value::Object(tree)) => Ok(tree),
            Ok(_) => Err(fault(1, "a JSON object is expected")),
            Err(error) => Err(fault(error.line(), "this is no JSON")),
        };
    }
    match DeTable::parse(text) {
        Ok(tree) => Ok(object(tree.get_ref())),
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            Err(fault(before.matches('\n').count() + 1, error.message()))
        }
    }
}

fn fault(line: usize, says: &str) -> Fault {
    Fault {
        line,
        says: says.to_owned(),
    }
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut all: Vec<_> = object.iter().collect();
            all.sort_by_key(|(name, _)| *name);
            let each = all.into_iter().map(|(name, value)| (name.clone(), sorted(value)));
            Value::Object(each.collect())
        }
        Value::Array(values) => Value::Array(values.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

fn table(text: &mut String, path: &str, tree: &Map<String, Value>) {
    let mut all: Vec<_> = tree.iter().collect();
    all.sort_by_key(|(name, _)| *name);
    let (tables, values): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, value)| value.is_object());
    if !values.is_empty() {
        if !path.is_empty() {
            // ok: a text can always be written to.
            let _ = writeln!(text, "\n[{path}]");
        }
        for (name, value) in values {
            if !value.is_null() {
                let _ = writeln!(text, "{} = {}", name.to_toml_key(), written(value, true));
            }
        }
    }
    for (name, value) in tables {
        let inner = if path.is_empty() {
            name.to_toml_key()
        } else {
            format!("{path}.{}", name.to_toml_key())
        };
        if let Value::Object(object) = value {
            table(text, &inner, object);
        }
    }
}

/// A value; lists one a line where there is room, so that a change of one is a change of its line.
fn written(value: &Value, room: bool) -> String {
    match value {
        Value::String(text) => text.to_toml_value(),
        Value::Array(values) => {
            let values: Vec<_> = values
                .iter()
                .filter(|value| !value.is_null())
                .map(|value| written(value, false))
                .collect();
            if room && values.len() > 1 {
                format!("[\n    {},\n]", values.join(",\n    "))
            } else {
                format!("[{}]", values.join(", "))
            }
        }
        Value::Object(object) => {
            let mut all: Vec<_> = object.iter().filter(|(_, value)| !value.is_null()).collect();
            all.sort_by_key(|(name, _)| *name);
            let all: Vec<_> = all
                .into_iter()
                .map(|(name, value)| format!("{} = {}", name.to_toml_key(), written(value, false)))
                .collect();
            format!("{{ {} }}", all.join(", "))
        }
        Value::Number(number) => match number.as_i64() {
            Some(number) => number.to_string(),
            None => format!("{:?}", number.as_f64().unwrap_or_default()),
        },
        Value::Bool(is) => is.to_string(),
        Value::Null => String::new(),
    }
}

fn object(tree: &DeTable<'_>) -> Map<String, Value> {
    let each = tree
        .iter()
        .map(|(name, value)| (name.get_ref().to_string(), plain(value.get_ref())));
    each.collect()
}

fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Boolean(is) => Value::Bool(*is),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::from(number),
            Err(_) => Value::String(number.as_str().to_owned()),
        },
        DeValue::Float(number) => match number.as_str().parse().ok().and_then(Number::from_f64) {
            Some(number) => Value::Number(number),
            None => Value::String(number.as_str().to_owned()),
        },
        DeValue::Datetime(time) => Value::String(time.to_string()),
        DeValue::Array(values) => Value::Array(values.iter().map(|value| plain(value.get_ref())).collect()),
        DeValue::Table(table) => Value::Object(object(table)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn tree(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn the_same_tree_is_the_same_text_in_order() {
        let one = tree(json!({ "b": { "y": 1, "x": ["a", "b"] }, "a": "text", "c": { "d": { "e.f": true } } }));
        let text = "a = \"text\"\n\n[b]\nx = [\n    \"a\",\n    \"b\",\n]\ny = 1\n\n[c.d]\n\"e.f\" = true\n";
        assert_eq!(to_toml(&one), text);
        assert_eq!(read(text).unwrap(), one);
        assert_eq!(read(&to_json(&one)).unwrap(), one);
    }

    #[test]
    fn a_fault_names_its_line_and_holds_nothing_of_the_document() {
        let fault = read("a = 1\nsecret = \"hush-hush\nb = 2\n").unwrap_err();
        assert_eq!(fault.line, 2, "{fault:?}");
        assert!(!fault.says.contains("hush"), "{fault:?}");
        assert!(read("{ \"a\": }").is_err_and(|fault| fault.line == 1));
    }

    proptest! {
        #[test]
        fn every_text_and_every_name_comes_back(name in ".{1,12}", text in "(?s).{0,80}", number in any::<i64>(), float in -1.0e9..1.0e9) {
            let one = tree(json!({ "t": { name.clone(): text, "n": number, "f": float, "l": [name, ""] } }));
            prop_assert_eq!(&read(&to_toml(&one)).unwrap(), &one);
            prop_assert_eq!(&read(&to_json(&one)).unwrap(), &one);
        }
    }
}
