//! Answers recorded from the real service decode into the operations' types, where they lie beside the project.

use std::collections::BTreeSet;

use management_api::{ApiError, OperationId};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Recording {
    method: String,
    path: String,
    status: u16,
    body: Value,
}

/// Whether a path fills a template of the catalogue.
fn fits(template: &str, path: &str) -> bool {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(expected), Some(found)) if expected == found || expected.starts_with('{') => {}
            (Some(_) | None, Some(_)) | (Some(_), None) => return false,
        }
    }
}

/// The operation that a recorded request is: of the templates that fit, the one with the fewest placeholders.
fn operation(recording: &Recording) -> OperationId {
    let fitting = OperationId::ALL.iter().filter(|id| {
        let row = id.row();
        row.method.as_str() == recording.method && fits(row.path, &recording.path)
    });
    let id = fitting.min_by_key(|id| id.row().placeholders().count());
    *id.unwrap_or_else(|| panic!("{} {} is no operation", recording.method, recording.path))
}

/// Decodes every line's answer, and counts the operations and the refusals among them.
pub fn all_decode(recordings: &str) -> (usize, usize) {
    let (mut decoded, mut refusals, mut wrong) = (BTreeSet::new(), 0, Vec::new());
    for line in recordings.lines() {
        let recording: Recording = serde_json::from_str(line).unwrap();
        let id = operation(&recording);
        let body = recording.body.to_string();
        if recording.status >= 400 {
            assert!(!ApiError::read(body.as_bytes()).message.is_empty(), "{id}: {body}");
            refusals += 1;
            continue;
        }
        assert_eq!(recording.status, id.row().success, "{id}");
        let output = match id.read(body.as_bytes()) {
            Ok(output) => output,
            Err(error) => {
                wrong.push(format!("{id}: {error}"));
                continue;
            }
        };
        if let (Value::Array(before), Value::Array(after)) = (&recording.body, &output) {
            assert_eq!(before.len(), after.len(), "{id}");
        }
        decoded.insert(id);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    (decoded.len(), refusals)
}

#[test]
fn every_recorded_answer_decodes() {
    let Some(recordings) = crate::document::shared("recordings.jsonl") else {
        return;
    };
    let (operations, refusals) = all_decode(&recordings);
    println!(
        "{} recorded answers decode: those of {operations} operations, and {refusals} refusals",
        recordings.lines().count()
    );
    assert!(operations > 30, "the recordings were read");
}
