//! Run: SQL that a person has sent from a project's page, and what came of it.

use std::{collections::BTreeSet, time::Duration};

use management_api::OperationId;
use serde_json::Value;
use squawk_lexer::{TokenKind, tokenize};
use statements::statements;

use super::{explain::Explained, kept::SNIPPET, rows::Table};
use crate::{
    error::ConsoleError,
    form::{Form, Sent},
};

/// Fields of the form.
pub const QUERY: &str = "query";
/// What is run instead of all of it: the part that was selected.
pub const SELECTION: &str = "_selection";
/// `read` or `write`.
pub const MODE: &str = "_mode";
/// The value of `$1`, `$2` and so on, each once and in their order.
pub const PARAMETER: &str = "parameters";
/// Which of them are `null`, by their number.
pub const NULL: &str = "_null";
/// What the answer is wanted as; none for rows.
pub const AS: &str = "_as";

/// What a run may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Read,
    Write,
}

impl Mode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    /// Whatever is not said to write only reads.
    pub fn read(word: &str) -> Self {
        if word == Self::Write.as_str() {
            Self::Write
        } else {
            Self::Read
        }
    }

    pub fn operation(self) -> OperationId {
        match self {
            Self::Read => OperationId::RunReadOnlyQuery,
            Self::Write => OperationId::RunQuery,
        }
    }
}

/// Which plan is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explain {
    /// As PostgreSQL would do it.
    Plan,
    /// As it did it: the statement is run.
    Times,
}

impl Explain {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "explain",
            Self::Times => "analyze",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        [Self::Plan, Self::Times].into_iter().find(|one| one.as_str() == word)
    }

    /// The statement that gives the plan of `sql`.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`]: it is not one statement.
    pub fn of(self, sql: &str) -> Result<String, ConsoleError> {
        let cut = statements(sql);
        let [one] = cut.as_slice() else {
            let message = format!(
                "Nothing was run: PostgreSQL explains one statement, and these are {}. Select the one that is meant, or leave the others out.",
                cut.len()
            );
            return Err(ConsoleError::invalid(QUERY, message));
        };
        Ok(match self {
            Self::Plan => format!("explain (format json)\n{}", one.text),
            Self::Times => format!("explain (analyze, buffers, format json)\n{}", one.text),
        })
    }
}

/// One run, for the page that answers it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    pub project: String,
    /// All that stood in the editor.
    pub text: String,
    /// What was run of it.
    pub sql: String,
    pub mode: Mode,
    /// One for each of `$1`, `$2` and so on; `None` is `null`.
    pub parameters: Vec<Option<String>>,
    pub explain: Option<Explain>,
    /// The id of the named statement that stands in the editor; empty for none.
    pub snippet: String,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing was sent: something is missing, or must be said yes to first.
    Held(ConsoleError),
    /// Nothing was sent: the text was only set anew.
    Formatted,
    Refused {
        error: ConsoleError,
        /// What Supabase said itself, where it did.
        message: String,
        took: Duration,
    },
    Answered {
        body: Body,
        took: Duration,
        /// Bytes of the answer, as far as it was read.
        size: usize,
        /// Whether there was more of it than Steward reads.
        cut: bool,
        /// Where the grid finds more rows than the page shows, and how many.
        window: Option<(String, usize)>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Rows(Table),
    Plan(Explained),
    /// What is no list of rows.
    Other(Value),
}

/// How many values a statement takes: the highest number of `$1`, `$2` and so on.
pub fn parameters(sql: &str) -> usize {
    let (mut at, mut found) = (0, BTreeSet::new());
    for token in tokenize(sql) {
        let end = at + token.len as usize;
        if let TokenKind::PositionalParam { .. } = token.kind
            && let Some(number) = sql
                .get(at..end)
                .and_then(|word| word.strip_prefix('$')?.parse::<usize>().ok())
        {
            found.insert(number);
        }
        at = end;
    }
    // PostgreSQL takes 65535 at most; nobody fills in more than a few.
    found.last().copied().unwrap_or_default().min(50)
}

/// Whether these are several statements.
pub fn are_several(sql: &str) -> bool {
    statements(sql).len() > 1
}

/// What a person has filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub text: String,
    pub sql: String,
    pub mode: Mode,
    pub parameters: Vec<Option<String>>,
    pub explain: Option<Explain>,
    pub snippet: String,
}

impl Typed {
    pub fn read(sent: &Sent) -> Self {
        let text = lines(sent.text(QUERY).unwrap_or_default());
        let selected = lines(sent.text(SELECTION).unwrap_or_default());
        let sql = if selected.trim().is_empty() {
            text.clone()
        } else {
            selected
        };
        let nulls: BTreeSet<usize> = sent.all(NULL).filter_map(|number| number.parse().ok()).collect();
        let values = sent.all(PARAMETER).enumerate();
        let values = values.map(|(at, value)| (!nulls.contains(&(at + 1))).then(|| value.to_owned()));
        Self {
            parameters: values.take(parameters(&sql)).collect(),
            mode: Mode::read(sent.text(MODE).unwrap_or_default()),
            explain: sent.text(AS).and_then(Explain::read),
            snippet: sent.text(SNIPPET).unwrap_or_default().to_owned(),
            text,
            sql,
        }
    }

    /// The call that runs it.
    ///
    /// # Errors
    /// [`ConsoleError::Invalid`], which says what is missing.
    pub fn request(&self, project: &str) -> Result<management_api::Request, ConsoleError> {
        if self.sql.trim().is_empty() {
            return Err(ConsoleError::invalid(
                QUERY,
                "Nothing was run: there is no statement. Write one.",
            ));
        }
        let wanted = parameters(&self.sql);
        if self.parameters.len() < wanted {
            let message =
                format!("Nothing was run: the statement takes values up to ${wanted}. Fill them in and run it again.");
            return Err(ConsoleError::invalid(PARAMETER, message));
        }
        if self.explain == Some(Explain::Times) && self.mode == Mode::Write {
            let message =
                "Nothing was run: times are measured by running the statement, and that is only done read-only.";
            return Err(ConsoleError::invalid(MODE, message));
        }
        let query = match self.explain {
            Some(explain) => explain.of(&self.sql)?,
            None => self.sql.clone(),
        };
        let mut parameters = serde_json::json!({ "ref": project, "query": query });
        if wanted > 0 {
            parameters["parameters"] = self.parameters.clone().into();
        }
        Form::of(self.mode.operation()).request(&parameters)
    }

    pub fn ran(self, project: String, outcome: Outcome) -> Ran {
        Ran {
            project,
            text: self.text,
            sql: self.sql,
            mode: self.mode,
            parameters: self.parameters,
            explain: self.explain,
            snippet: self.snippet,
            outcome,
        }
    }
}

/// Browsers send a form's lines with a carriage return at their ends, which was never typed.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(texts: &[(&str, &str)]) -> Typed {
        let texts = texts
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        Typed::read(&Sent {
            texts,
            files: Vec::new(),
        })
    }

    #[test]
    fn several_statements_are_told_by_what_ends_them() {
        for one in [
            "",
            ";",
            "select 1",
            "select ';' -- ; b\n;; /* ; */",
            "do $$ a; b; $$",
            "create function f() returns int begin atomic select 1; select 2; end",
        ] {
            assert!(!are_several(one), "{one}");
        }
        for two in ["select 1; select 2", ";a;\n-- c\n;b"] {
            assert!(are_several(two), "{two}");
        }
    }

    #[test]
    fn only_what_is_said_to_write_writes() {
        for (word, id) in [
            ("write", "v1-run-a-query"),
            ("", "v1-read-only-query"),
            ("Write", "v1-read-only-query"),
        ] {
            let typed = sent(&[(QUERY, "select 1"), (MODE, word)]);
            assert_eq!(typed.request("abc").unwrap().id.as_str(), id, "{word}");
        }
    }

    #[test]
    fn values_are_asked_for_and_sent_as_they_are() {
        assert_eq!(parameters("select $1, $3 -- $9\n, '$7'"), 3);
        let typed = sent(&[(QUERY, "select $1::int, $2")]);
        assert!(
            matches!(typed.request("abc"), Err(ConsoleError::Invalid { field: Some(field), .. }) if field == PARAMETER)
        );
        let typed = sent(&[
            (QUERY, "select $1::int, $2"),
            (PARAMETER, "5"),
            (PARAMETER, ""),
            (NULL, "2"),
            (PARAMETER, "left over"),
        ]);
        let request = typed.request("abc").unwrap();
        assert_eq!(request.parameters["parameters"], serde_json::json!(["5", null]));
    }

    #[test]
    fn what_is_selected_is_run_alone() {
        let typed = sent(&[(QUERY, "select 1;\r\nselect 2"), (SELECTION, "select 2")]);
        assert_eq!(
            (typed.sql.as_str(), typed.text.as_str()),
            ("select 2", "select 1;\nselect 2")
        );
        assert_eq!(sent(&[(QUERY, "select 1"), (SELECTION, " ")]).sql, "select 1");
    }

    #[test]
    fn one_statement_is_explained_and_run_only_where_nothing_is_written() {
        let explained = |texts: &[(&str, &str)]| sent(texts).request("abc");
        let plan = explained(&[(QUERY, "select 1;"), (AS, "explain")]).unwrap();
        assert_eq!(plan.parameters["query"], "explain (format json)\nselect 1");
        let refused = [
            vec![(QUERY, "select 1; drop table a"), (AS, "analyze")],
            vec![(QUERY, "delete from a"), (AS, "analyze"), (MODE, "write")],
            vec![(QUERY, " "), (AS, "explain")],
        ];
        for texts in refused {
            assert!(explained(&texts).is_err(), "{texts:?}");
        }
    }
}
