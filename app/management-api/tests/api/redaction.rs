//! Secrets in parameters show neither in `Debug` nor in a sentence, and the catalogue names every one of them.

use std::collections::BTreeSet;

use management_api::{Operation, OperationId, Request, Visitor, visit};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};

use crate::json::valid;

const MARKER: &str = "marker-that-nobody-may-see";

/// An operation with its secrets in it: how it looks as it is sent, and how in logs and in the audit.
struct Look(Value);

impl Visitor for Look {
    type Outcome = (String, String);

    fn visit<O: Operation>(self) -> Self::Outcome {
        let operation: O = serde_json::from_value(self.0).unwrap();
        let sent = serde_json::to_string(&operation).unwrap();
        let request = Request::of(&operation).unwrap();
        let logged = format!("{operation:?} {request:?} {}", request.sentence());
        (sent, logged)
    }
}

/// Whether a schema has a secret in it, however deep.
fn is_secret(schema: &Value, root: &Value) -> bool {
    if let Some(reference) = schema["$ref"].as_str() {
        return is_secret(root.pointer(&reference[1..]).unwrap(), root);
    }
    schema["format"] == "password"
        || match schema {
            Value::Object(fields) => fields.values().any(|value| is_secret(value, root)),
            Value::Array(items) => items.iter().any(|item| is_secret(item, root)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
}

/// Makes every secret the marker, and see to it that none is left out.
fn mark(schema: &mut Value, root: &Value) {
    if let Value::Array(several) = schema {
        return several.iter_mut().for_each(|one| mark(one, root));
    }
    if let Some(reference) = schema["$ref"].as_str() {
        *schema = root.pointer(&reference[1..]).unwrap().clone();
    }
    if schema["format"] == "password" {
        let marker = json!(MARKER);
        let is_object = schema["type"] == "object" || schema["type"][0] == "object";
        *schema = json!({ "const": if is_object { json!({ "k": marker }) } else { marker } });
        return;
    }
    if !is_secret(schema, root) {
        return;
    }
    if let Some(properties) = schema["properties"].as_object() {
        let mut required: BTreeSet<_> = properties
            .iter()
            .filter(|(_, property)| is_secret(property, root))
            .map(|(name, _)| json!(name).to_string())
            .collect();
        required.extend(
            schema["required"]
                .as_array()
                .into_iter()
                .flatten()
                .map(Value::to_string),
        );
        let required: Vec<Value> = required
            .iter()
            .map(|name| serde_json::from_str(name).unwrap())
            .collect();
        schema["required"] = json!(required);
    }
    if schema.get("items").is_some() {
        schema["minItems"] = json!(1);
    }
    for several in ["anyOf", "oneOf"] {
        // An alternative without the secret would leave it out.
        if let Some(alternatives) = schema[several].as_array_mut() {
            alternatives.retain(|alternative| is_secret(alternative, root));
        }
    }
    match schema {
        Value::Object(fields) => fields.values_mut().for_each(|value| mark(value, root)),
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_catalogue_names_every_secret_parameter() {
    let mut wrong = Vec::new();
    for id in OperationId::ALL {
        let schema = id.schema();
        let typed: BTreeSet<_> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, property)| is_secret(property, &schema))
            .map(|(name, _)| name.as_str())
            .collect();
        let named: BTreeSet<_> = id.row().secret_parameters.iter().copied().collect();
        if typed != named {
            let only_named: Vec<_> = named.difference(&typed).collect();
            let only_typed: Vec<_> = typed.difference(&named).collect();
            wrong.push(format!(
                "{id}: secret by the row alone {only_named:?}, by the type alone {only_typed:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_secret_parameter_shows() {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let (mut looked_at, mut wrong) = (0, Vec::new());
    for id in OperationId::ALL {
        let root = id.schema();
        if !is_secret(&root, &root) {
            continue;
        }
        let mut schema = root.clone();
        mark(&mut schema, &root);
        let parameters = valid(&schema, &root).prop_map(move |mut parameters| {
            for name in id.row().placeholders() {
                // What may stand in a path has a test of its own.
                if parameters[name] != MARKER {
                    parameters[name] = json!("x");
                }
            }
            parameters
        });
        let outcome = runner.run(&parameters, |parameters| {
            let (sent, logged) = visit(*id, Look(parameters));
            prop_assert!(sent.contains(MARKER), "the secret is not sent: {sent}");
            prop_assert!(!logged.contains(MARKER), "the secret shows: {logged}");
            Ok(())
        });
        wrong.extend(outcome.err().map(|error| format!("{id}: {error}")));
        looked_at += 1;
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(looked_at > 5, "there are operations with secrets");
}
