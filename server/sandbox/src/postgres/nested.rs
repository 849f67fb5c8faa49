//! JSON that is nested deeper than `serde_json` goes by itself, which is 127 levels; the service knows no such bound.

use serde_json::{Map, Value};

/// Levels at most: whatever writes the value goes down once for each, and a thread's stack has an end.
const MOST: usize = 1_000;

/// A list or an object that is still open.
enum Open {
    List(Vec<Value>),
    /// With the name whose value is next.
    Object(Map<String, Value>, Option<String>),
}

/// Reads what PostgreSQL has written, which is JSON. `None`: it goes deeper still.
pub fn read(json: &str) -> Option<Value> {
    let mut open: Vec<Open> = Vec::new();
    let mut rest = json;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ':']);
        let (token, after) = rest.split_at(token_end(rest)?);
        rest = after;
        let value = match token {
            "[" => {
                open.push(Open::List(Vec::new()));
                None
            }
            "{" => {
                open.push(Open::Object(Map::new(), None));
                None
            }
            "]" | "}" => Some(match open.pop()? {
                Open::List(items) => Value::Array(items),
                Open::Object(fields, _) => Value::Object(fields),
            }),
            single => Some(serde_json::from_str(single).ok()?),
        };
        if open.len() > MOST {
            return None;
        }
        let Some(value) = value else { continue };
        match open.last_mut() {
            None => return Some(value),
            Some(Open::List(items)) => items.push(value),
            Some(Open::Object(fields, name)) => match name.take() {
                Some(name) => drop(fields.insert(name, value)),
                None => *name = value.as_str().map(str::to_owned),
            },
        }
    }
}

/// Bytes of the bracket, the text or the word that `rest` begins with; `None` where nothing is left.
fn token_end(rest: &str) -> Option<usize> {
    match rest.chars().next()? {
        '[' | ']' | '{' | '}' => Some(1),
        '"' => Some(super::values::text_end(rest)),
        _ => Some(rest.find([',', ']', '}', ' ', '\t', '\r', '\n']).unwrap_or(rest.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_was_written() {
        for json in [
            r#"{"a":[1,{"b":"]}\",:"},[]],"":null,"c":{},"d":true}"#,
            "[[],{}]",
            "\"a\"",
            "-1.5",
        ] {
            assert_eq!(read(json), serde_json::from_str(json).unwrap(), "{json}");
        }
        assert_eq!(
            read("{ \"a\" : [ 1 ,\n2 ] , \"a\": 3 }"),
            Some(serde_json::json!({ "a": 3 }))
        );
    }

    #[test]
    fn it_goes_deep_and_has_an_end() {
        let nested = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(serde_json::from_str::<Value>(&nested(128)).is_err());
        assert_eq!(read(&nested(MOST)).unwrap().to_string(), nested(MOST));
        assert_eq!(read(&nested(MOST + 1)), None);
        assert_eq!(read("["), None);
    }
}
