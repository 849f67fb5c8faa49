//! What came of running an operation: everything in it may be shown.

use std::time::Duration;

use management_api::OperationId;
use serde_json::Value;

use crate::error::ConsoleError;

/// One run, for the page that answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub operation: OperationId,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was sent: the form is not right yet.
    Held(ConsoleError),
    /// It was sent, or refused on its way.
    Refused(Refusal),
    Answered(Answer),
}

/// An answer, its secrets taken out but for the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub took: Duration,
    /// Given again from an equal call of a moment ago.
    pub cached: bool,
    pub budget: Budget,
    /// Bytes that Supabase has sent.
    pub size: usize,
    pub body: Body,
    /// Whether `body` is only its beginning.
    pub cut: bool,
    /// Whether anything was taken out.
    pub redacted: bool,
    /// The field that was asked for and left in, however often it occurs.
    pub revealed: Option<&'static str>,
    /// The call as a command for the shell, without the token.
    pub curl: String,
}

/// A refusal of Supabase, or a call that did not come through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub error: ConsoleError,
    /// What Supabase said itself; `None` where it said nothing.
    pub status: Option<u16>,
    pub message: String,
    /// Supabase's number of the failure.
    pub event: Option<String>,
    pub took: Duration,
    pub budget: Budget,
    pub curl: String,
}

/// What is left of the rate limit; each may be unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Calls allowed in a window.
    pub limit: Option<u32>,
    /// Calls left in this window.
    pub remaining: Option<u32>,
    /// Seconds until the next window.
    pub reset: Option<u32>,
}

/// What an answer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Empty,
    Json(Value),
    Text(String),
    /// A file that is no text; so many bytes.
    Bytes(usize),
    /// What cannot be read and so cannot be freed of its secrets; so many bytes.
    Withheld(usize),
}
