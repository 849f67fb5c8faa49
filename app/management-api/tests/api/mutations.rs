//! Every field of every answer of the document, each mutated in every way that the real service was seen to, or might:
//! only that by which a thing is known is needed, and a row without it is the only one that is lost.

use std::collections::{BTreeMap, BTreeSet};

use management_api::{Answer, Gaps, Operation, OperationId, Visitor, read_mended, visit};
use serde_json::{Map, Value, json};

use crate::document::Document;

/// How deep a sample goes where a schema refers to itself.
const DEEPEST: usize = 14;
/// How deep lists have two rows.
const TWO: usize = 6;
/// By what a thing is known, and the envelope around it.
const KEYS: [&str; 8] = ["ref", "slug", "id", "user_id", "version", "name", "data", "attributes"];

/// An answer with everything that the document knows of it; lists have two rows.
fn sample(schema: &Value, document: &Document, depth: usize) -> Value {
    let schema = document.resolve(schema);
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    if let Some(word) = schema["enum"].get(0) {
        return word.clone();
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(shapes) = schema[several].as_array() {
            let shape = shapes.iter().find(|shape| document.resolve(shape)["type"] != "null");
            return sample(shape.unwrap_or(&Value::Null), document, depth + 1);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts = parts.iter().map(|part| sample(part, document, depth + 1));
        return parts.filter_map(|part| part.as_object().cloned()).flatten().collect();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    match kind {
        Some("boolean") => json!(true),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("string") if schema["format"] == "date-time" => json!("2026-11-01T10:20:30Z"),
        Some("string") => json!("text"),
        Some("array") if depth < DEEPEST => {
            let row = sample(&schema["items"], document, depth + 1);
            if depth < TWO { json!([row, row]) } else { json!([row]) }
        }
        Some("array") => json!([]),
        _ if depth >= DEEPEST => json!({}),
        Some("object") | None => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            let mut object: Map<String, Value> = properties
                .map(|(name, property)| (name.clone(), sample(property, document, depth + 1)))
                .collect();
            if let more @ Value::Object(_) = &schema["additionalProperties"] {
                object.insert("anything".to_owned(), sample(more, document, depth + 1));
            }
            Value::Object(object)
        }
        Some(other) => panic!("no such type: {other}"),
    }
}

/// The pointers of all fields; of each list those of the first row.
fn fields(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                fields(value, &at, found);
                found.push(at);
            }
        }
        Value::Array(rows) => {
            if let Some(row) = rows.first() {
                fields(row, &format!("{at}/0"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What can become of a value; `None`: it is dropped.
fn mutations(value: &Value) -> Vec<(&'static str, Option<Value>)> {
    let mut all = vec![
        ("dropped", None),
        ("null", Some(Value::Null)),
        ("a text", Some(json!("something new"))),
        ("a number as text", Some(json!("12"))),
        ("a whole number", Some(json!(1_767_225_600))),
        ("a broken number", Some(json!(7.25))),
        ("a whole number with a point", Some(json!(3.0))),
        ("a switch", Some(json!(false))),
        ("an empty list", Some(json!([]))),
        ("a list", Some(json!([null, { "new": 1 }, "x"]))),
        ("an empty object", Some(json!({}))),
        ("an object", Some(json!({ "new": { "kind": [1] } }))),
    ];
    all.retain(|(_, mutant)| mutant.as_ref() != Some(value));
    all
}

fn mutated(sample: &Value, pointer: &str, mutant: Option<Value>) -> Value {
    let mut answer = sample.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/").replace("~0", "~");
    let object = answer.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match mutant {
        Some(mutant) => object.insert(name, mutant),
        None => object.remove(&name),
    };
    answer
}

/// Reads an answer as its operation does.
fn read(id: OperationId, answer: &Value) -> Option<(Value, Gaps)> {
    struct Read(Vec<u8>);
    impl Visitor for Read {
        type Outcome = Option<(Value, Gaps)>;
        fn visit<O: Operation>(self) -> Self::Outcome {
            let (read, gaps) = read_mended::<O>(&self.0).ok()?;
            Some((serde_json::to_value(read).unwrap(), gaps))
        }
    }
    visit(id, Read(answer.to_string().into_bytes()))
}

/// Where two readings differ, at most as deep as one of them goes.
fn differences(one: &Value, other: &Value, at: &str, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(ones), Value::Object(others)) => {
            let names: BTreeSet<&String> = ones.keys().chain(others.keys()).collect();
            for name in names {
                let none = Value::Null;
                let (one, other) = (ones.get(name).unwrap_or(&none), others.get(name).unwrap_or(&none));
                differences(one, other, &format!("{at}/{name}"), found);
            }
        }
        (Value::Array(ones), Value::Array(others)) if ones.len() == others.len() => {
            for (row, (one, other)) in ones.iter().zip(others).enumerate() {
                differences(one, other, &format!("{at}/{row}"), found);
            }
        }
        (one, other) if one == other => {}
        (_, _) => found.push(at.to_owned()),
    }
}

#[test]
fn only_that_by_which_a_thing_is_known_is_needed() {
    let Some(document) = Document::open() else { return };
    let (mut answers, mut all_fields, mut tried) = (0, 0, 0);
    let (mut whole, mut gapped, mut marked, mut lost) = (0, 0, 0, 0);
    let mut needed: BTreeMap<OperationId, BTreeSet<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for id in OperationId::ALL.iter().filter(|id| id.row().answer == Answer::Json) {
        let Some(schema) = document.answer(*id) else { continue };
        let sample = sample(schema, &document, 0);
        let Some((read_whole, gaps)) = read(*id, &sample) else {
            wrong.push(format!("{id} cannot be read at all: {sample}"));
            continue;
        };
        if !gaps.is_empty() {
            wrong.push(format!("{id} has gaps: {gaps:?}"));
        }
        let mut pointers = Vec::new();
        fields(&sample, "", &mut pointers);
        answers += 1;
        all_fields += pointers.len();
        for pointer in pointers {
            for (how, mutant) in mutations(sample.pointer(&pointer).unwrap()) {
                tried += 1;
                let Some((got, gaps)) = read(*id, &mutated(&sample, &pointer, mutant)) else {
                    needed.entry(*id).or_default().insert(pointer.clone());
                    lost += 1;
                    // Where nothing else is read, nothing is left without it.
                    let only = read_whole.as_object().is_none_or(|read| read.len() < 2);
                    if !only && !KEYS.iter().any(|key| pointer.ends_with(&format!("/{key}"))) {
                        wrong.push(format!("{id} needs {pointer}, which is {how}"));
                    }
                    continue;
                };
                match (gaps.rows, gaps.fields.len()) {
                    (0, 0) => whole += 1,
                    (0, _) => gapped += 1,
                    (_, _) => marked += 1,
                }
                // Nothing else has changed by it, but that its row, or what it is a part of, may be gone.
                let mut differing = Vec::new();
                differences(&read_whole, &got, "", &mut differing);
                let own = |at: &String| pointer.starts_with(at.as_str()) || at.starts_with(&pointer);
                if !differing.iter().all(own) {
                    wrong.push(format!("{id} {pointer} {how}: {differing:?} changed, {gaps:?}"));
                }
            }
        }
    }
    println!(
        "{answers} answers, {all_fields} fields, {tried} mutations: {whole} read whole, {gapped} with a gap that is told, \
         {marked} with a row marked, {lost} with nothing left to show without the key"
    );
    for (id, pointers) in &needed {
        println!(
            "needed by {id}: {}",
            pointers.iter().cloned().collect::<Vec<_>>().join(" ")
        );
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
