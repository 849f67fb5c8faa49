//! What goes down the stack and what comes back up.

use std::fmt;

use app::error::ConsoleError;
use bytes::Bytes;
use management_api::Request;
use tower::Service;

use super::{files::Files, passage::Passage};
use crate::{directory::Place, identity::Caller};

/// One call of the Management API, and who makes it.
#[derive(Clone)]
pub struct Call {
    pub caller: Caller,
    pub request: Request,
    /// The secret field of the answer that the person asked to see.
    pub reveals: Option<&'static str>,
    /// What comes in while the call is made, in the place of the request's files.
    pub files: Option<Files>,
    /// What it belongs to: at first as the request tells, in the stack as it is known.
    pub place: Place,
    /// Whether no answer of a moment ago will do.
    pub anew: bool,
    /// Whether its answer is one of several that make up a list.
    pub part: bool,
    /// Bytes of its answer, at most, where a list that is longer is cut behind a row, and not refused; see [`Answer::cut`].
    pub cut_at: Option<usize>,
    /// Where the body of a successful answer goes as it comes in, however long it is; [`Answer::body`] is an empty list then.
    pub passage: Option<Passage>,
    /// What the connection is called that it goes by, once that is chosen.
    pub by: Option<String>,
}

impl Call {
    /// A call whose answer's secrets nobody gets to see.
    pub fn new(caller: Caller, request: Request) -> Self {
        Self {
            place: Place::told_by(&request),
            caller,
            request,
            reveals: None,
            files: None,
            anew: false,
            part: false,
            cut_at: None,
            passage: None,
            by: None,
        }
    }
}

impl fmt::Debug for Call {
    /// Leaves query, body and parameters out: they may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("caller", &self.caller)
            .field("operation", &self.request.id)
            .finish_non_exhaustive()
    }
}

/// What upstream answered. Below the refusal layer any status, above it 2xx only.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// As upstream sent it: it may hold secrets.
    pub body: Bytes,
    pub source: Source,
    pub rate: Rate,
    /// Upstream's number of the request, where it tells one.
    pub request_id: Option<String>,
    /// Whether rows are missing at its end: the list was longer than the call wanted. It is a whole list all the same.
    pub cut: bool,
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// This very call went to Supabase.
    Upstream,
    /// An identical call of the same person went there a moment ago, or at the same time.
    Cache,
}

/// The rate-limit headers of an answer; each may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Calls allowed in a window.
    pub limit: Option<u32>,
    /// Calls left in this window.
    pub remaining: Option<u32>,
    /// Seconds until the next window.
    pub reset: Option<u32>,
}

/// A call that brought no answer, as the layers hand it up.
#[derive(Clone, Debug)]
pub struct Failure {
    pub error: ConsoleError,
    /// Whether this very call left Steward. Only such a call is retried, and only such a read is in the audit.
    pub sent: bool,
    /// What upstream's refusal told besides its reason.
    pub refusal: Option<Box<Refused>>,
}

/// An answer that was a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub status: u16,
    pub rate: Rate,
    pub request_id: Option<String>,
    /// Upstream's own words, fit to be shown; may be empty.
    pub message: String,
    /// Upstream's number of the failure, for its support.
    pub event: Option<String>,
    /// Permissions that the token lacks, where upstream names them.
    pub missing: Vec<String>,
    /// Whether a web page came, and no answer of the API.
    pub page: bool,
}

impl From<Answer> for Refused {
    fn from(answer: Answer) -> Self {
        Self {
            status: answer.status,
            rate: answer.rate,
            request_id: answer.request_id,
            message: String::new(),
            event: None,
            missing: Vec::new(),
            page: false,
        }
    }
}

impl Failure {
    /// The call left and came to nothing.
    pub fn sent(error: ConsoleError) -> Self {
        Self {
            error,
            sent: true,
            refusal: None,
        }
    }

    /// The call never left.
    pub fn held(error: ConsoleError) -> Self {
        Self {
            error,
            sent: false,
            refusal: None,
        }
    }
}

/// What every layer but the last stands on. All are always ready: they wait inside the call.
pub(crate) trait Next:
    Service<Call, Response = Answer, Error = Failure, Future: Send + 'static> + Clone + Send + Sync + 'static
{
}

impl<S> Next for S where
    S: Service<Call, Response = Answer, Error = Failure, Future: Send + 'static> + Clone + Send + Sync + 'static
{
}
