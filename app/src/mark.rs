//! Mark: what a project is to the people who run it, which only they can tell: production, where every write is asked about.

use management_api::OperationId;
use serde::{Deserialize, Serialize};

/// That a project is production.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Who has marked it, as the audit calls them.
    pub by: String,
    /// Unix seconds.
    pub at: i64,
}

/// Who may call this may mark the project.
pub const DECIDES: OperationId = OperationId::UpdateProject;

/// The form's id on the page that it comes back to.
pub const FORM: &str = "production";

/// What is said yes to before SQL is run there, going on from "I know that this …".
pub const WRITES: &str = "writes to a project that is marked as production";
