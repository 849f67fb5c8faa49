//! What a project has beside its configuration, as far as it can be held against a baseline or another project: secrets of
//! its functions and the functions by digest, and which keys there are. No value of a secret is ever read for it.

use std::collections::BTreeMap;

use management_api::{
    OperationId, Scope,
    auth::{ListSigningKeys, SigningKeyStatus},
    functions::{Function, ListFunctions},
    secrets::{ApiKey, EdgeSecret, GetLegacyApiKeys, LegacyApiKeys, ListApiKeys, ListSecrets},
};
use serde::{Deserialize, Serialize};

use crate::{
    backend::{BackendHandle, narrow},
    error::ConsoleError,
    paths,
    secrets::is_reserved,
};

/// A part of a project beside its configuration.
#[derive(Debug)]
pub struct Part {
    /// Its word, beside those of the areas of settings.
    pub key: &'static str,
    pub title: &'static str,
    /// What one of its things is called, and several.
    pub things: (&'static str, &'static str),
    /// What it is read by; keys take two calls more.
    pub read: OperationId,
    /// What changes it.
    pub writes: &'static [OperationId],
    /// The page on which it is put back.
    pub page: fn(&str) -> String,
}

/// By what a thing is told from others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What can be compared between projects, too: a digest, or a word.
    pub is: String,
    /// What tells it from a later one of the same name, within its project only; empty where `is` does.
    #[serde(default)]
    pub id: String,
    /// What else is true of it and makes it less secure; empty where nothing does.
    #[serde(default)]
    pub weak: String,
}

/// The things of a part, by their names.
pub type Marks = BTreeMap<String, Mark>;

/// What is known of a project: each part, and what was read or why nothing was.
pub type ReadParts = Vec<(&'static Part, Result<Marks, ConsoleError>)>;

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

const SECRETS: Part = Part {
    key: "secrets",
    title: "Secrets of functions",
    things: ("secret", "secrets"),
    read: OperationId::ListSecrets,
    writes: &[OperationId::CreateSecrets, OperationId::DeleteSecrets],
    page: paths::secrets,
};

const FUNCTIONS: Part = Part {
    key: "functions",
    title: "Edge Functions",
    things: ("function", "functions"),
    read: OperationId::ListFunctions,
    writes: &[
        OperationId::DeployFunction,
        OperationId::CreateFunction,
        OperationId::UpdateFunction,
        OperationId::BulkUpdateFunctions,
        OperationId::DeleteFunction,
    ],
    page: paths::functions,
};

const KEYS: Part = Part {
    key: "keys",
    title: "Keys",
    things: ("key", "keys"),
    read: OperationId::ListApiKeys,
    writes: &[
        OperationId::CreateApiKey,
        OperationId::UpdateApiKey,
        OperationId::DeleteApiKey,
        OperationId::UpdateLegacyApiKeys,
        OperationId::CreateSigningKey,
        OperationId::UpdateSigningKey,
    ],
    page: paths::keys,
};

/// What the switch of the legacy keys, and the key that tokens are signed with, are called among the keys.
const LEGACY: &str = "Legacy keys";
const SIGNING: &str = "Signing key in use";

impl Part {
    pub const ALL: [&'static Self; 3] = [&SECRETS, &FUNCTIONS, &KEYS];

    pub fn of(key: &str) -> Option<&'static Self> {
        Self::ALL.into_iter().find(|part| part.key == key)
    }

    /// Whether a call with these parameters, as JSON, may have made one of its things what it is; `marks` are what it was and is.
    pub fn is_made_by(&self, name: &str, marks: [Option<&Mark>; 2], operation: OperationId, parameters: &str) -> bool {
        let signs = [OperationId::CreateSigningKey, OperationId::UpdateSigningKey];
        match name {
            LEGACY => operation == OperationId::UpdateLegacyApiKeys,
            SIGNING => signs.contains(&operation),
            name => {
                let ids = marks.into_iter().flatten().map(|mark| mark.id.as_str());
                let mut named = ids.filter(|id| !id.is_empty()).chain([name]);
                self.writes.contains(&operation) && named.any(|name| parameters.contains(&format!("\"{name}\"")))
            }
        }
    }

    /// Reads it: a call, and of the keys three side by side. Nothing is asked for what the person may not read.
    ///
    /// # Errors
    /// What is missing, or whatever the calls meet.
    pub async fn read(&self, project: &str, backend: &BackendHandle) -> Result<Marks, ConsoleError> {
        let scope = Scope::Project(project.to_owned());
        if let Err(why) = backend.may(self.read, &scope) {
            return Err(ConsoleError::Refused {
                status: 403,
                message: why.sentence(),
            });
        }
        let of = || project.to_owned();
        match self.key {
            "secrets" => Ok(secrets(narrow(backend, &ListSecrets { project: of() }).await?)),
            "functions" => Ok(functions(narrow(backend, &ListFunctions { project: of() }).await?)),
            _ => {
                let list = ListApiKeys {
                    project: of(),
                    reveal: None,
                };
                let (legacy, signing) = (GetLegacyApiKeys { project: of() }, ListSigningKeys { project: of() });
                let (list, legacy, signing) = futures::join!(
                    narrow(backend, &list),
                    narrow(backend, &legacy),
                    narrow(backend, &signing)
                );
                let mut marks = keys(list?);
                // The switch goes away with the legacy keys themselves.
                match legacy {
                    Ok(legacy) => drop(marks.insert(LEGACY.to_owned(), switch(legacy))),
                    Err(ConsoleError::NotFound) => {}
                    Err(error) => return Err(error),
                }
                let signing = signing?.keys.into_iter();
                let in_use = signing.filter(|key| key.status == SigningKeyStatus::InUse);
                marks.extend(in_use.map(|key| (SIGNING.to_owned(), mark(key.algorithm, key.id))));
                Ok(marks)
            }
        }
    }
}

fn mark(is: impl Into<String>, id: impl Into<String>) -> Mark {
    Mark {
        is: is.into(),
        id: id.into(),
        weak: String::new(),
    }
}

fn secrets(all: Vec<EdgeSecret>) -> Marks {
    let own = all.into_iter().filter(|secret| !is_reserved(&secret.name));
    own.map(|secret| (secret.name, mark(secret.digest, ""))).collect()
}

fn functions(all: Vec<Function>) -> Marks {
    let one = |function: Function| {
        // Where there is no digest, a deployment is told by its number.
        let mut mark = match function.ezbr_sha256 {
            Some(digest) => mark(digest, ""),
            None => mark("", format!("version {}", function.version)),
        };
        if function.verify_jwt == Some(false) {
            mark.weak = "open to callers without a JWT".to_owned();
        }
        (function.slug, mark)
    };
    all.into_iter().map(one).collect()
}

fn keys(all: Vec<ApiKey>) -> Marks {
    let one = |key: ApiKey| {
        let kind = key.kind.unwrap_or_else(|| "legacy".to_owned());
        let weak = if kind == "secret" {
            "past row level security"
        } else {
            ""
        };
        let mark = Mark {
            weak: weak.to_owned(),
            ..mark(kind, key.id.unwrap_or_default())
        };
        (key.name, mark)
    };
    all.into_iter().map(one).collect()
}

fn switch(legacy: LegacyApiKeys) -> Mark {
    let (word, weak) = if legacy.enabled {
        ("On", "accepted")
    } else {
        ("Off", "")
    };
    Mark {
        weak: weak.to_owned(),
        ..mark(word, "")
    }
}

/// Every part of a project, or why it cannot be read.
pub async fn all(backend: &BackendHandle, project: &str) -> ReadParts {
    let each = Part::ALL
        .into_iter()
        .map(|part| async move { (part, part.read(project, backend).await) });
    futures::future::join_all(each).await
}

impl Mark {
    /// Whether it is the same in two projects.
    pub fn is_alike(&self, other: &Self) -> bool {
        self.is == other.is && self.weak == other.weak
    }

    /// In words: digests as far as they tell values apart.
    pub fn words(&self) -> String {
        let is_digest = self.is.len() == 64 && self.is.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is = match is_digest {
            true => crate::secrets::short(&self.is),
            false => self.is.clone(),
        };
        // An id is told by its beginning.
        let id: String = self.id.chars().take(12).collect();
        let parts = [is, id, self.weak.clone()];
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }
}

/// The names whose marks are not the same on both sides, or that one side lacks.
pub fn differing(one: &Marks, other: &Marks, same: fn(&Mark, &Mark) -> bool) -> Vec<String> {
    let mut names: Vec<&String> = one
        .keys()
        .chain(other.keys().filter(|name| !one.contains_key(*name)))
        .collect();
    names.sort();
    let differs = |name: &&String| match (one.get(*name), other.get(*name)) {
        (Some(one), Some(other)) => !same(one, other),
        (_, _) => true,
    };
    names.into_iter().filter(differs).cloned().collect()
}

/// Whether the way from one to the other makes it less secure.
pub fn is_weaker(kept: Option<&Mark>, now: Option<&Mark>) -> bool {
    let weak = |mark: Option<&Mark>| mark.is_some_and(|mark| !mark.weak.is_empty());
    weak(now) && !weak(kept)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_thing_is_told_from_a_later_one_in_its_project_and_by_what_it_is_elsewhere() {
        let key = |id: &str, kind: &str| -> ApiKey {
            serde_json::from_value(json!({ "id": id, "name": "server", "type": kind })).unwrap()
        };
        let (one, later, other) = (
            keys(vec![key("a", "secret")]),
            keys(vec![key("b", "secret")]),
            keys(vec![key("c", "publishable")]),
        );
        assert_eq!(differing(&one, &later, Mark::eq), ["server"]);
        assert!(differing(&one, &later, Mark::is_alike).is_empty());
        assert_eq!(differing(&one, &other, Mark::is_alike), ["server"]);
        assert_eq!(differing(&one, &Marks::new(), Mark::is_alike), ["server"]);
    }

    #[test]
    fn what_supabase_sets_itself_is_no_secret_of_the_project() {
        let secret = |name: &str| EdgeSecret {
            name: name.to_owned(),
            digest: "0".repeat(64),
            updated_at: None,
        };
        let marks = secrets(vec![secret("SUPABASE_URL"), secret("OPENAI_API_KEY")]);
        assert_eq!(marks.keys().collect::<Vec<_>>(), ["OPENAI_API_KEY"]);
        assert!(marks["OPENAI_API_KEY"].words().len() < 20);
    }

    #[test]
    fn opening_a_function_or_switching_legacy_keys_on_is_weaker() {
        let function = |verify: bool| {
            let function =
                json!({ "id": "1", "slug": "a", "name": "a", "status": "ACTIVE", "version": 3, "verify_jwt": verify });
            functions(vec![serde_json::from_value(function).unwrap()])
        };
        let (closed, open) = (function(true), function(false));
        assert!(is_weaker(closed.get("a"), open.get("a")) && !is_weaker(open.get("a"), closed.get("a")));
        assert!(is_weaker(
            Some(&switch(LegacyApiKeys { enabled: false })),
            Some(&switch(LegacyApiKeys { enabled: true }))
        ));
        assert_eq!(open["a"].words(), "version 3, open to callers without a JWT");
    }
}
