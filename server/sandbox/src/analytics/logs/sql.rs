//! From the dialect in which logs are asked to PostgreSQL's: what a set of functions cannot bridge.

/// A query in PostgreSQL's dialect.
#[derive(Debug, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    /// The words in it, in lower case: among them are the sources it reads.
    pub words: Vec<String>,
}

/// A piece of SQL. Comments and blanks are none.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A keyword, a name or a number, as it was written.
    Word(String),
    /// A name in backticks.
    Name(String),
    /// The content of a literal.
    Text(String),
    Sign(char),
}

use Token::{Name, Sign, Text, Word};

const UNITS: &[&str] = &[
    "microsecond",
    "millisecond",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
];

/// Translates one query; `now` is the time in PostgreSQL's writing.
///
/// # Errors
/// What is wrong with it, for the person who wrote it.
pub fn translate(sql: &str, now: &str) -> Result<Query, String> {
    let mut tokens = read(sql)?;
    while tokens.last() == Some(&Sign(';')) {
        tokens.pop();
    }
    if tokens.contains(&Sign(';')) {
        return Err("Only one statement can be run at a time.".to_owned());
    }
    if !["select", "with"].iter().any(|word| is(tokens.first(), word)) {
        return Err("Only SELECT statements can be run.".to_owned());
    }
    group_by_position(&mut tokens);
    let words = tokens.iter().filter_map(|token| match token {
        Word(word) | Name(word) => Some(word.to_lowercase()),
        Text(_) | Sign(_) => None,
    });
    Ok(Query {
        words: words.collect(),
        text: write(&tokens, now),
    })
}

fn is(token: Option<&Token>, word: &str) -> bool {
    matches!(token, Some(Word(found)) if found.eq_ignore_ascii_case(word))
}

fn unit(token: Option<&Token>) -> Option<String> {
    match token {
        Some(Word(word)) if UNITS.iter().any(|unit| word.eq_ignore_ascii_case(unit)) => Some(word.to_lowercase()),
        _ => None,
    }
}

fn read(sql: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = sql.chars().peekable();
    while let Some(first) = rest.next() {
        match first {
            _ if first.is_whitespace() => {}
            '#' => skip_line(&mut rest),
            '-' if rest.peek() == Some(&'-') => skip_line(&mut rest),
            '/' if rest.peek() == Some(&'*') => {
                rest.next();
                let mut last = ' ';
                loop {
                    let next = rest.next().ok_or("A comment does not end.")?;
                    if (last, next) == ('*', '/') {
                        break;
                    }
                    last = next;
                }
            }
            '\'' | '"' => tokens.push(Text(literal(&mut rest, first, false)?)),
            '`' => tokens.push(Name(literal(&mut rest, first, true)?)),
            'r' | 'R' if matches!(rest.peek(), Some('\'' | '"')) => {
                let quote = rest.next().unwrap_or('\'');
                tokens.push(Text(literal(&mut rest, quote, true)?));
            }
            _ if first.is_alphanumeric() || first == '_' => {
                let mut word = String::from(first);
                let inside =
                    |next: &char| next.is_alphanumeric() || *next == '_' || (*next == '.' && first.is_ascii_digit());
                while let Some(next) = rest.next_if(inside) {
                    word.push(next);
                }
                tokens.push(Word(word));
            }
            '$' | '\0' => return Err(format!("Syntax error: unexpected {first:?}.")),
            _ => tokens.push(Sign(first)),
        }
    }
    Ok(tokens)
}

fn skip_line(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    rest.by_ref().find(|next| *next == '\n');
}

/// The content up to the closing quote; a raw literal keeps its backslashes.
fn literal(rest: &mut impl Iterator<Item = char>, quote: char, raw: bool) -> Result<String, String> {
    let mut text = String::new();
    loop {
        let next = rest.next().ok_or("A literal does not end.")?;
        if next == quote {
            return Ok(text);
        }
        if next == '\\' && !raw {
            match rest.next().ok_or("A literal does not end.")? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'r' => text.push('\r'),
                other => text.push(other),
            }
        } else {
            text.push(next);
        }
    }
}

/// `GROUP BY` means a column of the result first, where PostgreSQL means one of the sources: so the columns' positions
/// take the place of their names. Studio's charts, for one, group by a `timestamp` made of the source's `timestamp`.
fn group_by_position(tokens: &mut [Token]) {
    let mut depth = 0;
    // The names of the columns of each query around the place, with the depth it stands at.
    let mut queries: Vec<(i32, Vec<Option<String>>)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            Sign('(') => depth += 1,
            Sign(')') => {
                depth -= 1;
                queries.retain(|(level, _)| *level <= depth);
            }
            Word(word) if word.eq_ignore_ascii_case("select") => {
                queries.retain(|(level, _)| *level < depth);
                queries.push((depth, names(&tokens[at + 1..])));
            }
            Word(word) if word.eq_ignore_ascii_case("group") && is(tokens.get(at + 1), "by") => {
                if let Some((_, names)) = queries.last().filter(|(level, _)| *level == depth) {
                    replace(&mut tokens[at + 2..], names);
                }
            }
            Word(_) | Name(_) | Text(_) | Sign(_) => {}
        }
        at += 1;
    }
}

/// The names given with `AS` in a list of columns, by position.
fn names(tokens: &[Token]) -> Vec<Option<String>> {
    let mut depth = 0;
    let mut names = vec![None];
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Sign('(') => depth += 1,
            Sign(')') if depth == 0 => break,
            Sign(')') => depth -= 1,
            Sign(',') if depth == 0 => names.push(None),
            Word(word) if depth == 0 && word.eq_ignore_ascii_case("from") => break,
            Word(word) if depth == 0 && word.eq_ignore_ascii_case("as") => {
                if let (Some(Word(name) | Name(name)), Some(last)) = (tokens.get(at + 1), names.last_mut()) {
                    *last = Some(name.to_lowercase());
                }
            }
            Word(_) | Name(_) | Text(_) | Sign(_) => {}
        }
    }
    names
}

/// Puts positions where a list holds nothing but a name.
fn replace(tokens: &mut [Token], names: &[Option<String>]) {
    for at in 0..tokens.len() {
        let begins = at == 0 || tokens[at - 1] == Sign(',');
        let ends = !matches!(tokens.get(at + 1), Some(Sign(sign)) if !matches!(sign, ',' | ')'));
        if let Word(name) | Name(name) = &tokens[at]
            && begins
            && ends
            && let Some(place) = names
                .iter()
                .position(|known| known.as_ref() == Some(&name.to_lowercase()))
        {
            tokens[at] = Word((place + 1).to_string());
        }
        // A list ends where something other than a comma follows a whole item.
        if matches!(&tokens[at], Sign(')')) || is(Some(&tokens[at]), "order") || is(Some(&tokens[at]), "having") {
            break;
        }
    }
}

fn write(tokens: &[Token], now: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (before, after) = (at.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(at + 1));
        at += 1;
        if !is_operator(before, token) {
            text.push(' ');
        }
        match token {
            Word(word) if word.eq_ignore_ascii_case("current_timestamp") && before != Some(&Sign('.')) => {
                text.push_str(&format!("timestamptz {}", quoted(now, '\'')));
                if tokens.get(at..at + 2) == Some(&[Sign('('), Sign(')')]) {
                    at += 2;
                }
            }
            // A function there, where PostgreSQL knows only the type.
            Word(word) if word.eq_ignore_ascii_case("timestamp") && after == Some(&Sign('(')) => {
                text.push_str("timestamp_of");
            }
            Word(word) if word.eq_ignore_ascii_case("timestamp") && matches!(after, Some(Text(_))) => {
                text.push_str("timestamptz");
            }
            Word(word) if word.eq_ignore_ascii_case("interval") => {
                text.push_str("interval");
                if let (Some(Word(number)), Some(unit)) = (after, unit(tokens.get(at + 1))) {
                    text.push_str(&format!(" {}", quoted(&format!("{number} {unit}"), '\'')));
                    at += 2;
                }
            }
            Word(word) if before == Some(&Sign(',')) && after == Some(&Sign(')')) && unit(Some(token)).is_some() => {
                text.push_str(&quoted(&word.to_lowercase(), '\''));
            }
            Word(word) => text.push_str(word),
            Name(name) => text.push_str(&quoted(name, '"')),
            Text(content) => text.push_str(&quoted(content, '\'')),
            Sign(sign) => text.push(*sign),
        }
    }
    text
}

/// Whether two signs are one operator. Two others must not become one, as a minus of a minus would a comment.
fn is_operator(before: Option<&Token>, token: &Token) -> bool {
    let (Some(Sign(first)), Sign(second)) = (before, token) else {
        return false;
    };
    matches!(
        (first, second),
        ('!' | '<' | '>', '=') | ('<', '>') | ('|', '|') | (':', ':') | ('<', '<') | ('>', '>')
    )
}

/// PostgreSQL's standard literals take backslashes as they are.
fn quoted(text: &str, quote: char) -> String {
    let doubled = text.replace(quote, &format!("{quote}{quote}"));
    format!("{quote}{doubled}{quote}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(sql: &str) -> String {
        let text = translate(sql, "NOW").unwrap().text;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_dialects_differ_in_little() {
        for (theirs, ours) in [
            ("SELECT `a b`, \"it's\" -- why", "SELECT \"a b\" , 'it''s'"),
            (r#"select r'\d+', '\'', 'a\\b' # why"#, r#"select '\d+' , '''' , 'a\b'"#),
            (
                "select timestamp_trunc(timestamp, hour)",
                "select timestamp_trunc ( timestamp , 'hour' )",
            ),
            (
                "select 1 where timestamp > timestamp_sub(current_timestamp(), interval 2 hour);",
                "select 1 where timestamp > timestamp_sub ( timestamptz 'NOW' , interval '2 hour' )",
            ),
            (
                "select timestamp('x') >= timestamp 'y'",
                "select timestamp_of ( 'x' ) >= timestamptz 'y'",
            ),
            ("select a /* ; */ != b - -1.5", "select a != b - - 1.5"),
        ] {
            assert_eq!(translated(theirs), ours);
        }
    }

    #[test]
    fn groups_are_the_results_columns() {
        let sql = "select timestamp_trunc(t.timestamp, minute) as timestamp, count(*) as n from edge_logs t
            where a in (select x as timestamp from b group by timestamp, c) group by timestamp, t.id order by timestamp";
        let text = translated(sql);
        assert!(
            text.contains("from b group by 1 , c ) group by 1 , t . id order by timestamp"),
            "{text}"
        );
        assert!(translated("select method from e group by method").ends_with("group by method"));
    }

    #[test]
    fn one_query_and_nothing_else() {
        for bad in [
            "",
            "delete from edge_logs",
            "select 1; select 2",
            "select 'x",
            "select $1",
            "select /* 1",
        ] {
            assert!(translate(bad, "NOW").is_err(), "{bad}");
        }
        let query = translate("with x as (select 1 from Edge_Logs) select * from x", "NOW").unwrap();
        assert!(query.words.contains(&"edge_logs".to_owned()));
    }
}
