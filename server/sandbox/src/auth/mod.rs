//! Auth: settings, signing keys, single sign-on, third-party issuers.

pub mod config;
mod defaults;
mod jwk;
pub mod signing_keys;
pub mod sso;
pub mod third_party;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::signing_keys::SigningKey;

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Settings that were changed, by name; of secrets, the digest.
    settings: BTreeMap<String, Value>,
    signing_keys: Vec<SigningKey>,
    providers: Vec<sso::Provider>,
    issuers: Vec<third_party::Issuer>,
}

impl State {
    /// Keys that there were before the world began.
    pub fn seed(&mut self, keys: Vec<SigningKey>) {
        self.signing_keys = keys;
    }

    /// The public halves of the keys that tokens may be signed with.
    pub fn jwks(&self) -> Value {
        signing_keys::public(&self.signing_keys)
    }
}
