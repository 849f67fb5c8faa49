//! Backups: what a project can be set back to, what that would lose as far as Steward knows, and how all projects stand.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    database::{
        BackupSchedule, Backups, GetBackupSchedule, GetRestorePoint, ListBackups, ListMigrations, MigrationRow,
        RestorePoint,
    },
    projects::{GetProject, Project},
};
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::branches::Part;
use crate::{
    audit::{AuditCall, AuditFilter, Cursor, EffectChoice, Outcome},
    backend,
    call::call,
    components::when,
    error::ConsoleError,
    reads::projects::{each, running, runs},
};

/// What a project can be set back to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recovery {
    pub project: Part<Project>,
    pub backups: Backups,
    pub schedule: Part<BackupSchedule>,
    /// The restore point that was asked for by name, else the newest; `None` where there is none.
    pub point: Part<Option<RestorePoint>>,
    /// What a restore to the chosen moment would lose, where one is chosen.
    pub lost: Option<Lost>,
}

/// What happened in a project since a moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lost {
    /// Changes that were made through Steward, the newest first.
    pub calls: Part<Vec<AuditCall>>,
    /// Whether there were more of them.
    pub more: bool,
    /// Migrations whose version is a later moment, the newest first.
    pub migrations: Part<Vec<MigrationRow>>,
}

/// Four calls side by side; one more, and what Steward itself has written down, where a moment is chosen (RFC 3339).
#[server(prefix = "/api", endpoint = "backups", input = Json, output = Json)]
pub async fn backups_of(
    project: String,
    point: Option<String>,
    since: Option<String>,
) -> Result<Recovery, ConsoleError> {
    let of = || project.clone();
    let get = GetRestorePoint {
        project: of(),
        name: point,
    };
    let (found, backups, schedule, point, lost) = futures::join!(
        call(GetProject { project: of() }),
        call(ListBackups { project: of() }),
        call(GetBackupSchedule { project: of() }),
        call(get),
        async {
            match since.as_deref().and_then(when::read) {
                Some(since) => Some(lost(of(), since).await),
                None => None,
            }
        },
    );
    Ok(Recovery {
        project: found,
        backups: backups?,
        schedule,
        point: match point {
            Ok(point) => Ok(Some(point)),
            Err(ConsoleError::NotFound) => Ok(None),
            Err(error) => Err(error),
        },
        lost,
    })
}

async fn lost(project: String, since: OffsetDateTime) -> Lost {
    let filter = AuditFilter {
        place: project.clone(),
        effect: EffectChoice::Changes,
        outcome: Some(Outcome::Done),
        from: since.date().to_string(),
        ..AuditFilter::default()
    };
    let written = async { backend::handle()?.audit(filter, Cursor::Newest).await };
    let (page, migrations) = futures::join!(written, call(ListMigrations { project }));
    let (calls, more) = match page {
        Ok(page) => {
            let all = page.calls.len();
            let later = |call: &AuditCall| when::read(&call.at).is_some_and(|at| at > since);
            let calls: Vec<_> = page.calls.into_iter().filter(later).collect();
            let more = page.older && calls.len() == all;
            (Ok(calls), more)
        }
        Err(error) => (Err(error), false),
    };
    let migrations = migrations.map(|rows| {
        let later = |row: &MigrationRow| made_at(&row.version).is_some_and(|at| at > since);
        let mut rows: Vec<_> = rows.into_iter().filter(later).collect();
        rows.reverse();
        rows
    });
    Lost {
        calls,
        more,
        migrations,
    }
}

/// The moment that a migration's version names by convention, such as `20260131120000`; `None` for other digits.
pub fn made_at(version: &str) -> Option<OffsetDateTime> {
    let part = |range| version.get(range);
    let digits = version.len() == 14 && version.bytes().all(|byte| byte.is_ascii_digit());
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0..4)?,
        part(4..6)?,
        part(6..8)?,
        part(8..10)?,
        part(10..12)?,
        part(12..14)?
    );
    OffsetDateTime::parse(&text, &Rfc3339).ok().filter(|_| digits)
}

/// So many projects are asked for their backups, one call each.
pub const PROJECTS: usize = 100;

/// A project among all, as far as it tells of its backups.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BackupRow {
    pub reference: String,
    pub name: String,
    /// The organization's slug.
    pub organization: String,
    pub backups: Part<Backups>,
}

/// The backups of all projects.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct BackupFleet {
    pub rows: Vec<BackupRow>,
    /// Projects that do not run and were not asked.
    pub paused: usize,
    /// Projects past [`PROJECTS`], which were not asked.
    pub beyond: usize,
}

/// The backups of every project that runs, up to [`PROJECTS`] of them, side by side.
#[server(prefix = "/api", endpoint = "backups-everywhere", input = Json, output = Json)]
pub async fn backups_everywhere() -> Result<BackupFleet, ConsoleError> {
    let mut fleet = BackupFleet::default();
    let told = |project| call(ListBackups { project });
    for (project, told) in each(|all| running(all, PROJECTS), told).await? {
        match told {
            Some(backups) => fleet.rows.push(BackupRow {
                reference: project.reference,
                name: project.name,
                organization: project.organization_slug,
                backups,
            }),
            None if runs(&project.status) => fleet.beyond += 1,
            None => fleet.paused += 1,
        }
    }
    Ok(fleet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_are_moments_are_read_as_such() {
        assert_eq!(made_at("20260131120000"), when::read("2026-01-31T12:00:00Z"));
        for version in [
            "1",
            "20261301000000",
            "2026013112000",
            "202601311200000",
            "é0260131120000",
        ] {
            assert_eq!(made_at(version), None, "{version}");
        }
    }
}
