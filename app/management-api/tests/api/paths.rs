//! No parameter can lead a request to another path.

use management_api::{OperationId, Unfit};
use percent_encoding::percent_decode_str;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::json;

use crate::json::valid;

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
            let request = id.request(parameters.clone());
            if let Err(Unfit::Shape(error)) = &request {
                return Err(TestCaseError::fail(format!(
                    "parameters do not fit: {error}: {parameters}"
                )));
            }
            let refused = values.iter().any(|value| matches!(value.as_str(), "" | "." | ".."));
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
