//! Tables and columns that change in place.

use crate::{
    postgres::identifier,
    schema::model::{Column, IdentityOptions, Relation},
};

pub fn alter_table(name: &str, old: &Relation, new: &Relation) -> Vec<String> {
    let mut statements = Vec::new();
    if old.unlogged != new.unlogged {
        let logged = if new.unlogged { "unlogged" } else { "logged" };
        statements.push(format!("alter table {name} set {logged}"));
    }
    let option = |option: &String| option.split('=').next().unwrap_or_default().to_owned();
    let kept: Vec<_> = new.options.iter().map(option).collect();
    let gone: Vec<_> = old
        .options
        .iter()
        .map(option)
        .filter(|option| !kept.contains(option))
        .collect();
    if !gone.is_empty() {
        statements.push(format!("alter table {name} reset ({})", gone.join(", ")));
    }
    if !new.options.is_empty() && old.options != new.options {
        statements.push(format!("alter table {name} set ({})", new.options.join(", ")));
    }
    statements
}

/// `this` begins every statement: it names table and column.
pub fn alter_column(this: &str, retyped: bool, old: &Column, new: &Column) -> Vec<String> {
    let mut statements = Vec::new();
    if old.generated && !new.generated {
        statements.push(format!("{this} drop expression"));
    }
    if old.identity.is_some() && new.identity.is_none() {
        statements.push(format!("{this} drop identity"));
    }
    if retyped {
        let collation = new.collation.as_ref().map(|collation| format!(" collate {collation}"));
        let using = (!new.generated).then(|| format!(" using {}", cast(old, new)));
        statements.push(format!(
            "{this} type {}{}{}",
            new.sql_type,
            collation.unwrap_or_default(),
            using.unwrap_or_default()
        ));
    }
    match (old.not_null, new.not_null) {
        (false, true) => statements.push(format!("{this} set not null")),
        (true, false) => statements.push(format!("{this} drop not null")),
        (true, true) | (false, false) => {}
    }
    match (&old.identity, &new.identity) {
        (None, Some(identity)) => statements.push(format!(
            "{this} add generated {identity} as identity{}",
            identity_options(new)
        )),
        (Some(old), Some(identity)) if old != identity => statements.push(format!("{this} set generated {identity}")),
        _ => {}
    }
    if let (Some(old), Some(new)) = (&old.identity_options, &new.identity_options)
        && !old.is_like(new)
    {
        let set: Vec<String> = numbers(new).into_iter().map(|option| format!("set {option}")).collect();
        statements.push(format!("{this} {}", set.join(" ")));
    }
    statements
}

/// How the numbers of an identity column go on, in brackets, unless it is as usual.
pub fn identity_options(column: &Column) -> String {
    match &column.identity_options {
        Some(options) if !options.usual => format!(" ({})", numbers(options).join(" ")),
        Some(_) | None => String::new(),
    }
}

fn numbers(options: &IdentityOptions) -> [String; 6] {
    [
        format!("increment by {}", options.increment),
        format!("minvalue {}", options.min),
        format!("maxvalue {}", options.max),
        format!("start with {}", options.start),
        format!("cache {}", options.cache),
        if options.cycle { "cycle" } else { "no cycle" }.to_owned(),
    ]
}

/// Groups of types that PostgreSQL casts into each other.
const FAMILIES: &[&[&str]] = &[
    &["int2", "int4", "int8", "numeric", "float4", "float8", "money"],
    &["int4", "bool"],
    &["date", "timestamp", "timestamptz"],
    &["time", "timetz", "interval"],
    &["json", "jsonb"],
    &["text", "varchar", "bpchar", "name", "char"],
    &["inet", "cidr"],
    &["bit", "varbit"],
];

/// A column's value as its new type: cast where PostgreSQL knows how to, through text where it does not.
fn cast(old: &Column, new: &Column) -> String {
    let name = identifier(&new.name);
    let known = |column: &Column| column.type_name.schema == "pg_catalog" && !column.type_name.array;
    let (from, to) = (old.type_name.name.as_str(), new.type_name.name.as_str());
    let related = FAMILIES
        .iter()
        .any(|family| family.contains(&from) && family.contains(&to));
    if known(old) && known(new) && (related || from == to) {
        format!("{name}::{}", new.sql_type)
    } else {
        format!("{name}::text::{}", new.sql_type)
    }
}
