//! A person's own sign-ins, as their page shows them.

use serde::{Deserialize, Serialize};

use crate::backend::SignInMethod;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    /// The last used first.
    pub list: Vec<Session>,
    /// Whether these are all: where Supabase does not tell who signed in, other sign-ins are not known to be theirs.
    pub complete: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// What stands for it in a form; no secret.
    pub id: String,
    /// RFC 3339, UTC.
    pub since: String,
    /// The same, to a few minutes.
    pub used: String,
    pub method: SignInMethod,
    /// In plain words; empty where it is not known.
    pub browser: String,
    /// Whether it is the one that the page is drawn for.
    pub here: bool,
}
