//! API keys, secrets, and the encryption root key.

pub mod api_keys;
pub mod edge;
pub mod encryption;
pub mod legacy;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a project has of this. What nobody has changed is derived from the project's ref.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// `None` while the project has the keys it began with.
    api_keys: Option<Vec<api_keys::ApiKey>>,
    legacy_keys_are_off: bool,
    /// As set by somebody.
    root_key: Option<String>,
    /// Secrets of the functions, by name.
    edge: BTreeMap<String, edge::Kept>,
}

impl State {
    /// A secret that was set before the world began.
    pub fn seed(&mut self, name: &str, value: &str, at: time::OffsetDateTime) {
        self.edge.insert(name.to_owned(), edge::Kept::of(value, at));
    }

    /// API keys that there were before the world began, and whether the legacy ones were turned off.
    pub fn seed_keys(&mut self, keys: Vec<api_keys::ApiKey>, legacy_keys_are_off: bool) {
        self.api_keys = Some(keys);
        self.legacy_keys_are_off = legacy_keys_are_off;
    }

    /// Whether the API keys `anon` and `service_role` open anything.
    pub fn legacy_keys_work(&self) -> bool {
        !self.legacy_keys_are_off
    }
}
