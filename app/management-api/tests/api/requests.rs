//! Our parameters are those of the document: none is invented, none that is needed is missing, choices are the same.

use std::collections::BTreeSet;

use management_api::{Body, IDEMPOTENCY_KEY, OperationId};
use serde_json::Value;

use crate::document::Document;

/// What Steward leaves out on purpose, or names otherwise.
const LEFT_OUT: &[(OperationId, &[&str])] = &[
    // `region` becomes the `region_selection`, so it may be a group of regions, too; the others are deprecated.
    (
        OperationId::CreateProject,
        &[
            "organization_id",
            "plan",
            "region",
            "region_selection",
            "kps_enabled",
            "template_url",
        ],
    ),
    // Stands beside the attributes, of which there are none.
    (OperationId::DownloadBackup, &["type"]),
    // Files come in by themselves, and may be none where a form says what is wrong with that.
    (OperationId::DeployFunction, &["file"]),
    // The whole body may be left out.
    (OperationId::TestOrganizationWebhook, &["type"]),
    (OperationId::TestProjectWebhook, &["type"]),
];

fn names(list: &Value) -> BTreeSet<&str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

#[test]
fn parameters_agree_with_the_document() {
    let Some(document) = Document::open() else { return };
    let mut wrong = Vec::new();
    for id in OperationId::ALL {
        let row = id.row();
        let ours = id.schema();
        let left_out: BTreeSet<_> = LEFT_OUT
            .iter()
            .filter(|(of, _)| of == id)
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let parameters = document.parameters(*id);
        let mut known: BTreeSet<_> = parameters.iter().map(|(name, ..)| name.as_str()).collect();
        if document.takes_a_key(*id) {
            known.insert(IDEMPOTENCY_KEY);
        }
        let documented = known.clone();
        let required = parameters.iter().filter(|(_, required, _)| *required);
        let mut needed: BTreeSet<_> = required.map(|(name, ..)| name.as_str()).collect();
        if let Some(body) = document.body(*id) {
            match row.body {
                // The parameters of the query belong to another content type.
                Body::Whole(name) => {
                    known.retain(|known| row.placeholders().any(|path| path == *known));
                    needed.retain(|needed| row.placeholders().any(|path| path == *needed));
                    known.insert(name);
                    needed.insert(name);
                }
                // What the things in it are made of, their own test holds.
                Body::List(_, name) => {
                    known.insert(name);
                    needed.insert(name);
                }
                Body::None | Body::Json | Body::Data(_) | Body::Form | Body::Multipart => {
                    let properties = body["properties"].as_object().into_iter().flatten();
                    known.extend(properties.map(|(name, _)| name.as_str()));
                    needed.extend(names(&body["required"]));
                }
            }
        }
        let properties = ours["properties"].as_object();
        let have: BTreeSet<_> = properties
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str())
            .collect();
        let mut say = |what: &str, names: Vec<&str>| {
            if !names.is_empty() {
                wrong.push(format!("{id}: {what} {names:?}"));
            }
        };
        say(
            "does not know",
            known
                .iter()
                .filter(|name| !have.contains(*name) && !left_out.contains(*name))
                .copied()
                .collect(),
        );
        say(
            "invents",
            have.iter()
                .filter(|name| !known.contains(*name) && !documented.contains(*name))
                .copied()
                .collect(),
        );
        say(
            "does not demand",
            needed
                .difference(&names(&ours["required"]))
                .filter(|name| !left_out.contains(*name))
                .copied()
                .collect(),
        );
        say(
            "has no words for",
            ours["description"].as_str().map_or(vec!["itself"], |_| vec![]),
        );
        // Choices.
        if let (Some(body), Some(properties)) = (document.body(*id), properties) {
            for (name, property) in body["properties"].as_object().into_iter().flatten() {
                let choices = names(&document.resolve(property)["enum"]);
                let Some(offered) = properties
                    .get(name)
                    .filter(|_| !choices.is_empty() && !left_out.contains(name.as_str()))
                else {
                    continue;
                };
                if names(&choices_of(offered, &ours)["enum"]) != choices {
                    say("offers other choices for", vec![name.as_str()]);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The part of a property's schema that lists its choices, behind references and alternatives with `null`.
fn choices_of<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return choices_of(root.pointer(&reference[1..]).unwrap(), root);
    }
    let alternatives = schema["anyOf"].as_array().into_iter().flatten();
    alternatives
        .map(|alternative| choices_of(alternative, root))
        .find(|alternative| alternative.get("enum").is_some())
        .unwrap_or(schema)
}
