//! The crate against what is known of the real API, and against everything that could come over the wire.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod answers;
mod auth;
mod catalogue;
mod document;
mod json;
mod mutations;
mod paths;
mod recordings;
mod redaction;
mod requests;
