//! An operation as a typed value, and the request it becomes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::OperationId;

/// An operation with its parameters. The serialized form is what the browser sends and what a form's fields fill.
pub trait Operation: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    const ID: OperationId;
    /// What the console reads of the answer. Fields it does not show are left out.
    type Output: Serialize + DeserializeOwned + Clone + Send + Sync + 'static;

    /// Values for the placeholders of the path.
    fn path(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// Query parameters, not yet encoded.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The JSON body, where the operation has one.
    fn body(&self) -> Option<Value> {
        None
    }
}

/// The output of operations whose answer the console does not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nothing;

impl Serialize for Nothing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de> Deserialize<'de> for Nothing {
    /// Takes anything: an empty object, `null` and an unexpected answer all mean "done".
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// A parameter that cannot be part of a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\u{201c}{value}\u{201d} cannot be used as {name}.")]
pub struct BadParameter {
    pub name: &'static str,
    pub value: String,
}

/// An operation ready to be sent: everything but the address of the API and the token.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub id: OperationId,
    /// Encoded path, beginning with `/v1/`.
    pub path: String,
    pub query: Vec<(&'static str, String)>,
    pub body: Option<Value>,
    /// The operation's parameters as JSON, for the audit's sentences; secret ones included, so never log this.
    pub parameters: Value,
}

/// Characters that may stand unencoded in a path segment.
pub const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

impl Request {
    /// Fills the path of `operation`. A value that would change the path's shape (empty, `.` or `..`) is refused.
    pub fn of<O: Operation>(operation: &O) -> Result<Self, BadParameter> {
        let mut path = O::ID.row().path.to_owned();
        for (name, value) in operation.path() {
            if matches!(value, "" | "." | "..") {
                return Err(BadParameter {
                    name,
                    value: value.to_owned(),
                });
            }
            let encoded = utf8_percent_encode(value, SEGMENT).to_string();
            path = path.replace(&format!("{{{name}}}"), &encoded);
        }
        Ok(Self {
            id: O::ID,
            path,
            query: operation.query(),
            body: operation.body(),
            parameters: serde_json::to_value(operation).unwrap_or_default(),
        })
    }

    /// The value of a parameter as text, for sentences and for keys.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).and_then(Value::as_str)
    }

    /// What this call does, in plain English: the catalogue's sentence with the parameters filled in.
    pub fn sentence(&self) -> String {
        let row = self.id.row();
        let mut sentence = row.sentence.to_owned();
        if let Value::Object(parameters) = &self.parameters {
            for (name, value) in parameters {
                let text = match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                if !row.secret_parameters.contains(&name.as_str()) {
                    sentence = sentence.replace(&format!("{{{name}}}"), &text);
                }
            }
        }
        sentence
    }
}
