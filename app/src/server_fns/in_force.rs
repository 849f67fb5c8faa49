//! All settings in force: one answer, taken apart into names and values, without what is secret.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{Operation, projects::GetProjectConfig};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{call::call, error::ConsoleError, form::spelled};

/// A setting as it is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    /// The service's word, such as `auth`.
    pub area: String,
    /// What lies within another is told by its path, such as `features.imageTransformation.enabled`.
    pub name: String,
    /// `None` where nothing is set. Of a secret, only that it is.
    pub value: Option<String>,
}

/// What stands for a secret that is set.
const SECRET: &str = "(secret)";

/// One call.
#[server(prefix = "/api", endpoint = "in-force", input = Json, output = Json)]
pub async fn in_force_of(project: String) -> Result<Vec<InForce>, ConsoleError> {
    let config = call(GetProjectConfig { project }).await?.data.attributes;
    let areas = [
        ("database", config.database),
        ("pooler", config.pooler),
        ("auth", config.auth),
        ("api", config.api),
        ("realtime", config.realtime),
        ("storage", config.storage),
    ];
    let mut all = Vec::new();
    for (area, settings) in areas {
        apart(area, "", &settings.unwrap_or_default(), &mut all);
    }
    Ok(all)
}

/// Objects are gone into, lists are one value.
fn apart(area: &str, path: &str, value: &Value, all: &mut Vec<InForce>) {
    let secrets = GetProjectConfig::ID.row().secret_answer;
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                apart(area, &path, value, all);
            }
        }
        // An area that was not told.
        Value::Null if path.is_empty() => {}
        value => {
            let last = path.rsplit('.').next().unwrap_or(path);
            let secret = secrets.contains(&last);
            let value = match value {
                Value::Null => None,
                _ if secret => Some(SECRET.to_owned()),
                value => Some(spelled(value)),
            };
            all.push(InForce {
                area: area.to_owned(),
                name: path.to_owned(),
                value,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_are_told_by_their_path_and_secrets_only_as_set() {
        let mut all = Vec::new();
        let auth = json!({ "smtp_pass": "hash", "site_url": "", "smtp_host": null, "hooks": { "on": true }, "uris": ["a", "b"] });
        apart("auth", "", &auth, &mut all);
        apart("api", "", &Value::Null, &mut all);
        let told: Vec<_> = all
            .iter()
            .map(|one| (one.name.as_str(), one.value.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("smtp_pass", Some("(secret)")),
                ("site_url", Some("")),
                ("smtp_host", None),
                ("hooks.on", Some("true")),
                ("uris", Some("[\"a\",\"b\"]")),
            ]
        );
    }
}
