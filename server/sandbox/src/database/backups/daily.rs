//! The daily backups of a project.

use management_api::projects::ProjectStatus;
use time::{Duration, OffsetDateTime};

use crate::{organizations::Plan, projects::Project};

pub struct Backup {
    pub id: i64,
    pub at: OffsetDateTime,
}

/// Days that daily backups are kept, as the organization's entitlements say.
fn kept(plan: Plan) -> i64 {
    match plan {
        Plan::Free => 0,
        Plan::Pro => 7,
        Plan::Team => 14,
        Plan::Enterprise => 30,
    }
}

/// The backups that are kept, the newest first. A paused project takes none; one that was never seen running has been
/// paused for longer than they are kept.
pub fn of(project: &Project, plan: Plan, now: OffsetDateTime) -> Vec<Backup> {
    let until = match project.status(now) {
        ProjectStatus::Inactive => project.life.since(now),
        _ => Some(now),
    };
    let Some(until) = until else {
        return Vec::new();
    };
    let from = project.created_at.max(now - Duration::days(kept(plan)));
    let schedule = &project.parts.database.backups.schedule;
    let mut backups = Vec::new();
    let mut day = until.date();
    while day >= from.date() {
        for second in schedule.seconds(project) {
            let at = day.midnight().assume_utc() + Duration::seconds(second.into());
            if (from..=until).contains(&at) && schedule.at(project, at) == second {
                // ok: one project has no two backups within a second, and few projects share the rest.
                let id = at.unix_timestamp() * 1000 + i64::try_from(project.id % 1000).unwrap_or(0);
                backups.push(Backup { id, at });
            }
        }
        let Some(before) = day.previous_day() else { break };
        day = before;
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.at));
    backups
}
