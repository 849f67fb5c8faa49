//! Realtime's settings and connections.

use std::time::Duration;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::{
    answer::{Answered, Refusal, empty, json as answer},
    call::Call,
    organizations::Plan,
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The settings that were changed.
    changed: Map<String, Value>,
    /// When every connection was ended last.
    shut_down: Option<OffsetDateTime>,
}

/// The settings that are numbers: name, the API's largest value, and what the free and the paid plans come with.
const NUMBERS: &[(&str, u64, [u64; 2])] = &[
    ("connection_pool", 100, [2, 2]),
    ("postgres_changes_pool", 100, [2, 2]),
    ("max_concurrent_users", 50_000, [200, 500]),
    ("max_events_per_second", 50_000, [100, 500]),
    ("max_bytes_per_second", 10_000_000, [100_000, 100_000]),
    ("max_channels_per_client", 10_000, [100, 100]),
    ("max_joins_per_second", 5_000, [100, 500]),
    ("max_presence_events_per_second", 5_000, [20, 50]),
    ("max_payload_size_in_kb", 10_000, [256, 3000]),
];

/// The settings that are on or off, and what they are at first.
const SWITCHES: &[(&str, bool)] = &[("private_only", false), ("suspend", false), ("presence_enabled", true)];

/// What no project of the free, pro and team plan may go beyond; the same numbers as the organization's entitlements.
const PLAN_LIMITS: &[(&str, [u64; 3])] = &[
    ("max_concurrent_users", [200, 10_000, 10_000]),
    ("max_events_per_second", [100, 2_500, 2_500]),
];

impl State {
    /// Whether Realtime was turned off.
    pub fn is_suspended(&self) -> bool {
        self.changed.get("suspend") == Some(&Value::Bool(true))
    }

    /// Whether clients have not come back yet since their connections were ended.
    pub fn is_empty(&self, now: OffsetDateTime, coming_back: Duration) -> bool {
        self.shut_down.is_some_and(|at| now < at + coming_back)
    }
}

fn defaults(plan: Plan) -> Map<String, Value> {
    let place = usize::from(plan != Plan::Free);
    let numbers = NUMBERS.iter().map(|(name, _, values)| (*name, json!(values[place])));
    let switches = SWITCHES.iter().map(|(name, value)| (*name, json!(value)));
    // Nobody of Supabase's ends a sandbox's Realtime.
    let suspended = [("admin_suspended_at", Value::Null)];
    numbers
        .chain(switches)
        .chain(suspended)
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// v1-get-realtime-config
pub fn get(call: &mut Call<'_>) -> Answered {
    let mut config = defaults(call.plan()?);
    config.extend(call.project()?.parts.realtime.changed.clone());
    Ok(answer(StatusCode::OK, &config))
}

/// Whether a setting may have this value.
fn check(plan: Plan, name: &str, value: &Value) -> Result<(), Refusal> {
    if SWITCHES.iter().any(|(known, _)| *known == name) {
        let fits = value.is_boolean();
        return fits
            .then_some(())
            .ok_or_else(|| Refusal::Invalid(format!("{name}: expected true or false.")));
    }
    let Some((_, most, _)) = NUMBERS.iter().find(|(known, _, _)| *known == name) else {
        return Err(Refusal::Invalid(format!("{name}: there is no such setting.")));
    };
    let Some(number) = value.as_u64().filter(|number| (1..=*most).contains(number)) else {
        return Err(Refusal::Invalid(format!(
            "{name}: expected a whole number from 1 to {most}."
        )));
    };
    let place = match plan {
        Plan::Free => 0,
        Plan::Pro => 1,
        Plan::Team | Plan::Enterprise => 2,
    };
    match PLAN_LIMITS.iter().find(|(known, _)| *known == name) {
        Some((_, limits)) if number > limits[place] => Err(Refusal::PlanLimit(format!(
            "{name}: the organization\u{2019}s plan allows {} at most.",
            limits[place]
        ))),
        Some(_) | None => Ok(()),
    }
}

/// v1-update-realtime-config
pub fn update(call: &mut Call<'_>) -> Answered {
    let plan = call.plan()?;
    let changes: Map<String, Value> = call.request.json()?;
    for (name, value) in &changes {
        check(plan, name, value)?;
    }
    call.running()?.parts.realtime.changed.extend(changes);
    Ok(empty(StatusCode::NO_CONTENT))
}

/// v1-shutdown-realtime
pub fn shutdown(call: &mut Call<'_>) -> Answered {
    let now = call.now;
    call.running()?.parts.realtime.shut_down = Some(now);
    Ok(empty(StatusCode::NO_CONTENT))
}
