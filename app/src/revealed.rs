//! A secret that somebody asked to see, for the one page that answers. It is kept nowhere.

use management_api::Secret;

use crate::error::ConsoleError;

/// What came of asking for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revealed {
    /// Which box of the page asked; see [`FORM`](crate::form::FORM).
    pub form: String,
    /// When it was written into the audit that it was asked for, before it was: RFC 3339.
    pub at: String,
    pub secret: Result<Secret, ConsoleError>,
    /// The id that goes with it, where the answer names one: some secrets are of no use without.
    pub id: Option<String>,
}
