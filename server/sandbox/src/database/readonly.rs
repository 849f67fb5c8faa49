//! Read-only mode: a database whose disk is full takes no writes, but for 15 minutes when somebody asks.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::{
    answer::{Answered, Refusal, empty, json as answer, moment},
    call::Call,
};

/// How long writes are let through.
const OVERRIDE: Duration = Duration::minutes(15);

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Whether the disk is full. Only the control API fills it.
    pub full: bool,
    /// Until when writes are let through all the same.
    until: Option<OffsetDateTime>,
}

impl State {
    fn overridden(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        self.until.filter(|until| *until > now)
    }
}

/// Whether the project's database takes no writes now.
pub fn holds(call: &Call<'_>) -> Result<bool, Refusal> {
    let state = &call.project()?.parts.database.readonly;
    Ok(state.full && state.overridden(call.now).is_none())
}

/// v1-get-readonly-mode-status
pub fn get(call: &mut Call<'_>) -> Answered {
    let state = &call.project()?.parts.database.readonly;
    let overridden = state.overridden(call.now);
    let until = state.until.map(moment);
    Ok(answer(
        StatusCode::OK,
        &json!({
            "enabled": state.full && overridden.is_none(),
            "override_enabled": overridden.is_some(),
            "override_active_until": until.unwrap_or_default(),
        }),
    ))
}

/// v1-disable-readonly-mode-temporarily
pub fn disable(call: &mut Call<'_>) -> Answered {
    let until = call.now + OVERRIDE;
    call.project_mut()?.parts.database.readonly.until = Some(until);
    Ok(empty(StatusCode::CREATED))
}
