//! Level: how bad a line is, whichever service has written it.

use crate::ui::{Icon, Tone};

/// From the worst to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warning,
    Info,
    Debug,
}

/// Each service says it in its own way: by a word, by PostgreSQL's severity, or by the status that it has answered with.
/// ClickHouse's SQL.
pub const LEVEL: &str = "case \
    when upper(severity_text) in ('ERROR', 'FATAL', 'PANIC', 'CRITICAL') \
    or toInt32OrZero(log_attributes['response.status_code']) >= 500 \
    or toInt32OrZero(log_attributes['res.status_code']) >= 500 \
    or toInt32OrZero(log_attributes['status']) >= 500 then 'error' \
    when upper(severity_text) in ('WARN', 'WARNING') \
    or toInt32OrZero(log_attributes['response.status_code']) >= 400 \
    or toInt32OrZero(log_attributes['res.status_code']) >= 400 \
    or toInt32OrZero(log_attributes['status']) >= 400 then 'warning' \
    when upper(severity_text) in ('DEBUG', 'TRACE', 'VERBOSE') then 'debug' \
    else 'info' end";

impl Level {
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Debug];

    /// As [`LEVEL`] and the address have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::Warning => "Warning",
            Self::Info => "Info",
            Self::Debug => "Debug",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Error => Tone::Error,
            Self::Warning => Tone::Warning,
            Self::Info => Tone::Info,
            Self::Debug => Tone::Neutral,
        }
    }

    pub fn icon(self) -> Icon {
        match self {
            Self::Error => Icon::Error,
            Self::Warning => Icon::Warning,
            Self::Info => Icon::Info,
            Self::Debug => Icon::Question,
        }
    }
}
