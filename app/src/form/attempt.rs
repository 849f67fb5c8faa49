//! A form that was sent, for the page that answers it.

use std::collections::BTreeMap;

use management_api::OperationId;

use crate::error::ConsoleError;

/// What the page draws the form with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub operation: OperationId,
    /// Which of several forms of the operation it was; see [`FORM`](super::FORM).
    pub form: String,
    /// What was typed, by field and without secrets.
    pub typed: BTreeMap<String, Vec<String>>,
    /// Why it was not done; `None` where it was, or where that is told elsewhere.
    pub error: Option<ConsoleError>,
}
