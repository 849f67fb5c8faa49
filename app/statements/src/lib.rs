//! Where the statements of an SQL script begin and end: for the console, which says what each of them does, and for the
//! sandbox, which runs them one by one.

use std::collections::BTreeSet;

use squawk_lexer::{LiteralKind, TokenKind, tokenize};
use squawk_syntax::SourceFile;

/// A statement whose parts may stand so deep within one another is not read: the reader goes down a level for each.
pub const DEEPEST: usize = 2_000;
/// Room for so many levels: the reader was seen to need up to 8 MiB for a thousand, in a build for tests.
pub const STACK: usize = 64 * 1024 * 1024;
/// A script of more bytes is cut by its semicolons alone.
const LONGEST: usize = 2 * 1024 * 1024;

/// A statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// Without the comments around it, and without the semicolon that ends it.
    pub text: &'a str,
    /// Bytes of the script before it.
    pub start: usize,
}

/// The statements of a script; empty ones and mere comments are left out. What cannot be read ends at a semicolon, too.
pub fn statements(script: &str) -> Vec<Statement<'_>> {
    let starts = match emptied(script).filter(|text| text.len() <= LONGEST) {
        Some(text) => deeply(move || starts(&text)),
        None => None,
    };
    let starts = starts.unwrap_or_else(|| outside_of_brackets(script));
    let ends = starts.iter().skip(1).copied().chain([script.len()]);
    // What stands before the first one is a comment, or else cannot be read.
    let before = starts.first().copied().unwrap_or(script.len());
    std::iter::once((0, before))
        .chain(starts.iter().copied().zip(ends))
        .filter_map(|(start, end)| without_notes(script.get(start..end)?, start))
        .collect()
}

/// Where statements begin. `begin atomic … end` and `do (…; …)` hold semicolons that end none.
fn starts(text: &str) -> Vec<usize> {
    let parse = SourceFile::parse(text);
    // A statement, and what follows it up to the next. What cannot be read is many small nodes.
    let after_semicolons = after_semicolons(text, |_| true);
    let nodes = parse.syntax_node();
    let starts = nodes.children().map(|node| usize::from(node.text_range().start()));
    starts.filter(|start| after_semicolons.contains(start)).collect()
}

/// The same for what the reader cannot take.
fn outside_of_brackets(text: &str) -> Vec<usize> {
    after_semicolons(text, |depth| depth == 0).into_iter().collect()
}

/// Where something begins that a semicolon, or nothing, stands before. `counts` says of a semicolon whether it does, by the
/// brackets that are open around it.
fn after_semicolons(text: &str, counts: impl Fn(usize) -> bool) -> BTreeSet<usize> {
    let (mut places, mut at, mut after, mut depth) = (BTreeSet::new(), 0, true, 0_usize);
    for token in tokenize(text) {
        match token.kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => {}
            TokenKind::Semi if counts(depth) => after = true,
            kind => {
                match kind {
                    TokenKind::OpenParen => depth += 1,
                    TokenKind::CloseParen => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if std::mem::take(&mut after) {
                    places.insert(at);
                }
            }
        }
        at += token.len as usize;
    }
    places
}

/// A statement without the comments and empty lines around it, and without the semicolon that ends it; `start` is where
/// `text` begins in its script.
fn without_notes(text: &str, start: usize) -> Option<Statement<'_>> {
    let (mut first, mut last, mut at) = (None, 0, 0);
    for token in tokenize(text) {
        let end = at + token.len as usize;
        match token.kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } | TokenKind::Semi => {}
            _ => {
                first = first.or(Some(at));
                last = end;
            }
        }
        at = end;
    }
    let first = first?;
    Some(Statement {
        text: text.get(first..last)?,
        start: start + first,
    })
}

/// Runs `read` where there is room for the reader's levels; `None` where it broke off.
pub fn deeply<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let reader = std::thread::Builder::new().stack_size(STACK);
    reader.spawn(read).ok().and_then(|reader| reader.join().ok())
}

/// The script with empty literals, everything in its place: what they hold is data or the body of a function, which the
/// reader would read, too. `None` where it is too deep for the reader, or a literal does not end.
pub fn emptied(script: &str) -> Option<String> {
    let mut text = String::with_capacity(script.len());
    // How many tokens stand between the last comma and here, for each level of brackets: each may be a level of its own.
    let mut levels = vec![0];
    let mut rest = script;
    for token in tokenize(script) {
        let (content, after) = rest.split_at_checked(token.len as usize)?;
        rest = after;
        match token.kind {
            TokenKind::Literal {
                kind:
                    LiteralKind::Str { terminated }
                    | LiteralKind::EscStr { terminated }
                    | LiteralKind::DollarQuotedString { terminated }
                    | LiteralKind::UnicodeEscStr { terminated }
                    | LiteralKind::NationalStr { terminated },
            } => {
                if !terminated {
                    return None;
                }
                empty(content, &mut text);
            }
            _ => text.push_str(content),
        }
        match token.kind {
            TokenKind::Semi => levels = vec![0],
            TokenKind::OpenParen | TokenKind::OpenBracket => levels.push(1),
            TokenKind::CloseParen | TokenKind::CloseBracket if levels.len() > 1 => drop(levels.pop()),
            TokenKind::Comma => levels.last_mut().into_iter().for_each(|level| *level = 1),
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => {}
            _ => levels.last_mut().into_iter().for_each(|level| *level += 1),
        }
        if levels.iter().sum::<usize>() > DEEPEST {
            return None;
        }
    }
    Some(text)
}

/// Puts a literal of the same length in bytes and lines, which holds nothing. One in dollars keeps apart from its
/// neighbours, as quotes side by side would be one in a text.
fn empty(literal: &str, text: &mut String) {
    let last = literal.len().saturating_sub(1);
    let (open, close) = if literal.starts_with('$') {
        (1, last.saturating_sub(1))
    } else {
        (0, last)
    };
    text.extend(literal.bytes().enumerate().map(|(at, byte)| match byte {
        _ if at == open || at == close => '\'',
        b'\n' => '\n',
        _ => ' ',
    }));
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
            "create or replace function f() returns int language sql begin atomic select 1; select 2; end",
            "create procedure p(a int) begin atomic insert into t values (a); end",
            "create function cs(begin date) returns int language sql as 'select 1'",
            "create function \"case\"(end date) returns int language sql as $$ select 1; $$",
            "create table begin (atomic int)",
            "select a$b from t where x = $1",
            "select U&'\\0027;', U&\"d;\"",
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
    fn names_like_keywords_end_nothing_and_hide_nothing() {
        let script = "create function public.cs(begin date) returns int language sql as 'select 1'; \
            create table public.b2(i int); rollback";
        assert_eq!(texts(script).len(), 3);
        assert_eq!(texts(script)[2], "rollback");
    }

    #[test]
    fn a_comment_ends_with_its_line_whatever_ends_that() {
        for end in ["\n", "\r", "\r\n"] {
            assert_eq!(
                texts(&format!("-- a;{end}select 1;-- b{end}drop table c")),
                ["select 1", "drop table c"]
            );
        }
    }

    #[test]
    fn what_is_broken_ends_at_its_semicolon() {
        assert_eq!(texts("selec 1; create table a (; drop table b").len(), 3);
        assert_eq!(texts("drop table a; nonsense here; create table b ()").len(), 3);
    }

    #[test]
    fn a_place_is_where_the_text_stands() {
        let script = "/* \u{e9} */ select '\u{e9};\u{e9}'; -- \u{fc}\n select x;";
        for statement in statements(script) {
            assert_eq!(
                script.get(statement.start..statement.start + statement.text.len()),
                Some(statement.text)
            );
        }
        assert_eq!(statements(script).len(), 2);
    }

    #[test]
    fn emptying_leaves_everything_in_its_place() {
        for (script, expected) in [
            ("select 'a;b', 1", "select '   ', 1"),
            ("$$a$$'b'", " ' ' ' '"),
            ("select E'\\'\n;'", "select '   \n '"),
            ("''$a$\u{e9}$a$", "'' '    ' "),
        ] {
            assert_eq!(emptied(script).as_deref(), Some(expected), "{script}");
        }
        assert_eq!(emptied("select 'a"), None);
    }

    #[test]
    fn what_is_too_much_for_the_reader_is_cut_all_the_same() {
        let deep = format!("select {}1{}", "(".repeat(30_000), ")".repeat(30_000));
        assert_eq!(
            texts(&format!("{deep}; select 2; create rule r as on insert to t do (a; b)")).len(),
            3
        );
        let body = format!(
            "create function f() returns int language sql as $${}$$",
            "(".repeat(100_000)
        );
        assert_eq!(texts(&format!("{body}; select 2")).len(), 2);
        let long = "insert into t values (1, 'x;y');".repeat(100_000);
        assert_eq!(texts(&long).len(), 100_000);
    }
}
