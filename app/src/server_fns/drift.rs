//! Baselines: what their pages read.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::projects::ListProjects;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    audit::{AuditCall, AuditFilter, Cursor, EffectChoice, Outcome},
    backend::{self, BackendHandle, narrow},
    error::ConsoleError,
    form, reads,
    settings::{
        Area,
        baseline::{Baseline, Checks, Drift, Reading},
        current::Current,
        document::Read,
        parts::{self, Mark, Part, ReadParts},
    },
};

/// A project beside its baseline, as it has just been read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drifted {
    pub name: String,
    pub set_by: String,
    pub set_at: i64,
    /// Settings that are in the baseline.
    pub settings: usize,
    pub read_at: i64,
    pub rows: Vec<DriftRow>,
    /// What differs beside the settings.
    pub beside: Vec<PartRow>,
    /// Areas and parts that could not be compared: their words, and why.
    pub unread: Vec<(String, String)>,
    pub checks: Option<Checks>,
    pub ended: Option<String>,
}

/// A setting that is not as the baseline has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DriftRow {
    pub drift: Drift,
    /// Of a secret, whether it is set.
    pub baseline: Value,
    pub now: Value,
    pub secret: bool,
    /// The call that has made it so, where the audit has it.
    pub by: Option<By>,
}

/// A secret, a function or a key that is not as the baseline has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartRow {
    pub drift: Drift,
    /// `None` where it was not there, and where it is not there any more.
    pub baseline: Option<Mark>,
    pub now: Option<Mark>,
    pub by: Option<By>,
}

/// A call in the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub call: i64,
    pub person: String,
    /// RFC 3339.
    pub at: String,
}

/// A project beside its baseline; `None` where it has none. A call for each configuration and five for what is beside them,
/// side by side, and none where there is nothing to compare with.
#[server(prefix = "/api", endpoint = "drift", input = Json, output = Json)]
pub async fn drift_of(project: String) -> Result<Option<Drifted>, ConsoleError> {
    let backend = backend::handle()?;
    let Some(baseline) = backend.baseline(&project).await? else {
        return Ok(None);
    };
    // Whoever cannot read the project does not see its baseline either.
    let anew = backend.anew();
    let (read, beside) = futures::join!(reads::settings::all(&anew, &project), parts::all(&anew, &project));
    let read = read?;
    let reading = baseline.reading(&read, &beside, now());
    backend.note_reading(&project, reading.clone()).await?;
    let calls = match reading.drifts.is_empty() {
        true => Vec::new(),
        false => changes(&backend, &project).await,
    };
    Ok(Some(compared(baseline, &reading, (&read, &beside), &calls)))
}

/// Unix seconds.
fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

/// The latest changes of the project, as far as the person may see them.
async fn changes(backend: &BackendHandle, project: &str) -> Vec<AuditCall> {
    let filter = AuditFilter {
        place: project.to_owned(),
        effect: EffectChoice::Changes,
        outcome: Some(Outcome::Done),
        ..AuditFilter::default()
    };
    let page = backend.audit(filter, Cursor::Newest).await;
    // ok: without them it is only not told who has made the change.
    page.map(|page| page.calls).unwrap_or_default()
}

fn compared(
    baseline: Baseline,
    reading: &Reading,
    (read, beside): (&Read, &ReadParts),
    calls: &[AuditCall],
) -> Drifted {
    let row = |drift: &Drift| {
        let (area, now) = read.iter().find(|(area, _)| area.key == drift.area)?;
        let (now, kept) = (now.as_ref().ok()?, baseline.areas.get(&drift.area)?);
        let value = |of: &Current| match of.secrets.get(&drift.setting) {
            Some(set) => Value::Bool(*set),
            None => of.value(&drift.setting).clone(),
        };
        Some(DriftRow {
            drift: drift.clone(),
            baseline: value(kept),
            now: value(now),
            secret: now.secrets.contains_key(&drift.setting),
            by: by(area, drift, now, calls),
        })
    };
    let part_row = |drift: &Drift| {
        let (part, now) = beside.iter().find(|(part, _)| part.key == drift.area)?;
        let (now, kept) = (now.as_ref().ok()?, baseline.parts.get(&drift.area)?);
        let marks = [kept.get(&drift.setting), now.get(&drift.setting)];
        Some(PartRow {
            drift: drift.clone(),
            baseline: marks[0].cloned(),
            now: marks[1].cloned(),
            by: part_by(part, drift, marks, calls),
        })
    };
    let why = |key: &String| {
        let area = read.iter().find(|(area, _)| area.key == *key);
        let part = beside.iter().find(|(part, _)| part.key == *key);
        let error = area
            .and_then(|(_, current)| current.as_ref().err())
            .or_else(|| part.and_then(|(_, marks)| marks.as_ref().err()));
        let why = match error {
            Some(error) => error.to_string(),
            None => "It is not in the baseline.".to_owned(),
        };
        (key.clone(), why)
    };
    Drifted {
        rows: reading.drifts.iter().filter_map(row).collect(),
        beside: reading.drifts.iter().filter_map(part_row).collect(),
        unread: reading.unread.iter().map(why).collect(),
        settings: baseline
            .areas
            .values()
            .map(|kept| kept.values.len() + kept.secrets.len())
            .sum(),
        read_at: reading.at,
        name: baseline.name,
        set_by: baseline.set_by,
        set_at: baseline.set_at,
        checks: baseline.checks,
        ended: baseline.ended,
    }
}

/// The latest call that names it, of those that change the part it is in.
fn part_by(part: &Part, drift: &Drift, marks: [Option<&Mark>; 2], calls: &[AuditCall]) -> Option<By> {
    let made = |call: &&AuditCall| {
        let at = OffsetDateTime::parse(&call.at, &Rfc3339).map(OffsetDateTime::unix_timestamp);
        at.is_ok_and(|at| at >= drift.after)
            && call
                .operation
                .parse()
                .is_ok_and(|operation| part.is_made_by(&drift.setting, marks, operation, &call.parameters.to_string()))
    };
    calls.iter().find(made).map(By::from)
}

impl From<&AuditCall> for By {
    fn from(call: &AuditCall) -> Self {
        Self {
            call: call.id,
            person: call.person.clone(),
            at: call.at.clone(),
        }
    }
}

/// The call that has set it to what it is now. Calls stand the newest first.
fn by(area: &Area, drift: &Drift, now: &Current, calls: &[AuditCall]) -> Option<By> {
    let setting = area.setting(&drift.setting)?;
    let pointer = format!("/{}", form::steps(&drift.setting).join("/"));
    let made = |call: &&AuditCall| {
        let at = OffsetDateTime::parse(&call.at, &Rfc3339).map(OffsetDateTime::unix_timestamp);
        let sent = call.parameters.pointer(&pointer);
        area.is_changed_by(&call.operation)
            && at.is_ok_and(|at| at >= drift.after)
            // What a secret was set to is written down nowhere.
            && sent.is_some_and(|sent| {
                now.secrets.contains_key(&drift.setting) || area.same(setting, sent, now.value(&drift.setting))
            })
    };
    calls.iter().find(made).map(By::from)
}

/// A project of several, as it stood at its last reading. Nothing is read for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectDrift {
    pub reference: String,
    pub name: String,
    pub organization: String,
    /// `None` where it has no baseline.
    pub baseline: Option<KeptBaseline>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptBaseline {
    pub name: String,
    pub set_at: i64,
    pub reading: Reading,
    pub checks: Option<Checks>,
    pub ended: Option<String>,
}

/// All of the person's projects, the worst first. One call.
#[server(prefix = "/api", endpoint = "drift-everywhere", input = Json, output = Json)]
pub async fn drift_everywhere() -> Result<Vec<ProjectDrift>, ConsoleError> {
    let backend = backend::handle()?;
    let projects = narrow(&backend, &ListProjects {}).await?;
    let refs = projects.iter().map(|project| project.reference.clone()).collect();
    let mut baselines: BTreeMap<String, Baseline> = backend.baselines(refs).await?;
    let mut all: Vec<ProjectDrift> = projects
        .into_iter()
        .map(|project| {
            let baseline = baselines.remove(&project.reference).map(|baseline| KeptBaseline {
                name: baseline.name,
                set_at: baseline.set_at,
                reading: baseline.reading.unwrap_or_default(),
                checks: baseline.checks,
                ended: baseline.ended,
            });
            ProjectDrift {
                reference: project.reference,
                name: project.name,
                organization: project.organization_slug,
                baseline,
            }
        })
        .collect();
    all.sort_by_cached_key(|one| (one.rank(), one.name.to_lowercase()));
    Ok(all)
}

impl ProjectDrift {
    /// Weaker security before whatever else differs, before what is as the baseline, before what has none.
    pub fn rank(&self) -> (u8, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>) {
        use std::cmp::Reverse;
        let (kind, weaker, all) = match &self.baseline {
            None => (3, 0, 0),
            Some(kept) => match (kept.reading.weaker(), kept.reading.drifts.len()) {
                (0, 0) => (2, 0, 0),
                (0, all) => (1, 0, all),
                (weaker, all) => (0, weaker, all),
            },
        };
        (kind, Reverse(weaker), Reverse(all))
    }
}
