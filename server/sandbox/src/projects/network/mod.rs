//! Who may connect to the database: bans of single addresses, and ranges that are let in.

mod bans;
mod restrictions;

use serde::{Deserialize, Serialize};

pub use self::{
    bans::{enriched, lift, list},
    restrictions::{apply, get, patch, review},
};

/// What a project has of this.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    bans: bans::State,
    restrictions: Option<Box<restrictions::Restrictions>>,
    /// A change that was never applied.
    pending: Option<Box<restrictions::Pending>>,
}

impl State {
    /// Whether some addresses are kept away.
    pub fn is_restricted(&self) -> bool {
        self.restrictions
            .as_ref()
            .is_some_and(|restrictions| restrictions.restricts())
    }
}
