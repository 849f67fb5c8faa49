//! What is searched for in the bar: pages, projects, organizations, what is in the project that one looks at, and the
//! operations of the API.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ConsoleError;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Pages that the person was on before.
    Recent,
    Project,
    Organization,
    Branch,
    Function,
    Secret,
    Page,
    /// A setting of the project that one looks at.
    Setting,
    /// An operation of the API, in the explorer.
    Operation,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub kind: Kind,
    pub title: String,
    /// Which characters of the title fit what was typed, counted from 0.
    pub marks: Vec<u32>,
    /// What else it is known by, and where it is.
    pub side: String,
    pub href: String,
}

/// What fits all of the words, the best first, kinds together; without a word what one would like to go to next.
///
/// `here` is the path of the page that one looks at: its project is searched, too. `most` of a kind are given.
#[server(prefix = "/api", endpoint = "find", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn find(words: String, here: String, most: usize) -> Result<Vec<Hit>, ConsoleError> {
    Ok(crate::find::find(&words, &here, most).await)
}
