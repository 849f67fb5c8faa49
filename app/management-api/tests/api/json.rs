//! JSON made from a schema: of OpenAPI (answers) as well as of our own types (parameters).

use proptest::{collection, option, prelude::*};
use serde_json::{Map, Number, Value, json};

/// How deep a value goes where a schema refers to itself.
const DEEPEST: usize = 6;

/// Anything that is JSON.
pub fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            collection::btree_map("[a-z_]{1,8}", inner, 0..4).prop_map(|fields| json!(fields)),
        ]
    })
    .boxed()
}

/// Values that are valid under `schema`, whose references are looked up in `root`.
pub fn valid(schema: &Value, root: &Value) -> BoxedStrategy<Value> {
    within(schema, root, 0)
}

fn within(schema: &Value, root: &Value, depth: usize) -> BoxedStrategy<Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        return within(root.pointer(&reference[1..]).unwrap(), root, depth + 1);
    }
    let plain = not_null(schema, root, depth);
    if schema["nullable"] == true {
        prop_oneof![1 => Just(Value::Null), 3 => plain].boxed()
    } else {
        plain
    }
}

fn not_null(schema: &Value, root: &Value, depth: usize) -> BoxedStrategy<Value> {
    if let Some(constant) = schema.get("const") {
        return Just(constant.clone()).boxed();
    }
    if let Some(choices) = schema["enum"].as_array() {
        return proptest::sample::select(choices.clone()).boxed();
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(shapes) = schema[several].as_array() {
            let shapes = shapes.iter().map(|shape| within(shape, root, depth + 1));
            return proptest::strategy::Union::new(shapes).boxed();
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts: Vec<_> = parts.iter().map(|part| within(part, root, depth + 1)).collect();
        return parts.prop_map(merged).boxed();
    }
    let kinds = match &schema["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ if schema.get("properties").is_some() => vec!["object"],
        _ => return anything(),
    };
    let kinds = kinds.into_iter().map(|kind| of_kind(kind, schema, root, depth));
    proptest::strategy::Union::new(kinds).boxed()
}

fn of_kind(kind: &str, schema: &Value, root: &Value, depth: usize) -> BoxedStrategy<Value> {
    match kind {
        "null" => Just(Value::Null).boxed(),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" => {
            let least = schema["minimum"].as_i64().unwrap_or(-(1 << 53));
            let most = schema["maximum"].as_i64().unwrap_or(1 << 53);
            (least..=most).prop_map(Value::from).boxed()
        }
        "number" => {
            let least = schema["minimum"].as_f64().unwrap_or(-1e15);
            let most = schema["maximum"].as_f64().unwrap_or(1e15);
            let whole = (least.ceil() as i64..=most.floor() as i64).prop_map(Value::from);
            let broken = (least..=most).prop_map(|number| Number::from_f64(number).map_or(json!(0), Value::from));
            prop_oneof![whole, broken].boxed()
        }
        "string" => {
            let least = schema["minLength"].as_u64().unwrap_or(0) as usize;
            let most = (schema["maxLength"].as_u64().unwrap_or(24) as usize).clamp(least, least + 24);
            collection::vec(any::<char>(), least..=most)
                .prop_map(|text| text.into_iter().collect::<String>().into())
                .boxed()
        }
        "array" => {
            let most = if depth > DEEPEST { 0 } else { 3 };
            let least = (schema["minItems"].as_u64().unwrap_or(0) as usize).min(most);
            let item = within(&schema["items"], root, depth + 1);
            collection::vec(item, least..=most).prop_map(Value::from).boxed()
        }
        "object" => object(schema, root, depth),
        other => panic!("no such type: {other}"),
    }
}

/// Required fields always, the others now and then, and some that nobody has heard of.
fn object(schema: &Value, root: &Value, depth: usize) -> BoxedStrategy<Value> {
    let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
    let no_fields = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&no_fields);
    let mut fields: Vec<BoxedStrategy<Option<(String, Value)>>> = Vec::new();
    for (name, property) in properties {
        let must = required.iter().any(|required| *required == name);
        if !must && depth > DEEPEST {
            continue;
        }
        let (name, value) = (name.clone(), within(property, root, depth + 1));
        let named = value.prop_map(move |value| (name.clone(), value));
        fields.push(if must {
            named.prop_map(Some).boxed()
        } else {
            option::of(named).boxed()
        });
    }
    let more = match &schema["additionalProperties"] {
        Value::Object(_) if depth <= DEEPEST => within(&schema["additionalProperties"], root, depth + 1),
        Value::Bool(false) => Just(json!(1)).boxed(),
        _ => anything(),
    };
    let strangers = collection::vec(("x_[a-z]{1,6}", more), 0..2);
    (fields, strangers)
        .prop_map(|(fields, strangers)| fields.into_iter().flatten().chain(strangers).collect())
        .boxed()
}

fn merged(parts: Vec<Value>) -> Value {
    let mut all = Map::new();
    for part in parts {
        match part {
            Value::Object(fields) => all.extend(fields),
            other => return other,
        }
    }
    Value::Object(all)
}
