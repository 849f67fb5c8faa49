//! What every request passes, one concern a file.

pub mod address;
pub mod headers;
pub mod host;
pub mod origin;
pub mod outcome;
pub mod sign_ins;
pub mod slow_body;
pub mod trace;
