//! call(Operation): how pages reach the Management API.

use management_api::Operation;

use crate::{backend, error::ConsoleError};

/// Makes the call through the call stack and gives the answer in the operation's own type.
///
/// # Errors
/// Whatever the stack or Supabase refuses, in the words of [`ConsoleError`].
pub async fn call<O: Operation>(operation: O) -> Result<O::Output, ConsoleError> {
    backend::narrow(&backend::handle()?, &operation).await
}
