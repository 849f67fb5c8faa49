//! Rules typed row by row: which of a person's attributes comes from which names elsewhere, where a parameter's value is
//! such as `{"keys": {"role": {"names": ["group", "role"], "default": "member"}}}`.

use serde_json::{Map, Value, json};

use super::{
    Sent,
    field::{Field, Kind, spelled},
};
use crate::error::ConsoleError;

/// Before the field's name: what a row's columns are sent as. Every row sends all of them.
pub const KEY: &str = "_key.";
pub const NAMES: &str = "_names.";
pub const DEFAULT: &str = "_default.";
pub const LIST: &str = "_list.";
/// The rule that the row showed, as JSON: what of it has no column stays as long as nothing of it is touched.
pub const SHOWN: &str = "_shown.";
pub(super) const COLUMNS: [&str; 5] = [KEY, NAMES, DEFAULT, LIST, SHOWN];

/// The word of [`LIST`] for a rule that gives a list.
pub const IS_LIST: &str = "true";

/// A rule, as people fill it in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The attribute that it is for.
    pub key: String,
    /// The names elsewhere, with commas; the first that is told counts.
    pub names: String,
    /// What it is where none of them is told.
    pub default: String,
    /// Whether it is a list.
    pub list: bool,
    /// See [`SHOWN`].
    pub shown: String,
}

/// Whether the field holds rules.
pub fn are(kind: &Kind) -> bool {
    matches!(kind, Kind::Json(Value::Object(parts)) if parts.len() == 1 && parts.get("keys") == Some(&json!({})))
}

impl Rule {
    /// Those of a parameter's value.
    pub fn all(value: &Value) -> Vec<Self> {
        let keys = value.get("keys").and_then(Value::as_object);
        keys.into_iter()
            .flatten()
            .map(|(key, rule)| Self::of(key, rule))
            .collect()
    }

    fn of(key: &str, rule: &Value) -> Self {
        let one = rule.get("name").filter(|name| !name.is_null());
        let more = rule.get("names").and_then(Value::as_array).into_iter().flatten();
        let names: Vec<String> = one.into_iter().chain(more).map(spelled).collect();
        Self {
            key: key.to_owned(),
            names: names.join(", "),
            default: match rule.get("default") {
                None | Some(Value::Null) => String::new(),
                // A text that would be read as something else stands in quotes.
                Some(Value::String(text)) if serde_json::from_str::<Value>(text).is_err() => text.clone(),
                Some(other) => other.to_string(),
            },
            list: rule.get("array") == Some(&Value::Bool(true)),
            shown: rule.to_string(),
        }
    }

    /// Those that were typed, as far as a row was filled in.
    pub fn typed(of: impl Fn(&str) -> Vec<String>) -> Vec<Self> {
        let [keys, names, defaults, lists, shown] = COLUMNS.map(of);
        let text = |texts: &[String], at: usize| texts.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
        let row = |at: usize| Self {
            key: text(&keys, at),
            names: text(&names, at),
            default: text(&defaults, at),
            list: text(&lists, at) == IS_LIST,
            shown: text(&shown, at),
        };
        (0..keys.len()).map(row).filter(|row| !row.is_empty()).collect()
    }

    fn is_empty(&self) -> bool {
        self.key.is_empty() && self.names.is_empty() && self.default.is_empty()
    }

    fn value(&self) -> Value {
        // What was not touched need not be anything that there are columns for.
        if let Ok(shown) = serde_json::from_str::<Value>(&self.shown)
            && Self::of(&self.key, &shown) == *self
        {
            return shown;
        }
        let mut rule = Map::new();
        let names: Vec<&str> = self
            .names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        match names[..] {
            [] => {}
            [name] => drop(rule.insert("name".to_owned(), json!(name))),
            _ => drop(rule.insert("names".to_owned(), json!(names))),
        }
        if !self.default.is_empty() {
            let default = serde_json::from_str(&self.default).unwrap_or_else(|_| json!(self.default));
            rule.insert("default".to_owned(), default);
        }
        if self.list {
            rule.insert("array".to_owned(), json!(true));
        }
        Value::Object(rule)
    }
}

/// The value that the rows make; `None` where the form has no rows.
///
/// # Errors
/// [`ConsoleError::Invalid`], which names the row that says nothing, or the same as one before it.
pub(super) fn read(field: &Field, sent: &Sent) -> Result<Option<Value>, ConsoleError> {
    let column = |column: &str| -> Vec<String> {
        let name = format!("{column}{}", field.name);
        sent.all(&name).map(str::to_owned).collect()
    };
    if column(KEY).is_empty() {
        return Ok(None);
    }
    let mut keys = Map::new();
    for (at, rule) in Rule::typed(column).into_iter().enumerate() {
        let refuse = |why: &str| {
            Err(ConsoleError::invalid(
                field.name.as_str(),
                format!("Row {}: {why}", at + 1),
            ))
        };
        if rule.key.is_empty() {
            return refuse("say which attribute of the person it becomes.");
        }
        if rule.names.is_empty() && rule.default.is_empty() {
            return refuse(&format!("say where {} comes from, or what it is otherwise.", rule.key));
        }
        if keys.insert(rule.key.clone(), rule.value()).is_some() {
            return refuse(&format!("{} came before.", rule.key));
        }
    }
    Ok(Some(json!({ "keys": keys })))
}

/// Whether a value holds no rule.
pub(super) fn is_none(value: &Value) -> bool {
    value.get("keys").and_then(Value::as_object).is_none_or(Map::is_empty)
}

#[cfg(test)]
mod tests {
    use management_api::OperationId;

    use super::*;
    use crate::form::{Form, sent};

    const UPDATE: OperationId = OperationId::UpdateSsoProvider;

    fn asked(rows: &[[&str; 5]], was: Option<&Value>) -> Result<Value, ConsoleError> {
        let mut sent = sent(&[("ref", "abc"), ("provider_id", "p")]);
        if let Some(was) = was {
            sent.texts.push(("_was.attribute_mapping".to_owned(), was.to_string()));
        }
        for row in rows {
            for (column, text) in COLUMNS.iter().zip(row) {
                sent.texts
                    .push((format!("{column}attribute_mapping"), (*text).to_owned()));
            }
        }
        Form::of(UPDATE)
            .read(&sent)
            .map(|mut asked| asked["attribute_mapping"].take())
    }

    fn rows(value: &Value) -> Vec<[String; 5]> {
        let list = |list: bool| if list { IS_LIST } else { "false" }.to_owned();
        let row = |rule: Rule| [rule.key, rule.names, rule.default, list(rule.list), rule.shown];
        Rule::all(value).into_iter().map(row).collect()
    }

    fn borrowed(rows: &[[String; 5]]) -> Vec<[&str; 5]> {
        rows.iter().map(|row| row.each_ref().map(String::as_str)).collect()
    }

    #[test]
    fn rows_become_rules_and_empty_ones_nothing() {
        let typed = [
            ["email", "mail", "", "false", ""],
            ["role", "group, role", "member", "true", ""],
            ["level", "", "12", "false", ""],
            ["", "", "", "false", ""],
        ];
        let mapping = asked(&typed, Some(&Value::Null)).unwrap();
        assert_eq!(
            mapping,
            json!({ "keys": {
                "email": { "name": "mail" },
                "role": { "names": ["group", "role"], "default": "member", "array": true },
                "level": { "default": 12 },
            } })
        );
    }

    #[test]
    fn what_was_not_touched_stays_as_it_is_however_it_is_written() {
        let was = json!({ "keys": {
            "a": { "name": "one", "names": ["two"], "default": "12" },
            "b": { "names": ["three"], "later": true },
        } });
        let shown = rows(&was);
        assert_eq!(shown[0][1..3], ["one, two".to_owned(), "\"12\"".to_owned()]);
        let error = asked(&borrowed(&shown), Some(&was)).unwrap_err();
        assert!(error.to_string().contains("Nothing was changed"), "{error}");
        // One that goes takes nothing of the other.
        let left = asked(&borrowed(&shown[1..]), Some(&was)).unwrap();
        assert_eq!(left, json!({ "keys": { "b": { "names": ["three"], "later": true } } }));
        let none = asked(&[["", "", "", "false", ""]], Some(&was)).unwrap();
        assert_eq!(none, json!({ "keys": {} }));
    }

    #[test]
    fn a_row_that_says_nothing_is_named() {
        let refused = |rows: &[[&str; 5]]| asked(rows, None).unwrap_err().to_string();
        assert!(refused(&[["", "mail", "", "false", ""]]).contains("Row 1: say which attribute"));
        let same = [["a", "x", "", "false", ""], ["a", "y", "", "false", ""]];
        assert!(refused(&same).contains("Row 2: a came before"));
        assert!(refused(&[["a", "", "", "false", ""]]).contains("where a comes from"));
    }
}
