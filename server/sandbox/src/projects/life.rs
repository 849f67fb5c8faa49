//! A project's life: which status it has from when on, also in the future.

use std::time::Duration;

use management_api::projects::ProjectStatus;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

#[derive(Clone, Serialize, Deserialize)]
pub struct Life {
    first: ProjectStatus,
    /// The later ones, each with the time it begins.
    then: Vec<(OffsetDateTime, ProjectStatus)>,
}

impl Life {
    /// A status that lasts until something is done.
    pub fn steady(status: ProjectStatus) -> Self {
        Self {
            first: status,
            then: Vec::new(),
        }
    }

    /// A status now and others by themselves later, each after the given time from now.
    pub fn planned(
        status: ProjectStatus,
        now: OffsetDateTime,
        later: impl IntoIterator<Item = (Duration, ProjectStatus)>,
    ) -> Self {
        Self {
            first: status,
            then: later.into_iter().map(|(after, status)| (now + after, status)).collect(),
        }
    }

    /// The life of a new project.
    pub fn created(now: OffsetDateTime, coming_up: Duration) -> Self {
        let later = [
            (coming_up / 8, ProjectStatus::ComingUp),
            (coming_up, ProjectStatus::ActiveHealthy),
        ];
        Self::planned(ProjectStatus::Unknown, now, later)
    }

    /// Since when the status of `now` holds; `None` where the project always had it.
    pub fn since(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        self.then.iter().rev().map(|(from, _)| *from).find(|from| *from <= now)
    }

    pub fn at(&self, now: OffsetDateTime) -> &ProjectStatus {
        self.then
            .iter()
            .rev()
            .find(|(from, _)| *from <= now)
            .map_or(&self.first, |(_, status)| status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_project_comes_up() {
        let start = OffsetDateTime::UNIX_EPOCH;
        let life = Life::created(start, Duration::from_secs(8));
        let at = |seconds| life.at(start + Duration::from_secs(seconds)).as_str().to_owned();
        assert_eq!(
            [at(0), at(1), at(7), at(8)],
            ["UNKNOWN", "COMING_UP", "COMING_UP", "ACTIVE_HEALTHY"]
        );
    }
}
