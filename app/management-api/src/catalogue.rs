//! One row per operation: the single source for the client, the audit, the explorer, the sandbox and every disabled control.

mod area;
mod effect;
mod limit;
mod risk;
mod rows;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

pub use self::{
    area::Area,
    effect::Effect,
    limit::Limit,
    risk::{Asks, Named, Risk},
    rows::OperationId,
};

/// How firmly Supabase stands behind an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stability {
    Stable,
    Beta,
    Alpha,
    /// Will go away.
    Deprecated,
    /// Made for Supabase's own programs, promised to nobody.
    Internal,
    /// Gone: it answers 410, whatever is asked.
    Removed,
}

impl Stability {
    /// The word, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Beta => "beta",
            Self::Alpha => "alpha",
            Self::Deprecated => "deprecated",
            Self::Internal => "internal",
            Self::Removed => "removed",
        }
    }
}

/// The fine-grained permissions that let a token call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permissions {
    /// No permission is named by the API.
    None,
    /// Any one of these.
    Any(&'static [&'static str]),
    /// All of these.
    All(&'static [&'static str]),
}

impl Permissions {
    /// The names alone, in the API's order.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Any(names) | Self::All(names) => names,
        }
    }

    /// What somebody lacks of them who has those of which `has` is true; `None`: nothing.
    pub fn lacking(self, has: impl Fn(&str) -> bool) -> Option<Vec<&'static str>> {
        let names = self.names();
        let lacking: Vec<_> = names.iter().copied().filter(|name| !has(name)).collect();
        let refused = match self {
            Self::None => false,
            Self::Any(_) => lacking.len() == names.len(),
            Self::All(_) => !lacking.is_empty(),
        };
        refused.then_some(lacking)
    }
}

/// What becomes of the parameters that stand neither in the path nor in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// There are none.
    None,
    /// They are the fields of a JSON object.
    Json,
    /// This one parameter is the whole JSON body: a list, or an object whose names also stand elsewhere.
    Whole(&'static str),
    /// They are the attributes of one thing of this type, in v2's envelope.
    Data(&'static str),
    /// The second of these is a parameter that lists things of the type that the first names, each in v2's envelope.
    List(&'static str, &'static str),
    /// They are the fields of a form (`application/x-www-form-urlencoded`).
    Form,
    /// `metadata` is a JSON part, `file` a list of file parts (`multipart/form-data`).
    Multipart,
}

/// What a successful answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// JSON, `null`, or nothing.
    Json,
    /// Plain text.
    Text,
    /// Bytes of a file.
    Bytes,
    /// A number in the header `x-total-count`, and no body.
    Count,
}

impl Answer {
    /// What to ask for in the header `Accept`; `None` where the service has only one thing to give.
    pub fn accept(self) -> Option<&'static str> {
        match self {
            Self::Json | Self::Text | Self::Count => None,
            // A function's source comes as its files then, else as a bundle that only its maker can open.
            Self::Bytes => Some("multipart/form-data"),
        }
    }
}

/// One operation of the Management API. Facts are those of the API document of November 2026.
#[derive(Debug)]
pub struct Row {
    pub id: OperationId,
    /// The API's own operation id.
    pub name: &'static str,
    pub method: Method,
    /// Path template; placeholders in braces are filled from the operation's parameters.
    pub path: &'static str,
    pub area: Area,
    pub permissions: Permissions,
    /// The OAuth scope; `None` where the document declares none (whether an OAuth token reaches it is then unknown).
    pub scope: Option<&'static str>,
    pub effect: Effect,
    /// What it puts at stake beside that.
    pub risks: &'static [Risk],
    /// What is asked before it is done, beside what its effect asks for.
    pub asks: Asks,
    pub stability: Stability,
    /// The status of a success; of what was removed, the one status that is left.
    pub success: u16,
    /// Parameters that travel in the query.
    pub query: &'static [&'static str],
    pub body: Body,
    /// Parameters that are objects and are filled in part by part.
    pub parts: &'static [&'static str],
    /// Whether the body takes the place of everything that was set: what it leaves out is set back.
    pub replaces: bool,
    pub answer: Answer,
    pub limit: Limit,
    /// Parameters that are secrets, kept out of the audit and out of every log.
    pub secret_parameters: &'static [&'static str],
    /// Fields of the answer, however deep, that are secrets: they never travel further than the server unless a person
    /// asks for one.
    pub secret_answer: &'static [&'static str],
    /// What was done, in the past tense, for the audit and for messages; placeholders are the operation's parameters.
    pub sentence: &'static str,
}

impl Row {
    /// Whether the answer holds secrets.
    pub fn reveals_secret(&self) -> bool {
        !self.secret_answer.is_empty()
    }

    /// The names of the path's placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &'static str> {
        self.path
            .split('/')
            .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// The HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl OperationId {
    /// What the catalogue says of this operation.
    pub fn row(self) -> &'static Row {
        // ok: the enum and the rows come from one macro, in one order.
        &rows::ROWS[self as usize]
    }

    /// The API's own operation id, such as `v1-list-all-projects`.
    pub fn as_str(self) -> &'static str {
        self.row().name
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no operation of the catalogue.
#[derive(Debug, thiserror::Error)]
#[error("There is no operation \u{201c}{0}\u{201d} in the catalogue.")]
pub struct UnknownOperation(pub String);

/// As its word, such as `v1-pause-a-project`.
impl Serialize for OperationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for OperationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl FromStr for OperationId {
    type Err = UnknownOperation;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        rows::ROWS
            .iter()
            .find(|row| row.name == name)
            .map(|row| row.id)
            .ok_or_else(|| UnknownOperation(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_where_its_id_points() {
        for id in OperationId::ALL {
            assert_eq!(id.row().id, *id);
            assert_eq!(id.as_str().parse::<OperationId>().unwrap(), *id);
        }
    }
}
