//! A project's database.

pub mod access;
pub mod backups;
pub mod config;
pub mod jit;
pub mod logins;
pub mod metadata;
pub mod migrations;
mod network;
pub mod openapi;
pub mod pooler;
pub mod query;
pub mod readonly;
pub mod replicas;
pub mod snippets;
pub mod types;

use management_api::projects::ProjectStatus;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::{
    answer::Refusal,
    call::{Call, Waiting},
    postgres::{Access, Database},
    token::WorldId,
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub backups: backups::State,
    pub config: config::State,
    pub jit: jit::State,
    pub logins: logins::State,
    pub pooler: pooler::State,
    pub readonly: readonly::State,
    pub replicas: replicas::State,
}

/// A project whose database can be asked.
pub struct Running {
    pub world: WorldId,
    pub project: String,
}

impl Running {
    /// The project the path names, if the caller may do there what is being called, and if its database is up.
    pub fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let project = call.project()?;
        match project.status(call.now) {
            ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy | ProjectStatus::Resizing => Ok(Self {
                world: call.world.id,
                project: project.reference.clone(),
            }),
            other => Err(Refusal::Invalid(format!(
                "The project\u{2019}s database cannot be reached: the project is {}.",
                other.as_str()
            ))),
        }
    }

    /// Its database, made if SQL comes to it for the first time.
    pub async fn open(&self, waiting: &Waiting) -> Result<Database, Refusal> {
        waiting.sandbox.postgres().open(self.world, &self.project).await
    }
}

/// A connection that only reads, to the database of the project in the path.
pub async fn reading(waiting: &Waiting) -> Result<PgConnection, Refusal> {
    let running = waiting.within(|call| Running::of(call))?;
    running.open(waiting).await?.connect(Access::ReadOnly).await
}
