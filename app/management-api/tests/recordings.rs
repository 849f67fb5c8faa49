//! Answers recorded from the real service decode into the operations' types, where they lie beside the project.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;

use management_api::{ApiError, Operation, OperationId, Visitor, visit};
use serde::Deserialize;
use serde_json::Value;

const RECORDINGS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/management-api/recordings.jsonl"
);

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

struct Decode(Value);

impl Visitor for Decode {
    type Outcome = Result<Value, String>;

    /// Reads the answer and writes it again: what the console would pass on.
    fn visit<O: Operation>(self) -> Self::Outcome {
        let output: O::Output = serde_json::from_value(self.0).map_err(|error| error.to_string())?;
        serde_json::to_value(output).map_err(|error| error.to_string())
    }
}

#[test]
fn recorded_answers_decode() {
    let Ok(recordings) = std::fs::read_to_string(RECORDINGS) else {
        println!("skipped: the recordings are not beside the project");
        return;
    };
    let mut decoded = BTreeSet::new();
    for line in recordings.lines() {
        let Recording {
            method,
            path,
            status,
            body,
        } = serde_json::from_str(line).unwrap();
        if status >= 400 {
            let error = ApiError::read(body.to_string().as_bytes());
            assert!(!error.message.is_empty(), "{method} {path} {status}: {body}");
            continue;
        }
        // The placeholder-free path comes first in no order, so the one with fewer placeholders wins.
        let id = OperationId::ALL
            .iter()
            .filter(|id| id.row().method.as_str() == method && fits(id.row().path, &path))
            .min_by_key(|id| id.row().path.matches('{').count());
        let Some(id) = id else { continue };
        let output = visit(*id, Decode(body.clone())).unwrap_or_else(|error| panic!("{id}: {error}\n{body:#}"));
        if let (Value::Array(before), Value::Array(after)) = (&body, &output) {
            assert_eq!(before.len(), after.len(), "{id}");
        }
        decoded.insert(*id);
    }
    for id in [
        OperationId::ListOrganizations,
        OperationId::GetOrganizationEntitlements,
        OperationId::ListProjects,
        OperationId::GetProject,
        OperationId::CreateProject,
        OperationId::DeleteProject,
    ] {
        assert!(decoded.contains(&id), "{id} is among the recordings and was read");
    }
}
