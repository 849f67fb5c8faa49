//! A script taken apart into its statements, the way psql finds their ends.

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
        let mut words = Lexer::new(self.text).filter_map(|token| match token {
            Token::Word(word) => Some(word.to_ascii_lowercase()),
            _ => None,
        });
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

/// The statements of a script; empty ones and mere comments are left out.
pub fn statements(script: &str) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    let mut lexer = Lexer::new(script);
    let (mut start, mut depth, mut words) = (0, 0_usize, Words::default());
    loop {
        let token = lexer.next();
        match token {
            Some(Token::Semicolon) if depth > 0 || words.open > 0 => continue,
            Some(Token::Word(word)) => {
                words.take(word);
                continue;
            }
            Some(Token::Opening) => {
                depth += 1;
                words.any = true;
                continue;
            }
            Some(Token::Closing) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Some(Token::Other) => {
                words.any = true;
                continue;
            }
            Some(Token::Semicolon) | None => {}
        }
        let end = lexer.position - usize::from(token.is_some());
        if words.any {
            let text = script[start..end].trim_start();
            let begin = end - text.len();
            found.push(Statement {
                text: text.trim_end(),
                offset: script[..begin].chars().count(),
            });
        }
        if token.is_none() {
            return found;
        }
        (start, depth, words) = (lexer.position, 0, Words::default());
    }
}

/// What the words of a statement tell so far: within the body of a function in standard SQL, semicolons end nothing.
#[derive(Default)]
struct Words {
    any: bool,
    creates: bool,
    routine: bool,
    /// `BEGIN` and `CASE` that wait for their `END`.
    open: usize,
}

impl Words {
    fn take(&mut self, word: &str) {
        let word = word.to_ascii_lowercase();
        if !self.any {
            self.creates = word == "create";
        }
        self.any = true;
        match word.as_str() {
            "function" | "procedure" => self.routine |= self.creates,
            "begin" if self.routine => self.open += 1,
            "case" if self.open > 0 => self.open += 1,
            "end" => self.open = self.open.saturating_sub(1),
            _ => {}
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Semicolon,
    Opening,
    Closing,
    /// A quoted thing, a number, an operator.
    Other,
}

/// Reads tokens; space and comments are between them.
struct Lexer<'a> {
    text: &'a str,
    /// In bytes.
    position: usize,
}

impl<'a> Lexer<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, position: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    /// Goes on to behind the next `end`, or to the end.
    fn past(&mut self, end: &str) {
        let found = self.rest().find(end);
        self.position = found.map_or(self.text.len(), |at| self.position + at + end.len());
    }

    /// Goes on to behind a closing quote; a doubled one is none, nor is one behind a backslash where those escape.
    fn past_quote(&mut self, quote: char, escapes: bool) {
        let mut characters = self.rest().char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            if character == '\\' && escapes {
                characters.next();
            } else if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
                self.position += at + quote.len_utf8();
                return;
            }
        }
        self.position = self.text.len();
    }

    /// Comments nest.
    fn past_comment(&mut self) {
        let mut depth = 0;
        while self.position < self.text.len() {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.position += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.position += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.position += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
    }

    /// The delimiter `$tag$` that begins here.
    fn dollar(&self) -> Option<&'a str> {
        let rest = self.rest();
        let tag = rest.strip_prefix('$')?;
        let end = tag.find('$')?;
        let named = tag[..end].chars().all(|c| c.is_alphanumeric() || c == '_');
        let digit = tag.starts_with(|c: char| c.is_ascii_digit());
        (named && !digit).then(|| &rest[..end + 2])
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let character = rest.chars().next()?;
            if character.is_whitespace() {
                self.position += character.len_utf8();
            } else if rest.starts_with("--") {
                self.past("\n");
            } else if rest.starts_with("/*") {
                self.past_comment();
            } else if let Some(delimiter) = self.dollar() {
                self.position += delimiter.len();
                self.past(delimiter);
                return Some(Token::Other);
            } else if character.is_alphabetic() || character == '_' {
                let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
                let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
                self.position += length;
                let word = &rest[..length];
                if word.eq_ignore_ascii_case("e") && self.rest().starts_with('\'') {
                    self.position += 1;
                    self.past_quote('\'', true);
                    return Some(Token::Other);
                }
                return Some(Token::Word(word));
            } else {
                self.position += character.len_utf8();
                return Some(match character {
                    ';' => Token::Semicolon,
                    '(' => Token::Opening,
                    ')' => Token::Closing,
                    '\'' | '"' => {
                        self.past_quote(character, false);
                        Token::Other
                    }
                    _ => Token::Other,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(script: &str) -> Vec<&str> {
        statements(script).iter().map(|statement| statement.text).collect()
    }

    #[test]
    fn semicolons_end_statements_where_they_stand_open() {
        assert_eq!(texts("select 1; select 2 ;; -- no more;\n"), ["select 1", "select 2"]);
        for whole in [
            "select ';', E'\\';', \"a;b\", 'it''s;'",
            "select $$a;b$$, $x$ ; $$ ; $x$",
            "select 1 /* a; /* b; */ c; */ + 1",
            "create rule r as on insert to t do (select 1; select 2)",
            "create function f() returns int begin atomic select case when true then 1 end; select 2; end",
            "select a$b from t where x = $1",
        ] {
            assert_eq!(texts(whole), [whole]);
            assert_eq!(texts(&format!("{whole}\n; select 2")), [whole, "select 2"]);
        }
        let unfinished = "select 'unfinished; select 2";
        assert_eq!(texts(unfinished), [unfinished]);
        assert_eq!(texts("begin; select 1; end; select 2").len(), 4);
        assert!(texts(" ; /* nothing */ -- at all").is_empty());
    }

    #[test]
    fn offsets_count_characters() {
        let script = "select 'é'; -- ü\n select x";
        let second = statements(script)[1];
        assert!(second.text.ends_with("select x"));
        let skipped: String = script.chars().skip(second.offset).collect();
        assert_eq!(skipped, second.text);
    }

    #[test]
    fn the_transaction_is_recognised_behind_comments() {
        let of = |text| Statement { text, offset: 0 }.transaction();
        assert_eq!(of("/* x */ BEGIN"), Transaction::Begins);
        assert_eq!(of("-- y\nstart transaction"), Transaction::Begins);
        assert_eq!(of("end"), Transaction::Commits);
        assert_eq!(of("commit prepared 'x'"), Transaction::Leaves);
        assert_eq!(of("rollback"), Transaction::Leaves);
        assert_eq!(of("rollback to savepoint a"), Transaction::Stays);
        assert_eq!(of("prepare transaction 'x'"), Transaction::Leaves);
        assert_eq!(of("prepare q as select 1"), Transaction::Stays);
        assert_eq!(of("select 1"), Transaction::Stays);
    }
}
