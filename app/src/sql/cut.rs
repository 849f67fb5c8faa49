//! A script cut into its statements, put together by the object that they change.

use serde::{Deserialize, Serialize};
use squawk_lexer::{TokenKind, tokenize};
use statements::{deeply, statements};

use super::{
    deeds::{Deed, deeds_of, readable},
    unquoted,
};

/// One statement, as it stands in the script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub text: String,
    /// What it does that must be asked about.
    pub deeds: Vec<Deed>,
}

impl Statement {
    pub fn loses(&self) -> bool {
        self.deeds.iter().any(|deed| deed.loses)
    }

    /// Whether it takes something away, be it only a definition.
    pub fn drops(&self) -> bool {
        self.deeds
            .iter()
            .any(|deed| deed.does.starts_with("drops") || deed.loses)
    }
}

/// What becomes of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Changed {
    Added,
    Altered,
    Removed,
    /// Made by `create or replace`, which does not tell whether it was there before.
    Replaced,
}

/// An object, and the statements that change it in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// Such as `table`; `other` where it is not known what the statements change.
    pub kind: String,
    /// As SQL writes it.
    pub name: String,
    pub changed: Changed,
    pub statements: Vec<Statement>,
}

impl Object {
    pub fn loses(&self) -> bool {
        self.statements.iter().any(Statement::loses)
    }
}

/// What a statement does to its object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Create,
    Replace,
    Alter,
    Drop,
}

/// What of `sql` changes which object, in the script's order. A script that is too much for the reader is one statement.
pub fn changes(sql: &str) -> Vec<Object> {
    let script = sql.to_owned();
    let statements = match readable(sql) {
        Some(_) => deeply(move || cut(&script)),
        None => None,
    };
    let statements = statements.unwrap_or_else(|| {
        let deeds = super::deeds(sql);
        vec![Statement {
            text: sql.trim().to_owned(),
            deeds,
        }]
    });
    let mut objects: Vec<(Object, Vec<Verb>)> = Vec::new();
    for statement in statements {
        let (verb, kind, name) = subject(&statement.text);
        match objects
            .iter_mut()
            .find(|(object, _)| object.kind == kind && object.name == name)
        {
            Some((object, verbs)) => {
                object.statements.push(statement);
                verbs.push(verb);
            }
            None => {
                let statements = vec![statement];
                let changed = Changed::Altered;
                objects.push((
                    Object {
                        kind,
                        name,
                        changed,
                        statements,
                    },
                    vec![verb],
                ));
            }
        }
    }
    objects
        .into_iter()
        .map(|(object, verbs)| Object {
            changed: changed(&verbs),
            ..object
        })
        .collect()
}

fn changed(verbs: &[Verb]) -> Changed {
    let does = |verb| verbs.contains(&verb);
    match (does(Verb::Create), does(Verb::Replace), does(Verb::Drop)) {
        (true, _, false) => Changed::Added,
        (false, false, true) => Changed::Removed,
        (false, true, false) => Changed::Replaced,
        (false, false, false) | (_, _, true) => Changed::Altered,
    }
}

fn cut(sql: &str) -> Vec<Statement> {
    statements(sql)
        .into_iter()
        .map(|one| Statement {
            deeds: deeds_of(one.text),
            text: one.text.to_owned(),
        })
        .collect()
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

/// What a statement does, and to what: the kind and the name.
fn subject(text: &str) -> (Verb, String, String) {
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
    use super::*;

    fn seen(sql: &str) -> Vec<(String, Changed, usize)> {
        changes(sql)
            .into_iter()
            .map(|object| {
                (
                    format!("{} {}", object.kind, object.name),
                    object.changed,
                    object.statements.len(),
                )
            })
            .collect()
    }

    #[test]
    fn statements_stand_with_their_object() {
        let sql = "-- a remark\nalter table public.wheels add column a int;\n\ncreate table public.carries (\n  id int\n);\n\
            alter table public.carries enable row level security;\n\
            grant select on table public.carries to authenticated;\nGRANT ALL ON public.carries TO postgres;\n\
            comment on column public.carries.id is 'a; b';\nalter table public.wheels drop column b;\ndrop table public.log";
        assert_eq!(
            seen(sql),
            [
                ("table public.wheels".to_owned(), Changed::Altered, 2),
                ("table public.carries".to_owned(), Changed::Added, 5),
                ("table public.log".to_owned(), Changed::Removed, 1),
            ]
        );
        let objects = changes(sql);
        let loses: Vec<bool> = objects.iter().map(Object::loses).collect();
        assert_eq!(loses, [true, false, true]);
        let texts: Vec<&str> = objects
            .iter()
            .flat_map(|object| &object.statements)
            .map(|one| &*one.text)
            .collect();
        assert_eq!(texts[0], "alter table public.wheels add column a int");
    }

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

    #[test]
    fn a_function_is_one_with_its_rights() {
        let sql = "create or replace function public.f(a bigint, b text default 'x', c double precision)\n returns int language sql as $$ select 1; select 2 $$;\n\
            revoke all on function public.f(bigint, text, double precision) from anon;";
        assert_eq!(
            seen(sql),
            [(
                "function public.f(bigint, text, double precision)".to_owned(),
                Changed::Replaced,
                2
            )]
        );
        let atomic = "create function g() returns int language sql begin atomic select 1; select 2; end; drop table a";
        assert_eq!(seen(atomic).len(), 2, "{:?}", seen(atomic));
    }

    #[test]
    fn nothing_is_left_out() {
        for sql in [
            "create tabl a ()",
            "drop table a; nonsense here; create table b ()",
            "'unterminated; drop table a",
        ] {
            let all: String = changes(sql)
                .iter()
                .flat_map(|object| &object.statements)
                .map(|one| one.text.clone() + ";")
                .collect();
            for word in sql.split([' ', ';']).filter(|word| !word.is_empty()) {
                assert!(all.contains(word), "{sql}: {all}");
            }
        }
        assert!(changes(" \n-- nothing\n;").is_empty());
    }
}
