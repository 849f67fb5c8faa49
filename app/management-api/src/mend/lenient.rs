//! Reading a value as what is asked for, as far as that can be: numbers and switches also as texts, and `null` as whatever is
//! empty, zero or off. Where it stops, it tells what was in the way.

use std::fmt;

use serde::{
    Deserializer,
    de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor, value::BorrowedStrDeserializer},
    forward_to_deserialize_any,
};
use serde_json::{Map, Number, Value};

/// By what a thing is known: of these, the first that its type has. What v2 has in an envelope is known by that, and is
/// nothing without what is said of it.
const KEYS: [&str; 7] = [ATTRIBUTES, "ref", "slug", "id", "user_id", "version", "name"];
pub(super) const ATTRIBUTES: &str = "attributes";

/// A step on the way to a part of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Field(String),
    Row(usize),
}

/// Why reading stopped, and where.
#[derive(Debug, Default)]
pub(super) struct Stop {
    /// The innermost step first.
    pub(super) path: Vec<Step>,
    /// The field that is missing at the end of the path.
    pub(super) missing: Option<&'static str>,
    /// Whether it is the one by which the thing there is known.
    pub(super) keyless: bool,
    /// Whether none of the thing's fields is there.
    pub(super) bare: bool,
}

impl Stop {
    fn within(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer is of another shape")
    }
}

impl std::error::Error for Stop {}

impl de::Error for Stop {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::default()
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            missing: Some(field),
            ..Self::default()
        }
    }
}

/// Reads a value as what is asked for, as far as that can be; `null` as whatever is empty, zero or off.
pub(super) struct Lenient<'de> {
    value: &'de Value,
    /// Whether it is what is said of something that is known by its envelope.
    enveloped: bool,
}

impl<'de> Lenient<'de> {
    pub(super) fn of(value: &'de Value) -> Self {
        Self {
            value,
            enveloped: false,
        }
    }

    fn whole<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let text = |text: &str| text.trim().parse::<Number>().ok();
        let number = match self.value {
            Value::Null => return visitor.visit_u64(0),
            Value::Number(number) => Some(number.clone()),
            Value::String(told) => text(told),
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        let Some(number) = number else {
            return self.deserialize_any(visitor);
        };
        match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), _, _) => visitor.visit_u64(number),
            (None, Some(number), _) => visitor.visit_i64(number),
            // ok: a whole number of this size is exact.
            (None, None, Some(number)) if number.fract() == 0.0 && number.abs() < 9e15 => {
                visitor.visit_i64(number as i64)
            }
            (None, None, _) => self.deserialize_any(visitor),
        }
    }

    fn broken<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let number = match self.value {
            Value::Null => Some(0.0),
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        match number {
            Some(number) => visitor.visit_f64(number),
            None => self.deserialize_any(visitor),
        }
    }
}

/// Lets these ask for a number: a whole one, or one that may be broken.
macro_rules! numbers {
    ($($how:ident: $($method:ident)+;)+) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            self.$how(visitor)
        }
    )+)+};
}

impl<'de> Deserializer<'de> for Lenient<'de> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(switch) => visitor.visit_bool(*switch),
            Value::Number(number) => number.deserialize_any(visitor).map_err(de::Error::custom),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(rows) => visitor.visit_seq(Rows { rows, next: 0 }),
            Value::Object(object) => visitor.visit_map(Fields::of(object)),
        }
    }

    numbers! {
        whole: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128;
        broken: deserialize_f32 deserialize_f64;
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.value {
            Value::Null => visitor.visit_bool(false),
            Value::String(text) if matches!(text.as_str(), "true" | "false") => visitor.visit_bool(text == "true"),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.value {
            Value::Null => visitor.visit_borrowed_str(""),
            Value::Bool(switch) => visitor.visit_string(switch.to_string()),
            Value::Number(number) => visitor.visit_string(number.to_string()),
            Value::String(_) | Value::Array(_) | Value::Object(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.value {
            Value::Null => visitor.visit_seq(Rows { rows: &[], next: 0 }),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.value {
            Value::Null => visitor.visit_map(Fields::none()),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        let key = KEYS.into_iter().find(|key| fields.contains(key) && !self.enveloped);
        let (bare, read) = match self.value {
            Value::Null => (true, visitor.visit_map(Fields::none())),
            Value::Object(object) => {
                let bare = !fields.iter().any(|name| object.contains_key(*name));
                (bare, visitor.visit_map(Fields::of(object)))
            }
            _ => return Err(Stop::default()),
        };
        read.map_err(|mut stop| {
            if stop.path.is_empty() && stop.missing.is_some() {
                stop.bare = bare;
                stop.keyless = stop.missing == key;
            }
            stop
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.value
            .deserialize_enum(name, variants, visitor)
            .map_err(de::Error::custom)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { char bytes byte_buf unit_struct tuple tuple_struct identifier }
}

struct Rows<'de> {
    rows: &'de [Value],
    next: usize,
}

impl<'de> SeqAccess<'de> for Rows<'de> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Stop> {
        let Some(row) = self.rows.get(self.next) else {
            return Ok(None);
        };
        let step = Step::Row(self.next);
        self.next += 1;
        let read = seed.deserialize(Lenient::of(row));
        read.map(Some).map_err(|stop| stop.within(step))
    }

    fn size_hint(&self) -> Option<usize> {
        self.rows.len().checked_sub(self.next)
    }
}

struct Fields<'de> {
    fields: Option<serde_json::map::Iter<'de>>,
    current: Option<(&'de str, &'de Value)>,
}

impl<'de> Fields<'de> {
    fn of(object: &'de Map<String, Value>) -> Self {
        Self {
            fields: Some(object.iter()),
            current: None,
        }
    }

    fn none() -> Self {
        Self {
            fields: None,
            current: None,
        }
    }
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        let Some((name, value)) = self.fields.as_mut().and_then(Iterator::next) else {
            return Ok(None);
        };
        self.current = Some((name, value));
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Stop> {
        // ok: serde asks for a value only after its name.
        let (name, value) = self.current.take().ok_or_else(Stop::default)?;
        let value = Lenient {
            value,
            enveloped: name == ATTRIBUTES,
        };
        let read = seed.deserialize(value);
        read.map_err(|stop| stop.within(Step::Field(name.to_owned())))
    }
}
