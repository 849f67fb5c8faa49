//! Keys: what their pages read, without a secret in it.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Secret,
    auth::{GetAuthConfig, GetLegacySigningKey, ListSigningKeys, SigningKey, SigningKeyStatus},
    functions::{Function, ListFunctions},
    projects::Project,
    secrets::{ApiKey, GetApiKey, GetLegacyApiKeys, ListApiKeys},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::branches::Part;
use crate::{
    call::call,
    error::ConsoleError,
    reads::projects::{each, running, runs},
};

/// Characters of a legacy key that are the same in all of them: the beginning of a JWT's head.
const HEAD: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyKind {
    Publishable,
    Secret,
    /// `anon` and `service_role`.
    Legacy,
    /// One that the service has grown since.
    Other,
}

impl KeyKind {
    fn of(key: &ApiKey) -> Self {
        match (key.kind.as_deref(), key.name.as_str()) {
            (Some("publishable"), _) => Self::Publishable,
            (Some("secret"), _) => Self::Secret,
            (Some("legacy"), _) | (None, "anon" | "service_role") => Self::Legacy,
            (Some(_) | None, _) => Self::Other,
        }
    }

    /// One of them, in words.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Publishable => "publishable key",
            Self::Secret => "secret key",
            Self::Legacy => "legacy key",
            Self::Other => "key",
        }
    }
}

/// An API key as it may be seen by anybody who may see the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyRow {
    pub id: String,
    pub name: String,
    pub kind: KeyKind,
    /// A publishable key in full; of others the beginning that does not open anything.
    pub shown: String,
    pub description: String,
    /// Claims of the short-lived token that a secret key is exchanged for.
    pub template: Option<Map<String, Value>>,
    pub made: Option<String>,
    pub changed: Option<String>,
}

impl From<ApiKey> for KeyRow {
    fn from(key: ApiKey) -> Self {
        let kind = KeyKind::of(&key);
        let text = key.api_key.as_ref().map(Secret::expose).unwrap_or_default();
        let shown = match kind {
            KeyKind::Publishable => text.to_owned(),
            KeyKind::Secret => key
                .prefix
                .filter(|prefix| prefix.len() < 20)
                .unwrap_or_else(|| "sb_secret_".to_owned()),
            KeyKind::Legacy => text.split('.').next().unwrap_or_default().chars().take(HEAD).collect(),
            KeyKind::Other => String::new(),
        };
        Self {
            id: key.id.unwrap_or_else(|| key.name.clone()),
            name: key.name,
            kind,
            shown,
            description: key.description.unwrap_or_default(),
            template: key.secret_jwt_template,
            made: key.inserted_at,
            changed: key.updated_at,
        }
    }
}

/// The functions of a project that let only JWTs through, which the new keys are not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checking {
    pub slugs: Vec<String>,
    /// All functions of the project.
    pub all: usize,
}

impl Checking {
    fn of(functions: Vec<Function>) -> Self {
        Self {
            all: functions.len(),
            slugs: functions
                .into_iter()
                .filter(|function| function.verify_jwt != Some(false))
                .map(|function| function.slug)
                .collect(),
        }
    }
}

/// The API keys of a project, and what to look at before the legacy ones are turned off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Keys {
    pub rows: Vec<KeyRow>,
    /// Whether the legacy keys work; `None` where Supabase no longer has any.
    pub legacy: Part<Option<bool>>,
    pub signing: Part<Vec<SigningKey>>,
    pub functions: Part<Checking>,
}

impl Keys {
    pub fn of(&self, kind: KeyKind) -> Vec<KeyRow> {
        self.rows.iter().filter(|row| row.kind == kind).cloned().collect()
    }
}

/// What the service says of the legacy keys; when it has removed them, it says that there is nothing.
pub(super) fn or_gone(legacy: Part<management_api::secrets::LegacyApiKeys>) -> Part<Option<bool>> {
    match legacy {
        Ok(legacy) => Ok(Some(legacy.enabled)),
        Err(ConsoleError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The key that new tokens are signed with.
pub fn in_use(keys: &[SigningKey]) -> Option<&SigningKey> {
    keys.iter().find(|key| key.status == SigningKeyStatus::InUse)
}

/// Four calls side by side.
#[server(prefix = "/api", endpoint = "keys", input = Json, output = Json)]
pub async fn keys_of(project: String) -> Result<Keys, ConsoleError> {
    let of = || project.clone();
    let (rows, legacy, signing, functions) = futures::join!(
        call(ListApiKeys {
            project: of(),
            reveal: None
        }),
        call(GetLegacyApiKeys { project: of() }),
        call(ListSigningKeys { project: of() }),
        call(ListFunctions { project: of() }),
    );
    let mut rows: Vec<KeyRow> = rows?.into_iter().map(KeyRow::from).collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Keys {
        rows,
        legacy: or_gone(legacy),
        signing: signing.map(|signing| signing.keys),
        functions: functions.map(Checking::of),
    })
}

/// The keys that a project signs its access tokens with, and what decides what can be done with them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signing {
    pub keys: Vec<SigningKey>,
    /// The id of the one that the legacy JWT secret became; `None` while it has not.
    pub legacy: Part<Option<String>>,
    /// Whether `anon` and `service_role`, which are signed with that one, work.
    pub legacy_keys: Part<Option<bool>>,
    /// Seconds for which an access token is good.
    pub expiry: Part<Option<i64>>,
    pub functions: Part<Checking>,
}

/// Where a new signing key comes to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    pub keys: Vec<SigningKey>,
    /// See [`Signing::legacy`].
    pub legacy: Part<Option<String>>,
}

/// What the service says of the key that the legacy JWT secret became.
fn or_none(legacy: Part<SigningKey>) -> Part<Option<String>> {
    match legacy {
        Ok(key) => Ok(Some(key.id)),
        Err(ConsoleError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Two calls side by side.
#[server(prefix = "/api", endpoint = "signing-place", input = Json, output = Json)]
pub async fn signing_place(project: String) -> Result<Place, ConsoleError> {
    let of = || project.clone();
    let (keys, legacy) = futures::join!(
        call(ListSigningKeys { project: of() }),
        call(GetLegacySigningKey { project: of() }),
    );
    Ok(Place {
        keys: keys?.keys,
        legacy: or_none(legacy),
    })
}

/// Five calls side by side.
#[server(prefix = "/api", endpoint = "signing-keys", input = Json, output = Json)]
pub async fn signing_of(project: String) -> Result<Signing, ConsoleError> {
    let of = || project.clone();
    let (keys, legacy, legacy_keys, config, functions) = futures::join!(
        call(ListSigningKeys { project: of() }),
        call(GetLegacySigningKey { project: of() }),
        call(GetLegacyApiKeys { project: of() }),
        call(GetAuthConfig { project: of() }),
        call(ListFunctions { project: of() }),
    );
    Ok(Signing {
        keys: keys?.keys,
        legacy: or_none(legacy),
        legacy_keys: or_gone(legacy_keys),
        expiry: config.map(|config| config.jwt_exp),
        functions: functions.map(Checking::of),
    })
}

/// One key, without what makes it one.
#[server(prefix = "/api", endpoint = "key", input = Json, output = Json)]
pub async fn key_of(project: String, id: String) -> Result<KeyRow, ConsoleError> {
    let get = GetApiKey {
        project,
        id,
        reveal: None,
    };
    Ok(call(get).await?.into())
}

/// So many projects are asked for their keys, three calls each.
pub const PROJECTS: usize = 40;

/// New keys of a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub publishable: usize,
    pub secret: usize,
}

/// A project among all, as far as it tells of its keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FleetRow {
    pub reference: String,
    pub name: String,
    /// The organization's slug.
    pub organization: String,
    pub keys: Part<Counts>,
    /// See [`Keys::legacy`].
    pub legacy: Part<Option<bool>>,
    /// The algorithm of the signing key in use; `None` where tokens are signed with the legacy JWT secret.
    pub signing: Part<Option<String>>,
}

impl FleetRow {
    /// Why something of it is not known.
    pub fn refusal(&self) -> Option<&ConsoleError> {
        let keys = self.keys.as_ref().err();
        keys.or(self.legacy.as_ref().err()).or(self.signing.as_ref().err())
    }
}

/// The keys of all projects.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Fleet {
    pub rows: Vec<FleetRow>,
    /// Projects that do not run and were not asked.
    pub paused: usize,
    /// Projects past [`PROJECTS`], which were not asked.
    pub beyond: usize,
}

/// What one project tells; see [`FleetRow`].
struct Told {
    keys: Part<Counts>,
    legacy: Part<Option<bool>>,
    signing: Part<Option<String>>,
}

async fn told(project: String) -> Told {
    let of = || project.clone();
    let (keys, legacy, signing) = futures::join!(
        call(ListApiKeys {
            project: of(),
            reveal: None
        }),
        call(GetLegacyApiKeys { project: of() }),
        call(ListSigningKeys { project: of() }),
    );
    let counts = |keys: Vec<ApiKey>| {
        let of = |kind| keys.iter().filter(|key| KeyKind::of(key) == kind).count();
        Counts {
            publishable: of(KeyKind::Publishable),
            secret: of(KeyKind::Secret),
        }
    };
    Told {
        keys: keys.map(counts),
        legacy: or_gone(legacy),
        signing: signing.map(|signing| in_use(&signing.keys).map(|key| key.algorithm.clone())),
    }
}

fn fleet_row(project: Project, Told { keys, legacy, signing }: Told) -> FleetRow {
    FleetRow {
        reference: project.reference,
        name: project.name,
        organization: project.organization_slug,
        keys,
        legacy,
        signing,
    }
}

/// The keys of every project that runs, up to [`PROJECTS`] of them, side by side.
#[server(prefix = "/api", endpoint = "keys-everywhere", input = Json, output = Json)]
pub async fn keys_everywhere() -> Result<Fleet, ConsoleError> {
    let mut fleet = Fleet::default();
    for (project, told) in each(|all| running(all, PROJECTS), told).await? {
        match told {
            Some(told) => fleet.rows.push(fleet_row(project, told)),
            None if runs(&project.status) => fleet.beyond += 1,
            None => fleet.paused += 1,
        }
    }
    Ok(fleet)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(key: Value) -> KeyRow {
        serde_json::from_value::<ApiKey>(key).unwrap().into()
    }

    #[test]
    fn only_a_publishable_key_is_shown_in_full() {
        let open = row(json!({ "name": "web", "id": "1", "type": "publishable", "api_key": "sb_publishable_abc" }));
        assert_eq!(
            (open.kind, open.shown.as_str()),
            (KeyKind::Publishable, "sb_publishable_abc")
        );
        for key in [
            json!({ "name": "jobs", "type": "secret", "api_key": "sb_secret_abcdefgh_hidden", "prefix": "sb_secret_abcde" }),
            json!({ "name": "jobs", "type": "secret", "api_key": "sb_secret_abcdefgh_hidden", "prefix": null }),
            json!({ "name": "jobs", "type": "secret", "prefix": "sb_secret_abcdefgh_hidden" }),
            json!({ "name": "anon", "type": "legacy", "api_key": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ_hidden.hidden" }),
            json!({ "name": "service_role", "type": null, "api_key": "eyJhbGciOiJIUzI1NiIs.eyJ_hidden.hidden" }),
            json!({ "name": "new", "type": "something_new", "api_key": "hidden", "prefix": "hidden" }),
        ] {
            let row = row(key);
            assert!(!serde_json::to_string(&row).unwrap().contains("hidden"), "{row:?}");
        }
    }

    #[test]
    fn keys_without_a_kind_go_by_their_names() {
        assert_eq!(row(json!({ "name": "anon" })).kind, KeyKind::Legacy);
        assert_eq!(row(json!({ "name": "else" })).kind, KeyKind::Other);
    }

    #[test]
    fn legacy_keys_that_are_gone_are_no_error() {
        assert_eq!(or_gone(Err(ConsoleError::NotFound)), Ok(None));
        assert_eq!(or_gone(Err(ConsoleError::Busy)), Err(ConsoleError::Busy));
    }
}
