//! What every request passes, one concern a file.

pub mod address;
pub mod authenticate;
pub mod body_size;
pub mod headers;
pub mod host;
pub mod in_place;
pub mod membership;
pub mod origin;
pub mod panics;
pub mod recent;
pub mod sign_in_limit;
pub mod slow_body;
pub mod trace;
