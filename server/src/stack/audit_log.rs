//! What the audit layer writes down, and the trait of the place where it is kept.

use std::time::Duration;

use app::error::ConsoleError;
use futures::future::BoxFuture;
use management_api::{OperationId, Request};
use serde_json::Value;
use time::OffsetDateTime;

use super::{
    call::{Answer, Call, Failure, PersonId},
    scope::Scope,
};

/// What stands in the place of a secret.
const SECRET: &str = "[secret]";

/// Where calls are written down.
pub trait AuditLog: Send + Sync + 'static {
    /// Durably notes a write that is about to leave; an error keeps it from leaving.
    fn begin(&self, intent: Intent) -> BoxFuture<'_, Result<AuditId, ConsoleError>>;

    /// Adds what came of the write. A failure is logged: the write has happened and cannot be taken back.
    fn finish(&self, id: AuditId, outcome: Outcome, took: Duration) -> BoxFuture<'_, ()>;

    /// Notes a read that reached upstream. Neither waits nor fails; under pressure reads are dropped and counted.
    fn read(&self, intent: Intent, outcome: Outcome, took: Duration);
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
    pub operation: OperationId,
    /// Project ref or organization slug.
    pub scope: Option<String>,
    /// The whole sentence, in the past tense.
    pub sentence: String,
    /// The operation's parameters, the secret ones replaced.
    pub parameters: Value,
}

impl Intent {
    pub(super) fn of(call: &Call) -> Self {
        let Call { caller, request } = call;
        Self {
            at: OffsetDateTime::now_utc(),
            person: caller.person.clone(),
            label: caller.label.clone(),
            operation: request.id,
            scope: Scope::of(request).name().map(str::to_owned),
            sentence: format!("{} {}", caller.label, request.sentence()),
            parameters: without_secrets(request),
        }
    }
}

fn without_secrets(request: &Request) -> Value {
    let mut parameters = request.parameters.clone();
    for name in request.id.row().secret_parameters {
        if let Some(value) = parameters.get_mut(name).filter(|value| !value.is_null()) {
            *value = SECRET.into();
        }
    }
    parameters
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done {
        status: u16,
    },
    /// Upstream or Steward said no; `status` is upstream's, where it answered.
    Refused {
        status: Option<u16>,
        message: String,
    },
    /// No answer came, so whether it was done is not known.
    Unanswered {
        message: String,
    },
}

impl Outcome {
    pub(super) fn of(result: &Result<Answer, Failure>) -> Self {
        match result {
            Ok(answer) => Self::Done { status: answer.status },
            Err(Failure { error, sent, .. }) => {
                let message = error.to_string();
                match error {
                    ConsoleError::Unreachable { .. } | ConsoleError::Unreadable { .. } if *sent => {
                        Self::Unanswered { message }
                    }
                    error => Self::Refused {
                        status: status(error).filter(|_| *sent),
                        message,
                    },
                }
            }
        }
    }
}

/// The status that upstream gave, as far as the error tells.
fn status(error: &ConsoleError) -> Option<u16> {
    match error {
        ConsoleError::Reconnect => Some(401),
        ConsoleError::PlanLimit { .. } => Some(402),
        ConsoleError::Forbidden { .. } => Some(403),
        ConsoleError::NotFound => Some(404),
        ConsoleError::RateLimited { .. } => Some(429),
        ConsoleError::Refused { status, .. } | ConsoleError::Upstream { status, .. } => Some(*status),
        ConsoleError::SignedOut
        | ConsoleError::Unreachable { .. }
        | ConsoleError::Unreadable { .. }
        | ConsoleError::Invalid { .. }
        | ConsoleError::Internal { .. } => None,
    }
}
