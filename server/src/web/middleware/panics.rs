//! A request that ends in a panic is answered too.

use std::any::Any;

use axum::response::Response;

use crate::responses;

/// Logs why, and says to the person that Steward broke off.
pub fn answer(panic: Box<dyn Any + Send>) -> Response {
    let why = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    tracing::error!(why = why.as_deref().unwrap_or("unknown"), "a request ended in a panic");
    responses::broke_off()
}
