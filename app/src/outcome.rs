//! What the browser learns of a form that it sent to `/do/<operation-id>`.

use serde::{Deserialize, Serialize};

/// The answer to a form that asks for JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum FormOutcome {
    /// It was done; `next` is the page that says so.
    Done {
        next: String,
    },
    Failed {
        problem: Problem,
    },
    /// Nobody is signed in any more; `sign_in` leads back here afterwards.
    SignedOut {
        sign_in: String,
    },
}

/// What went wrong, in words for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub title: String,
    /// Why, and what to do.
    pub text: String,
    /// The form field that is wrong, where it is one.
    pub field: Option<String>,
}
