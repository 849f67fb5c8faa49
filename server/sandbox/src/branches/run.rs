//! A run: steps one after another, computed from the time it began; and its log, which grows with them.

use std::time::Duration;

use management_api::branches::{StepName, StepStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::moment;
use crate::token;

/// What a run does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Create,
    Merge,
    Push,
    Reset,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Run {
    pub id: String,
    pub kind: Kind,
    pub branch: String,
    /// The ref of the project that is worked on: production's for a merge, else the branch's.
    pub project: String,
    pub started: OffsetDateTime,
    steps: Vec<Step>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Step {
    name: StepName,
    takes: Duration,
    /// What it logs between its beginning and its end.
    lines: Vec<String>,
    /// Why it fails, if it does.
    failure: Option<String>,
    /// As set by hand, and when.
    set: Option<(OffsetDateTime, StepStatus)>,
}

/// A step at some time.
pub struct Moment {
    pub name: StepName,
    pub status: StepStatus,
    pub updated_at: OffsetDateTime,
    /// When it began, if it has, or will, as far as that is known.
    begins: Option<OffsetDateTime>,
}

impl Run {
    /// A run that begins now. `pace` is how long a new project takes until it is up: a run that makes one waits for it.
    pub fn new(kind: Kind, branch: &str, project: &str, now: OffsetDateTime, pace: Duration) -> Self {
        let waiting = if kind == Kind::Create { 6 } else { 1 };
        let steps = [
            (StepName::Clone, 1),
            (StepName::Pull, 1),
            (StepName::Health, waiting),
            (StepName::Configure, 1),
            (StepName::Migrate, 2),
            (StepName::Seed, 1),
            (StepName::Deploy, 2),
        ];
        let step = |(name, eighths)| Step {
            name,
            takes: pace * eighths / 8,
            lines: Vec::new(),
            failure: None,
            set: None,
        };
        Self {
            id: token::uuid(&token::random()),
            kind,
            branch: branch.to_owned(),
            project: project.to_owned(),
            started: now,
            steps: steps.map(step).into(),
        }
    }

    /// Has a step log something while it runs.
    pub fn note(&mut self, step: StepName, line: impl Into<String>) {
        if let Some(step) = self.steps.iter_mut().find(|known| known.name == step) {
            step.lines.push(line.into());
        }
    }

    /// Has a step fail at its end, and so the run.
    pub fn fail(&mut self, step: StepName, why: impl Into<String>) {
        if let Some(step) = self.steps.iter_mut().find(|known| known.name == step) {
            step.failure = Some(why.into());
        }
    }

    /// Whether it is going to fail, or has.
    pub fn fails(&self) -> bool {
        self.steps.iter().any(|step| step.failure.is_some())
    }

    /// Sets a step by hand; there it stays. Done means that the next one begins, anything else that it does not.
    pub fn set(&mut self, step: &StepName, status: StepStatus, now: OffsetDateTime) {
        if let Some(step) = self.steps.iter_mut().find(|known| known.name == *step) {
            step.set = Some((now, status));
        }
    }

    pub fn steps(&self, now: OffsetDateTime) -> Vec<Moment> {
        let mut next = Some(self.started);
        let moment = |step: &Step| {
            let begins = next;
            let (status, updated_at) = match (&step.set, begins) {
                (Some((at, status)), _) => {
                    next = (*status == StepStatus::Exited).then_some(*at);
                    (status.clone(), *at)
                }
                (None, None) => (StepStatus::Created, self.started),
                (None, Some(begin)) => {
                    let end = begin + step.takes;
                    next = step.failure.is_none().then_some(end);
                    match step.failure {
                        _ if now < begin => (StepStatus::Created, self.started),
                        _ if now < end => (StepStatus::Running, begin),
                        Some(_) => (StepStatus::Dead, end),
                        None => (StepStatus::Exited, end),
                    }
                }
            };
            Moment {
                name: step.name.clone(),
                status,
                updated_at,
                begins,
            }
        };
        self.steps.iter().map(moment).collect()
    }

    pub fn updated_at(&self, now: OffsetDateTime) -> OffsetDateTime {
        let steps = self.steps(now).into_iter();
        steps.map(|step| step.updated_at).max().unwrap_or(self.started)
    }

    /// Whether nothing happens any more by itself.
    pub fn is_over(&self, now: OffsetDateTime) -> bool {
        let steps = self.steps(now);
        steps.iter().any(|step| step.status == StepStatus::Dead)
            || steps.iter().all(|step| step.status == StepStatus::Exited)
    }

    pub fn row(&self, now: OffsetDateTime) -> Value {
        let steps = self.steps(now).into_iter().map(|step| {
            json!({
                "name": step.name,
                "status": step.status,
                "created_at": moment(self.started),
                "updated_at": moment(step.updated_at),
            })
        });
        json!({
            "id": self.id,
            "branch_id": self.branch,
            "run_steps": steps.collect::<Vec<_>>(),
            "git_config": null,
            "workdir": null,
            "check_run_id": null,
            "created_at": moment(self.started),
            "updated_at": moment(self.updated_at(now)),
        })
    }

    /// What is logged up to now: when each step begins, its lines spread over the time it takes, and how it ends.
    pub fn log(&self, now: OffsetDateTime) -> String {
        let mut lines = Vec::new();
        for (step, at) in self.steps.iter().zip(self.steps(now)) {
            let name = step.name.as_str();
            let mut say = |time: OffsetDateTime, text: &str| {
                if time <= now {
                    lines.push(format!("{} [{name}] {text}\n", moment(time)));
                }
            };
            if let Some(begins) = at.begins {
                let until = step.set.as_ref().map_or(begins + step.takes, |(at, _)| *at);
                say(begins, "Started");
                for (place, line) in (1u32..).zip(&step.lines) {
                    let time = begins + step.takes * place / (step.lines.len() as u32 + 1);
                    if time <= until {
                        say(time, line);
                    }
                }
            }
            match (&step.set, at.begins, &step.failure) {
                (Some((at, status)), _, _) => say(*at, &format!("Set to {}", status.as_str())),
                (None, Some(begins), Some(failure)) => say(begins + step.takes, failure),
                (None, Some(begins), None) => say(begins + step.takes, "Done"),
                (None, None, _) => {}
            }
        }
        lines.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn after(seconds: u64) -> OffsetDateTime {
        START + Duration::from_secs(seconds)
    }

    fn statuses(run: &Run, seconds: u64) -> String {
        let steps = run.steps(after(seconds)).into_iter();
        steps
            .map(|step| step.status.as_str().chars().next().unwrap_or('?'))
            .collect()
    }

    #[test]
    fn one_step_comes_after_another() {
        let run = Run::new(Kind::Create, "b", "p", START, Duration::from_secs(8));
        let seen = [0, 1, 2, 7, 8, 9, 11, 12, 14].map(|seconds| statuses(&run, seconds));
        let expected = [
            "RCCCCCC", "ERCCCCC", "EERCCCC", "EERCCCC", "EEERCCC", "EEEERCC", "EEEEERC", "EEEEEER", "EEEEEEE",
        ];
        assert_eq!(seen, expected);
        assert!(!run.is_over(after(13)) && run.is_over(after(14)));
        assert_eq!(run.updated_at(after(100)), after(14));
    }

    #[test]
    fn a_step_that_fails_ends_the_run_and_the_log() {
        let mut run = Run::new(Kind::Merge, "b", "p", START, Duration::from_secs(8));
        run.note(StepName::Migrate, "running 1");
        run.fail(StepName::Migrate, "no such table");
        assert_eq!(statuses(&run, 5), "EEEERCC");
        assert_eq!(statuses(&run, 99), "EEEEDCC");
        assert!(run.is_over(after(6)));
        let log = |seconds| {
            run.log(after(seconds))
                .lines()
                .map(|line| line[21..].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(log(0), ["[clone] Started"]);
        assert_eq!(
            log(4)[6..],
            [
                "[configure] Started".to_owned(),
                "[configure] Done".into(),
                "[migrate] Started".into()
            ][..]
        );
        assert_eq!(log(99)[9..], ["[migrate] running 1", "[migrate] no such table"]);
    }

    #[test]
    fn a_step_set_by_hand_stays() {
        let mut run = Run::new(Kind::Push, "b", "p", START, Duration::from_secs(8));
        run.set(&StepName::Pull, StepStatus::Paused, after(1));
        assert_eq!(statuses(&run, 99), "EPCCCCC");
        run.set(&StepName::Pull, StepStatus::Exited, after(100));
        assert_eq!(statuses(&run, 100), "EERCCCC");
        assert_eq!(statuses(&run, 107), "EEEEEEE");
        assert!(run.log(after(107)).contains("[pull] Set to EXITED"));
    }
}
