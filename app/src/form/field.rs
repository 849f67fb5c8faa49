//! One field of an operation's form.

use serde_json::Value;

use super::way::steps;

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Path,
    Query,
    Body,
}

impl Place {
    pub const ALL: [Self; 3] = [Self::Path, Self::Query, Self::Body];

    /// The heading over such fields.
    pub fn title(self) -> &'static str {
        match self {
            Self::Path => "Path",
            Self::Query => "Query",
            Self::Body => "Body",
        }
    }
}

/// A parameter, as a person fills it in.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The API's own name; of a part of the body's one object with that object's name in front, as in `function.slug`.
    pub name: String,
    pub place: Place,
    pub required: bool,
    /// The optional object that cannot be sent without it, such as `features.s3Protocol`.
    pub needed_within: Option<String>,
    /// What it means, in our words; may be empty.
    pub help: String,
    /// Never sent back to the browser.
    pub secret: bool,
    /// Whether the operation takes `null` for it, and tells it from nothing.
    pub nullable: bool,
    pub kind: Kind,
}

impl Field {
    /// The way to the parameter within the operation's parameters.
    pub fn path(&self) -> impl Iterator<Item = &str> {
        steps(&self.name).into_iter()
    }
}

/// What is typed or chosen, and so which control is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Text {
        /// Of several lines, such as SQL.
        long: bool,
        /// Characters.
        least: Option<u64>,
        most: Option<u64>,
        /// The form it has, as a regular expression.
        pattern: Option<String>,
    },
    Number {
        whole: bool,
        least: Option<f64>,
        most: Option<f64>,
    },
    /// Yes or no; where it is optional, also neither.
    Flag,
    /// One of these.
    Choice(Vec<Value>),
    /// Any of these.
    Several(Vec<String>),
    /// One text a line.
    Lines,
    /// JSON, with its shape filled with empty values.
    Json(Value),
    Files,
}

impl Kind {
    /// What is expected, for people.
    pub fn words(&self) -> String {
        let range = |least: Option<String>, most: Option<String>| match (least, most) {
            (Some(least), Some(most)) => format!(", {least} to {most}"),
            (Some(least), None) => format!(", {least} or more"),
            (None, Some(most)) => format!(", at most {most}"),
            (None, None) => String::new(),
        };
        match self {
            Self::Text { least, most, .. } => {
                let range = range(
                    least.filter(|least| *least > 1).map(|least| least.to_string()),
                    most.map(|most| most.to_string()),
                );
                if range.is_empty() {
                    "Text".to_owned()
                } else {
                    format!("Text{range} characters")
                }
            }
            Self::Number { whole, least, most } => {
                let word = if *whole { "Whole number" } else { "Number" };
                format!(
                    "{word}{}",
                    range(least.map(|n| n.to_string()), most.map(|n| n.to_string()))
                )
            }
            Self::Flag => "Yes or no".to_owned(),
            Self::Choice(choices) => format!("One of {}", choices.iter().map(spelled).collect::<Vec<_>>().join(", ")),
            Self::Several(choices) => format!("Any of {}", choices.join(", ")),
            Self::Lines => "One a line".to_owned(),
            Self::Json(Value::Array(_)) => "A JSON list".to_owned(),
            Self::Json(Value::Object(_)) => "A JSON object".to_owned(),
            Self::Json(_) => "JSON; texts stand in double quotes".to_owned(),
            Self::Files => "Files".to_owned(),
        }
    }
}

/// A value as it stands in a choice: texts without quotes.
pub fn spelled(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
