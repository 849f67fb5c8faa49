//! Links to what a team works with: backups, migrations, advice, versions, the database, logs, usage and SQL.

use super::{encoded, project, with_choices};

/// How all projects stand with their backups.
pub const BACKUPS: &str = "/backups";

/// What a project can be set back to.
pub fn backups(reference: &str) -> String {
    format!("{}/backups", project(reference))
}

/// The same with a moment chosen, in UTC, such as `2026-11-26T11:51:00`.
pub fn backups_at(reference: &str, moment: &str) -> String {
    with_choices(&backups(reference), &[("at", moment)])
}

/// The same with the form for the file of one backup.
pub fn backup_file(reference: &str, backup: i64) -> String {
    format!(
        "{}#file",
        with_choices(&backups(reference), &[("file", &backup.to_string())])
    )
}

/// The migrations of a project's database.
pub fn migrations(reference: &str) -> String {
    format!("{}/migrations", project(reference))
}

/// Where one is applied, or written into the history.
pub fn new_migration(reference: &str) -> String {
    format!("{}/new", migrations(reference))
}

/// Those of a project beside those of another one or of a branch; empty for none yet.
pub fn compare_migrations(reference: &str, with: &str) -> String {
    with_choices(&format!("{}/compare", migrations(reference)), &[("with", with)])
}

/// One of the history.
pub fn migration(reference: &str, version: &str) -> String {
    format!("{}/{}", migrations(reference), encoded(version))
}

/// What a rollback to right before it would undo.
pub fn migration_rollback(reference: &str, version: &str) -> String {
    format!("{}/rollback", migration(reference, version))
}
