//! A project's database.

pub mod backups;
pub mod config;
pub mod metadata;
pub mod openapi;
pub mod pooler;
mod reading;
pub mod replicas;
pub mod snippets;
pub mod types;

pub use self::reading::reading;
use serde::{Deserialize, Serialize};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub backups: backups::State,
    pub config: config::State,
    pub pooler: pooler::State,
    pub replicas: replicas::State,
}
