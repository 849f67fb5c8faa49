//! Backups: daily ones, recovery to a moment, and named restore points.

mod daily;
mod points;
mod schedule;

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Duration, OffsetDateTime};

pub use self::{
    points::{create as create_point, get as point, undo},
    schedule::{get as schedule, update as update_schedule},
};
use crate::{
    answer::{Answered, Refusal, empty, json as answer, moment},
    call::Call,
    projects::Project,
    token,
};

/// What a project has of this. Daily backups follow from its age, its plan and the schedule.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    schedule: schedule::State,
    points: Vec<points::Point>,
}

/// How far behind the present a recovery can reach: the log is written away every two minutes.
const BEHIND: Duration = Duration::minutes(2);

/// The seconds since 1970 that a recovery can reach, if it is on and has begun.
fn span(project: &Project, now: OffsetDateTime) -> Option<(i64, i64)> {
    let (days, since) = project.parts.billing.recovery()?;
    let earliest = since.max(now - Duration::days(days.into())).unix_timestamp();
    let latest = (now - BEHIND).unix_timestamp();
    (earliest <= latest).then_some((earliest, latest))
}

/// v1-list-all-backups
pub fn list(call: &mut Call<'_>) -> Answered {
    let (now, taking) = (call.now, call.world.rules.coming_up);
    let plan = call.plan()?;
    let project = call.project()?;
    let recovery = project.parts.billing.recovery().is_some();
    // With recovery on, the log takes the place of daily backups.
    let daily = if recovery {
        Vec::new()
    } else {
        daily::of(project, plan, now)
    };
    let daily: Vec<_> = daily
        .iter()
        .map(|backup| {
            json!({
                "id": backup.id,
                "is_physical_backup": project.has_physical_backups(),
                "status": if backup.at + taking <= now { "COMPLETED" } else { "PENDING" },
                "inserted_at": moment(backup.at),
            })
        })
        .collect();
    let physical = match span(project, now) {
        Some((earliest, latest)) => {
            json!({ "earliest_physical_backup_date_unix": earliest, "latest_physical_backup_date_unix": latest })
        }
        None => json!({}),
    };
    let backups = json!({
        "region": project.region,
        "walg_enabled": true,
        "pitr_enabled": recovery,
        "backups": daily,
        "physical_backup_data": physical,
    });
    Ok(answer(StatusCode::OK, &backups))
}

/// Sends the running project into its restoration.
fn restore(call: &mut Call<'_>) -> Answered {
    let (now, coming_up) = (call.now, call.world.rules.coming_up);
    let project = call.running()?;
    if project.parts.database.replicas.any(now) {
        return Err(Refusal::Invalid(
            "A project with read replicas cannot be restored. Remove them first.".to_owned(),
        ));
    }
    project.busy(ProjectStatus::Restoring, now, coming_up);
    Ok(empty(StatusCode::CREATED))
}

#[derive(Deserialize)]
struct FromBackup {
    id: i64,
}

/// v1-restore-physical-backup
pub fn restore_daily(call: &mut Call<'_>) -> Answered {
    let (now, taking) = (call.now, call.world.rules.coming_up);
    let plan = call.plan()?;
    let project = call.project()?;
    let FromBackup { id } = call.request.json()?;
    let recovery = project.parts.billing.recovery().is_some();
    let daily = if recovery {
        Vec::new()
    } else {
        daily::of(project, plan, now)
    };
    let backup = daily.into_iter().find(|backup| backup.id == id);
    let backup = backup.ok_or(Refusal::NotFound("Backup"))?;
    if backup.at + taking > now {
        return Err(Refusal::Invalid("The backup is not complete yet.".to_owned()));
    }
    restore(call)
}

#[derive(Deserialize)]
struct ToMoment {
    recovery_time_target_unix: i64,
}

/// v1-restore-pitr-backup
pub fn restore_moment(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.project()?;
    let ToMoment {
        recovery_time_target_unix: target,
    } = call.request.json()?;
    if project.parts.billing.recovery().is_none() {
        return Err(Refusal::Invalid("PITR is not enabled for this project.".to_owned()));
    }
    if !span(project, now).is_some_and(|(earliest, latest)| (earliest..=latest).contains(&target)) {
        return Err(Refusal::Invalid(
            "recovery_time_target_unix: the recovery does not reach that moment.".to_owned(),
        ));
    }
    restore(call)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    data: Wanted,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(rename = "type")]
    kind: String,
    id: i64,
}

/// v2-download-project-backup
pub fn download(call: &mut Call<'_>) -> Answered {
    const KIND: &str = "project_backup_file_url";
    let (plan, now) = (call.plan()?, call.now);
    let project = call.project()?;
    let Asked { data } = call.request.json()?;
    if data.kind != KIND {
        return Err(Refusal::Invalid(format!("data.type: expected {KIND}.")));
    }
    let mut backups = daily::of(project, plan, now).into_iter();
    let backup = backups
        .find(|backup| backup.id == data.id)
        .ok_or(Refusal::NotFound("Backup"))?;
    if project.has_physical_backups() {
        return Err(Refusal::Coded {
            status: StatusCode::BAD_REQUEST,
            code: "backup_unsupported",
            message: "Physical backups have no file to be fetched.".to_owned(),
        });
    }
    let url = format!(
        "https://backups.supabase.example/{}/{}.gz?signature={}",
        project.reference,
        backup.id,
        token::random()
    );
    let data = json!({ "type": KIND, "id": backup.id, "attributes": { "file_url": url } });
    Ok(answer(StatusCode::CREATED, &json!({ "data": data })))
}
