//! Tokens with which another organization may claim a project.

use serde::{Deserialize, Serialize};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {}
