//! What is asked before secrets are set: which of them are there already, with another value.

use std::collections::BTreeMap;

use app::{
    backend::{BackendHandle, narrow},
    form::yes_to,
    outcome::Question,
    secrets::digest,
};
use management_api::{
    Request,
    secrets::{EdgeSecret, ListSecrets},
};
use serde_json::Value;

/// The question; nothing where all of them are new, or have the same value already.
pub async fn question(request: &Request, backend: &BackendHandle) -> Option<Question> {
    let project = request.parameter("ref").unwrap_or_default().to_owned();
    let name = backend.name_of(&project).unwrap_or_else(|| project.clone());
    let (does, about) = match narrow(backend, &ListSecrets { project }).await {
        Ok(there) => {
            let replaced = replaced(&request.parameters, &there);
            let does = match replaced.len() {
                0 => return None,
                1 => format!("replaces 1 secret of {name} for good"),
                count => format!("replaces {count} secrets of {name} for good"),
            };
            (does, replaced.join("\n"))
        }
        Err(_) => {
            let does = format!("may replace secrets of {name}: which of them are there already could not be read");
            (does, String::new())
        }
    };
    let sure = yes_to(request.id, &request.path, &does, &about);
    Some(Question::one(does, sure))
}

/// The names that have another value now.
fn replaced<'a>(parameters: &Value, there: &'a [EdgeSecret]) -> Vec<&'a str> {
    let rows = parameters["secrets"].as_array().into_iter().flatten();
    let given: BTreeMap<&str, String> = rows
        .filter_map(|row| Some((row["name"].as_str()?, digest(row["value"].as_str()?))))
        .collect();
    let loses = |one: &&EdgeSecret| given.get(one.name.as_str()).is_some_and(|digest| *digest != one.digest);
    there.iter().filter(loses).map(|one| one.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_lost_is_asked_about() {
        let secret = |name: &str, value: &str| EdgeSecret {
            name: name.to_owned(),
            digest: digest(value),
            updated_at: None,
        };
        let there = [secret("A", "1"), secret("B", "2"), secret("C", "3")];
        let row = |name: &str, value: &str| json!({ "name": name, "value": value });
        let of = |rows: &[Value]| replaced(&json!({ "secrets": rows }), &there);
        assert_eq!(of(&[row("A", "1"), row("B", "new"), row("D", "4")]), ["B"]);
        assert_eq!(of(&[row("D", "4")]), [""; 0]);
        // The last one counts.
        assert_eq!(of(&[row("A", "1"), row("A", "5")]), ["A"]);
    }
}
