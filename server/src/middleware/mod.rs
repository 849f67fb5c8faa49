//! What every request passes, one concern a file.

pub mod headers;
pub mod host;
pub mod origin;
pub mod outcome;
pub mod trace;
