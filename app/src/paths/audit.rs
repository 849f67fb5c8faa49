//! Links to the audit.

use super::with_choices;
use crate::audit::{AuditFilter, Cursor};

pub const AUDIT: &str = "/audit";
/// The audit as files, with the choices of its page.
pub const AUDIT_CSV: &str = "/audit.csv";
pub const AUDIT_JSON_LINES: &str = "/audit.jsonl";

/// A page of the audit, with its choices.
pub fn audit_at(filter: &AuditFilter, cursor: Cursor) -> String {
    audit_with(filter, cursor, "")
}

/// The same, with one call in the panel beside it.
pub fn audit_beside(filter: &AuditFilter, cursor: Cursor, call: i64) -> String {
    audit_with(filter, cursor, &call.to_string())
}

fn audit_with(filter: &AuditFilter, cursor: Cursor, call: &str) -> String {
    let (before, after) = match cursor {
        Cursor::Newest => (String::new(), String::new()),
        Cursor::Before(id) => (id.to_string(), String::new()),
        Cursor::After(id) => (String::new(), id.to_string()),
    };
    let mut choices = filter.choices().to_vec();
    choices.extend([("before", before.as_str()), ("after", after.as_str()), ("call", call)]);
    with_choices(AUDIT, &choices)
}

/// One call in the audit.
pub fn audit_call(id: i64) -> String {
    format!("{AUDIT}/{id}")
}

/// [`AUDIT_CSV`] or [`AUDIT_JSON_LINES`] with the page's choices.
pub fn audit_file(file: &str, filter: &AuditFilter) -> String {
    with_choices(file, &filter.choices())
}
