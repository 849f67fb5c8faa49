//! Health as it was seen: the API tells only how services are now, so Steward keeps what people saw when they looked.

use serde::{Deserialize, Serialize};

/// Seconds that are kept.
pub const KEPT: i64 = 30 * 24 * 60 * 60;

/// A time in which a service was seen to be in one state, and nobody saw it in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The API's word, as is the status.
    pub service: String,
    pub status: String,
    /// When it was seen so first, and last: Unix seconds.
    pub since: i64,
    pub until: i64,
}
