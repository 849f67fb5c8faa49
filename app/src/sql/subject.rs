//! What a statement is about: what it does, and to which object.

use squawk_lexer::{TokenKind, tokenize};

use super::unquoted;

/// What a statement does to its object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Create,
    Replace,
    Alter,
    Drop,
}

/// Words between a verb and the kind of its object, or between that and the name.
const BETWEEN: &[&str] = &[
    "or",
    "replace",
    "if",
    "not",
    "exists",
    "only",
    "concurrently",
    "unique",
    "temp",
    "temporary",
    "unlogged",
    "global",
    "local",
    "recursive",
    "constraint",
    "trusted",
    "procedural",
];

/// Kinds of two words.
const PAIRS: &[(&str, &str, &str)] = &[
    ("materialized", "view", "materialized view"),
    ("foreign", "table", "foreign table"),
    ("event", "trigger", "event trigger"),
    ("default", "privileges", "default privileges"),
];

/// Kinds of objects.
const KINDS: &[&str] = &[
    "table",
    "view",
    "materialized view",
    "foreign table",
    "function",
    "procedure",
    "aggregate",
    "routine",
    "policy",
    "trigger",
    "event trigger",
    "rule",
    "index",
    "type",
    "domain",
    "schema",
    "sequence",
    "extension",
    "column",
    "publication",
    "role",
    "user",
    "collation",
    "cast",
    "operator",
    "server",
    "subscription",
    "statistics",
    "default privileges",
];

/// What a statement does, and to what: the kind and the name.
pub(super) fn subject(text: &str) -> (Verb, String, String) {
    let words = words(text);
    let lower: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    let at = |place: usize| lower.get(place).map_or("", String::as_str);
    let unknown = (Verb::Alter, "other".to_owned(), "Other statements".to_owned());
    let verb = match at(0) {
        "create" if at(1) == "or" => Verb::Replace,
        "create" => Verb::Create,
        "drop" => Verb::Drop,
        "alter" | "comment" | "grant" | "revoke" => Verb::Alter,
        _ => return unknown,
    };
    let mut place = match at(0) {
        "grant" | "revoke" | "comment" => match lower.iter().position(|word| word == "on") {
            Some(on) => on + 1,
            // Membership of a role.
            None => return (verb, "role".to_owned(), "Roles".to_owned()),
        },
        _ => 1,
    };
    while BETWEEN.contains(&at(place)) {
        place += 1;
    }
    let pair = PAIRS
        .iter()
        .find(|(first, second, _)| at(place) == *first && at(place + 1) == *second);
    let kind = match pair {
        Some((.., kind)) => {
            place += 2;
            (*kind).to_owned()
        }
        // Rights on a table need no word for it.
        None if matches!(at(0), "grant" | "revoke") && !KINDS.contains(&at(place)) => "table".to_owned(),
        None => {
            place += 1;
            at(place - 1).to_owned()
        }
    };
    while BETWEEN.contains(&at(place)) {
        place += 1;
    }
    if kind == "default privileges" {
        return (verb, kind, "Rights on new objects".to_owned());
    }
    if !KINDS.contains(&kind.as_str()) || place >= words.len() {
        return unknown;
    }
    let name = words.get(place).cloned().unwrap_or_default();
    let rest = words.get(place + 1..).unwrap_or_default();
    let on = |word: &str| {
        let on = rest.iter().position(|one| one.eq_ignore_ascii_case(word))?;
        rest.iter().skip(on + 1).find(|one| !one.eq_ignore_ascii_case("only"))
    };
    match kind.as_str() {
        "function" | "procedure" | "aggregate" | "routine" => {
            (verb, "function".to_owned(), format!("{name}{}", types(rest)))
        }
        "policy" | "trigger" | "rule" => match on("on") {
            Some(table) => (verb, kind, format!("{name} on {table}")),
            None => (verb, kind, name),
        },
        // What stands on a table belongs to it.
        "index" if verb == Verb::Create => match on("on") {
            Some(table) => (verb, kind, format!("{name} on {table}")),
            None => (verb, kind, name),
        },
        "column" => {
            let table = name.rsplit_once('.').map_or(name.as_str(), |(table, _)| table);
            (verb, "table".to_owned(), table.to_owned())
        }
        _ => (verb, kind, name),
    }
}

/// The words of a statement that tell what it is about: names with their dots, keywords in small letters, marks alone.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut at, mut joins) = (0, false);
    for token in tokenize(text).take(200) {
        let end = at + token.len as usize;
        let word = text.get(at..end).unwrap_or_default();
        at = end;
        match token.kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => continue,
            TokenKind::Dot => {
                if let Some(last) = words.last_mut() {
                    last.push('.');
                }
                joins = true;
                continue;
            }
            _ => {}
        }
        let word = unquoted(word);
        match words.last_mut().filter(|_| joins) {
            Some(last) => last.push_str(word),
            None => words.push(word.to_owned()),
        }
        joins = false;
    }
    words
}

/// The types of a function's arguments, so that a replacement and a right on it stand with it: names, modes and defaults
/// are left out where that can be told.
fn types(rest: &[String]) -> String {
    let Some("(") = rest.first().map(String::as_str) else {
        return String::new();
    };
    let (mut depth, mut all, mut one) = (0usize, Vec::new(), Vec::new());
    let mut skips = false;
    for word in rest {
        match word.as_str() {
            "(" => {
                depth += 1;
                if depth == 1 {
                    continue;
                }
            }
            ")" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            "," if depth == 1 => {
                all.push(std::mem::take(&mut one));
                skips = false;
                continue;
            }
            "=" => skips = true,
            word if word.eq_ignore_ascii_case("default") => skips = true,
            _ => {}
        }
        if !skips {
            one.push(word.as_str());
        }
    }
    all.push(one);
    let of = |argument: &Vec<&str>| match argument.as_slice() {
        // A name before its type.
        [_, rest @ ..] if !rest.is_empty() && !is_type_start(argument) => rest.join(" "),
        all => all.join(" "),
    };
    let all: Vec<String> = all.iter().map(of).filter(|one| !one.is_empty()).collect();
    format!("({})", all.join(", "))
}

/// Whether the words begin with a type of several words, rather than with a name.
fn is_type_start(words: &[&str]) -> bool {
    let first = words.first().map(|word| word.to_ascii_lowercase()).unwrap_or_default();
    let second = words.get(1).copied().unwrap_or_default();
    matches!(
        first.as_str(),
        "double" | "character" | "timestamp" | "time" | "bit" | "interval"
    ) || matches!(second, "[" | "(")
}

#[cfg(test)]
mod tests {
    use crate::sql::{Changed, changes};

    #[test]
    fn every_kind_is_known_by_its_name() {
        for (sql, expected, changed) in [
            (
                "create policy \"Own only\" on public.a for select using (true)",
                "policy \"Own only\" on public.a",
                Changed::Added,
            ),
            ("drop policy if exists p on a", "policy p on a", Changed::Removed),
            (
                "drop policy p on a; create policy p on a using (true)",
                "policy p on a",
                Changed::Altered,
            ),
            (
                "create unique index concurrently if not exists i on only public.a (b)",
                "index i on public.a",
                Changed::Added,
            ),
            ("drop index public.i", "index public.i", Changed::Removed),
            ("create or replace view v as select 1", "view v", Changed::Replaced),
            (
                "create materialized view m as select 1",
                "materialized view m",
                Changed::Added,
            ),
            ("drop table \"public\".\"a\"", "table public.a", Changed::Removed),
            (
                "drop table \"Public\".\"a b\"",
                "table \"Public\".\"a b\"",
                Changed::Removed,
            ),
            ("create type t as enum ('a', 'b')", "type t", Changed::Added),
            (
                "create extension if not exists pg_trgm with schema extensions",
                "extension pg_trgm",
                Changed::Added,
            ),
            (
                "alter default privileges in schema public grant select on tables to anon",
                "default privileges Rights on new objects",
                Changed::Altered,
            ),
            (
                "create trigger g after insert on public.a execute function f()",
                "trigger g on public.a",
                Changed::Added,
            ),
            ("grant anon to bob", "role Roles", Changed::Altered),
            ("select 1", "other Other statements", Changed::Altered),
            ("insert into a values (1)", "other Other statements", Changed::Altered),
        ] {
            let objects = changes(sql);
            let [object] = objects.as_slice() else {
                panic!("{sql}: {objects:?}")
            };
            assert_eq!(format!("{} {}", object.kind, object.name), expected, "{sql}");
            assert_eq!(object.changed, changed, "{sql}");
        }
    }
}
