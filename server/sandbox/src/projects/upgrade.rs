//! Upgrading Postgres: which images there are, what stands in the way, and an upgrade's steps by the world's clock.
//!
//! Guesses: how many versions are offered, that `target_version` takes a major version as well as an image's, and the
//! statuses of refusals. The numbers of `status` are those that Supabase's dashboard reads.

use std::time::Duration;

use axum::http::StatusCode;
use management_api::projects::{ProjectStatus, Upgrade as Status};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{NEWEST_VERSION, Project};
use crate::{
    answer::{Answered, Refusal, json as answer, moment},
    call::Call,
    token,
};

/// The images on offer, the oldest first, all in this channel.
const IMAGES: &[&str] = &["15.8.1.121", NEWEST_VERSION];
const CHANNEL: &str = "ga";

/// The steps of an upgrade. The last one is reached when the project is up again.
const STEPS: [&str; 11] = [
    "0_requested",
    "1_started",
    "2_launched_upgraded_instance",
    "3_detached_volume_from_upgraded_instance",
    "4_attached_volume_to_original_instance",
    "5_initiated_data_upgrade",
    "6_completed_data_upgrade",
    "7_detached_volume_from_original_instance",
    "8_attached_volume_to_upgraded_instance",
    "9_completed_upgrade",
    "10_completed_post_physical_backup",
];

/// Projects older than this run on machines from which no new major version can be reached.
const OLD_MACHINES: Duration = Duration::from_secs(900 * 24 * 60 * 60);

/// What a project has of this: its latest upgrade.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    latest: Option<Upgrade>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Upgrade {
    tracking_id: String,
    /// The image's full version.
    target: String,
    initiated_at: OffsetDateTime,
    /// From the request to the last step.
    takes: Duration,
}

impl Upgrade {
    fn end(&self) -> OffsetDateTime {
        self.initiated_at + self.takes
    }

    /// The place in [`STEPS`], and when it was reached.
    fn step(&self, now: OffsetDateTime) -> (usize, OffsetDateTime) {
        let begins = |step: usize| self.initiated_at + self.takes / 10 * u32::try_from(step).unwrap_or_default();
        let reached = (0..STEPS.len() - 1).rev().find(|step| begins(*step) <= now);
        match reached {
            _ if self.end() <= now => (STEPS.len() - 1, self.end()),
            Some(step) => (step, begins(step)),
            None => (0, self.initiated_at),
        }
    }
}

impl State {
    /// The version after the latest upgrade, if that is over.
    pub fn version(&self, now: OffsetDateTime) -> Option<&str> {
        let latest = self.latest.as_ref()?;
        (latest.end() <= now).then_some(latest.target.as_str())
    }
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// The parts of a version, to be compared as numbers.
fn parts(version: &str) -> Vec<u32> {
    version
        .split('.')
        .map(|part| part.parse().unwrap_or_default())
        .collect()
}

fn image(version: &str) -> String {
    format!("supabase-postgres-{version}")
}

/// The images that are newer than the project's.
fn targets(current: &str) -> impl Iterator<Item = &'static str> {
    let current = parts(current);
    IMAGES.iter().copied().filter(move |image| parts(image) > current)
}

/// What stands in the way of upgrading to any of the targets.
fn obstacles(project: &Project, now: OffsetDateTime) -> Vec<Value> {
    let version = project.version(now);
    let mut obstacles = Vec::new();
    if *project.status(now) == ProjectStatus::Inactive {
        obstacles.push(json!({ "type": "project_hibernating" }));
    }
    if now - project.created_at > OLD_MACHINES && targets(version).any(|target| major(target) != major(version)) {
        obstacles.push(json!({ "type": "x86_architecture" }));
    }
    obstacles
}

/// v1-get-postgres-upgrade-eligibility
pub fn eligibility(call: &mut Call<'_>) -> Answered {
    let (project, now) = (call.project()?, call.now);
    let version = project.version(now);
    let targets: Vec<_> = targets(version).collect();
    let obstacles = obstacles(project, now);
    let new_major = targets.iter().any(|target| major(target) != major(version));
    // Deprecated in the document and empty here: what they told is among the validation errors now.
    let none: [&str; 0] = [];
    let body = json!({
        "eligible": *project.status(now) == ProjectStatus::ActiveHealthy && !targets.is_empty() && obstacles.is_empty(),
        "current_app_version": image(version),
        "current_app_version_release_channel": CHANNEL,
        "latest_app_version": image(NEWEST_VERSION),
        "target_upgrade_versions": targets
            .iter()
            .map(|target| json!({
                "postgres_version": major(target),
                "release_channel": CHANNEL,
                "app_version": image(target),
            }))
            .collect::<Vec<_>>(),
        "duration_estimate_hours": if new_major { 1.0 } else { 0.25 },
        "legacy_auth_custom_roles": none,
        "objects_to_be_dropped": none,
        "unsupported_extensions": none,
        "user_defined_objects_in_internal_schemas": none,
        "validation_errors": obstacles,
        "warnings": if new_major { vec![json!({ "type": "pg_graphql_introspection_change" })] } else { vec![] },
    });
    Ok(answer(StatusCode::OK, &body))
}

#[derive(Deserialize)]
struct Asked {
    target_version: String,
    release_channel: Option<String>,
}

/// The newest image that the text may mean.
fn meant(asked: &Asked, current: &str) -> Result<&'static str, Refusal> {
    let text = asked.target_version.as_str();
    let channel = asked.release_channel.as_deref().unwrap_or(CHANNEL);
    targets(current)
        .filter(|target| channel == CHANNEL && (text == *target || text == major(target) || text == image(target)))
        .last()
        .ok_or_else(|| {
            Refusal::Invalid(format!(
                "target_version: the project, at {current}, cannot be upgraded to {text} ({channel})."
            ))
        })
}

/// v1-upgrade-postgres-version
pub fn upgrade(call: &mut Call<'_>) -> Answered {
    let (now, takes) = (call.now, call.world.rules.coming_up);
    call.project()?;
    let asked: Asked = call.request.json()?;
    let project = call.project_mut()?;
    match project.status(now) {
        ProjectStatus::Upgrading => {
            return Err(Refusal::Conflict("The project is being upgraded already.".to_owned()));
        }
        ProjectStatus::ActiveHealthy => {}
        other => {
            let message = format!(
                "Only a healthy project can be upgraded; this one is {}.",
                other.as_str()
            );
            return Err(Refusal::Invalid(message));
        }
    }
    let current = project.version(now).to_owned();
    let target = meant(&asked, &current)?;
    if let Some(obstacle) = obstacles(project, now).first() {
        return Err(Refusal::Invalid(format!(
            "The project is not eligible for an upgrade: {}.",
            obstacle["type"].as_str().unwrap_or_default()
        )));
    }
    let tracking_id = token::uuid(&token::random());
    project.version = current;
    project.parts.upgrade.latest = Some(Upgrade {
        tracking_id: tracking_id.clone(),
        target: target.to_owned(),
        initiated_at: now,
        takes,
    });
    project.busy(ProjectStatus::Upgrading, now, takes);
    Ok(answer(StatusCode::CREATED, &json!({ "tracking_id": tracking_id })))
}

/// v1-get-postgres-upgrade-status
pub fn status(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    let latest = call.project()?.parts.upgrade.latest.as_ref();
    let wanted = call.request.query("tracking_id").filter(|id| !id.is_empty());
    let asked = latest.filter(|latest| wanted.is_none_or(|id| id == latest.tracking_id));
    let status = asked.map(|upgrade| {
        let (step, since) = upgrade.step(now);
        // ok: the three numbers are small and whole, and are written without a point.
        let status = if step + 1 < STEPS.len() {
            Status::RUNNING
        } else {
            Status::DONE
        } as u8;
        json!({
            "initiated_at": moment(upgrade.initiated_at),
            "latest_status_at": moment(since),
            "target_version": major(&upgrade.target),
            "progress": STEPS[step],
            "status": status,
        })
    });
    Ok(answer(StatusCode::OK, &json!({ "databaseUpgradeStatus": status })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_images_are_targets() {
        let of = |version| targets(version).collect::<Vec<_>>();
        assert_eq!(of("15.8.1.085"), ["15.8.1.121", NEWEST_VERSION]);
        assert_eq!(of("15.8.1.121"), [NEWEST_VERSION]);
        assert_eq!(of("17.6.1.084"), [NEWEST_VERSION]);
        assert!(of(NEWEST_VERSION).is_empty());
    }

    #[test]
    fn the_steps_follow_one_another_until_the_end() {
        let start = OffsetDateTime::UNIX_EPOCH;
        let upgrade = Upgrade {
            tracking_id: String::new(),
            target: NEWEST_VERSION.to_owned(),
            initiated_at: start,
            takes: Duration::from_secs(10),
        };
        for second in 0..20 {
            let (step, since) = upgrade.step(start + Duration::from_secs(second));
            let expected = second.min(10);
            assert_eq!((step as u64, since), (expected, start + Duration::from_secs(expected)));
        }
    }
}
