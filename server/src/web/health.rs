//! /healthz and /readyz: whether the process lives, and whether it can serve.

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use tokio::time::timeout;

use crate::{
    checks::{self, Check, Standing, worst},
    responses::wants_json,
    state::{self, Shared},
};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process answers. No I/O, so that a slow database restarts nobody.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Whether this console can serve, and what is not as it should be; `application/json` tells all that was looked at. Upstream
/// is not asked: a console that can say "Supabase is down" is worth being reached. Anybody may ask, so the reasons for it
/// stand in the log.
pub async fn ready(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let checks = [database(&shared).await, instances(&shared), disk(&shared), app(&shared)];
    let ready = worst(&checks) < Standing::Fail;
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    if wants_json(&headers) {
        return (status, Json(json!({ "ready": ready, "checks": checks }))).into_response();
    }
    let word = if ready { "ready" } else { "not ready" };
    let reasons = checks::lines(checks.iter().filter(|check| check.standing > Standing::Ok));
    (status, format!("{word}\n{reasons}")).into_response()
}

async fn database(shared: &state::State) -> Check {
    const NAME: &str = "database";
    const ADVICE: &str = "The reason stands in Steward\u{2019}s log. `steward doctor` says what to do.";
    match timeout(PATIENCE, shared.store.is_ready()).await {
        Ok(Ok(())) => Check::ok(NAME, "It answers."),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            Check::fail(NAME, "The database does not answer.", ADVICE)
        }
        Err(_) => {
            tracing::warn!("not ready: the database is slow");
            Check::fail(NAME, "The database takes longer than 2 s.", ADVICE)
        }
    }
}

/// Who does not hear of others serves all the same, and asks Supabase for everything anew.
fn instances(shared: &state::State) -> Check {
    const NAME: &str = "instances";
    if shared.instances.hears() {
        Check::ok(NAME, "What others change is heard of here.")
    } else {
        Check::warn(
            NAME,
            "What other instances change is not heard of here, so every read goes to Supabase.",
            "The reason stands in Steward\u{2019}s log. `steward doctor` tries whether LISTEN works.",
        )
    }
}

/// What is short of room still serves whoever reads.
fn disk(shared: &state::State) -> Check {
    let check = checks::disk(&shared.data_dir);
    match check.standing {
        Standing::Ok => check,
        Standing::Warn | Standing::Fail => Check::warn(check.name, "Little room is left.", check.advice),
    }
}

fn app(shared: &state::State) -> Check {
    const NAME: &str = "app";
    match &shared.oauth {
        Some(oauth) if oauth.is_refused() => Check::warn(
            NAME,
            "Supabase does not accept the OAuth app: nobody can sign in through it, and no grant is renewed.",
            "Check its client id, secret and redirect address.",
        ),
        Some(_) => Check::ok(NAME, "Supabase has not refused the OAuth app."),
        None => Check::ok(NAME, "People sign in with personal access tokens only."),
    }
}
