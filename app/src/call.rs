//! call(Operation): how pages reach the Management API.

use leptos::prelude::*;
use management_api::Operation;
use serde_json::value::RawValue;

use crate::{backend, error::ConsoleError};

/// Makes the call and gives the answer in the operation's own type.
///
/// On the server it goes straight to the call stack; in the browser it goes through [`read`].
pub async fn call<O: Operation>(operation: O) -> Result<O::Output, ConsoleError> {
    backend::call(operation).await
}

/// The one server function: makes a reading call for the browser. Writes go through `/do/<operation-id>`.
#[server(prefix = "/api", endpoint = "read", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn read(
    /// The API's operation id.
    operation: String,
    /// The operation's parameters as JSON.
    parameters: Box<RawValue>,
) -> Result<Box<RawValue>, ConsoleError> {
    backend::read(&operation, &parameters).await
}

/// A database password nobody has seen before: 24 letters and digits, about 142 bits. Made on the server, kept nowhere.
#[server(prefix = "/api", endpoint = "new-password", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn new_password() -> Result<String, ConsoleError> {
    use rand::{Rng, distr::Alphanumeric};
    Ok(rand::rng().sample_iter(Alphanumeric).take(24).map(char::from).collect())
}
