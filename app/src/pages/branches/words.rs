//! What branches and their runs are in words.

use management_api::branches::{ActionRun, Branch, RunStep, StepName, StepStatus};
use time::{Duration, OffsetDateTime};

use crate::{
    components::when,
    ui::{Icon, Tone},
};

pub fn kind(branch: &Branch) -> &'static str {
    match (branch.is_default, branch.persistent) {
        (true, _) => "Production",
        (false, true) => "Persistent",
        (false, false) => "Preview",
    }
}

pub fn data(branch: &Branch) -> &'static str {
    match (branch.is_default, branch.with_data) {
        (true, _) => "Production",
        (false, true) => "With data",
        (false, false) => "Schema only",
    }
}

pub fn review(at: String) -> String {
    format!("Review asked {} ago", age(&at))
}

/// How long ago a moment was, in its largest unit; one that is none is shown as it came.
pub fn age(at: &str) -> String {
    match when::read(at) {
        Some(moment) => length(OffsetDateTime::now_utc() - moment),
        None => at.to_owned(),
    }
}

/// A length of time in its largest unit, such as `3 h`.
pub fn length(time: Duration) -> String {
    let seconds = time.whole_seconds().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        172_800..63_072_000 => format!("{} d", seconds / 86_400),
        _ => format!("{} y", seconds / 31_536_000),
    }
}

/// A length of time to the second, such as `1 min 12 s`.
pub fn exactly(time: Duration) -> String {
    let seconds = time.whole_seconds().max(0);
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// How a run or a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    pub tone: Tone,
    pub icon: Icon,
    pub word: String,
}

fn stand(tone: Tone, icon: Icon, word: impl Into<String>) -> Stand {
    Stand {
        tone,
        icon,
        word: word.into(),
    }
}

/// How a run stands, in the words of the step that it stands at.
pub fn of_run(run: &ActionRun) -> Stand {
    let at = |status: StepStatus| {
        run.run_steps
            .iter()
            .find(|step| step.status == status)
            .map(|step| step.name.as_str())
    };
    if let Some(step) = at(StepStatus::Dead) {
        return stand(Tone::Error, Icon::Error, format!("{step} failed"));
    }
    if run.is_over() {
        return stand(Tone::Success, Icon::CheckCircle, "Passed");
    }
    if let Some(step) = at(StepStatus::Running).or_else(|| at(StepStatus::Restarting)) {
        return stand(Tone::Info, Icon::Clock, format!("{step} runs"));
    }
    match run.run_steps.iter().find(|step| step.status != StepStatus::Exited) {
        Some(step) => {
            let of = of_step(step, false);
            stand(of.tone, of.icon, format!("{} {}", step.name.as_str(), of.word))
        }
        None => stand(Tone::Neutral, Icon::Question, "No steps"),
    }
}

/// How a step stands. One that waits for a step that failed is not going to be taken.
pub fn of_step(step: &RunStep, failed: bool) -> Stand {
    match &step.status {
        StepStatus::Created if failed => stand(Tone::Neutral, Icon::Skipped, "skipped"),
        StepStatus::Created => stand(Tone::Neutral, Icon::Clock, "waits"),
        StepStatus::Dead => stand(Tone::Error, Icon::Error, "failed"),
        StepStatus::Exited => stand(Tone::Success, Icon::CheckCircle, "passed"),
        StepStatus::Paused => stand(Tone::Warning, Icon::Pause, "paused"),
        StepStatus::Removing => stand(Tone::Neutral, Icon::Clock, "is being removed"),
        StepStatus::Restarting => stand(Tone::Info, Icon::Clock, "restarts"),
        StepStatus::Running => stand(Tone::Info, Icon::Clock, "runs"),
        StepStatus::Other(word) => stand(Tone::Neutral, Icon::Question, word.clone()),
    }
}

/// When a step began and how long it took, seen from the run's beginning; `None` where it has not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub begins: Duration,
    pub takes: Duration,
}

/// The steps' times. Supabase tells when a step came into its status, and nothing of when it began: that is when the one
/// before it ended.
pub fn spans(run: &ActionRun, now: OffsetDateTime) -> Vec<Option<Span>> {
    let Some(start) = when::read(&run.created_at) else {
        return vec![None; run.run_steps.len()];
    };
    let mut begins = Some(start);
    let span = |step: &RunStep| {
        let from = begins?;
        let at = when::read(&step.updated_at)?.max(from);
        let (until, next) = match step.status {
            StepStatus::Exited => (at, Some(at)),
            StepStatus::Dead | StepStatus::Paused | StepStatus::Removing => (at, None),
            StepStatus::Running | StepStatus::Restarting => (now.max(from), None),
            StepStatus::Created | StepStatus::Other(_) => {
                begins = None;
                return None;
            }
        };
        begins = next;
        Some(Span {
            begins: from - start,
            takes: until - from,
        })
    };
    run.run_steps.iter().map(span).collect()
}

/// What a step is for.
pub fn about(step: &StepName) -> &'static str {
    match step {
        StepName::Clone => "Fetches the repository",
        StepName::Pull => "Fetches production\u{2019}s migrations",
        StepName::Health => "Waits until the services are up",
        StepName::Configure => "Writes the configuration",
        StepName::Migrate => "Runs the migrations",
        StepName::Seed => "Fills the database",
        StepName::Deploy => "Deploys the functions",
        StepName::Other(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(steps: &[(&str, &str, &str)]) -> ActionRun {
        let step = |(name, status, at): &(&str, &str, &str)| serde_json::json!({ "name": name, "status": status, "created_at": "2026-01-01T00:00:00Z", "updated_at": at });
        serde_json::from_value(serde_json::json!({
            "id": "r", "branch_id": "b", "run_steps": steps.iter().map(step).collect::<Vec<_>>(),
            "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn a_run_stands_at_its_step() {
        for (steps, word, tone) in [
            (
                &[
                    ("clone", "EXITED", ""),
                    ("migrate", "DEAD", ""),
                    ("seed", "CREATED", ""),
                ][..],
                "migrate failed",
                Tone::Error,
            ),
            (
                &[("clone", "EXITED", ""), ("seed", "EXITED", "")],
                "Passed",
                Tone::Success,
            ),
            (
                &[("clone", "EXITED", ""), ("seed", "RUNNING", "")],
                "seed runs",
                Tone::Info,
            ),
            (
                &[("clone", "PAUSED", ""), ("seed", "CREATED", "")],
                "clone paused",
                Tone::Warning,
            ),
            (&[("clone", "TELEPORTED", "")], "clone TELEPORTED", Tone::Neutral),
        ] {
            let stand = of_run(&run(steps));
            assert_eq!((stand.word.as_str(), stand.tone), (word, tone));
        }
    }

    #[test]
    fn a_step_begins_when_the_one_before_it_ends() {
        let steps = [
            ("clone", "EXITED", "2026-01-01T00:00:03Z"),
            ("pull", "EXITED", "2026-01-01T00:00:05Z"),
            ("migrate", "RUNNING", "2026-01-01T00:00:05Z"),
            ("seed", "CREATED", "2026-01-01T00:00:00Z"),
            ("deploy", "CREATED", "2026-01-01T00:00:00Z"),
        ];
        let now = when::read("2026-01-01T00:00:15Z").unwrap();
        let seconds: Vec<_> = spans(&run(&steps), now)
            .into_iter()
            .map(|span| span.map(|span| (span.begins.whole_seconds(), span.takes.whole_seconds())))
            .collect();
        assert_eq!(seconds, [Some((0, 3)), Some((3, 2)), Some((5, 10)), None, None]);
        assert_eq!(
            spans(&run(&[("clone", "DEAD", "nonsense"), ("pull", "CREATED", "")]), now),
            [None, None]
        );
    }

    #[test]
    fn lengths_have_one_unit() {
        for (seconds, short, exact) in [
            (-5, "0 s", "0 s"),
            (59, "59 s", "59 s"),
            (72, "1 min", "1 min 12 s"),
            (7_200, "2 h", "120 min"),
            (172_800, "2 d", "2880 min"),
            (63_072_000, "2 y", "1051200 min"),
        ] {
            let time = Duration::seconds(seconds);
            assert_eq!((length(time), exactly(time)), (short.to_owned(), exact.to_owned()));
        }
    }
}
