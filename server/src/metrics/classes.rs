//! Classes: the few words by which requests and calls are told apart.

use app::{error::ConsoleError, regions};
use axum::extract::Request;
use http::Method;

/// Words of which there is a fixed list, one for each variant.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$one:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$one])* $variant,)+
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What a request is for.
    Route {
        /// Somebody opens a page.
        Page = "page",
        /// A part of a page is drawn anew.
        Region = "region",
        /// A script of a page asks for data.
        Function = "function",
        /// A form is sent.
        Change = "change",
        SignIn = "sign_in",
        /// A file to be kept.
        Export = "export",
        /// Scripts, styles and pictures of the console.
        Asset = "asset",
        /// Whoever looks after Steward.
        Health = "health",
    }
}

words! {
    /// Where the answer to a read was found.
    Found {
        Kept = "kept",
        /// Another asks for the same just now.
        UnderWay = "under_way",
        Asked = "asked",
    }
}

words! {
    /// What came of refreshing a token.
    Refreshed {
        Done = "done",
        /// The grant is no longer accepted.
        Dead = "dead",
        /// The OAuth app is not accepted.
        App = "app",
        /// No answer that tells.
        Failed = "failed",
    }
}

impl Route {
    pub fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let first = path.split('/').nth(1).unwrap_or_default();
        match first {
            "healthz" | "readyz" => Self::Health,
            "pkg" | "favicon.svg" | "favicon.ico" | "robots.txt" => Self::Asset,
            "sign-in" | "sign-out" => Self::SignIn,
            "api" => Self::Function,
            "files" | "audit.csv" | "audit.jsonl" => Self::Export,
            _ if request.headers().contains_key(regions::HEADER) => Self::Region,
            _ if matches!(*request.method(), Method::GET | Method::HEAD) => Self::Page,
            _ => Self::Change,
        }
    }
}

pub const STATUSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

pub fn of_status(status: u16) -> &'static str {
    match status {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

/// What comes of calls.
pub const OUTCOMES: [&str; 8] = [
    "done",
    "refused",
    "signed_out",
    "rate_limited",
    "busy",
    "failed",
    "uncertain",
    "internal",
];

pub fn of_end(error: Option<&ConsoleError>) -> &'static str {
    match error {
        None => "done",
        Some(error) => match error {
            ConsoleError::PlanLimit { .. }
            | ConsoleError::Forbidden { .. }
            | ConsoleError::NotConnected { .. }
            | ConsoleError::NotFound
            | ConsoleError::Refused { .. }
            | ConsoleError::Invalid { .. }
            | ConsoleError::Unconfirmed { .. }
            | ConsoleError::Unidentified => "refused",
            ConsoleError::SignedOut | ConsoleError::Reconnect => "signed_out",
            ConsoleError::RateLimited { .. } => "rate_limited",
            ConsoleError::Busy => "busy",
            ConsoleError::Upstream { .. } | ConsoleError::Unreachable { .. } | ConsoleError::Unreadable { .. } => {
                "failed"
            }
            ConsoleError::Uncertain { .. } => "uncertain",
            ConsoleError::Internal { .. } => "internal",
        },
    }
}
