//! The health of a project's services, which follows its status.

use axum::http::StatusCode;
use management_api::projects::ProjectStatus;
use serde_json::{Value, json};

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
    let status = project.status(call.now);
    let health: Vec<_> = services.iter().map(|service| health_of(service, status)).collect();
    Ok(answer(StatusCode::OK, &health))
}

fn health_of(service: &str, project: &ProjectStatus) -> Value {
    let (status, error) = match project {
        ProjectStatus::ActiveHealthy => ("ACTIVE_HEALTHY", None),
        ProjectStatus::ActiveUnhealthy if !ILL.contains(&service) => ("ACTIVE_HEALTHY", None),
        ProjectStatus::ActiveUnhealthy => ("UNHEALTHY", Some("The service did not answer within 1 s.")),
        ProjectStatus::ComingUp
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
    if healthy && let Some(info) = info(service) {
        health["info"] = info;
    }
    if let Some(error) = error {
        health["error"] = json!(error);
    }
    health
}

/// What three of the services tell about themselves.
fn info(service: &str) -> Option<Value> {
    match service {
        "auth" => Some(json!({ "name": "GoTrue", "version": "v2.186.0", "description": "Sign-in of the project" })),
        "realtime" => Some(json!({
            "healthy": true,
            "db_connected": true,
            "replication_connected": true,
            "connected_cluster": 1,
        })),
        "rest" => Some(json!({ "db_schema": "public,graphql_public" })),
        _ => None,
    }
}
