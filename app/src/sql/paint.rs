//! SQL in colours: keywords, texts, numbers and remarks, line by line.

use squawk_lexer::{LiteralKind, TokenKind, tokenize};

use crate::ui::lines::{Ink, Part};

/// Words that are shown as keywords: what statements are made of. A name that is one of them is coloured, too.
const KEYS: &[&str] = &[
    "add",
    "all",
    "alter",
    "always",
    "and",
    "any",
    "as",
    "asc",
    "before",
    "after",
    "begin",
    "between",
    "by",
    "cascade",
    "case",
    "check",
    "column",
    "comment",
    "constraint",
    "create",
    "default",
    "definer",
    "delete",
    "desc",
    "disable",
    "drop",
    "each",
    "else",
    "enable",
    "end",
    "enum",
    "execute",
    "exists",
    "extension",
    "for",
    "force",
    "foreign",
    "from",
    "function",
    "generated",
    "grant",
    "identity",
    "if",
    "in",
    "index",
    "insert",
    "into",
    "invoker",
    "is",
    "join",
    "key",
    "language",
    "left",
    "level",
    "limit",
    "materialized",
    "not",
    "null",
    "of",
    "on",
    "only",
    "or",
    "order",
    "owner",
    "policy",
    "primary",
    "privileges",
    "procedure",
    "references",
    "rename",
    "replace",
    "restrict",
    "return",
    "returns",
    "revoke",
    "role",
    "row",
    "schema",
    "security",
    "select",
    "sequence",
    "set",
    "stable",
    "table",
    "then",
    "to",
    "trigger",
    "truncate",
    "type",
    "unique",
    "update",
    "usage",
    "using",
    "values",
    "view",
    "volatile",
    "when",
    "where",
    "with",
];

/// The lines of `sql`, each in its parts.
pub fn paint(sql: &str) -> Vec<Vec<Part>> {
    let mut lines = vec![Vec::new()];
    let mut rest = sql;
    for token in tokenize(sql) {
        let Some((text, after)) = rest.split_at_checked(token.len as usize) else {
            break;
        };
        rest = after;
        let ink = match token.kind {
            // A body of a function is code as well, in a language of its own.
            TokenKind::Literal {
                kind: LiteralKind::DollarQuotedString { .. },
            } => Ink::Plain,
            TokenKind::Literal {
                kind: LiteralKind::Int { .. } | LiteralKind::Numeric { .. },
            } => Ink::Number,
            TokenKind::Literal { .. } => Ink::Text,
            TokenKind::LineComment | TokenKind::BlockComment { .. } => Ink::Note,
            TokenKind::Ident if KEYS.contains(&text.to_ascii_lowercase().as_str()) => Ink::Key,
            _ => Ink::Plain,
        };
        for (at, piece) in text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            put(&mut lines, ink, piece);
        }
    }
    put(&mut lines, Ink::Plain, rest);
    lines
}

/// Neighbours of one colour are one part.
fn put(lines: &mut [Vec<Part>], ink: Ink, text: &str) {
    let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) else {
        return;
    };
    match line.last_mut() {
        Some(part) if part.ink == ink => part.text.push_str(text),
        Some(_) | None => line.push(Part::new(ink, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_kept_and_coloured() {
        let sql = "create table a (\n  b text default 'x\ny' -- why\n);\n$$ begin $$ 12 'open";
        let lines = paint(sql);
        let text: Vec<String> = lines
            .iter()
            .map(|line| line.iter().map(|part| &*part.text).collect())
            .collect();
        assert_eq!(text.join("\n"), sql);
        assert_eq!(lines[0][0], Part::new(Ink::Key, "create"));
        assert!(lines[1].contains(&Part::new(Ink::Text, "'x")), "{lines:?}");
        assert!(lines[2].contains(&Part::new(Ink::Note, "-- why")), "{lines:?}");
        assert!(lines[4].contains(&Part::new(Ink::Number, "12")), "{lines:?}");
    }
}
