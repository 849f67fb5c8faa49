//! Mending: what can be read of an answer that is not quite of the shape expected. The real service leaves fields out,
//! writes `null` for them, numbers as texts and words nobody knew; a row is lost only without that by which it is known.

mod lenient;

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use self::lenient::{ATTRIBUTES, Lenient, Step, Stop};

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

#[cfg(test)]
mod tests {
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
