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
    stability: String,
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
            stability: row.stability.as_str().to_owned(),
            success: set([row.success.to_string().as_str()]),
            query: set(row.query.iter().copied()),
            has_body: row.body != Body::None,
        }
    }

    fn documented(document: &Document, path: &str, method: &str, entry: &Value) -> Self {
        let names = |list: &Value| set(list.as_array().into_iter().flatten().filter_map(Value::as_str));
        let mut permissions: BTreeSet<_> = entry["x-fga-permissions"]
            .as_array()
            .into_iter()
            .flatten()
            .map(names)
            .collect();
        // What asks for more than another way is for a part of the answer, such as a secret.
        let ways = permissions.clone();
        permissions.retain(|way| !ways.iter().any(|other| other != way && other.is_subset(way)));
        let query = document.parameters(entry["operationId"].as_str().unwrap().parse().unwrap());
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            permissions,
            scope: entry["x-oauth-scope"].as_str().map(str::to_owned),
            stability: entry["x-stability"].as_str().unwrap().to_owned(),
            success: set(entry["responses"]
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .filter(|status| status.starts_with('2') || *status == "410")),
            query: query
                .into_iter()
                .map(|(name, ..)| name)
                .filter(|name| !path.contains(&format!("{{{name}}}")))
                .collect(),
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
            (name, Facts::documented(document, path, method, entry))
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

/// Operations whose body sets everything there is, so that what it leaves out is set back. The document tells a PUT; what
/// it does not tell is said here.
#[test]
fn a_body_that_replaces_everything_is_known_as_one() {
    // A PUT, but of one thing among others: what is not named stays.
    const ADDS: [&str; 2] = ["v1-bulk-update-functions", "v1-upsert-a-migration"];
    // Both may be left out by the document, and the service keeps what it has.
    const KEEPS: [&str; 2] = ["v1-update-a-sso-provider", "v2-update-log-drain"];
    // Lists that it leaves out are closed; its PATCH adds and takes away.
    const REPLACES: [&str; 1] = ["v1-update-network-restrictions"];
    // Replaces what one person may do, and asks for all of it.
    const OF_ONE: [&str; 2] = ["v1-update-jit-access", "v1-update-pgsodium-config"];
    for id in OperationId::ALL {
        let row = id.row();
        let put = row.method == management_api::catalogue::Method::Put && row.body != Body::None;
        let other = [ADDS.as_slice(), &KEEPS, &OF_ONE].concat().contains(&row.name);
        assert_eq!(row.replaces, (put && !other) || REPLACES.contains(&row.name), "{id}");
    }
    let Some(document) = Document::open() else { return };
    for (path, method, entry) in document.entries() {
        let name = entry["operationId"].as_str().unwrap();
        let Ok(id) = name.parse::<OperationId>() else { continue };
        if id.row().replaces {
            let applied = path.ends_with("/apply");
            assert!(method == "put" || applied, "{name} is a {method}");
            // What is set can be read, so that a change can be completed.
            let read = document
                .entries()
                .any(|(other, method, _)| method == "get" && path.starts_with(other));
            assert!(read, "{name}: nothing reads {path}");
        }
    }
}
