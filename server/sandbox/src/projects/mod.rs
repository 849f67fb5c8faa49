//! Projects: what one is, and how its status moves with the world's clock.

pub mod change;
pub mod claim;
pub mod config;
pub mod create;
pub mod disk;
pub mod github;
pub mod health;
mod life;
pub mod list;
pub mod network;
mod parts;
pub mod private_link;
pub mod regions;
pub mod transfer;
pub mod upgrade;

use std::time::Duration;

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

pub use self::{life::Life, parts::Parts};
use crate::{
    answer::{Refusal, moment},
    domains::DOMAIN,
};

#[derive(Clone, Serialize, Deserialize)]
pub struct Project {
    /// A number; only the answers to a rename and a deletion show it.
    pub id: u64,
    pub reference: String,
    /// The organization's slug.
    pub organization: String,
    pub name: String,
    pub region: String,
    /// Compute size, such as `micro`.
    pub size: String,
    /// Full version of the database image that it began with; see [`Project::version`] for the one it runs.
    pub version: String,
    pub created_at: OffsetDateTime,
    pub life: Life,
    #[serde(default)]
    pub parts: Parts,
}

/// The database image that new projects get.
pub const NEWEST_VERSION: &str = "17.6.1.111";

impl Project {
    pub fn status(&self, now: OffsetDateTime) -> &ProjectStatus {
        self.life.at(now)
    }

    /// Full version of the database image it runs.
    pub fn version(&self, now: OffsetDateTime) -> &str {
        self.parts.upgrade.version(now).unwrap_or(&self.version)
    }

    /// A removed project stays known, because the API tells "removed" from "never was".
    pub fn is_removed(&self, now: OffsetDateTime) -> bool {
        *self.status(now) == ProjectStatus::Removed
    }

    /// Refuses what only a running project can do.
    pub fn check_running(&self, now: OffsetDateTime) -> Result<(), Refusal> {
        match self.status(now) {
            ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy => Ok(()),
            other => Err(Refusal::Invalid(format!(
                "The project has to be running for this; it is {}.",
                other.as_str()
            ))),
        }
    }

    /// Takes the project away for a while; it comes back healthy.
    pub fn busy(&mut self, status: ProjectStatus, now: OffsetDateTime, lasting: Duration) {
        self.life = Life::planned(status, now, [(lasting, ProjectStatus::ActiveHealthy)]);
    }

    /// The fields that every answer about a project has.
    pub fn brief(&self, now: OffsetDateTime) -> Value {
        json!({
            "id": self.reference,
            "ref": self.reference,
            "organization_id": self.organization,
            "organization_slug": self.organization,
            "name": self.name,
            "region": self.region,
            "created_at": self.created(),
            "status": self.status(now),
        })
    }

    pub fn detail(&self, now: OffsetDateTime) -> Value {
        let mut detail = self.brief(now);
        let version = self.version(now);
        detail["database"] = json!({
            "host": self.database_host(),
            "version": version,
            "postgres_engine": version.split('.').next().unwrap_or_default(),
            "release_channel": "ga",
        });
        detail
    }

    /// The name that its services answer under.
    pub fn host(&self) -> String {
        format!("{}.{DOMAIN}", self.reference)
    }

    /// The name of its database.
    pub fn database_host(&self) -> String {
        format!("db.{}", self.host())
    }

    /// Whether its backups are copies of the disk; those of older databases are files. A guess at where the line is.
    pub fn has_physical_backups(&self) -> bool {
        !self.version.starts_with("15.")
    }

    pub fn created(&self) -> String {
        moment(self.created_at)
    }
}

/// The rule for names of projects and organizations. A name `fail-<status>` asks the sandbox to fail with that status.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::Invalid("name: expected at least one character.".to_owned()));
    }
    if name.chars().count() > 256 {
        return Err(Refusal::Invalid("name: expected at most 256 characters.".to_owned()));
    }
    let Some(code) = name.strip_prefix("fail-").and_then(|code| code.parse().ok()) else {
        return Ok(());
    };
    match StatusCode::from_u16(code) {
        Ok(StatusCode::PAYMENT_REQUIRED) => Err(Refusal::PlanLimit(
            "The organization\u{2019}s plan does not allow another one.".to_owned(),
        )),
        Ok(status) if code >= 400 => Err(Refusal::Sentinel(status)),
        Ok(_) | Err(_) => Ok(()),
    }
}
