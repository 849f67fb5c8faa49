//! What the sandbox answers: JSON, nothing, or a refusal in the API's own shape.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use management_api::OperationId;
use serde::Serialize;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::token;

/// A whole answer, still in hand: faults may want to spoil it.
pub type Answer = Response<Vec<u8>>;

/// What an operation gives back.
pub type Answered = Result<Answer, Refusal>;

/// An answer that holds JSON.
pub fn json<T: Serialize>(status: StatusCode, body: &T) -> Answer {
    // ok: what is answered are JSON values and plain structures, which always can be written.
    let mut answer = Response::new(serde_json::to_vec(body).unwrap_or_default());
    *answer.status_mut() = status;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

/// An answer that holds plain text.
pub fn text(text: String) -> Answer {
    bytes("text/plain; charset=utf-8", text.into_bytes())
}

/// An answer that holds a file of this content type.
pub fn bytes(kind: &str, content: Vec<u8>) -> Answer {
    let mut answer = Response::new(content);
    if let Ok(kind) = HeaderValue::from_str(kind) {
        answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    answer
}

/// A moment as the API writes it.
pub fn moment(time: OffsetDateTime) -> String {
    // ok: the years of a world's clock all have four digits, and others cannot be written.
    time.format(&Rfc3339).unwrap_or_default()
}

/// An answer without a body.
pub fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Vec::new());
    *answer.status_mut() = status;
    answer
}

/// Why the sandbox does not do what was asked. Where the real message is known, it is this one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 401: no token, an unknown one, or one that has ended.
    #[error("Unauthorized")]
    Unauthorized,
    /// 403: the OAuth app was not given the scope.
    #[error("The OAuth app has no access to this: it needs the scope {0}.")]
    Scope(&'static str),
    /// 403: the person's role does not allow it.
    #[error("Your role in this organization, {role}, does not allow this: it takes {permissions}.")]
    Role { role: &'static str, permissions: String },
    /// 403: something else than scope or role forbids it.
    #[error("{0}")]
    Forbidden(String),
    /// 404.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// 404: the project has it switched off.
    #[error("{0} is not enabled for this project")]
    Off(&'static str),
    /// 404: no such path, or not with this method.
    #[error("There is no {0}.")]
    NoSuchPath(String),
    /// 400: what was sent does not fit.
    #[error("{0}")]
    Invalid(String),
    /// 422: branching is off.
    #[error("Preview branching is not enabled for this project.")]
    BranchingOff,
    /// 400: the project has been deleted.
    #[error("Resource has been removed")]
    Removed,
    /// 402.
    #[error("{0}")]
    PlanLimit(String),
    /// 406.
    #[error("{0}")]
    NotAcceptable(&'static str),
    /// 409.
    #[error("{0}")]
    Conflict(String),
    /// 544: another project has the hostname, or this one has one already.
    #[error("The hostname is in use by another project, or this one has a hostname already.")]
    HostnameTaken,
    /// What v2 has a code of its own for.
    #[error("{message}")]
    Coded {
        status: StatusCode,
        code: &'static str,
        message: String,
    },
    /// 410: the operation is gone.
    #[error("{0}")]
    Gone(&'static str),
    /// 413.
    #[error("The body is larger than this operation takes.")]
    TooLarge,
    /// 503: what the sandbox itself needs is not there.
    #[error("{0}")]
    Unavailable(String),
    /// 429.
    #[error("ThrottlerException: Too Many Requests")]
    TooManyRequests,
    /// The status that a `fail-<status>` name asked for.
    #[error("The sandbox was asked to fail with status {0}.")]
    Sentinel(StatusCode),
    /// 401: as the service says it, who gave a token that it takes.
    #[error("Custom SMTP required to update rate_limit_email_sent")]
    NoMailServer,
    /// 401: the OAuth app is not who it says it is.
    #[error("{0}")]
    Client(&'static str),
    /// 404: the refresh token is unknown, or was used before.
    #[error("Not Found")]
    NoGrant,
    /// 403: the place is none of those that the token reaches.
    #[error("You do not have permission to perform this action.")]
    OutOfReach,
    /// 403: the token was not given all that this takes.
    #[error("You do not have permission to perform this action.")]
    Missing(Vec<&'static str>),
}

impl Refusal {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized | Self::NoMailServer | Self::Client(_) => StatusCode::UNAUTHORIZED,
            Self::Scope(_) | Self::Role { .. } | Self::Forbidden(_) | Self::OutOfReach | Self::Missing(_) => {
                StatusCode::FORBIDDEN
            }
            Self::NotFound(_) | Self::Off(_) | Self::NoSuchPath(_) | Self::NoGrant => StatusCode::NOT_FOUND,
            Self::Invalid(_) | Self::Removed => StatusCode::BAD_REQUEST,
            Self::BranchingOff => StatusCode::UNPROCESSABLE_ENTITY,
            Self::PlanLimit(_) => StatusCode::PAYMENT_REQUIRED,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::Conflict(_) => StatusCode::CONFLICT,
            // ok: any number of three digits is a status.
            Self::HostnameTaken => StatusCode::from_u16(544).unwrap_or(StatusCode::CONFLICT),
            Self::Coded { status, .. } => *status,
            Self::Gone(_) => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Sentinel(status) => *status,
        }
    }

    /// The refusal as the API would send it.
    pub fn answer(&self) -> Answer {
        let mut body = refused(self.status(), &self.to_string());
        if let Self::Missing(permissions) = self {
            body["missing_permissions"] = json!(permissions);
        }
        json(self.status(), &body)
    }

    /// The same as the family of `operation` would send it.
    pub fn answer_to(&self, operation: OperationId) -> Answer {
        if !is_v2(operation) {
            return self.answer();
        }
        let mut body = coded(self.code(), &self.to_string());
        if let Self::Missing(permissions) = self {
            body["error"]["meta"] = json!({ "missing_permissions": permissions });
        }
        json(self.status(), &body)
    }

    /// v2's word for it.
    fn code(&self) -> &'static str {
        match self {
            Self::Coded { code, .. } => code,
            Self::Unauthorized | Self::NoMailServer | Self::Client(_) => "unauthorized",
            Self::Scope(_) | Self::Role { .. } | Self::Forbidden(_) | Self::OutOfReach | Self::Missing(_) => {
                "forbidden"
            }
            Self::NotFound("Project") => "project_not_found",
            Self::NotFound(_) | Self::Off(_) | Self::NoSuchPath(_) | Self::Gone(_) | Self::NoGrant => "not_found",
            Self::Invalid(_) => "validation_failed",
            Self::PlanLimit(_) => "payment_required",
            Self::TooLarge => "request_too_large",
            Self::TooManyRequests => "rate_limit_exceeded",
            Self::Unavailable(_) | Self::Sentinel(_) => "internal_server_error",
            Self::Removed | Self::BranchingOff | Self::NotAcceptable(_) | Self::Conflict(_) | Self::HostnameTaken => {
                "bad_request"
            }
        }
    }
}

/// Whether an operation is one of v2, which refuses in another shape.
pub fn is_v2(operation: OperationId) -> bool {
    operation.row().path.starts_with("/v2/")
}

/// The body of a refusal of v2.
pub fn coded(code: &str, message: &str) -> Value {
    json!({ "error": { "id": token::random(), "code": code, "message": message } })
}

/// The body of a refusal; failures of the service carry a number for its support, as the real ones do, and as recorded
/// so does 406.
pub fn refused(status: StatusCode, message: &str) -> Value {
    if status.is_server_error() || status == StatusCode::NOT_ACCEPTABLE {
        json!({ "message": message, "errorEventId": token::random() })
    } else {
        json!({ "message": message })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        self.answer().map(Body::from)
    }
}
