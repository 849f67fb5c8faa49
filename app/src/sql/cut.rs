//! A script cut into its statements, put together by the object that they change.

use serde::{Deserialize, Serialize};
use statements::{deeply, statements};

use super::{
    deeds::{Deed, deeds_of, readable},
    subject::{Verb, subject},
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
