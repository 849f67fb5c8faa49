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

/// Where the lines go to, or come from, of a statement that copies them between the server and whoever sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    ToClient,
    FromClient,
}

impl<'a> Statement<'a> {
    /// `EXPLAIN` with its options, and what it tells of; the first is empty where it is none.
    pub fn explained(&self) -> (&'a str, &'a str) {
        let (mut at, mut depth, mut began) = (0, 0, false);
        for token in tokenize(self.text) {
            let end = at + token.len as usize;
            let text = self.text.get(at..end).unwrap_or_default();
            let word = text.to_ascii_lowercase();
            match token.kind {
                TokenKind::Ident if !began && word == "explain" => began = true,
                TokenKind::OpenParen if began && depth == 0 && !self.options_begin(at) => break,
                TokenKind::OpenParen if began => depth += 1,
                TokenKind::CloseParen if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                TokenKind::Ident if began && matches!(word.as_str(), "analyze" | "analyse" | "verbose") => {}
                TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => {}
                _ => break,
            }
            at = end;
        }
        if began { self.text.split_at(at) } else { ("", self.text) }
    }

    /// Whether the parenthesis at `at` holds options, and no query.
    fn options_begin(&self, at: usize) -> bool {
        let inside = self.text.get(at + 1..).unwrap_or_default();
        let first = words(inside).next().unwrap_or_default();
        !inside.trim_start().starts_with('(') && !matches!(first.as_str(), "select" | "with" | "values" | "table")
    }

    /// Whether it copies lines to or from whoever sent it.
    pub fn copies(&self) -> Option<Way> {
        let words: Vec<String> = words(self.text).collect();
        if words.first().is_none_or(|first| first != "copy") {
            return None;
        }
        let says = |way: &str, end: &str| words.windows(2).any(|pair| pair == [way, end]);
        match (says("to", "stdout"), says("from", "stdin")) {
            (true, _) => Some(Way::ToClient),
            (false, true) => Some(Way::FromClient),
            (false, false) => None,
        }
    }

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
    fn what_explain_tells_of_is_taken_out_of_it() {
        let of = |text: &'static str| Statement { text, offset: 0 }.explained();
        assert_eq!(of("select $1"), ("", "select $1"));
        assert_eq!(of("explain select $1"), ("explain ", "select $1"));
        assert_eq!(
            of("/* a */ EXPLAIN analyze VERBOSE table t"),
            ("/* a */ EXPLAIN analyze VERBOSE ", "table t")
        );
        assert_eq!(
            of("explain (costs off, format json) select 1"),
            ("explain (costs off, format json) ", "select 1")
        );
        assert_eq!(of("explain (select $1)"), ("explain ", "(select $1)"));
        assert_eq!(of("explain ((select $1))"), ("explain ", "((select $1))"));
    }

    #[test]
    fn copies_between_server_and_client_are_recognised() {
        let of = |text: &'static str| Statement { text, offset: 0 }.copies();
        assert_eq!(of("copy t to stdout"), Some(Way::ToClient));
        assert_eq!(of("-- x\nCOPY (select 1) TO STDOUT (format csv)"), Some(Way::ToClient));
        assert_eq!(of("copy t (a) from stdin"), Some(Way::FromClient));
        assert_eq!(of("copy t to '/tmp/x'"), None);
        assert_eq!(of("select 'copy t to stdout'"), None);
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
