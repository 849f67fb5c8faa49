//! Auth: settings, signing keys, single sign-on, third-party issuers.

use serde::{Deserialize, Serialize};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {}
