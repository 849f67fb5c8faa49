//! A project's database.

pub mod metadata;
pub mod openapi;
mod reading;
pub mod snippets;
pub mod types;

pub use self::reading::reading;
use serde::{Deserialize, Serialize};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {}
