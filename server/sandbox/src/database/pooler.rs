//! The poolers: the shared one, which reaches every database of a project, and the project's own PgBouncer.

use axum::http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use crate::{
    answer::{Answered, Refusal, json as answer},
    billing::compute,
    call::Call,
    domains::DOMAIN,
};

/// What a project has of this: what was changed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    size: Option<u16>,
    mode: Mode,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    #[default]
    Transaction,
    Session,
}

/// Connections that PgBouncer keeps to Postgres: a quarter of what the compute size has.
fn usual_size(compute_size: &str) -> u32 {
    compute(compute_size).direct / 4
}

/// v1-get-project-pgbouncer-config
pub fn pgbouncer(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let State { size, mode } = &project.parts.database.pooler;
    let config = json!({
        "default_pool_size": size.map_or_else(|| usual_size(&project.size), u32::from),
        "ignore_startup_parameters": "extra_float_digits",
        "max_client_conn": compute(&project.size).pooler,
        "pool_mode": mode,
        "connection_string": format!(
            "postgresql://postgres:[YOUR-PASSWORD]@{}:6543/postgres", project.database_host()
        ),
        "server_idle_timeout": 600,
        "server_lifetime": 3600,
        "query_wait_timeout": 120,
        "reserve_pool_size": 0,
    });
    Ok(answer(StatusCode::OK, &config))
}

/// v1-get-pooler-config
pub fn get(call: &mut Call<'_>) -> Answered {
    let project = call.project()?;
    let State { size, mode } = &project.parts.database.pooler;
    let entry = |identifier: &str, kind: &str, region: &str| -> Value {
        let (user, host) = (
            format!("postgres.{identifier}"),
            format!("aws-0-{region}.pooler.{DOMAIN}"),
        );
        let address = format!("postgresql://{user}:[YOUR-PASSWORD]@{host}:6543/postgres");
        json!({
            "identifier": identifier,
            "database_type": kind,
            "is_using_scram_auth": true,
            "db_user": user,
            "db_host": host,
            "db_port": 6543,
            "db_name": "postgres",
            "connection_string": address,
            "connectionString": address,
            "default_pool_size": size,
            "max_client_conn": null,
            "pool_mode": mode,
        })
    };
    let primary = entry(&project.reference, "PRIMARY", &project.region);
    let replicas = project.parts.database.replicas.ready(call.now);
    let replicas = replicas.map(|replica| entry(&replica.identifier, "READ_REPLICA", &replica.region));
    let poolers: Vec<_> = [primary].into_iter().chain(replicas).collect();
    Ok(answer(StatusCode::OK, &poolers))
}

#[derive(Deserialize)]
struct Changes {
    /// `Some(None)` goes back to the usual size.
    #[serde(default, deserialize_with = "given")]
    default_pool_size: Option<Option<u16>>,
    pool_mode: Option<Mode>,
}

fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<u16>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// v1-update-pooler-config
pub fn update(call: &mut Call<'_>) -> Answered {
    call.project()?;
    let changes: Changes = call.request.json()?;
    if changes.default_pool_size.flatten().is_some_and(|size| size > 3000) {
        return Err(Refusal::Invalid("default_pool_size: expected at most 3000.".to_owned()));
    }
    let state = &mut call.running()?.parts.database.pooler;
    state.size = changes.default_pool_size.unwrap_or(state.size);
    state.mode = changes.pool_mode.unwrap_or(state.mode);
    Ok(answer(
        StatusCode::OK,
        &json!({ "default_pool_size": state.size, "pool_mode": state.mode }),
    ))
}
