//! Checked: a JSON body read as strictly as the service reads it, and refused in its way: where, what was expected there,
//! and what came instead.

use std::fmt;

use serde::{
    Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor, value::BorrowedStrDeserializer},
    forward_to_deserialize_any,
};
use serde_json::{Value, map};

/// Reads a body.
///
/// # Errors
/// What is wrong with the first thing that does not fit, behind its place: `data.attributes.name: …`.
pub fn checked<T: DeserializeOwned>(body: &Value) -> Result<T, String> {
    let wrong = match T::deserialize(Strict(Sent::Value(body), None)) {
        Ok(read) => return Ok(read),
        Err(wrong) => wrong,
    };
    let Some(name) = wrong.missing else {
        return Err(wrong.to_string());
    };
    // Once more, to find out what was expected there.
    let missing = Missing {
        path: wrong.path.iter().rev().cloned().collect(),
        name,
    };
    match T::deserialize(Strict(Sent::Value(body), Some((&missing, 0)))) {
        Err(wrong) if wrong.missing.is_none() => Err(wrong.to_string()),
        // ok: whatever takes nothing is not missing.
        Ok(_) | Err(_) => Err(format!("{wrong}Invalid input: expected a value, received undefined")),
    }
}

/// What does not fit, and where.
#[derive(Debug, Default)]
struct Wrong {
    /// The innermost name first.
    path: Vec<String>,
    said: String,
    missing: Option<&'static str>,
}

impl Wrong {
    fn within(mut self, name: impl fmt::Display) -> Self {
        self.path.push(name.to_string());
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: Vec<&str> = self.path.iter().rev().map(String::as_str).chain(self.missing).collect();
        if !path.is_empty() {
            write!(f, "{}: ", path.join("."))?;
        }
        f.write_str(&self.said)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(said: T) -> Self {
        Self {
            said: said.to_string(),
            ..Self::default()
        }
    }

    fn missing_field(name: &'static str) -> Self {
        Self {
            missing: Some(name),
            ..Self::default()
        }
    }

    fn unknown_field(name: &str, _: &'static [&'static str]) -> Self {
        Self::custom(format!("Unrecognized key: \"{name}\""))
    }

    fn unknown_variant(_: &str, words: &'static [&'static str]) -> Self {
        let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        Self::custom(format!("Invalid option: expected one of {}", words.join("|")))
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::custom(format!("Duplicate key: \"{name}\""))
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::custom(format!("Invalid input: received {}", kind(unexpected)))
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::custom(format!("Invalid input: this {} is out of range", kind(unexpected)))
    }

    fn invalid_length(length: usize, _: &dyn de::Expected) -> Self {
        Self::custom(format!("Invalid input: received an array of {length}"))
    }
}

fn kind(unexpected: de::Unexpected<'_>) -> &'static str {
    use de::Unexpected::{Bool, Bytes, Char, Float, Map, Option, Seq, Signed, Str, Unit, Unsigned};
    match unexpected {
        Bool(_) => "boolean",
        Unsigned(_) | Signed(_) | Float(_) => "number",
        Char(_) | Str(_) | Bytes(_) => "string",
        Unit | Option => "null",
        Seq => "array",
        Map => "object",
        _ => "value",
    }
}

/// The place where something is missing.
struct Missing {
    path: Vec<String>,
    name: &'static str,
}

/// What stands at a place.
#[derive(Clone, Copy)]
enum Sent<'de> {
    Value(&'de Value),
    /// Nothing, though something must.
    Undefined,
}

/// Reads what was sent as nothing but what it is; beside it the place where something is missing, if this is on the way
/// there, and how far.
#[derive(Clone, Copy)]
struct Strict<'de>(Sent<'de>, Option<(&'de Missing, usize)>);

impl Strict<'_> {
    fn not(&self, expected: &str) -> Wrong {
        let received = match self.0 {
            Sent::Undefined => "undefined",
            Sent::Value(Value::Null) => "null",
            Sent::Value(Value::Bool(_)) => "boolean",
            Sent::Value(Value::Number(_)) => "number",
            Sent::Value(Value::String(_)) => "string",
            Sent::Value(Value::Array(_)) => "array",
            Sent::Value(Value::Object(_)) => "object",
        };
        de::Error::custom(format!("Invalid input: expected {expected}, received {received}"))
    }
}

/// Lets these take one kind of value, and no other.
macro_rules! only {
    ($($expected:literal $kind:pat => $($method:ident)+;)+) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            match self.0 {
                Sent::Value($kind) => self.deserialize_any(visitor),
                Sent::Value(_) | Sent::Undefined => Err(self.not($expected)),
            }
        }
    )+)+};
}

impl<'de> Deserializer<'de> for Strict<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Sent::Undefined => Err(self.not("a value")),
            Sent::Value(Value::Null) => visitor.visit_unit(),
            Sent::Value(Value::Bool(switch)) => visitor.visit_bool(*switch),
            Sent::Value(Value::Number(number)) => number.deserialize_any(visitor).map_err(|_| self.not("int")),
            Sent::Value(Value::String(text)) => visitor.visit_borrowed_str(text),
            Sent::Value(Value::Array(rows)) => visitor.visit_seq(Rows {
                rows: rows.iter().enumerate(),
                missing: self.1,
            }),
            Sent::Value(Value::Object(fields)) => visitor.visit_map(Fields {
                fields: fields.iter(),
                value: Sent::Undefined,
                name: "",
                missing: self.1,
                added: false,
            }),
        }
    }

    only! {
        "boolean" Value::Bool(_) => deserialize_bool;
        "int" Value::Number(_) => deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128;
        "number" Value::Number(_) => deserialize_f32 deserialize_f64;
        "string" Value::String(_) => deserialize_str deserialize_string deserialize_char;
        "array" Value::Array(_) => deserialize_seq;
        "object" Value::Object(_) => deserialize_map;
        "null" Value::Null => deserialize_unit;
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Sent::Value(Value::Null) => visitor.visit_none(),
            Sent::Value(_) | Sent::Undefined => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.0 {
            Sent::Value(Value::String(word)) => {
                let word: BorrowedStrDeserializer<'de, Wrong> = BorrowedStrDeserializer::new(word);
                word.deserialize_enum(name, variants, visitor)
            }
            Sent::Value(_) | Sent::Undefined => Err(de::Error::unknown_variant("", variants)),
        }
    }

    forward_to_deserialize_any! { bytes byte_buf unit_struct tuple tuple_struct identifier ignored_any }
}

struct Rows<'de> {
    rows: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
    missing: Option<(&'de Missing, usize)>,
}

/// The way on to what is missing, if it leads through here.
fn on<'de>(missing: Option<(&'de Missing, usize)>, name: &str) -> Option<(&'de Missing, usize)> {
    let (missing, depth) = missing?;
    (missing.path.get(depth)? == name).then_some((missing, depth + 1))
}

impl<'de> SeqAccess<'de> for Rows<'de> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let Some((row, value)) = self.rows.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(Strict(Sent::Value(value), on(self.missing, &row.to_string())));
        read.map(Some).map_err(|wrong| wrong.within(row))
    }
}

struct Fields<'de> {
    fields: map::Iter<'de>,
    name: &'de str,
    value: Sent<'de>,
    missing: Option<(&'de Missing, usize)>,
    /// Whether what is missing was given here.
    added: bool,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        (self.name, self.value) = match (self.fields.next(), self.missing) {
            (Some((name, value)), _) => (name.as_str(), Sent::Value(value)),
            (None, Some((missing, depth))) if missing.path.len() == depth && !self.added => {
                self.added = true;
                (missing.name, Sent::Undefined)
            }
            (None, _) => return Ok(None),
        };
        seed.deserialize(BorrowedStrDeserializer::new(self.name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Wrong> {
        let read = seed.deserialize(Strict(self.value, on(self.missing, self.name)));
        read.map_err(|wrong| wrong.within(self.name))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Size {
        Small,
        Large,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Disk {
        gb: u16,
        #[serde(default)]
        fast: Option<bool>,
    }

    #[derive(Debug, Deserialize)]
    struct Machine {
        name: String,
        size: Size,
        disks: Vec<Disk>,
    }

    #[test]
    fn what_does_not_fit_is_told_by_its_place() {
        let fits = json!({ "name": "a", "size": "large", "disks": [{ "gb": 8, "fast": true }] });
        let read: Machine = checked(&fits).unwrap();
        assert_eq!(
            (read.name.as_str(), read.disks[0].gb, read.disks[0].fast),
            ("a", 8, Some(true))
        );
        assert!(matches!(read.size, Size::Large));
        for (pointer, value, said) in [
            (
                "/name",
                json!(7),
                "name: Invalid input: expected string, received number",
            ),
            (
                "/name",
                json!(null),
                "name: Invalid input: expected string, received null",
            ),
            (
                "/size",
                json!("huge"),
                "size: Invalid option: expected one of \"small\"|\"large\"",
            ),
            (
                "/disks",
                json!({}),
                "disks: Invalid input: expected array, received object",
            ),
            (
                "/disks/0",
                json!([8, true]),
                "disks.0: Invalid input: expected object, received array",
            ),
            (
                "/disks/0",
                json!({}),
                "disks.0.gb: Invalid input: expected int, received undefined",
            ),
            (
                "/disks/0/gb",
                json!("8"),
                "disks.0.gb: Invalid input: expected int, received string",
            ),
            (
                "/disks/0/gb",
                json!(8.5),
                "disks.0.gb: Invalid input: expected int, received number",
            ),
            (
                "/disks/0/gb",
                json!(-1),
                "disks.0.gb: Invalid input: expected int, received number",
            ),
            (
                "/disks/0",
                json!({ "gb": 1, "mb": 1 }),
                "disks.0: Unrecognized key: \"mb\"",
            ),
            ("", json!([]), "Invalid input: expected object, received array"),
            (
                "",
                json!({ "size": "small", "disks": [] }),
                "name: Invalid input: expected string, received undefined",
            ),
        ] {
            let mut body = fits.clone();
            *body.pointer_mut(pointer).unwrap() = value;
            assert_eq!(checked::<Machine>(&body).unwrap_err(), said);
        }
    }
}
