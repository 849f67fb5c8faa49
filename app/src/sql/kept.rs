//! Kept: statements that Steward keeps for a person: those that they ran, and those that they gave a name.

use serde::{Deserialize, Serialize};

use super::run::{Body, Mode, Outcome, Ran};
use crate::{backend::name_of, error::ConsoleError, form::Sent, sql::problem::problem};

/// Fields of the form that keeps a statement under a name.
pub const NAME: &str = "_name";
/// Whether the organization may read it.
pub const SHARED: &str = "_shared";
/// The id of the one that stands in the editor; empty for none.
pub const SNIPPET: &str = "_snippet";

/// Characters of a name, at most.
pub const LONGEST_NAME: usize = 80;
/// Bytes of a statement that is kept, at most.
pub const LONGEST: usize = 64 * 1024;
/// Bytes of it that lists show.
const HEAD: usize = 240;

/// A statement that was run. The values of its parameters are not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub id: String,
    pub told: Told,
    /// When it was last run, in Unix seconds.
    pub at: i64,
}

/// What lists show of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// How it begins.
    pub head: String,
    pub wrote: bool,
    pub came: Came,
    /// Milliseconds.
    pub took: u64,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Came {
    /// So many rows.
    Rows(usize),
    Plan,
    /// What is neither.
    Other,
    /// With PostgreSQL's own code, where it was PostgreSQL.
    Refused(Option<String>),
}

impl Told {
    /// `None`: nothing was sent, or it is too long to be kept.
    pub fn of(ran: &Ran) -> Option<Self> {
        if ran.sql.len() > LONGEST {
            return None;
        }
        let (came, took) = match &ran.outcome {
            Outcome::Held(_) | Outcome::Formatted => return None,
            Outcome::Refused { message, took, .. } => {
                (Came::Refused(problem(message).and_then(|found| found.code)), took)
            }
            Outcome::Answered { body, took, .. } => {
                let came = match body {
                    Body::Rows(table) => Came::Rows(table.total),
                    Body::Plan(_) => Came::Plan,
                    Body::Other(_) => Came::Other,
                };
                (came, took)
            }
        };
        let begins = ran.sql.trim_start();
        Some(Self {
            head: begins
                .get(..begins.floor_char_boundary(HEAD))
                .unwrap_or_default()
                .to_owned(),
            wrote: ran.mode == Mode::Write,
            came,
            took: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        })
    }
}

/// A statement with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    pub id: String,
    pub label: Label,
    /// Whether it is the person's own: nobody else changes it.
    pub own: bool,
    /// The slug of the organization that may read it.
    pub organization: Option<String>,
}

impl Snippet {
    /// Who reads it, in words.
    pub fn seen_by(&self) -> String {
        match (self.own, &self.organization) {
            (true, None) => "Only yours".to_owned(),
            (true, Some(slug)) => format!("Yours, shared with {}", name_of(slug)),
            (false, _) => format!("Shared by {}", self.label.owner),
        }
    }
}

/// What is kept under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sql,
    /// A question to the logs; see [`logs::kept`](crate::logs::kept).
    Logs,
}

impl Kind {
    /// The store's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sql => "sql",
            Self::Logs => "logs",
        }
    }
}

/// What people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub name: String,
    /// Whose it is, as the audit calls them.
    pub owner: String,
}

/// What somebody wants to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    pub sql: String,
    pub shared: bool,
}

impl Wanted {
    /// Reads the form; `sql` is all that stands in the editor.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`]: there is no name or no statement, or either is too long.
    pub fn read(sent: &Sent, sql: &str) -> Result<Self, ConsoleError> {
        let name: String = sent.text(NAME).unwrap_or_default().trim().to_owned();
        let wrong = |message: String| Err(ConsoleError::invalid(NAME, message));
        if name.is_empty() {
            return wrong("Nothing was saved: give it a name.".to_owned());
        }
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return wrong(format!(
                "Nothing was saved: a name has {LONGEST_NAME} characters at most, on one line."
            ));
        }
        if sql.trim().is_empty() {
            return wrong("Nothing was saved: there is no statement. Write one.".to_owned());
        }
        if sql.len() > LONGEST {
            return wrong(format!(
                "Nothing was saved: a statement is kept up to {} kB.",
                LONGEST / 1024
            ));
        }
        Ok(Self {
            name,
            sql: sql.to_owned(),
            shared: sent.all(SHARED).any(|yes| yes == "true"),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::sql::{rows::Table, run::Typed};

    fn ran(sql: &str, outcome: Outcome) -> Ran {
        let typed = Typed {
            sql: sql.to_owned(),
            text: sql.to_owned(),
            ..Typed::default()
        };
        typed.ran("abc".to_owned(), outcome)
    }

    fn rows() -> Outcome {
        Outcome::Answered {
            body: Body::Rows(Table {
                total: 7,
                ..Table::default()
            }),
            took: Duration::from_millis(12),
            size: 1,
            cut: false,
            window: None,
        }
    }

    #[test]
    fn what_was_sent_is_told_by_its_beginning_and_its_end() {
        let told = Told::of(&ran("\n select 1", rows())).unwrap();
        assert_eq!(
            (told.head.as_str(), &told.came, told.took),
            ("select 1", &Came::Rows(7), 12)
        );
        let long = format!("select '{}'", "\u{e9}".repeat(1_000));
        assert!(Told::of(&ran(&long, rows())).unwrap().head.len() <= HEAD);
        assert_eq!(Told::of(&ran(&"x".repeat(LONGEST + 1), rows())), None);
        let held = Outcome::Held(ConsoleError::invalid("query", "no"));
        assert_eq!(Told::of(&ran("select 1", held)), None);
        let refused = Outcome::Refused {
            error: ConsoleError::NotFound,
            message: "Failed to run sql query: ERROR:  42703: column \"a\" does not exist\nLINE 1: select a\n               ^\n".to_owned(),
            took: Duration::ZERO,
        };
        assert_eq!(
            Told::of(&ran("select a", refused)).unwrap().came,
            Came::Refused(Some("42703".to_owned()))
        );
    }

    #[test]
    fn what_is_kept_has_a_name_and_a_bound() {
        let sent = |name: &str| {
            Sent::from(vec![
                (NAME.to_owned(), name.to_owned()),
                (SHARED.to_owned(), "true".to_owned()),
            ])
        };
        let wanted = Wanted::read(&sent(" Open invoices "), "select 1").unwrap();
        assert_eq!((wanted.name.as_str(), wanted.shared), ("Open invoices", true));
        let name = "n".repeat(LONGEST_NAME + 1);
        let sql = "s".repeat(LONGEST + 1);
        for (name, sql) in [
            (" ", "select 1"),
            (&*name, "select 1"),
            ("a\u{7}b", "select 1"),
            ("a", " \n"),
            ("a", &*sql),
        ] {
            assert!(Wanted::read(&sent(name), sql).is_err(), "{name}");
        }
    }
}
