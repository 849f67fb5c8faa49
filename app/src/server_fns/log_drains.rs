//! Log drains: what their pages read.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Entity,
    analytics::{ListLogDrains, LogDrain},
};

use crate::{call::call, error::ConsoleError};

/// All of them; there is no read of a single one. One call.
#[server(prefix = "/api", endpoint = "log-drains", input = Json, output = Json)]
pub async fn log_drains_of(project: String) -> Result<Vec<Entity<LogDrain>>, ConsoleError> {
    Ok(call(ListLogDrains { project }).await?.data)
}
