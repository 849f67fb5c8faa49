//! Error: why Steward could not start, or could not do its own part of a request.

use std::{net::SocketAddr, path::PathBuf};

/// Everything that can go wrong on Steward's own side. What goes wrong upstream is a `ConsoleError`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Configuration(String),
    #[error("The secret key in {} cannot be used: {reason}", path.display())]
    SecretKey { path: PathBuf, reason: String },
    #[error("{} cannot be made or read: {source}. Check that Steward may write there, or set STEWARD_DATA_DIR.", path.display())]
    DataDirectory { path: PathBuf, source: std::io::Error },
    #[error(
        "The address {addr} cannot be listened on: {source}. Is another Steward running? Set {variable} to another one."
    )]
    Listen {
        variable: &'static str,
        addr: SocketAddr,
        source: std::io::Error,
    },
    #[error("The database failed: {0}")]
    Database(#[from] sqlx::Error),
    #[error(
        "The database was brought up to date by a newer Steward: its schema has version {0}, which this one does not know. \
         Start that version again, or restore a copy of the database of before."
    )]
    NewerSchema(i64),
    #[error("The database could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("Nothing was carried over: {0}")]
    Carry(String),
    /// What stands was sealed under another key than those that were given, which the sentence begins with.
    #[error(
        "{0} what the database holds: it was sealed under another one. Give that as STEWARD_SECRET_KEY or, if the key is to be \
         changed, as STEWARD_SECRET_KEY_OLD beside the new one. If it is lost, nothing sealed can be had back: begin with an empty \
         database."
    )]
    OtherKey(&'static str),
    /// The row was sealed with another key, or moved from another row.
    #[error("A sealed row of {table} cannot be opened. Was the secret key changed?")]
    Sealed { table: &'static str },
    /// A plan is another run's, so this one makes no further call.
    #[error("The plan is carried out elsewhere by now, or is gone. Open its page to see what became of it.")]
    Overtaken,
    #[error("A value could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("The HTTP client cannot be made: {0}")]
    Client(#[from] reqwest::Error),
    #[error("The server stopped: {0}")]
    Serve(#[from] std::io::Error),
}
