//! Settings of Postgres, and whether SSL is enforced.

use std::ops::RangeInclusive;

use axum::http::StatusCode;
use management_api::{database::PostgresConfig, projects::ProjectStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Call,
    checked::checked,
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The settings that differ from the usual ones.
    postgres: Map<String, Value>,
    ssl: bool,
}

impl State {
    /// Whether connections without TLS are refused.
    pub fn enforces_ssl(&self) -> bool {
        self.ssl
    }

    /// Whether a setting that can be on or off was turned on.
    pub fn is_on(&self, name: &str) -> bool {
        self.postgres.get(name).is_some_and(|value| *value == true)
    }
}

/// Settings by their names.
type Postgres = Map<String, Value>;

/// The settings that the document limits.
const RANGES: &[(&str, RangeInclusive<i64>)] = &[
    ("max_connections", 1..=262_143),
    ("max_locks_per_transaction", 10..=2_147_483_640),
    ("max_parallel_maintenance_workers", 0..=1024),
    ("max_parallel_workers", 0..=1024),
    ("max_parallel_workers_per_gather", 0..=1024),
    ("max_worker_processes", 0..=262_143),
    ("autovacuum_max_workers", 1..=262_143),
    ("max_logical_replication_workers", 0..=262_143),
    ("max_sync_workers_per_subscription", 0..=262_143),
    ("pg_net.batch_size", 0..=32_767),
    ("pg_stat_statements.max", 100..=45_000),
];

const DURATIONS: &[&str] = &[
    "statement_timeout",
    "wal_sender_timeout",
    "checkpoint_timeout",
    "log_autovacuum_min_duration",
    "log_startup_progress_interval",
];

/// The settings that Postgres reads when it starts.
const AT_START: &[&str] = &[
    "max_connections",
    "max_locks_per_transaction",
    "max_replication_slots",
    "max_wal_senders",
    "max_worker_processes",
    "shared_buffers",
    "track_activity_query_size",
    "track_commit_timestamp",
    "autovacuum_max_workers",
    "max_logical_replication_workers",
    "pg_stat_statements.max",
    "cron.log_statement",
];

/// A number, perhaps with a fraction, and perhaps a unit.
fn is_duration(text: &str) -> bool {
    let number = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let unit = &text[number.len()..];
    let number = number.strip_prefix('-').unwrap_or(number);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(fraction) && matches!(unit, "" | "us" | "ms" | "s" | "min" | "h" | "d")
}

fn check(name: &str, value: &Value) -> Result<(), Refusal> {
    if let Some((_, range)) = RANGES.iter().find(|(known, _)| *known == name)
        && !value.as_i64().is_some_and(|number| range.contains(&number))
    {
        return Err(Refusal::Invalid(format!(
            "{name}: expected a whole number from {} to {}.",
            range.start(),
            range.end()
        )));
    }
    let text = value.as_str().unwrap_or_default();
    if DURATIONS.contains(&name) && !is_duration(text) {
        return Err(Refusal::Invalid(format!("{name}: expected a duration such as 30s.")));
    }
    if name == "session_replication_role" && !matches!(text, "origin" | "replica" | "local") {
        return Err(Refusal::Invalid(format!("{name}: expected origin, replica or local.")));
    }
    Ok(())
}

/// v1-get-postgres-config
pub fn get(call: &mut Call<'_>) -> Answered {
    Ok(answer(StatusCode::OK, &call.project()?.parts.database.config.postgres))
}

/// v1-update-postgres-config
///
/// What is sent takes the place of all that was set before: Supabase's own command line sends back what it read.
pub fn update(call: &mut Call<'_>) -> Answered {
    change(call, |_, wanted| wanted)
}

/// v1-patch-postgres-config
///
/// What is not sent stays.
pub fn patch(call: &mut Call<'_>) -> Answered {
    change(call, |before, wanted| {
        let mut all = before.clone();
        all.extend(wanted);
        all
    })
}

fn change(call: &mut Call<'_>, together: fn(&Postgres, Postgres) -> Postgres) -> Answered {
    let (now, lasting) = (call.now, call.world.rules.coming_up / 2);
    call.project()?;
    let mut wanted: Map<String, Value> = call.request.json()?;
    let restart = match wanted.remove("restart_database") {
        None => true,
        Some(Value::Bool(restart)) => restart,
        Some(_) => {
            return Err(Refusal::Invalid("restart_database: expected true or false.".to_owned()));
        }
    };
    // What the type does not give back, it does not know.
    let typed: PostgresConfig = checked(&Value::Object(wanted.clone())).map_err(Refusal::Invalid)?;
    let known = serde_json::to_value(typed).unwrap_or_default();
    for (name, value) in &wanted {
        if known.get(name).is_none() {
            return Err(Refusal::Invalid(format!("{name}: there is no such setting to change.")));
        }
        check(name, value)?;
    }
    let project = call.running()?;
    let postgres = &mut project.parts.database.config.postgres;
    let wanted = together(postgres, wanted);
    let takes_restart = AT_START.iter().any(|name| postgres.get(*name) != wanted.get(*name));
    *postgres = wanted;
    let shown = answer(StatusCode::OK, postgres);
    if restart && takes_restart {
        project.busy(ProjectStatus::Restarting, now, lasting);
    }
    Ok(shown)
}

fn enforcement(enforced: bool) -> Answered {
    Ok(answer(
        StatusCode::OK,
        &json!({ "currentConfig": { "database": enforced }, "appliedSuccessfully": true }),
    ))
}

/// v1-get-ssl-enforcement-config
pub fn ssl(call: &mut Call<'_>) -> Answered {
    enforcement(call.project()?.parts.database.config.ssl)
}

#[derive(Deserialize)]
struct Enforce {
    #[serde(rename = "requestedConfig")]
    requested: Requested,
}

#[derive(Deserialize)]
struct Requested {
    database: bool,
}

/// v1-update-ssl-enforcement-config
pub fn enforce_ssl(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let Enforce { requested } = call.request.json()?;
    call.running()?.parts.database.config.ssl = requested.database;
    enforcement(requested.database)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_from_other_texts() {
        for text in ["8s", "-1", "1.5min", "0", "10us"] {
            assert!(is_duration(text), "{text}");
        }
        for text in ["", "s", "8 s", "8sec", "1.", ".5s", "--1", "8S"] {
            assert!(!is_duration(text), "{text}");
        }
    }
}
