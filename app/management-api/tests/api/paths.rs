//! No parameter can lead a request to another path, and none that could is taken; those of the document are.

use management_api::{OperationId, Unfit};
use percent_encoding::percent_decode_str;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::json;

use crate::{document::Document, json::valid};

/// What an attacker would try, and anything else.
fn hostile() -> BoxedStrategy<String> {
    let known = [
        "",
        ".",
        "..",
        "../",
        "../../v1/projects",
        "%2e%2e",
        "%2f",
        "..%2f",
        "a/b",
        "a\\b",
        "?x=1",
        "#top",
        "a?b#c",
        "%00",
        "\0",
        "\n\r",
        "a b",
        "\u{202e}",
        "http://evil.example/",
        "//evil.example",
        ";a=b",
        "{ref}",
        "%",
        "%zz",
    ];
    prop_oneof![
        proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        proptest::collection::vec(any::<char>(), 0..12).prop_map(|text| text.into_iter().collect()),
    ]
    .boxed()
}

/// Whether a value may stand in a path.
fn taken(name: &str, value: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    match name {
        // A branch has any name that can be seen.
        "name" => !matches!(value, "" | "." | "..") && !value.contains(|c: char| c.is_control() || UNSEEN.contains(c)),
        _ => !value.is_empty() && value.chars().all(plain),
    }
}

const UNSEEN: &str =
    "\u{200b}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2060}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}";

#[test]
fn hostile_values_stay_within_their_segment() {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    for id in OperationId::ALL {
        let row = id.row();
        let placeholders: Vec<_> = row.placeholders().collect();
        let values = proptest::collection::vec(hostile(), placeholders.len());
        let schema = id.schema();
        let outcome = runner.run(&(valid(&schema, &schema), values), |(mut parameters, values)| {
            for (name, value) in placeholders.iter().zip(&values) {
                parameters[*name] = json!(value);
            }
            // Where they do not stand in the path.
            for place in ["organization_slug", "project_ref"] {
                if !parameters[place].is_null() && !placeholders.contains(&place) {
                    parameters[place] = json!("acme");
                }
            }
            let request = id.request(parameters.clone());
            if let Err(Unfit::Shape(error)) = &request {
                return Err(TestCaseError::fail(format!(
                    "parameters do not fit: {error}: {parameters}"
                )));
            }
            let refused = placeholders
                .iter()
                .zip(&values)
                .any(|(name, value)| !taken(name, value));
            let Ok(request) = request else {
                prop_assert!(refused, "refused without need: {values:?}");
                return Ok(());
            };
            prop_assert!(!refused, "let through: {values:?}");
            prop_assert!(
                request
                    .path
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"/-_.~%".contains(&byte)),
                "{}",
                request.path
            );
            let mut sent = values.iter();
            let segments: Vec<_> = request.path.split('/').collect();
            prop_assert_eq!(segments.len(), row.path.split('/').count());
            for (template, segment) in row.path.split('/').zip(segments) {
                if template.starts_with('{') {
                    let decoded = percent_decode_str(segment).decode_utf8().unwrap();
                    prop_assert_eq!(Some(decoded.as_ref()), sent.next().map(String::as_str));
                } else {
                    prop_assert_eq!(template, segment);
                }
            }
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{id}: {error}"));
    }
}

/// Parameters for which the document has neither pattern nor format nor choices; see `Naming` of the crate.
const FREE: [&str; 5] = ["name", "run_id", "token", "aws_account_id", "database_identifier"];

#[test]
fn what_the_document_names_as_an_example_is_taken() {
    let Some(document) = Document::open() else { return };
    let mut runner = TestRunner::deterministic();
    for id in OperationId::ALL {
        let schema = id.schema();
        let mut parameters = valid(&schema, &schema).new_tree(&mut runner).unwrap().current();
        if let Some(parameters) = parameters.as_object_mut() {
            // The others need not be there.
            let required: Vec<_> = schema["required"].as_array().into_iter().flatten().cloned().collect();
            parameters.retain(|name, _| required.contains(&json!(name)));
            if let Some(limit) = parameters.get_mut("limit") {
                *limit = json!(1);
            }
        }
        for parameter in document.entry(*id)["parameters"].as_array().into_iter().flatten() {
            let (name, schema) = (parameter["name"].as_str().unwrap(), &parameter["schema"]);
            if parameter["in"] == "path" {
                parameters[name] = schema["example"].clone();
                let bounded = ["pattern", "format", "enum", "oneOf", "anyOf"]
                    .iter()
                    .any(|rule| schema.get(rule).is_some());
                assert!(bounded || FREE.contains(&name), "{id}: nothing says what {name} may be");
            } else if ["organization_slug", "project_ref"].contains(&name) {
                parameters[name] = json!("acme");
            }
        }
        if !parameters["organization_slug"].is_null() {
            parameters["organization_slug"] = json!("acme");
        }
        // What else was made up may be too much for its type.
        if let Err(Unfit::Parameter(bad)) = id.request(parameters) {
            panic!("{id}: {bad}");
        }
    }
}
