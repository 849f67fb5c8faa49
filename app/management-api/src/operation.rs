//! An operation as a typed value, and the request it becomes.

use std::{borrow::Cow, fmt};

use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use crate::{
    Area, Gaps, OperationId,
    catalogue::{Answer, Body, Row},
    mend::mend,
};

/// An operation with its parameters. The serialized form is an object whose names are the API's own: it is what a form's
/// fields fill, and the catalogue's row tells which of them stand in the path, which in the query, and that the others
/// are the body.
pub trait Operation: Serialize + DeserializeOwned + JsonSchema + Clone + fmt::Debug + Send + Sync + 'static {
    const ID: OperationId;
    /// What is read of the answer.
    type Output: Serialize + DeserializeOwned + Clone + Send + Sync + 'static;

    /// Gives the body, as the row would have it, another shape, for the few operations that need it.
    fn shape(_body: &mut Map<String, Value>) {}
}

/// Reads an answer's body into the operation's type; bytes become base64. What is not quite of its shape is mended.
///
/// # Errors
/// The body is not JSON where it should be, or of quite another shape than the type.
pub fn read<O: Operation>(body: &[u8]) -> Result<O::Output, serde_json::Error> {
    read_mended::<O>(body).map(|(read, _)| read)
}

/// Like [`read`], with what is missing in it.
///
/// # Errors
/// See [`read`].
pub fn read_mended<O: Operation>(body: &[u8]) -> Result<(O::Output, Gaps), serde_json::Error> {
    let body = as_json(O::ID.row().answer, body);
    // Looked at once as a whole, no text in it has to be looked at by itself.
    let read = match str::from_utf8(&body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(&body),
    };
    match read {
        Ok(read) => Ok((read, Gaps::default())),
        Err(error) => match serde_json::from_slice(&body) {
            Ok(answer) => mend(answer, body.len()).ok_or(error),
            Err(_) => Err(error),
        },
    }
}

/// How some servers begin a text of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

fn as_json(answer: Answer, body: &[u8]) -> Cow<'_, [u8]> {
    match answer {
        Answer::Json | Answer::Count if body.starts_with(BYTE_ORDER_MARK) => {
            as_json(answer, &body[BYTE_ORDER_MARK.len()..])
        }
        // Several operations answer with an empty body where the document promises one.
        Answer::Json | Answer::Count if body.trim_ascii().is_empty() => Cow::Borrowed(b"null"),
        Answer::Json | Answer::Count => Cow::Borrowed(body),
        Answer::Text => Cow::Owned(Value::from(String::from_utf8_lossy(body)).to_string().into_bytes()),
        Answer::Bytes => Cow::Owned(Value::from(BASE64_STANDARD.encode(body)).to_string().into_bytes()),
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
#[error("\u{201c}{value}\u{201d} cannot be used as {name}: that is {rule}.")]
pub struct BadParameter {
    pub name: &'static str,
    /// Its beginning, fit to be shown.
    pub value: String,
    /// What it would have to be.
    pub rule: &'static str,
}

/// Characters of a parameter that names something, at most.
const LONGEST: usize = 100;
/// Characters of a parameter that are shown where it is refused.
const SHOWN: usize = 40;

/// What a parameter that names something is made of. The API's document gives refs, slugs, ids and versions patterns
/// that this takes in. It gives none for a branch's name, which is any text, nor for the ids of runs and claims, whose
/// examples fit the narrow rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    Id,
    Branch,
}

impl Naming {
    /// The rule for the parameter `name` of an operation.
    fn of(row: &Row, name: &str) -> Self {
        match name {
            // The name of a compute instance stands in addresses, so it is made of letters, digits and hyphens.
            "name" if row.area != Area::Compute => Self::Branch,
            _ => Self::Id,
        }
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Id => "1 to 100 letters of a to z, digits, \u{201c}-\u{201d} and \u{201c}_\u{201d}",
            Self::Branch => "the name of a branch, of at most 100 characters that can be seen",
        }
    }

    fn fits(self, value: &str) -> bool {
        let charset = match self {
            Self::Id => value
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')),
            // People choose it, so any text will do that can be seen and does not turn what stands around it.
            Self::Branch => {
                !matches!(value, "." | "..") && !value.contains(|c: char| c.is_control() || UNSEEN.contains(&c))
            }
        };
        charset && !value.is_empty() && value.chars().count() <= LONGEST
    }

    /// # Errors
    /// `value` is no such name.
    fn check(row: &Row, name: &'static str, value: &str) -> Result<(), BadParameter> {
        let naming = Self::of(row, name);
        if naming.fits(value) {
            return Ok(());
        }
        let shown = if row.secret_parameters.contains(&name) {
            "\u{2026}".to_owned()
        } else {
            match value.char_indices().nth(SHOWN) {
                Some((end, _)) => format!("{}\u{2026}", &value[..end]),
                None => value.to_owned(),
            }
        };
        Err(BadParameter {
            name,
            value: shown,
            rule: naming.rule(),
        })
    }
}

/// Characters without a picture, most of which change the direction of the text around them.
const UNSEEN: &[char] = &[
    '\u{200b}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2060}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}',
];

/// Parameters outside the path that name the place which a call is about: it is kept with the call.
const PLACES: [&str; 2] = ["organization_slug", "project_ref"];

/// The parameter that travels as the header `Idempotency-Key`.
pub const IDEMPOTENCY_KEY: &str = "idempotency_key";

/// An operation ready to be sent: everything but the address of the API and the token.
#[derive(Clone, PartialEq)]
pub struct Request {
    pub id: OperationId,
    /// Encoded path, beginning with `/v1/` or `/v2/`.
    pub path: String,
    /// Not yet encoded; a name may come several times.
    pub query: Vec<(&'static str, String)>,
    /// In the form that the row's [`Body`] names.
    pub body: Option<Value>,
    /// What the header `Idempotency-Key` holds: of two requests with one key the service makes one.
    pub idempotency_key: Option<String>,
    /// The operation's parameters as JSON, for the audit's sentences; secret ones included, so never log this.
    pub parameters: Value,
}

impl fmt::Debug for Request {
    /// Leaves query, body and parameters out: they may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Characters that may stand unencoded in a path segment.
pub const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

impl Request {
    /// Puts every parameter of `operation` where its row wants it.
    ///
    /// # Errors
    /// A value in the path, or one that names a place, of other characters than such names have, or too long: it could
    /// change the path's shape, and would be kept with the call.
    pub fn of<O: Operation>(operation: &O) -> Result<Self, BadParameter> {
        Self::place(O::ID, serde_json::to_value(operation).unwrap_or_default(), O::shape)
    }

    fn place(id: OperationId, parameters: Value, shape: fn(&mut Map<String, Value>)) -> Result<Self, BadParameter> {
        let row = id.row();
        let mut rest = match &parameters {
            Value::Object(parameters) => parameters.clone(),
            _ => Map::new(),
        };
        let mut path = row.path.to_owned();
        for name in row.placeholders() {
            let value = rest.remove(name).and_then(text).unwrap_or_default();
            Naming::check(row, name, &value)?;
            let encoded = utf8_percent_encode(&value, SEGMENT).to_string();
            path = path.replace(&format!("{{{name}}}"), &encoded);
        }
        for name in PLACES {
            if let Some(Value::String(value)) = rest.get(name)
                && !value.is_empty()
            {
                Naming::check(row, name, value)?;
            }
        }
        let idempotency_key = rest
            .remove(IDEMPOTENCY_KEY)
            .and_then(text)
            .filter(|key| !key.is_empty());
        if let Some(key) = &idempotency_key {
            Naming::check(row, IDEMPOTENCY_KEY, key)?;
        }
        let mut query = Vec::new();
        for name in row.query {
            match rest.remove(*name) {
                Some(Value::Array(values)) => {
                    query.extend(values.into_iter().filter_map(text).map(|text| (*name, text)))
                }
                Some(value) => query.extend(text(value).filter(|text| !text.is_empty()).map(|text| (*name, text))),
                None => {}
            }
        }
        let body = match row.body {
            Body::None => None,
            Body::Whole(name) => rest.remove(name),
            Body::Json | Body::Form | Body::Multipart => Some(shaped(rest, shape)),
            Body::Data(kind) => {
                let data = json!({ "type": kind, "attributes": rest });
                Some(shaped(Map::from_iter([("data".to_owned(), data)]), shape))
            }
            Body::List(kind, name) => {
                let things = match rest.remove(name) {
                    Some(Value::Array(things)) => things,
                    Some(_) | None => Vec::new(),
                };
                let things = things
                    .into_iter()
                    .map(|thing| json!({ "type": kind, "attributes": thing }));
                Some(shaped(Map::from_iter([("data".to_owned(), things.collect())]), shape))
            }
        };
        Ok(Self {
            id,
            path,
            query,
            body,
            idempotency_key,
            parameters,
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
        // ok: where one parameter is the whole body, the names within it may stand in the sentence, too.
        let named = [Some(&self.parameters), self.body.as_ref()].into_iter().flatten();
        for (name, value) in named.filter_map(Value::as_object).flatten() {
            let text = text(value.clone()).unwrap_or_default();
            if !row.secret_parameters.contains(&name.as_str()) {
                sentence = sentence.replace(&format!("{{{name}}}"), &text);
            }
        }
        sentence
    }
}

fn shaped(mut body: Map<String, Value>, shape: fn(&mut Map<String, Value>)) -> Value {
    shape(&mut body);
    Value::Object(body)
}

/// A value as it stands in a path, a query or a sentence; `None` for `null`.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        branches::GetBranch,
        projects::{CreateProject, GetProject},
    };

    fn refused(operation: &impl Operation) -> Option<BadParameter> {
        Request::of(operation).err()
    }

    #[test]
    fn a_name_that_is_none_is_refused_and_shown_by_its_beginning() {
        let get = |project: &str| GetProject {
            project: project.to_owned(),
        };
        for fits in ["shop", "abcdefghijklmnopqrst", "A_b-9", &"a".repeat(100)] {
            assert_eq!(refused(&get(fits)), None, "{fits}");
        }
        for unfit in [
            "",
            ".",
            "a b",
            "a/b",
            "a.b",
            "\u{e9}",
            "<",
            "a%2f",
            "a\n",
            &"a".repeat(101),
        ] {
            assert!(refused(&get(unfit)).is_some(), "{unfit}");
        }
        let bad = refused(&get(&"\u{e9}".repeat(1_000_000))).unwrap();
        assert_eq!(bad.value.chars().count(), SHOWN + 1);
        assert!(
            bad.to_string()
                .contains("cannot be used as ref: that is 1 to 100 letters"),
            "{bad}"
        );
    }

    #[test]
    fn a_branch_has_the_name_that_people_give_it() {
        let get = |name: &str| GetBranch {
            project: "shop".to_owned(),
            name: name.to_owned(),
        };
        for fits in [
            "main",
            "feature/log-in",
            "fix #12?",
            "caf\u{e9} \u{1f98a}",
            "v1.2",
            &"\u{e9}".repeat(100),
        ] {
            assert_eq!(refused(&get(fits)), None, "{fits}");
        }
        for unfit in ["", ".", "..", "a\nb", "a\u{202e}b", "\u{200b}", &"a".repeat(101)] {
            assert!(refused(&get(unfit)).is_some(), "{unfit}");
        }
    }

    #[test]
    fn a_place_that_stands_outside_the_path_is_checked_too() {
        let create = |slug: &str| CreateProject {
            organization_slug: slug.to_owned(),
            name: "Any name at all".to_owned(),
            db_pass: String::new().into(),
            region: String::new(),
            desired_instance_size: None,
            release_channel: None,
            postgres_engine: None,
            high_availability: None,
        };
        assert_eq!(refused(&create("acme")), None);
        assert_eq!(
            refused(&create(&"a".repeat(1_000_000))).map(|bad| bad.name),
            Some("organization_slug")
        );
    }
}
