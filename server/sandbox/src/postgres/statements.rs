//! A script taken apart into its statements, and what each of them does to the transaction it stands in.

use squawk_lexer::{TokenKind, tokenize};

/// One statement of a script, without its semicolon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    pub text: &'a str,
    /// Characters of the script before it.
    pub offset: usize,
}

/// What a statement does to the transaction it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transaction {
    Begins,
    Commits,
    /// Rolls back, or prepares a commit in two steps.
    Leaves,
    Stays,
}

impl Statement<'_> {
    pub fn transaction(&self) -> Transaction {
        let mut words = words(self.text);
        let first = words.next().unwrap_or_default();
        match first.as_str() {
            "begin" | "start" => Transaction::Begins,
            "commit" | "end" if words.next().as_deref() != Some("prepared") => Transaction::Commits,
            "commit" | "abort" => Transaction::Leaves,
            "rollback" if !words.any(|word| word == "to") => Transaction::Leaves,
            "prepare" if words.next().as_deref() == Some("transaction") => Transaction::Leaves,
            _ => Transaction::Stays,
        }
    }
}

/// The words of a statement in small letters: names without quotes, and keywords.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut at = 0;
    tokenize(text).filter_map(move |token| {
        let start = at;
        at += token.len as usize;
        let word = (token.kind == TokenKind::Ident).then(|| text.get(start..at))?;
        word.map(str::to_ascii_lowercase)
    })
}

/// The statements of a script; empty ones and mere comments are left out.
pub fn statements(script: &str) -> Vec<Statement<'_>> {
    let (mut bytes, mut characters) = (0, 0);
    let found = statements::statements(script).into_iter().map(|statement| {
        let between = script.get(bytes..statement.start).unwrap_or_default();
        (bytes, characters) = (statement.start, characters + between.chars().count());
        Statement {
            text: statement.text,
            offset: characters,
        }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_characters() {
        let script = "select 'é'; -- ü\n select x; select 'ö'; select y";
        let statements = statements(script);
        assert_eq!(statements.len(), 4);
        for statement in statements {
            let rest: String = script.chars().skip(statement.offset).collect();
            assert!(rest.starts_with(statement.text), "{}", statement.text);
        }
    }

    #[test]
    fn the_transaction_is_recognised_behind_comments() {
        let of = |text| Statement { text, offset: 0 }.transaction();
        assert_eq!(of("/* x */ BEGIN"), Transaction::Begins);
        assert_eq!(of("-- y\nstart transaction"), Transaction::Begins);
        assert_eq!(of("-- y\rstart transaction"), Transaction::Begins);
        assert_eq!(of("end"), Transaction::Commits);
        assert_eq!(of("commit prepared 'x'"), Transaction::Leaves);
        assert_eq!(of("rollback"), Transaction::Leaves);
        assert_eq!(of("rollback to savepoint a"), Transaction::Stays);
        assert_eq!(of("prepare transaction 'x'"), Transaction::Leaves);
        assert_eq!(of("prepare q as select 1"), Transaction::Stays);
        assert_eq!(of("\"begin\""), Transaction::Stays);
        assert_eq!(of("select 1"), Transaction::Stays);
    }
}
