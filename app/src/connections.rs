//! A person's connections, as their page shows them.

use serde::{Deserialize, Serialize};

/// The field for the ref of a project that is claimed on Supabase's page; in an address, what was typed there and is none.
pub const CLAIM: &str = "claim";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// What stands for it in a form; no secret.
    pub id: String,
    /// Its organizations, or how its token begins and ends.
    pub name: String,
    /// How a token begins and ends.
    pub mark: Option<String>,
    /// The slug that it is connected again with, where it is a grant for one organization.
    pub organization: Option<String>,
    pub kind: Kind,
    pub state: State,
    /// Projects that were typed, where it may not list them.
    pub projects: Vec<String>,
    /// The projects that a grant is limited to, by ref; `None`: it is for all of its organization's.
    pub limited_to: Option<Vec<String>>,
    /// How many projects it covers, of those that were seen of late; `None`: not told.
    pub covered: Option<usize>,
    /// What it may: the scopes of a grant. `None`: not told.
    pub scopes: Option<Vec<String>>,
    /// The person's role in its organization, where that is known.
    pub role: Option<String>,
    /// Calls by it since the day began in UTC, and when the last of them was.
    pub used: Option<Used>,
    /// The day on which a token ends, `YYYY-MM-DD`, as the person said it: Supabase tells it to nobody.
    pub ends: Option<String>,
    /// Permissions that it was seen to lack, by id.
    pub lacks: Vec<String>,
    /// RFC 3339, UTC.
    pub since: String,
    /// The same; `None`: never.
    pub refreshed: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    pub calls: u64,
    /// RFC 3339, UTC.
    pub last: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Grant,
    Token,
    ScopedToken,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Works,
    /// Its part of a list was missing the last time, and why.
    Failing(String),
    /// Supabase refuses it for good.
    Dead,
}

/// What the lists over all connections lack, where not all of several work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Such as "2 of 3 organizations connected".
    pub said: String,
    /// The names of those that do not work, and how they stand.
    pub broken: Vec<(String, State)>,
}

impl Missing {
    /// `all`: the name of each, and how it stands. `organizations`: whether each is for one organization.
    pub fn of(all: Vec<(String, State)>, organizations: bool) -> Option<Self> {
        let count = all.len();
        let broken: Vec<_> = all.into_iter().filter(|(_, state)| *state != State::Works).collect();
        let what = if organizations { "organizations" } else { "connections" };
        (count > 1 && !broken.is_empty()).then(|| Self {
            said: format!("{} of {count} {what} connected", count - broken.len()),
            broken,
        })
    }
}
