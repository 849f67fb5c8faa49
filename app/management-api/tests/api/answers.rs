//! Readers are tolerant: what is valid under the document decodes, and nothing at all panics.

use management_api::{Answer, ApiError, OperationId};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::Value;

use crate::{
    document::Document,
    json::{anything, valid},
};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

/// Holds bodies of each operation's own strategy against its reader.
fn all_decode(document: &Document, strategy: impl Fn(&Value) -> BoxedStrategy<Value>) {
    let mut wrong = Vec::new();
    for id in OperationId::ALL.iter().filter(|id| id.row().answer == Answer::Json) {
        let Some(schema) = document.answer(*id) else { continue };
        let outcome = runner(64).run(&strategy(schema), |body| {
            let body = body.to_string();
            let read = id.read(body.as_bytes());
            prop_assert!(read.is_ok(), "{}", read.unwrap_err());
            prop_assert!(id.can_read(body.as_bytes()));
            Ok(())
        });
        wrong.extend(outcome.err().map(|error| format!("{id}: {error}")));
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_the_document_allows_decodes() {
    let Some(document) = Document::open() else { return };
    all_decode(&document, |schema| valid(schema, document.root()));
}

/// Where the document promises nothing, an empty body, `null` and a message are all fine.
#[test]
fn what_nobody_promised_is_never_missed() {
    let Some(document) = Document::open() else { return };
    for id in OperationId::ALL {
        if document.answer(*id).is_none() && id.row().answer == Answer::Json {
            for body in ["", "null", "{}", "{\"message\":\"ok\"}"] {
                assert!(id.read(body.as_bytes()).is_ok(), "{id}: {body:?}");
            }
        }
    }
}

/// Enumerations grow: a value that came after us is no error.
#[test]
fn unknown_words_are_kept() {
    fn opened(schema: &mut Value) {
        match schema {
            Value::Object(fields) => {
                if fields.get("type").is_some_and(|kind| kind == "string") {
                    fields.remove("enum");
                }
                fields.values_mut().for_each(opened);
            }
            Value::Array(items) => items.iter_mut().for_each(opened),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let Some(document) = Document::open() else { return };
    let mut root = document.root().clone();
    opened(&mut root);
    all_decode(&document, |schema| {
        let mut schema = schema.clone();
        opened(&mut schema);
        valid(&schema, &root)
    });
}

#[test]
fn no_body_panics() {
    for id in OperationId::ALL {
        let bodies = prop_oneof![
            anything().prop_map(|value| value.to_string().into_bytes()),
            proptest::collection::vec(any::<u8>(), 0..64),
        ];
        runner(64)
            .run(&bodies, |body| {
                // Only that it comes back counts.
                prop_assert_eq!(id.read(&body).is_ok(), id.can_read(&body));
                let _ = ApiError::read(&body);
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{id}: {error}"));
    }
}
