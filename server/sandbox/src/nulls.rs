//! Nulls: where a body may say `null`. The service takes it only where its document does; elsewhere a field is left out.

use management_api::OperationId;
use serde_json::Value;

/// Where each operation takes it; `*` stands for any name or row, and what ends so for everything below.
const TAKEN: &[(&str, &[&str])] = &[
    ("v1-create-project-api-key", KEY),
    ("v1-update-project-api-key", KEY),
    ("v1-create-project-tpa-integration", &["custom_jwks"]),
    ("v1-run-a-query", &["parameters.*"]),
    ("v1-read-only-query", &["parameters.*"]),
    ("v1-update-pooler-config", &["default_pool_size"]),
    ("v1-create-a-sso-provider", &["attribute_mapping.*"]),
    ("v1-update-a-sso-provider", &["attribute_mapping.*"]),
    // Its settings are checked one by one, and most of them are unset by it.
    ("v1-update-auth-service-config", &["*"]),
    ("v2-create-log-drain", &["data.attributes.config.*"]),
    ("v2-update-log-drain", &["data.attributes.config.*"]),
    ("v2-create-notebook", &["data.attributes.content.cells.*"]),
    ("v2-update-notebook", &["data.attributes.content.cells.*"]),
    ("v2-deploy-a-compute-instance", &["data.attributes.spec.secrets_scope"]),
    ("v2-organizations-slug-webhooks-endpoints-post", DESCRIPTION),
    ("v2-organizations-slug-webhooks-endpoints-id-patch", DESCRIPTION),
    ("v2-projects-ref-webhooks-endpoints-post", DESCRIPTION),
    ("v2-projects-ref-webhooks-endpoints-id-patch", DESCRIPTION),
];
const KEY: &[&str] = &["description", "secret_jwt_template", "secret_jwt_template.*"];
const DESCRIPTION: &[&str] = &["data.attributes.description"];

/// Where the body says `null` though it may not; empty for a body that is nothing but that.
pub fn forbidden(operation: OperationId, body: &Value) -> Option<String> {
    let id = operation.as_str();
    let taken = TAKEN
        .iter()
        .find(|(known, _)| *known == id)
        .map_or(&[][..], |(_, taken)| taken);
    let mut path = Vec::new();
    find(body, taken, &mut path).then(|| path.join("."))
}

fn find(value: &Value, taken: &[&str], path: &mut Vec<String>) -> bool {
    let mut below = |name: String, value: &Value| {
        path.push(name);
        let found = find(value, taken, path);
        if !found {
            path.pop();
        }
        found
    };
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| below(name.clone(), value)),
        Value::Array(rows) => rows
            .iter()
            .enumerate()
            .any(|(row, value)| below(row.to_string(), value)),
        Value::Null => !path.is_empty() && !taken.iter().any(|taken| is_at(taken, path)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn is_at(taken: &str, path: &[String]) -> bool {
    let mut names: Vec<&str> = taken.split('.').collect();
    let all_below = names.last() == Some(&"*");
    if all_below {
        names.pop();
    }
    let fits = names.iter().zip(path).all(|(name, at)| *name == "*" || name == at);
    fits && if all_below {
        path.len() > names.len()
    } else {
        path.len() == names.len()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn null_is_taken_only_where_the_document_does() {
        for (id, body, found) in [
            (OperationId::UpdateProject, json!({ "name": null }), Some("name")),
            (OperationId::UpdateProject, json!(null), None),
            (
                OperationId::CreateSecrets,
                json!([{ "name": "A", "value": null }]),
                Some("0.value"),
            ),
            (
                OperationId::RunQuery,
                json!({ "query": "select $1", "parameters": [1, null] }),
                None,
            ),
            (OperationId::RunQuery, json!({ "query": null }), Some("query")),
            (
                OperationId::UpdatePoolerConfig,
                json!({ "default_pool_size": null }),
                None,
            ),
            (OperationId::UpdateAuthConfig, json!({ "smtp_host": null }), None),
        ] {
            assert_eq!(forbidden(id, &body).as_deref(), found, "{id} {body}");
        }
    }

    #[test]
    fn every_operation_of_the_table_is_one() {
        for (id, _) in TAKEN {
            assert!(id.parse::<OperationId>().is_ok(), "{id}");
        }
    }

    /// Every field of the document's bodies that is not nullable there, and none else.
    #[test]
    fn the_table_agrees_with_the_document() {
        const DOCUMENT: &str = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/management-api/openapi-now.json"
        );
        let Ok(text) = std::fs::read_to_string(DOCUMENT) else {
            println!("skipped: the API's document is not beside the project");
            return;
        };
        let document: Value = serde_json::from_str(&text).unwrap();
        let (mut fields, mut wrong) = (0, Vec::new());
        // The settings of sign-in are checked one by one.
        for id in OperationId::ALL
            .iter()
            .filter(|id| **id != OperationId::UpdateAuthConfig)
        {
            let row = id.row();
            let entry = &document["paths"][row.path][row.method.as_str().to_lowercase()];
            let body = &entry["requestBody"]["content"]["application/json"]["schema"];
            let mut paths = Vec::new();
            nullable(&document, body, Vec::new(), &mut paths);
            fields += paths.len();
            for (path, is_nullable) in paths {
                let mut at = json!(null);
                for name in path.iter().rev() {
                    at = if name == "0" {
                        json!([at])
                    } else {
                        json!({ name.as_str(): at })
                    };
                }
                if forbidden(*id, &at).is_some() == is_nullable {
                    wrong.push(format!("{id}: {} is nullable: {is_nullable}", path.join(".")));
                }
            }
        }
        println!("{fields} fields of bodies");
        assert_eq!(wrong, [""; 0]);
        assert!(fields > 300, "the document was read");
    }

    /// The fields of a body with whether each is nullable; of those of another kind than one, only what holds for all.
    fn nullable(document: &Value, schema: &Value, path: Vec<String>, found: &mut Vec<(Vec<String>, bool)>) {
        let schema = match schema["$ref"].as_str() {
            Some(reference) => document.pointer(&reference[1..]).unwrap(),
            None => schema,
        };
        // What the table takes whole is not looked into.
        let names = path.join(".");
        let whole = [
            "attribute_mapping",
            "data.attributes.config",
            "data.attributes.content",
            "parameters",
        ];
        if path.len() > 6 || whole.iter().any(|whole| names.starts_with(whole)) {
            return;
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let mut path = path.clone();
            path.push(name.clone());
            let kinds = ["type", "oneOf", "anyOf", "allOf", "$ref", "enum"];
            if kinds.iter().any(|kind| property.get(kind).is_some()) {
                found.push((path.clone(), property["nullable"] == true));
                nullable(document, property, path, found);
            }
        }
        if let Some(items) = schema.get("items") {
            let path = path.into_iter().chain(["0".to_owned()]).collect();
            nullable(document, items, path, found);
        }
    }
}
