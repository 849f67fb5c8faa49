//! The catalogue says what the API document says.

use std::collections::{BTreeMap, BTreeSet};

use management_api::{Body, OperationId, Permissions, Row};
use serde_json::Value;

use crate::document::Document;

/// What both say of an operation.
#[derive(Debug, PartialEq)]
struct Facts {
    method: String,
    path: String,
    /// Alternatives, each a set of which all are needed.
    permissions: BTreeSet<BTreeSet<String>>,
    scope: Option<String>,
    stability: &'static str,
    success: BTreeSet<String>,
    query: BTreeSet<String>,
    has_body: bool,
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

impl Facts {
    fn of(row: &Row) -> Self {
        Self {
            method: row.method.as_str().to_lowercase(),
            path: row.path.to_owned(),
            permissions: match row.permissions {
                Permissions::None => BTreeSet::new(),
                Permissions::Any(names) => names.iter().map(|name| set([*name])).collect(),
                Permissions::All(names) => BTreeSet::from([set(names.iter().copied())]),
            },
            scope: row.scope.map(str::to_owned),
            stability: row.stability.as_str(),
            success: set([row.success.to_string().as_str()]),
            query: set(row.query.iter().copied()),
            has_body: row.body != Body::None,
        }
    }

    fn documented(path: &str, method: &str, entry: &Value) -> Self {
        let names = |list: &Value| set(list.as_array().into_iter().flatten().filter_map(Value::as_str));
        let security = entry["security"].as_array().into_iter().flatten();
        let summary = entry["summary"].as_str().unwrap_or_default();
        let parameters = entry["parameters"].as_array().into_iter().flatten();
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            permissions: security
                .filter_map(|way| way.get("fga_permissions"))
                .map(names)
                .filter(|names| !names.is_empty())
                .collect(),
            scope: entry["x-oauth-scope"].as_str().map(str::to_owned),
            stability: if entry["deprecated"] == true {
                "deprecated"
            } else if entry["x-internal"] == true {
                "internal"
            } else if summary.starts_with("[Beta]") {
                "beta"
            } else if summary.starts_with("[Alpha]") {
                "alpha"
            } else {
                "stable"
            },
            success: set(entry["responses"]
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .filter(|status| status.starts_with('2'))),
            query: set(parameters
                .filter(|parameter| parameter["in"] == "query")
                .filter_map(|parameter| parameter["name"].as_str())),
            has_body: entry.get("requestBody").is_some(),
        }
    }
}

/// Holds every row against the document, and counts them.
pub fn agree(document: &Document) -> usize {
    let documented: BTreeMap<_, _> = document
        .entries()
        .map(|(path, method, entry)| {
            let name = entry["operationId"].as_str().unwrap();
            (name, Facts::documented(path, method, entry))
        })
        .collect();
    let ours: BTreeMap<_, _> = OperationId::ALL
        .iter()
        .map(|id| (id.as_str(), Facts::of(id.row())))
        .collect();
    for (name, facts) in &documented {
        assert_eq!(ours.get(name), Some(facts), "{name}");
    }
    assert_eq!(ours.len(), documented.len(), "no row is of our own making");
    ours.len()
}

#[test]
fn rows_agree_with_the_document() {
    let Some(document) = Document::open() else { return };
    println!(
        "the catalogue agrees with the document: {} operations",
        agree(&document)
    );
}
