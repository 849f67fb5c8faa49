//! When the daily backup runs.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
    organizations::Plan,
    projects::Project,
    token,
};

const DAY: u32 = 24 * 60 * 60;

/// Changes that one day may see.
const CHANGES: usize = 3;

/// The changes that kept backups still depend on, the oldest first: when, and the second of the day from then on.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct State(Vec<(OffsetDateTime, u32)>);

/// The second of the day that the service chose for a project.
fn first(project: &Project) -> u32 {
    let number = token::number(&format!("{} backup", project.reference)) % u128::from(DAY);
    u32::try_from(number).unwrap_or(0)
}

impl State {
    /// The second of the day that was set at that time.
    pub fn at(&self, project: &Project, at: OffsetDateTime) -> u32 {
        let change = self.0.iter().rev().find(|(from, _)| *from <= at);
        change.map_or_else(|| first(project), |(_, second)| *second)
    }

    /// Every second of the day that was ever set, each once.
    pub fn seconds(&self, project: &Project) -> Vec<u32> {
        let mut seconds: Vec<_> = self.0.iter().map(|(_, second)| *second).collect();
        seconds.push(first(project));
        seconds.sort_unstable();
        seconds.dedup();
        seconds
    }

    /// Records a change, and forgets those that no kept backup depends on.
    fn change(&mut self, now: OffsetDateTime, second: u32) -> Result<(), Refusal> {
        let today = self.0.iter().filter(|(at, _)| *at > now - Duration::DAY).count();
        if today >= CHANGES {
            return Err(Refusal::Invalid(format!(
                "The backup schedule can be changed {CHANGES} times in 24 hours."
            )));
        }
        let old = now - Duration::days(30);
        let forgotten = self.0.iter().rposition(|(at, _)| *at < old).unwrap_or(0);
        self.0.drain(..forgotten);
        self.0.push((now, second));
        Ok(())
    }
}

fn shown(project: &Project, now: OffsetDateTime) -> Answered {
    let schedule = &project.parts.database.backups.schedule;
    let second = schedule.at(project, now);
    let updated = schedule.0.last().map_or(project.created_at, |(at, _)| *at);
    let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    Ok(answer(
        StatusCode::OK,
        &json!({ "schedule_for": clock, "updated_at": moment(updated) }),
    ))
}

/// The second of the day of `HH:MM:SS`.
fn second_of(clock: &str) -> Option<u32> {
    let parts: Vec<_> = clock.split(':').collect();
    let [hours, minutes, seconds] = parts.as_slice() else {
        return None;
    };
    let part = |text: &str, below: u32| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|number| digits && *number < below)
    };
    Some(part(hours, 24)? * 3600 + part(minutes, 60)? * 60 + part(seconds, 60)?)
}

fn check(plan: Plan) -> Result<(), Refusal> {
    match plan {
        Plan::Free => Err(Refusal::PlanLimit("The free plan has no daily backups.".to_owned())),
        Plan::Pro | Plan::Team | Plan::Enterprise => Ok(()),
    }
}

/// v1-get-backup-schedule
pub fn get(call: &mut Call<'_>) -> Answered {
    check(call.plan()?)?;
    shown(call.project()?, call.now)
}

#[derive(Deserialize)]
struct Change {
    schedule_for: String,
}

/// v1-update-backup-schedule
pub fn update(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    check(call.plan()?)?;
    let Change { schedule_for } = call.request.json()?;
    let second = second_of(&schedule_for);
    let second = second.ok_or_else(|| Refusal::Invalid("schedule_for: expected a time as HH:MM:SS.".to_owned()))?;
    let project = call.running()?;
    project.parts.database.backups.schedule.change(now, second)?;
    shown(project, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_told_from_other_texts() {
        assert_eq!(second_of("00:00:00"), Some(0));
        assert_eq!(second_of("23:59:59"), Some(DAY - 1));
        for text in [
            "",
            "3:30:00",
            "24:00:00",
            "03:60:00",
            "03:30",
            "03:30:00Z",
            "+3:30:00",
            "03:30:00:00",
        ] {
            assert_eq!(second_of(text), None, "{text}");
        }
    }
}
