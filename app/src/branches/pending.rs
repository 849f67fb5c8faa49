//! Migrations that one side has and the other lacks, and their SQL: whatever a difference between two schemas does not
//! show, such as rows that are deleted, stands there.

use std::cmp::Ordering;

use futures::future::join_all;
use management_api::database::{GetMigration, MigrationRow};
use serde::{Deserialize, Serialize};

use crate::backend::{BackendHandle, narrow};

/// So many migrations are read, each by a call. What is beyond them counts as not known.
const READ: usize = 20;

/// A migration that will be run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub version: String,
    pub name: String,
    /// `None` where it is not known: the call failed, or the history holds no statements of it.
    pub sql: Option<String>,
}

/// For a list that begins with the newest version. Versions are texts to Supabase, and so is their order, most of them of
/// fourteen digits.
pub fn newest_first(one: &str, other: &str) -> Ordering {
    other.cmp(one)
}

/// The versions that only `from` has, the oldest first, up to the version `last`: what a merge or a push would run.
pub fn missing<'a>(from: &'a [MigrationRow], to: &[MigrationRow], last: Option<&str>) -> Vec<&'a MigrationRow> {
    let mut missing: Vec<_> = from
        .iter()
        .filter(|row| to.iter().all(|known| known.version != row.version))
        .filter(|row| last.is_none_or(|last| row.version.as_str() <= last))
        .collect();
    missing.sort_by(|one, other| newest_first(&other.version, &one.version));
    missing
}

/// The SQL of `rows`, which are migrations of `project`; a call each, side by side.
pub async fn read(backend: &BackendHandle, project: &str, rows: &[&MigrationRow]) -> Vec<Pending> {
    let one = |(at, row): (usize, &&MigrationRow)| {
        let (version, name) = (row.version.clone(), row.name.clone().unwrap_or_default());
        let migration = GetMigration {
            project: project.to_owned(),
            version: version.clone(),
        };
        async move {
            let read = match at < READ {
                true => narrow(backend, &migration).await.ok(),
                false => None,
            };
            let statements = read.and_then(|migration| migration.statements);
            // Each ends by itself, even where its last line is a comment.
            let sql: String = statements.iter().flatten().map(|one| format!("{one}\n;\n")).collect();
            Pending {
                version,
                name,
                sql: (!sql.is_empty()).then_some(sql),
            }
        }
    };
    join_all(rows.iter().enumerate().map(one)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(versions: &[&str]) -> Vec<MigrationRow> {
        let row = |version: &&str| MigrationRow {
            version: (*version).to_owned(),
            name: None,
        };
        versions.iter().map(row).collect()
    }

    #[test]
    fn what_is_missing_comes_the_oldest_first() {
        let (here, there) = (rows(&["3", "1", "20260101000000"]), rows(&["1", "2", "4"]));
        let versions = |rows: Vec<&MigrationRow>| rows.into_iter().map(|row| row.version.clone()).collect::<Vec<_>>();
        assert_eq!(versions(missing(&here, &there, None)), ["20260101000000", "3"]);
        assert_eq!(
            versions(missing(&here, &there, Some("20260101000000"))),
            ["20260101000000"]
        );
        assert_eq!(versions(missing(&there, &here, None)), ["2", "4"]);
    }
}
