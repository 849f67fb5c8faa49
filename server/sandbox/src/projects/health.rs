//! The health of a project's services, which follows its status.

use std::time::Duration;

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::Project;
use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
};

/// The services the API knows.
const KNOWN: &[&str] = &[
    "auth",
    "db",
    "db_postgres_user",
    "pooler",
    "realtime",
    "rest",
    "storage",
    "pg_bouncer",
];

/// The services that are ill in a project that is up but unhealthy.
const ILL: &[&str] = &["realtime", "storage"];

/// v1-get-services-health
pub fn services(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let services: Vec<_> = call
        .request
        .query
        .iter()
        .filter(|(name, _)| name == "services" || name == "services[]")
        .flat_map(|(_, value)| value.split(','))
        .collect();
    if services.is_empty() {
        return Err(Refusal::Invalid("services: expected at least one service.".to_owned()));
    }
    if !services.iter().all(|service| KNOWN.contains(service)) {
        return Err(Refusal::Invalid(format!(
            "services: expected one of {}.",
            KNOWN.join(", ")
        )));
    }
    call.request.number("timeout_ms", 0..=10_000, 1_000)?;
    let coming_back = call.world.rules.coming_up / 2;
    let health: Vec<_> = services
        .iter()
        .map(|service| health_of(service, project, call.now, coming_back))
        .collect();
    Ok(answer(StatusCode::OK, &health))
}

fn health_of(service: &str, project: &Project, now: OffsetDateTime, coming_back: Duration) -> Value {
    let (status, error) = match project.status(now) {
        ProjectStatus::ActiveHealthy | ProjectStatus::ActiveUnhealthy
            if service == "realtime" && project.parts.realtime.is_suspended() =>
        {
            ("UNHEALTHY", Some("Realtime is turned off."))
        }
        ProjectStatus::ActiveHealthy => ("ACTIVE_HEALTHY", None),
        ProjectStatus::ActiveUnhealthy if !ILL.contains(&service) => ("ACTIVE_HEALTHY", None),
        ProjectStatus::ActiveUnhealthy => ("UNHEALTHY", Some("The service did not answer within 1 s.")),
        ProjectStatus::ComingUp
        | ProjectStatus::Promoting
        | ProjectStatus::Resizing
        | ProjectStatus::Restarting
        | ProjectStatus::Restoring
        | ProjectStatus::Unknown
        | ProjectStatus::Upgrading => ("COMING_UP", None),
        ProjectStatus::GoingDown | ProjectStatus::Inactive | ProjectStatus::Pausing => {
            ("UNHEALTHY", Some("The project is paused."))
        }
        ProjectStatus::InitFailed
        | ProjectStatus::PauseFailed
        | ProjectStatus::Removed
        | ProjectStatus::RestoreFailed
        | ProjectStatus::Other(_) => ("UNHEALTHY", Some("The project\u{2019}s machine cannot be reached.")),
    };
    let healthy = status == "ACTIVE_HEALTHY";
    let mut health = json!({ "name": service, "healthy": healthy, "status": status });
    if healthy && let Some(info) = info(service, project, now, coming_back) {
        health["info"] = info;
    }
    if let Some(error) = error {
        health["error"] = json!(error);
    }
    health
}

/// What three of the services tell about themselves.
fn info(service: &str, project: &Project, now: OffsetDateTime, coming_back: Duration) -> Option<Value> {
    // Realtime holds a connection to the database as long as it has clients.
    let connected = !project.parts.realtime.is_empty(now, coming_back);
    match service {
        "auth" => Some(json!({ "name": "GoTrue", "version": "v2.186.0", "description": "Sign-in of the project" })),
        "realtime" => Some(json!({
            "healthy": true,
            "db_connected": connected,
            "replication_connected": connected,
            "connected_cluster": u8::from(connected),
        })),
        "rest" => Some(json!({ "db_schema": project.parts.rest.schemas() })),
        _ => None,
    }
}
