//! Audit log: what is written down of a call, and the trait of the place where it is kept.

use std::time::Duration;

use app::{
    audit::{Budget, Sentence},
    error::ConsoleError,
};
use futures::future::BoxFuture;
use management_api::{OperationId, Scope};
use serde_json::Value;
use time::OffsetDateTime;

use crate::identity::{PersonId, Through};

/// Where calls are written down.
pub trait AuditLog: Send + Sync + 'static {
    /// Durably notes a write, or a read that is to tell a secret, before it leaves; an error keeps it from leaving.
    fn begin(&self, intent: Intent) -> BoxFuture<'_, Result<AuditId, ConsoleError>>;

    /// Adds what came of it. A failure is logged: it has happened and cannot be taken back.
    fn finish(&self, id: AuditId, end: End) -> BoxFuture<'_, ()>;

    /// Notes a read that reached upstream and told no secret. Neither waits nor fails; under pressure reads are dropped and
    /// counted.
    fn read(&self, intent: Intent, end: End);
}

/// The number of a row in the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditId(pub i64);

/// Who asked for what. Holds no secret.
#[derive(Clone, Debug)]
pub struct Intent {
    pub at: OffsetDateTime,
    pub person: PersonId,
    pub label: String,
    pub through: Through,
    pub operation: OperationId,
    /// What it is about.
    pub scope: Scope,
    /// The organization that the scope belongs to, by slug, where that is known.
    pub organization: Option<String>,
    /// Which of the person's connections it goes by.
    pub connection: Option<String>,
    /// Whether the caller has seen the place before, in an answer of Supabase's.
    pub known: bool,
    /// The whole sentence, in the past tense.
    pub sentence: Sentence,
    /// The operation's parameters, the secret ones replaced.
    pub parameters: Value,
}

/// How a call ended.
#[derive(Clone, Debug)]
pub struct End {
    pub decision: Decision,
    pub outcome: Outcome,
    /// What was left of the rate limit, as upstream told.
    pub budget: Budget,
    /// Upstream's number of the request.
    pub request_id: Option<String>,
    /// Whether the caller could reach the place; `None` where no answer tells.
    pub reached: Option<bool>,
    pub took: Duration,
}

/// Whether Steward let the call go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Allowed,
    /// It never left.
    Refused,
}

impl Decision {
    /// The word in the audit's table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Refused => "refused",
        }
    }
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done {
        status: u16,
        /// Whether the answer was of the shape that the operation's answers have.
        understood: bool,
        /// Of several things, which were not done, where the answer says so.
        left_out: Option<String>,
    },
    /// Upstream or Steward said no; `status` is upstream's, where it answered.
    Refused { status: Option<u16>, message: String },
    /// No answer came, or none that tells whether it was done; `status` is upstream's, where there was one.
    Unanswered { status: Option<u16>, message: String },
}
