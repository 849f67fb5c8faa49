//! A project's disk: it grows, takes a while to do so, and then wants to be left alone.

use axum::http::StatusCode;
use management_api::projects::DiskAttributes;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use super::Project;
use crate::{
    answer::{Answered, Refusal, empty, json as answer, moment},
    call::Call,
    organizations::Plan,
    token,
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    change: Option<Box<Change>>,
}

/// The last change.
#[derive(Clone, Serialize, Deserialize)]
struct Change {
    from: DiskAttributes,
    to: DiskAttributes,
    asked_at: OffsetDateTime,
    done_at: OffsetDateTime,
}

/// AWS lets a volume be changed once in this time.
const COOL_DOWN: Duration = Duration::hours(6);

/// What every gp3 disk comes with.
const IOPS: i64 = 3000;
const THROUGHPUT: i64 = 125;

const GIB: f64 = 1_073_741_824.0;
/// GB that a disk has at first.
const FIRST_SIZE: i64 = 8;

impl State {
    pub fn attributes(&self, now: OffsetDateTime) -> DiskAttributes {
        match &self.change {
            Some(change) if change.done_at <= now => change.to.clone(),
            Some(change) => change.from.clone(),
            None => DiskAttributes {
                kind: "gp3".to_owned(),
                size_gb: FIRST_SIZE,
                iops: IOPS,
                throughput_mibps: Some(THROUGHPUT),
            },
        }
    }

    /// When a change was asked for last.
    pub fn modified(&self) -> Option<String> {
        self.change.as_ref().map(|change| moment(change.asked_at))
    }
}

/// v1-get-database-disk
pub fn get(call: &mut Call<'_>) -> Answered {
    let disk = &call.project()?.parts.disk;
    let mut shown = json!({ "attributes": disk.attributes(call.now) });
    if let Some(modified) = disk.modified() {
        shown["last_modified_at"] = json!(modified);
    }
    Ok(answer(StatusCode::OK, &shown))
}

#[derive(Deserialize)]
struct Wanted {
    attributes: DiskAttributes,
}

/// Speed beyond what every disk comes with is for machines that can make use of it.
fn has_fast_disks(size: &str) -> bool {
    !matches!(size, "nano" | "micro" | "small" | "medium")
}

fn invalid(message: String) -> Result<(), Refusal> {
    Err(Refusal::Invalid(message))
}

/// The rules of AWS for either type of disk, and Supabase's for small machines.
fn check(wanted: &DiskAttributes, compute: &str) -> Result<(), Refusal> {
    let DiskAttributes {
        kind,
        size_gb,
        iops,
        throughput_mibps,
    } = wanted;
    let (size_gb, iops, throughput) = (*size_gb, *iops, throughput_mibps.unwrap_or(THROUGHPUT));
    let (sizes, speeds, per_gb) = match kind.as_str() {
        "gp3" => (1..=16_384, IOPS..=16_000, 500),
        "io2" => (4..=61_440, 100..=256_000, 1000),
        _ => return invalid("attributes.type: expected gp3 or io2.".to_owned()),
    };
    if !sizes.contains(&size_gb) {
        let (least, most) = sizes.into_inner();
        return invalid(format!("attributes.size_gb: expected {least} to {most} for {kind}."));
    }
    if !speeds.contains(&iops) {
        let (least, most) = speeds.into_inner();
        return invalid(format!("attributes.iops: expected {least} to {most} for {kind}."));
    }
    if iops > IOPS && iops > size_gb * per_gb {
        return invalid(format!("attributes.iops: {kind} has at most {per_gb} for each GB."));
    }
    if kind == "gp3" && !(THROUGHPUT..=1000).contains(&throughput) {
        return invalid(format!("attributes.throughput_mibps: expected {THROUGHPUT} to 1000."));
    }
    if kind == "gp3" && throughput > THROUGHPUT && throughput * 4 > iops {
        return invalid("attributes.throughput_mibps: expected at most a quarter of iops.".to_owned());
    }
    let is_usual = kind == "gp3" && iops == IOPS && throughput == THROUGHPUT;
    if !is_usual && !has_fast_disks(compute) {
        return invalid(format!(
            "The compute size {compute} has gp3 disks with {IOPS} operations and {THROUGHPUT} MiB a second only; \
             others need at least large."
        ));
    }
    Ok(())
}

/// v1-modify-database-disk
pub fn modify(call: &mut Call<'_>) -> Answered {
    let (now, lasting) = (call.now, call.world.rules.coming_up);
    let plan = call.plan()?;
    let Wanted { attributes: mut wanted } = call.request.json()?;
    if plan == Plan::Free {
        return Err(Refusal::PlanLimit(
            "The free plan has disks of one size only.".to_owned(),
        ));
    }
    let project = call.running()?;
    check(&wanted, &project.size)?;
    wanted.throughput_mibps = (wanted.kind == "gp3").then(|| wanted.throughput_mibps.unwrap_or(THROUGHPUT));
    let disk = &mut project.parts.disk;
    if let Some(change) = &disk.change
        && now < change.asked_at + COOL_DOWN
    {
        return Err(Refusal::Invalid(format!(
            "The disk can be changed once in six hours: again from {} on.",
            moment(change.asked_at + COOL_DOWN)
        )));
    }
    let from = disk.attributes(now);
    if wanted.size_gb < from.size_gb {
        return Err(Refusal::Invalid(format!(
            "attributes.size_gb: a disk cannot shrink; this one has {} GB.",
            from.size_gb
        )));
    }
    if wanted == from {
        return Err(Refusal::Invalid("The disk is like that already.".to_owned()));
    }
    disk.change = Some(Box::new(Change {
        from,
        to: wanted,
        asked_at: now,
        done_at: now + lasting,
    }));
    Ok(empty(StatusCode::CREATED))
}

/// v1-get-project-disk-autoscale-config
pub fn autoscale(call: &mut Call<'_>) -> Answered {
    let shown = match call.plan()? {
        Plan::Free => json!({ "growth_percent": null, "min_increment_gb": null, "max_size_gb": null }),
        Plan::Pro | Plan::Team | Plan::Enterprise => {
            json!({ "growth_percent": 50, "min_increment_gb": 4, "max_size_gb": 61_440 })
        }
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// The part of its first disk that a project uses, in percent.
fn used(project: &Project) -> u32 {
    u32::try_from(token::number(&format!("{} disk", project.reference)) % 70).unwrap_or(0) + 10
}

/// v1-get-disk-utilization
pub fn utilization(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let project = call.running()?;
    // ok: the file system itself takes two of a hundred bytes.
    let room = |gb: i64| gb as f64 * GIB * 0.98;
    let size = room(project.parts.disk.attributes(now).size_gb).round();
    let used = (room(FIRST_SIZE) * f64::from(used(project)) / 100.0).round();
    let metrics = json!({ "fs_size_bytes": size, "fs_avail_bytes": size - used, "fs_used_bytes": used });
    Ok(answer(
        StatusCode::OK,
        &json!({ "timestamp": moment(now), "metrics": metrics }),
    ))
}
