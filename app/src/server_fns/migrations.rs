//! Migrations: the history of a project, one of it, what a rollback would undo, and two histories side by side.

use std::collections::HashMap;

use futures::future::join_all;
use leptos::{prelude::*, server_fn::codec::Json};
use management_api::database::{GetMigration, ListMigrations, Migration, MigrationRow};
use serde::{Deserialize, Serialize};

use super::branches::Part;
use crate::{branches::newest_first, call::call, error::ConsoleError};

/// So many migrations are opened for one page, each by a call of its own; beyond them their text is not known.
pub const OPENED: usize = 20;

/// The history, the newest first. Where it may not be read, the page says more than that, so it is told. One call.
#[server(prefix = "/api", endpoint = "migrations", input = Json, output = Json)]
pub async fn migrations_of(project: String) -> Result<Part<Vec<MigrationRow>>, ConsoleError> {
    Ok(history(project).await)
}

async fn history(project: String) -> Part<Vec<MigrationRow>> {
    let mut rows = call(ListMigrations { project }).await?;
    rows.sort_by(|one, other| newest_first(&one.version, &other.version));
    Ok(rows)
}

/// One migration with its text. One call.
#[server(prefix = "/api", endpoint = "migration", input = Json, output = Json)]
pub async fn migration_of(project: String, version: String) -> Result<Migration, ConsoleError> {
    call(GetMigration { project, version }).await
}

/// A migration that a rollback would undo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Undone {
    pub row: MigrationRow,
    /// What undoes it; empty where it has nothing. `None` where so many are undone that it was not asked.
    pub rollback: Option<Part<String>>,
}

/// What a rollback to right before `version` would undo, the newest first: the history, and then a call for each, up to
/// [`OPENED`].
#[server(prefix = "/api", endpoint = "migration-rollback", input = Json, output = Json)]
pub async fn rollback_of(project: String, version: String) -> Result<Vec<Undone>, ConsoleError> {
    let rows = history(project.clone()).await?;
    let later = rows
        .into_iter()
        .take_while(|row| newest_first(&row.version, &version).is_le());
    let read = |(at, row): (usize, MigrationRow)| {
        let get = GetMigration {
            project: project.clone(),
            version: row.version.clone(),
        };
        async move {
            let rollback = match at < OPENED {
                true => Some(call(get).await.map(|migration| text(migration.rollback.as_deref()))),
                false => None,
            };
            Undone { row, rollback }
        }
    };
    let undone: Vec<Undone> = join_all(later.enumerate().map(read)).await;
    if undone.last().is_none_or(|last| last.row.version != version) {
        return Err(ConsoleError::NotFound);
    }
    Ok(undone)
}

/// The statements of a migration as one script.
pub fn text(statements: Option<&[String]>) -> String {
    let each: Vec<&str> = statements
        .unwrap_or_default()
        .iter()
        .map(|statement| statement.trim())
        .collect();
    let ended = |statement: &&str| match statement.ends_with(';') {
        true => (*statement).to_owned(),
        // Each ends by itself, even where its last line is a comment.
        false => format!("{statement}\n;"),
    };
    match each.as_slice() {
        [one] => (*one).to_owned(),
        several => several.iter().map(ended).collect::<Vec<_>>().join("\n\n"),
    }
}

/// A migration on one side or on both. The API gives each a version by the time at which it was applied, so that one file
/// that was applied twice has two versions: those go together by their name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    pub name: String,
    /// Its version here, and there.
    pub here: Option<String>,
    pub there: Option<String>,
    /// The text here and there, where it is another; `None` where it is the same, or was not looked at.
    pub texts: Option<(String, String)>,
    /// Whether the texts were looked at.
    pub looked_at: bool,
}

/// Goes together what has one version, and then what has one name and no other of it on either side. What differs comes
/// first, and within that the newest.
pub fn pairs(here: &[MigrationRow], there: &[MigrationRow]) -> Vec<Pair> {
    let name = |row: &MigrationRow| row.name.clone().unwrap_or_default();
    let left = |own: &[MigrationRow], other: &[MigrationRow]| -> Vec<MigrationRow> {
        let both = |row: &&MigrationRow| !other.iter().any(|one| one.version == row.version);
        own.iter().filter(both).cloned().collect()
    };
    let (only_here, only_there) = (left(here, there), left(there, here));
    let count = |rows: &[MigrationRow]| -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        rows.iter().for_each(|row| *counts.entry(name(row)).or_default() += 1);
        counts
    };
    let (counts_here, counts_there) = (count(&only_here), count(&only_there));
    let meets = |row: &MigrationRow| {
        let name = name(row);
        !name.is_empty() && counts_here.get(&name) == Some(&1) && counts_there.get(&name) == Some(&1)
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for row in here {
        let same = there.iter().find(|one| one.version == row.version);
        let named = || only_there.iter().find(|one| meets(row) && one.name == row.name);
        pairs.push(Pair {
            name: name(row),
            here: Some(row.version.clone()),
            there: same.or_else(named).map(|one| one.version.clone()),
            ..Pair::default()
        });
    }
    let alone = only_there.iter().filter(|row| !meets(row));
    pairs.extend(alone.map(|row| Pair {
        name: name(row),
        there: Some(row.version.clone()),
        ..Pair::default()
    }));
    let version = |pair: &Pair| pair.here.clone().or_else(|| pair.there.clone()).unwrap_or_default();
    pairs.sort_by(|one, other| newest_first(&version(one), &version(other)));
    pairs.sort_by_key(|pair| pair.here.is_some() && pair.there.is_some());
    pairs
}

/// Two histories side by side: the two lists, and then the newest [`OPENED`] halves that are on both sides, two calls each.
#[server(prefix = "/api", endpoint = "migrations-compared", input = Json, output = Json)]
pub async fn compared(project: String, with: String) -> Result<Vec<Pair>, ConsoleError> {
    let (here, there) = futures::join!(history(project.clone()), history(with.clone()));
    let mut pairs = pairs(&here?, &there?);
    let both = pairs
        .iter_mut()
        .filter(|pair| pair.here.is_some() && pair.there.is_some());
    let get = |project: &str, version: &Option<String>| {
        call(GetMigration {
            project: project.to_owned(),
            version: version.clone().unwrap_or_default(),
        })
    };
    let read = both.take(OPENED / 2).map(|pair| {
        let texts = futures::future::join(get(&project, &pair.here), get(&with, &pair.there));
        async move {
            // What could not be read was not looked at.
            if let (Ok(here), Ok(there)) = texts.await {
                let (here, there) = (text(here.statements.as_deref()), text(there.statements.as_deref()));
                pair.looked_at = true;
                pair.texts = (meant(&here) != meant(&there)).then_some((here, there));
            }
        }
    });
    join_all(read).await;
    pairs.sort_by_key(
        |pair| match (&pair.texts, pair.here.is_some() && pair.there.is_some()) {
            (Some(_), _) => 0,
            (None, false) => 1,
            (None, true) => 2,
        },
    );
    Ok(pairs)
}

/// The text without blank lines, comments of a whole line, spaces at the ends of lines and semicolons on lines of their own,
/// which change nothing.
pub fn meant(sql: &str) -> String {
    let lines = sql.lines().map(str::trim_end);
    let kept = lines.filter(|line| !line.trim_start().starts_with("--") && !line.is_empty());
    let mut meant = String::new();
    for line in kept {
        if !meant.is_empty() && line != ";" {
            meant.push('\n');
        }
        meant.push_str(line);
    }
    meant.trim_end_matches(';').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(of: &[(&str, &str)]) -> Vec<MigrationRow> {
        let row = |(version, name): &(&str, &str)| MigrationRow {
            version: (*version).to_owned(),
            name: Some((*name).to_owned()).filter(|name| !name.is_empty()),
        };
        of.iter().map(row).collect()
    }

    #[test]
    fn one_version_goes_together_and_then_one_name() {
        let here = rows(&[("1", "a"), ("2", "b"), ("5", "twice"), ("6", ""), ("7", "both")]);
        let there = rows(&[
            ("1", "other"),
            ("3", "b"),
            ("4", "c"),
            ("8", "twice"),
            ("9", "twice"),
            ("7", "both"),
        ]);
        let found: Vec<_> = pairs(&here, &there)
            .into_iter()
            .map(|pair| (pair.here.unwrap_or_default(), pair.there.unwrap_or_default()))
            .collect();
        let expected = [
            ("", "9"),
            ("", "8"),
            ("6", ""),
            ("5", ""),
            ("", "4"),
            ("7", "7"),
            ("2", "3"),
            ("1", "1"),
        ];
        let expected: Vec<_> = expected
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn statements_become_one_script() {
        let of = |statements: &[&str]| {
            let statements: Vec<String> = statements.iter().map(|one| (*one).to_owned()).collect();
            text(Some(&statements))
        };
        assert_eq!(of(&["select 1"]), "select 1");
        assert_eq!(of(&["select 1 -- one", "select 2;"]), "select 1 -- one\n;\n\nselect 2;");
        assert_eq!(text(None), "");
    }

    #[test]
    fn comments_and_blank_lines_make_no_other_text() {
        assert_eq!(meant("-- one\nselect 1;  \n\n"), meant("select 1"));
        let statements = ["select 1".to_owned(), "select 2".to_owned()];
        assert_eq!(
            meant(&text(Some(&statements))),
            meant("select 1;\n\n-- two\nselect 2;\n")
        );
        assert_ne!(meant("select 1"), meant("select 2"));
        assert_ne!(meant("select '--'\n"), meant("select ''"));
    }
}
