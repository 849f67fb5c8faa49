//! A project's database.

pub mod backups;
pub mod config;
pub mod pooler;
pub mod replicas;

pub mod access;
pub mod jit;
pub mod logins;
pub mod migrations;
mod network;
pub mod query;
pub mod readonly;
use management_api::projects::ProjectStatus;
use serde::{Deserialize, Serialize};

use crate::{
    answer::Refusal,
    call::{Call, Waiting},
    postgres::Database,
    token::WorldId,
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub backups: backups::State,
    pub config: config::State,
    pub pooler: pooler::State,
    pub replicas: replicas::State,
    pub jit: jit::State,
    pub logins: logins::State,
    pub readonly: readonly::State,
}

/// A project whose database can be asked.
pub struct Running {
    pub world: WorldId,
    pub project: String,
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
