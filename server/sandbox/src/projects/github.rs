//! The repository on GitHub that a project follows. It is connected in the dashboard only.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

#[derive(Clone, Serialize, Deserialize)]
pub struct Connection {
    /// Owner and name.
    pub repository: String,
    pub since: OffsetDateTime,
}
