//! Problem: what PostgreSQL says is wrong with a statement, taken apart.

use std::sync::LazyLock;

use regex::Regex;

/// The parts of an error of PostgreSQL's, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// Such as `column "amout" does not exist`.
    pub says: String,
    /// SQLSTATE, such as `42703`.
    pub code: Option<String>,
    /// Line of the statement, from 1, what stands there, and how many characters of it stand before the place.
    pub place: Option<(usize, String, usize)>,
    pub detail: Option<String>,
    pub hint: Option<String>,
    pub context: Option<String>,
}

static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?s)^(?:Failed to run sql query: )?(?:ERROR|FATAL|PANIC): +(?:([0-9A-Z]{5}): )?(.*)$").ok()
});

/// The API gives an error as one text: its first line says what is wrong, `LINE n:` begins the line it is about, with a
/// caret below, and `DETAIL:`, `HINT:`, `QUERY:` and `CONTEXT:` begin what else is told. `None` where it is no such text.
pub fn problem(message: &str) -> Option<Problem> {
    let found = HEAD.as_ref()?.captures(message)?;
    let mut lines = found.get(2)?.as_str().lines().peekable();
    let mut problem = Problem {
        code: found.get(1).map(|code| code.as_str().to_owned()),
        ..Problem::default()
    };
    let mut at = Part::Says;
    while let Some(line) = lines.next() {
        if let Some((number, text)) = numbered(line) {
            // Under it a caret marks the place.
            let caret = lines.next_if(|next| next.trim() == "^");
            let label = line.chars().count() - text.chars().count();
            let before = caret.map_or(0, |caret| caret.chars().count().saturating_sub(label + 1));
            problem.place = Some((number, text.to_owned(), before));
            continue;
        }
        let begins = [
            ("DETAIL:", Part::Detail),
            ("HINT:", Part::Hint),
            ("CONTEXT:", Part::Context),
            ("QUERY:", Part::Context),
        ];
        let begun = begins
            .iter()
            .find_map(|(name, part)| Some((line.strip_prefix(name)?, *part)));
        let text = match begun {
            Some((text, part)) => {
                at = part;
                text.trim()
            }
            None => line,
        };
        let field = match at {
            Part::Says => &mut problem.says,
            Part::Detail => problem.detail.get_or_insert_default(),
            Part::Hint => problem.hint.get_or_insert_default(),
            Part::Context => problem.context.get_or_insert_default(),
        };
        if !field.is_empty() && !text.is_empty() {
            field.push('\n');
        }
        field.push_str(text);
    }
    Some(problem)
}

#[derive(Clone, Copy)]
enum Part {
    Says,
    Detail,
    Hint,
    Context,
}

/// `LINE 3: select x` as 3 and what stands in that line.
fn numbered(line: &str) -> Option<(usize, &str)> {
    let (number, text) = line.strip_prefix("LINE ")?.split_once(": ")?;
    Some((number.parse().ok()?, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_taken_apart() {
        let message = "Failed to run sql query: ERROR:  42703: column \"amout\" does not exist\nLINE 2:   amout\n          ^\n\
            HINT:  Perhaps you meant to reference the column \"invoices.amount\".\n";
        let problem = problem(message).unwrap();
        assert_eq!(problem.says, "column \"amout\" does not exist");
        assert_eq!(problem.code.as_deref(), Some("42703"));
        assert_eq!(problem.place, Some((2, "  amout".to_owned(), 2)));
        assert!(problem.hint.unwrap().starts_with("Perhaps you meant"));
        assert_eq!(problem.detail, None);
    }

    #[test]
    fn several_lines_of_one_part_stay_together() {
        let message = "ERROR:  P0001: no\nDETAIL:  one\ntwo\nCONTEXT:  PL/pgSQL function f() line 3 at RAISE\n";
        let problem = problem(message).unwrap();
        assert_eq!(problem.detail.as_deref(), Some("one\ntwo"));
        assert_eq!(
            problem.context.as_deref(),
            Some("PL/pgSQL function f() line 3 at RAISE")
        );
        assert_eq!((problem.says.as_str(), problem.place), ("no", None));
    }

    #[test]
    fn other_refusals_are_none() {
        assert_eq!(problem("query: expected at least one character."), None);
        assert_eq!(problem("The project is paused."), None);
    }
}
