//! Mending: what can be read of an answer that is not quite of the shape expected. The real service leaves fields out,
//! writes `null` for them, numbers as texts and words nobody knew; a row is lost only without that by which it is known.

use std::{
    collections::{BTreeSet, HashSet},
    fmt,
};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor, value::BorrowedStrDeserializer},
    forward_to_deserialize_any,
};
use serde_json::{Map, Number, Value};

/// By what a thing is known: of these, the first that its type has. What v2 has in an envelope is known by that, and is
/// nothing without what is said of it.
const KEYS: [&str; 7] = [ATTRIBUTES, "ref", "slug", "id", "user_id", "version", "name"];
const ATTRIBUTES: &str = "attributes";
/// So often is a small answer read anew, at most.
const ATTEMPTS: usize = 500;
/// Bytes that are read anew for one answer, at most: what is large and wholly of another shape is given up soon.
const EFFORT: usize = 64 << 20;

/// What is missing in what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gaps {
    /// Rows that could not be read, and are left out.
    pub rows: usize,
    /// Fields that were not there, or not to be read, in the API's own names: empty, zero or off stands in their place.
    pub fields: BTreeSet<String>,
}

impl Gaps {
    pub fn is_empty(&self) -> bool {
        self.rows == 0 && self.fields.is_empty()
    }
}

/// Reads of `answer` what can be read; `size` is its length in bytes. `None` where that is too little: without the key of
/// a single thing, or with nothing at all of what was expected.
pub fn mend<T: DeserializeOwned>(mut answer: Value, size: usize) -> Option<(T, Gaps)> {
    let mut mending = Mending::default();
    without_null(&mut answer);
    for _ in 0..ATTEMPTS.min(8 + EFFORT / size.max(1)) {
        match T::deserialize(Lenient::of(&answer)) {
            Ok(read) => return Some((read, mending.gaps)),
            Err(stop) => mending.mend(&mut answer, stop)?,
        }
    }
    None
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Field(String),
    Row(usize),
}

#[derive(Default)]
struct Mending {
    gaps: Gaps,
    /// Fields for which not even nothing will do.
    lost: HashSet<Vec<Step>>,
}

impl Mending {
    /// Takes the cause of a stop out of the answer. `None`: then nothing would be left.
    fn mend(&mut self, answer: &mut Value, stop: Stop) -> Option<()> {
        let mut path = stop.path;
        path.reverse();
        // A part of which nothing is said is empty, and needs no key; a row, and the whole, is nothing then.
        let is_part = matches!(path.last(), Some(Step::Field(_)));
        let is_lost = |name: &str| stop.keyless && (name == ATTRIBUTES || !is_part);
        if let Some(name) = stop.missing.filter(|name| !is_lost(name)) {
            let thing = at(answer, &path)?;
            if thing.is_null() && is_part {
                *thing = Value::Object(Map::new());
            }
            let is_bare = stop.bare || thing.is_null();
            let mut field = path.clone();
            field.push(Step::Field(name.to_owned()));
            if (is_part || !is_bare) && !self.lost.contains(&field) {
                self.gaps.fields.insert(name.to_owned());
                everywhere(answer, &path, &mut |object| {
                    object.entry(name).or_insert(Value::Null);
                });
                return Some(());
            }
        }
        loop {
            let step = path.pop()?;
            let parent = at(answer, &path)?;
            match (step, parent) {
                (Step::Row(row), Value::Array(rows)) if row < rows.len() => {
                    rows.remove(row);
                    self.gaps.rows += 1;
                    // The rows after it have moved.
                    self.lost.retain(|lost| !lost.starts_with(&path));
                    return Some(());
                }
                (Step::Field(name), Value::Object(object)) => {
                    let value = object.remove(&name)?;
                    self.gaps.fields.insert(name.clone());
                    let mut field = path.clone();
                    field.push(Step::Field(name));
                    // Without it, its type may have something of its own to put there.
                    if !value.is_null() || self.lost.insert(field) {
                        return Some(());
                    }
                }
                (Step::Row(_) | Step::Field(_), _) => return None,
            }
        }
    }
}

/// `null` is like absence; from here on it stands for what is put in a gap.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, value| !value.is_null());
            object.values_mut().for_each(without_null);
        }
        Value::Array(rows) => rows.iter_mut().for_each(without_null),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The value at the end of `path`.
fn at<'a>(value: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Row(row) => value.get_mut(row),
    })
}

/// Does something to the object at the end of `path`, and to those at its place in the rows beside it.
fn everywhere(value: &mut Value, path: &[Step], change: &mut impl FnMut(&mut Map<String, Value>)) {
    match (path.split_first(), value) {
        (None, Value::Object(object)) => change(object),
        (Some((Step::Row(_), rest)), Value::Array(rows)) => {
            rows.iter_mut().for_each(|row| everywhere(row, rest, change));
        }
        (Some((Step::Field(name), rest)), Value::Object(object)) => {
            if let Some(value) = object.get_mut(name) {
                everywhere(value, rest, change);
            }
        }
        (_, _) => {}
    }
}

/// Why reading stopped, and where.
#[derive(Debug, Default)]
struct Stop {
    /// The innermost step first.
    path: Vec<Step>,
    /// The field that is missing at the end of the path.
    missing: Option<&'static str>,
    /// Whether it is the one by which the thing there is known.
    keyless: bool,
    /// Whether none of the thing's fields is there.
    bare: bool,
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
struct Lenient<'de> {
    value: &'de Value,
    /// Whether it is what is said of something that is known by its envelope.
    enveloped: bool,
}

impl<'de> Lenient<'de> {
    fn of(value: &'de Value) -> Self {
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

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Disk {
        size_gb: i64,
        #[serde(default)]
        full: Option<f64>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Machine {
        id: String,
        name: String,
        on: bool,
        disk: Disk,
        tags: Vec<String>,
        #[serde(default)]
        since: Option<String>,
    }

    fn machine(id: &str) -> Value {
        json!({ "id": id, "name": "m", "on": true, "disk": { "size_gb": 8 }, "tags": ["a"], "since": "now" })
    }

    fn read(answer: Value) -> Option<(Vec<Machine>, Gaps)> {
        mend(answer, 100)
    }

    fn gaps(rows: usize, fields: &[&str]) -> Gaps {
        let fields = fields.iter().map(|name| (*name).to_owned()).collect();
        Gaps { rows, fields }
    }

    #[test]
    fn what_is_written_in_another_way_is_read_the_same() {
        let told =
            json!([{ "id": 7, "name": "m", "on": "true", "disk": { "size_gb": "8.0", "full": " 0.5" }, "tags": [1] }]);
        let (rows, none) = read(told).unwrap();
        let expected = Machine {
            id: "7".to_owned(),
            name: "m".to_owned(),
            on: true,
            disk: Disk {
                size_gb: 8,
                full: Some(0.5),
            },
            tags: vec!["1".to_owned()],
            since: None,
        };
        assert_eq!((rows, none), (vec![expected], Gaps::default()));
        assert_eq!(read(Value::Null).unwrap(), (Vec::new(), Gaps::default()));
    }

    #[test]
    fn a_field_that_cannot_be_read_is_empty_and_told() {
        for (field, value) in [
            ("name", json!({})),
            ("on", json!(3)),
            ("tags", json!("a")),
            ("since", json!([])),
        ] {
            let mut told = machine("1");
            told[field] = value;
            let (rows, told) = read(json!([told, machine("2")])).unwrap();
            assert_eq!((rows.len(), told), (2, gaps(0, &[field])), "{field}");
        }
        let mut told = machine("1");
        told["disk"]["size_gb"] = json!("large");
        let (rows, told) = read(json!([told])).unwrap();
        assert_eq!((rows[0].disk.size_gb, told), (0, gaps(0, &["size_gb"])));
        let mut told = machine("1");
        told["tags"] = json!(["a", {}, "b"]);
        let (rows, told) = read(json!([told])).unwrap();
        assert_eq!((rows[0].tags.len(), told), (2, gaps(1, &[])));
    }

    #[test]
    fn what_is_missing_in_many_rows_is_found_at_once() {
        let rows: Vec<Value> = (0..1_000)
            .map(|id| json!({ "id": id, "on": true, "disk": { "size_gb": 1 }, "tags": [] }))
            .collect();
        let (rows, told) = read(Value::Array(rows)).unwrap();
        assert_eq!((rows.len(), told), (1_000, gaps(0, &["name"])));
    }

    #[test]
    fn a_row_without_its_key_is_lost_and_no_other() {
        for key in [json!(null), json!({}), json!([1])] {
            let mut told = machine("1");
            told["id"] = key;
            let (rows, told) = read(json!([machine("0"), told, null, 7, { "id": "3" }, machine("4")])).unwrap();
            let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            assert_eq!((ids, told.rows), (vec!["0", "3", "4"], 3));
            assert!(told.fields.contains("size_gb"), "{told:?}");
        }
    }

    #[test]
    fn a_single_thing_needs_its_key_and_something_of_what_was_expected() {
        let one = |answer: Value| mend::<Machine>(answer, 100);
        let mut told = machine("1");
        told.as_object_mut().unwrap().remove("id");
        assert_eq!(one(told), None);
        assert_eq!(one(json!({ "unexpected": [1] })), None);
        assert_eq!(one(json!("text")), None);
        assert_eq!(mend::<Disk>(json!({ "message": "ok" }), 100), None);
        assert_eq!(mend::<Disk>(json!({ "size_gb": null }), 100), None);
        assert_eq!(mend::<Disk>(Value::Null, 100), None);
        let (disk, told) = mend::<Disk>(json!({ "full": 1 }), 100).unwrap();
        assert_eq!((disk.size_gb, told), (0, gaps(0, &["size_gb"])));
    }

    #[test]
    fn a_part_needs_no_key_and_a_list_is_no_thing() {
        #[derive(Debug, Deserialize)]
        struct Owned {
            id: String,
            owner: Owner,
            findings: Vec<Finding>,
        }
        #[derive(Debug, Deserialize)]
        struct Owner {
            id: String,
            age: u8,
        }
        #[derive(Debug, Deserialize)]
        struct Finding {
            kind: String,
            #[serde(flatten)]
            details: Map<String, Value>,
        }
        for owner in [json!(null), json!([7, 8]), json!({ "age": 7 })] {
            let findings = json!([null, { "kind": "a", "more": 1 }, "x"]);
            let told = json!({ "id": "1", "owner": owner, "findings": findings });
            let (read, gaps) = mend::<Owned>(told, 100).unwrap();
            assert_eq!((read.id.as_str(), read.owner.id.as_str()), ("1", ""));
            assert_eq!(read.owner.age, if owner["age"] == 7 { 7 } else { 0 });
            let found: Vec<_> = read
                .findings
                .iter()
                .map(|one| (one.kind.as_str(), one.details.len()))
                .collect();
            assert_eq!((found, gaps.rows), (vec![("a", 1)], 2));
            assert!(gaps.fields.contains("id"), "{gaps:?}");
        }
    }

    #[test]
    fn what_is_wholly_of_another_shape_is_given_up_soon() {
        let rows: Vec<Value> = (0..100_000).map(Value::from).collect();
        assert_eq!(read(Value::Array(rows)), None);
        assert_eq!(
            mend::<Vec<Machine>>(json!([1, 2, 3, 4, 5, 6, 7, 8, 9]), usize::MAX),
            None
        );
    }
}
