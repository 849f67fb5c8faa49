//! Why somebody could not be signed in, and where it is told.

use app::{backend::SignInMethod, error::ConsoleError, paths};
use axum::response::{IntoResponse, Redirect, Response};

use crate::state;

/// Why somebody could not be signed in; the words of `?problem=`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Problem {
    ConsentDenied,
    WrongState,
    ExpiredCode,
    Unavailable,
    NotConfigured,
    TokenRefused,
    /// A grant that Supabase refuses as soon as it was given.
    Revoked,
    NotAllowed,
}

impl Problem {
    /// Where it is told: the sign-in page, or the page of the connections that were to be added to.
    pub(super) fn told(self, shared: &state::State, return_to: &str, connects: bool) -> Response {
        if connects {
            shared.failures.count(self.as_str());
            Redirect::to(&paths::connections_told(self.as_str())).into_response()
        } else {
            self.page(shared, return_to)
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::ConsentDenied => "consent-denied",
            Self::WrongState => "wrong-state",
            Self::ExpiredCode => "expired-code",
            Self::Unavailable => "unavailable",
            Self::NotConfigured => "not-configured",
            Self::TokenRefused => "token-refused",
            Self::Revoked => "revoked",
            Self::NotAllowed => "not-allowed",
        }
    }

    /// The sign-in page, which says what to do. Counted: see [`crate::oauth::failures`].
    pub(super) fn page(self, shared: &state::State, return_to: &str) -> Response {
        shared.failures.count(self.as_str());
        Redirect::to(&paths::sign_in_because(self.as_str(), return_to)).into_response()
    }
}

/// The authorization endpoint's error codes (RFC 6749, 4.1.2.1).
pub(super) fn refused_by(error: &str) -> Problem {
    match error {
        "access_denied" => Problem::ConsentDenied,
        "invalid_request" | "unauthorized_client" | "unsupported_response_type" | "invalid_scope" => {
            Problem::NotConfigured
        }
        _ => Problem::Unavailable,
    }
}

/// Whether the API knows the tokens, by what came of asking for organizations. Some that it knows may not list them.
pub(super) fn refused_with(method: SignInMethod, error: Option<&ConsoleError>) -> Option<Problem> {
    let of_the_token = match error? {
        ConsoleError::Forbidden { .. } | ConsoleError::PlanLimit { .. } => return None,
        ConsoleError::Reconnect if matches!(method, SignInMethod::Oauth) => return Some(Problem::Revoked),
        ConsoleError::Reconnect
        | ConsoleError::SignedOut
        | ConsoleError::NotFound
        | ConsoleError::Refused { .. }
        | ConsoleError::Invalid { .. } => Problem::TokenRefused,
        ConsoleError::RateLimited { .. }
        | ConsoleError::Upstream { .. }
        | ConsoleError::Uncertain { .. }
        | ConsoleError::Unreachable { .. }
        | ConsoleError::Renewing { .. }
        | ConsoleError::Unreadable { .. }
        | ConsoleError::Unconfirmed { .. }
        | ConsoleError::Busy
        | ConsoleError::Unidentified
        | ConsoleError::NotConnected { .. }
        | ConsoleError::Internal { .. } => Problem::Unavailable,
    };
    match method {
        // Supabase has just given the grant: it is good, whatever became of this call.
        SignInMethod::Oauth => None,
        SignInMethod::PersonalAccessToken => Some(of_the_token),
    }
}
