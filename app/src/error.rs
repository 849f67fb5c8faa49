//! ConsoleError: the one error a page can meet, whatever failed behind it.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

use crate::outcome::{Question, Tick};

/// Why a call did not give what was asked for. Upstream's refusals are translated into this once, in the call stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConsoleError {
    /// Nobody is signed in here (any more).
    #[error("You are signed out.")]
    SignedOut,
    /// Supabase no longer accepts the tokens: the grant was revoked or has ended.
    #[error("Supabase no longer accepts this sign-in.")]
    Reconnect,
    /// 402: the organization's plan does not allow it.
    #[error("The organization\u{2019}s plan does not allow this. {message}")]
    PlanLimit { message: String },
    /// 403: the token lacks a permission.
    #[error("You do not have the permission for this. {message}")]
    Forbidden {
        /// Fine-grained permissions that would allow it.
        permissions: Vec<String>,
        /// Who has one of them, such as "Administrators and Owners"; `None` where every member should, or that is not known.
        #[serde(default)]
        roles: Option<String>,
        /// Whether it was asked through a personal token: scopes are of OAuth's grants and say nothing to its owner.
        #[serde(default)]
        token: bool,
        /// The OAuth scope it needs, where the API declares one.
        scope: Option<String>,
        message: String,
    },
    /// None of the person's connections covers the place; or the one that does is dead.
    #[error(
        "{} {}: connect it.",
        if *.dead { "Supabase no longer accepts your connection to" } else { "None of your connections covers" },
        .name.as_deref().unwrap_or("this organization")
    )]
    NotConnected {
        /// By slug, where it is known.
        organization: Option<String>,
        name: Option<String>,
        dead: bool,
    },
    /// 404, or a project that has been removed.
    #[error("This does not exist, or you cannot see it.")]
    NotFound,
    /// 400, 409, 422 and other refusals of what was asked.
    #[error("{message}")]
    Refused { status: u16, message: String },
    /// The rate limit is used up.
    #[error("Supabase allows no more calls for now. Again in {seconds} s.")]
    RateLimited { seconds: u32 },
    /// 5xx: Supabase failed.
    #[error("Supabase could not answer (status {status}). {message}")]
    Upstream {
        status: u16,
        message: String,
        /// Supabase's number of the failure, for its support.
        event: Option<String>,
    },
    /// A change was sent, and no answer tells whether it was made: none came, none whole, or one of failing (5xx, 408).
    #[error("It is not known whether this was done. {message}")]
    Uncertain {
        /// Of the answer, where one came.
        status: Option<u16>,
        message: String,
        /// Supabase's number of the failure, for its support.
        event: Option<String>,
    },
    /// No answer at all, or not in time.
    #[error("Supabase cannot be reached. {message}")]
    Unreachable { message: String },
    /// The tokens have run out, and whoever renews them does not come to an end: it broke off, or takes long elsewhere.
    #[error("The sign-in is still being renewed. Again in {seconds} s.")]
    Renewing {
        /// Until it may be begun anew, at most.
        seconds: u32,
    },
    /// An answer that Steward could not read.
    #[error("Supabase answered in a way that Steward could not read. {message}")]
    Unreadable { message: String },
    /// What the browser sent could not become a call.
    #[error("{message}")]
    Invalid {
        /// The form field that is wrong, where it is one.
        field: Option<String>,
        message: String,
    },
    /// Steward has as many calls under way as it makes at once, and none of them ended in time.
    #[error("Steward makes so many calls at once and no more, and none of them ended in time. Nothing was sent.")]
    Busy,
    /// Nothing was sent: a box must be ticked first.
    #[error("Nothing was done. This {}: tick the box if that is what you want.", .question.does())]
    Unconfirmed { question: Question },
    /// Supabase did not tell who is signed in, so that a change would be nobody's.
    #[error("Supabase did not tell who you are, so nothing was sent: every change is written down with a name.")]
    Unidentified,
    /// Steward's own fault, or the way to it is broken.
    #[error("Steward could not do this. {message}")]
    Internal { message: String },
}

impl ConsoleError {
    /// [`Self::Invalid`], for the form field of this name where it is about one.
    pub fn invalid<'a>(field: impl Into<Option<&'a str>>, message: impl Into<String>) -> Self {
        Self::Invalid {
            field: field.into().map(str::to_owned),
            message: message.into(),
        }
    }
}

/// For what is kept: nobody's words may fill the database.
impl ConsoleError {
    /// The same with each of its texts cut to `most` characters.
    #[must_use]
    pub fn shortened(self, most: usize) -> Self {
        let cut = |text: String| shortened(text, most);
        match self {
            Self::SignedOut
            | Self::Reconnect
            | Self::NotFound
            | Self::NotConnected { .. }
            | Self::RateLimited { .. }
            | Self::Renewing { .. }
            | Self::Busy
            | Self::Unidentified => self,
            Self::PlanLimit { message } => Self::PlanLimit { message: cut(message) },
            Self::Forbidden {
                permissions,
                roles,
                token,
                scope,
                message,
            } => Self::Forbidden {
                permissions,
                roles,
                token,
                scope,
                message: cut(message),
            },
            Self::Refused { status, message } => Self::Refused {
                status,
                message: cut(message),
            },
            Self::Upstream { status, message, event } => Self::Upstream {
                status,
                message: cut(message),
                event: event.map(cut),
            },
            Self::Uncertain { status, message, event } => Self::Uncertain {
                status,
                message: cut(message),
                event: event.map(cut),
            },
            Self::Unreachable { message } => Self::Unreachable { message: cut(message) },
            Self::Unreadable { message } => Self::Unreadable { message: cut(message) },
            Self::Invalid { field, message } => Self::Invalid {
                field: field.map(cut),
                message: cut(message),
            },
            Self::Unconfirmed { question } => Self::Unconfirmed {
                question: Question {
                    ticks: question
                        .ticks
                        .into_iter()
                        .map(|tick| Tick {
                            does: cut(tick.does),
                            ..tick
                        })
                        .collect(),
                    name: question.name.map(cut),
                },
            },
            Self::Internal { message } => Self::Internal { message: cut(message) },
        }
    }
}

/// `text`, or its first `most` characters and a mark.
pub fn shortened(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text,
    }
}

#[cfg(feature = "ssr")]
impl From<management_api::BadParameter> for ConsoleError {
    fn from(bad: management_api::BadParameter) -> Self {
        Self::invalid(bad.name, bad.to_string())
    }
}

impl FromServerFnError for ConsoleError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable {
                message: "The connection to Steward was interrupted.".to_owned(),
            },
            ServerFnErrorErr::Args(message)
            | ServerFnErrorErr::MissingArg(message)
            | ServerFnErrorErr::Deserialization(message)
            | ServerFnErrorErr::Serialization(message)
            | ServerFnErrorErr::Registration(message)
            | ServerFnErrorErr::UnsupportedRequestMethod(message)
            | ServerFnErrorErr::MiddlewareError(message)
            | ServerFnErrorErr::ServerError(message)
            | ServerFnErrorErr::Response(message) => Self::Internal { message },
        }
    }
}
