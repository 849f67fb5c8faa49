//! Compute: what its pages read. It is a private alpha, so most projects do not have it: that is no failure of the page.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    Entity,
    compute::{ComputeInstance, GetCompute, ListCompute},
};
use serde::{Deserialize, Serialize};

use crate::{call::call, error::ConsoleError};

/// What a project has of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Alpha<T> {
    Open(T),
    /// The project was not let in, or the person may not look: in the service's own words.
    Closed(String),
}

fn opened<T>(answer: Result<T, ConsoleError>) -> Result<Alpha<T>, ConsoleError> {
    match answer {
        Ok(answer) => Ok(Alpha::Open(answer)),
        Err(ConsoleError::Forbidden { message, .. }) => Ok(Alpha::Closed(message)),
        Err(error) => Err(error),
    }
}

/// The programs of a project. One call.
#[server(prefix = "/api", endpoint = "compute", input = Json, output = Json)]
pub async fn compute_of(project: String) -> Result<Alpha<Vec<Entity<ComputeInstance>>>, ConsoleError> {
    opened(call(ListCompute { project }).await.map(|page| page.data))
}

/// One of them. One call.
#[server(prefix = "/api", endpoint = "compute-instance", input = Json, output = Json)]
pub async fn program_of(project: String, name: String) -> Result<Alpha<Entity<ComputeInstance>>, ConsoleError> {
    opened(call(GetCompute { project, name }).await.map(|one| one.data))
}
