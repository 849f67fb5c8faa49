//! Format: SQL with its lines and spaces set anew, and nothing else of it changed.

use sqlformat::{Dialect, FormatOptions, QueryParams};
use squawk_lexer::{TokenKind, tokenize};

use super::run::QUERY;
use crate::error::ConsoleError;

/// What the form's [`AS`](super::run::AS) says for it.
pub const FORMAT: &str = "format";

/// Bytes of a text that is formatted, at most. The formatter takes far more than twice as long for twice as much.
pub const LONGEST: usize = 8 * 1024;

/// The text with its lines and spaces set anew.
///
/// # Errors
/// [`ConsoleError::Invalid`]: there is none, it is too long, or the formatter, which does not know all of PostgreSQL, would
/// have made another statement of it.
pub fn formatted(sql: &str) -> Result<String, ConsoleError> {
    let left = |why: String| Err(ConsoleError::invalid(QUERY, format!("Nothing was formatted: {why}")));
    if sql.trim().is_empty() {
        return left("there is no statement. Write one.".to_owned());
    }
    if sql.len() > LONGEST {
        return left(format!(
            "Steward formats up to {} kB at once. Format it in parts.",
            LONGEST / 1024
        ));
    }
    let options = FormatOptions {
        dialect: Dialect::PostgreSql,
        lines_between_queries: 2,
        max_inline_arguments: Some(60),
        max_inline_top_level: Some(60),
        ..FormatOptions::default()
    };
    let set = sqlformat::format(sql, &QueryParams::None, &options);
    if meaning(&set) != meaning(sql) {
        return left("more than spaces would have changed. The text stays as you wrote it.".to_owned());
    }
    Ok(set)
}

/// All but spaces: each token, and whether it is of one piece with the token before it where both are signs, since `- >` is not `->`.
/// Texts next to each other are one text only where a line ends between them.
fn meaning(sql: &str) -> Vec<(String, bool)> {
    let mut all: Vec<(String, bool)> = Vec::new();
    let (mut at, mut space) = (0, "");
    for token in tokenize(sql) {
        let end = at + token.len as usize;
        let text = sql.get(at..end).unwrap_or_default();
        at = end;
        match token.kind {
            TokenKind::Whitespace => space = text,
            TokenKind::LineComment | TokenKind::BlockComment { .. } => {
                // A comment's lines are moved with what is around them.
                all.push((text.split_whitespace().collect::<Vec<_>>().join(" "), false));
                space = "";
            }
            _ => {
                let before = all.last().map(|(text, _)| text.as_str()).unwrap_or_default();
                let joined = match (before, text) {
                    // A sign of a number after what it is equal to.
                    ("=", "-" | "+") => false,
                    _ if is_sign(before) && is_sign(text) => space.is_empty(),
                    _ if before.ends_with('\'') && text.starts_with('\'') => space.contains('\n'),
                    _ => false,
                };
                all.push((text.to_owned(), joined));
                space = "";
            }
        }
    }
    all
}

fn is_sign(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| b"+-*/<>=~!@#%^&|`?:".contains(&byte))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_and_spaces_are_set_anew() {
        let set = formatted("select a,b from t where a->>'x'='y' and b in (1,2) -- why\norder by 1").unwrap();
        assert!(set.lines().count() >= 3, "{set}");
        assert!(set.contains("a ->> 'x' = 'y'") && set.contains("-- why\n"), "{set}");
        assert!(formatted("select 1 where a=-1").is_ok());
    }

    #[test]
    fn what_is_quoted_stays_and_what_would_change_is_left() {
        for kept in ["'a  --  b'", "\"My  Table\"", "'{\"a\":  1}'::jsonb #>> '{a}'"] {
            let set = formatted(&format!("select {kept}"));
            assert!(set.as_ref().is_ok_and(|set| set.contains(kept)), "{kept}: {set:?}");
        }
        assert_ne!(meaning("a - > b"), meaning("a -> b"));
        assert_ne!(meaning("select 'a'\n'b'"), meaning("select 'a' 'b'"));
        assert_ne!(meaning("a -- b\n+ c"), meaning("a -- b + c"));
        // Bodies of functions and texts with escapes are more than the formatter knows.
        let unknown = ["select $$ begin  x := 1;  end $$", "select e'a\\'  b'"].map(str::to_owned);
        for text in [" \n".to_owned(), "x ".repeat(LONGEST)].into_iter().chain(unknown) {
            assert!(formatted(&text).is_err());
        }
    }

    #[test]
    fn the_longest_takes_a_moment() {
        let began = Instant::now();
        for text in ["select a, (b), 'c' from d; ", "(", "case when ", "/* ", "a,"] {
            let _ = formatted(&text.repeat(LONGEST / text.len()));
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_the_same_statement_or_left(text in "[a-z0-9 '\"$(),;.:=<>|@-]{0,60}|\\PC{0,40}") {
            if let Ok(set) = formatted(&text) {
                prop_assert_eq!(meaning(&set), meaning(&text));
            }
        }
    }
}
