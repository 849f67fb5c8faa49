//! The statements of one action.

use super::{
    Change, Plan,
    alter::{alter_column, alter_table, identity_options},
    order::{Action, Step},
};
use crate::{
    postgres::identifier,
    schema::{
        key::{Key, Kind, literal, qualified},
        model::{
            Column, Object, Publication, Relation, RelationKind, Routine, RoutineKind, Rule, Sequence, Trigger, Type,
            TypeKind,
        },
    },
};

impl Plan<'_> {
    pub fn write(&self, action: &Action) -> Vec<String> {
        let (step, key) = action;
        match step {
            Step::Drop => vec![self.drop(key)],
            Step::Retire => vec![format!("drop type {}", qualified(&key.schema, &set_aside(&key.name)))],
            Step::Make => match (self.from.objects.get(key), self.to.objects.get(key)) {
                (Some(old), Some(new)) if !self.is_made(key) => self.alter(key, old, new),
                (_, Some(new)) => self.make(key, new),
                (_, None) => Vec::new(),
            },
        }
    }

    fn drop(&self, key: &Key) -> String {
        let (name, table) = (key.sql(), key.table_sql());
        let old = self.from.objects.get(key);
        match (key.kind, old) {
            (Kind::Namespace, _) => format!("drop schema {name}"),
            (Kind::Extension, _) => format!("drop extension {name}"),
            (Kind::Type, Some(Object::Type(old))) if old.kind == TypeKind::Domain => format!("drop domain {name}"),
            (Kind::Type, _) => format!("drop type {name}"),
            // It may have gone with its column.
            (Kind::Sequence, _) => format!("drop sequence if exists {name}"),
            (Kind::Relation, Some(Object::Relation(old))) => format!("drop {} {name}", word(old.kind)),
            (Kind::Relation, _) => format!("drop table {name}"),
            (Kind::Column, _) => format!("alter table {table} drop column {name}"),
            (Kind::Default, _) => format!("alter table {table} alter column {name} drop default"),
            (Kind::Routine, Some(Object::Routine(old))) => {
                format!("drop {} {}", routine_word(old), routine_name(key, old))
            }
            (Kind::Routine, _) => format!("drop function {name}"),
            (Kind::Constraint, _) => format!("alter table {table} drop constraint {name}"),
            (Kind::Index, _) => format!("drop index {name}"),
            (Kind::Trigger, _) => format!("drop trigger {name} on {table}"),
            (Kind::Rule, _) => format!("drop rule {name} on {table}"),
            (Kind::Policy, _) => format!("drop policy {name} on {table}"),
            (Kind::Publication, _) => format!("drop publication {name}"),
            (Kind::Published, _) => format!("alter publication {name} drop table {table}"),
        }
    }

    fn make(&self, key: &Key, new: &Object) -> Vec<String> {
        let (name, table) = (key.sql(), key.table_sql());
        match new {
            Object::Namespace => vec![format!("create schema if not exists {name}")],
            Object::Extension(new) => {
                vec![format!(
                    "create extension if not exists {name} with schema {}",
                    identifier(&new.schema)
                )]
            }
            Object::Type(new) => {
                let replaced = self.from.objects.contains_key(key);
                let aside =
                    replaced.then(|| format!("alter type {name} rename to {}", identifier(&set_aside(&key.name))));
                aside.into_iter().chain([create_type(&name, new)]).collect()
            }
            Object::Sequence(new) => vec![format!("create sequence {name}{}", sequence(new))],
            Object::Relation(new) => vec![self.create_relation(key, new)],
            Object::Column(new) => {
                vec![format!("alter table {table} add column {}", self.column(key, new))]
            }
            Object::Default(new) => vec![format!("alter table {table} alter column {name} set default {new}")],
            Object::Routine(new) => vec![new.definition.clone()],
            Object::Constraint(new) => vec![format!("alter table {table} add constraint {name} {}", new.definition)],
            Object::Index(new) => vec![new.definition.clone()],
            Object::Trigger(new) => {
                let usual = new.enabled == "O";
                let state = (!usual).then(|| trigger_state(&table, new));
                [new.definition.clone()].into_iter().chain(state).collect()
            }
            Object::Rule(new) => {
                let usual = new.enabled == "O";
                let state = (!usual).then(|| rule_state(&table, new));
                [new.definition.clone()].into_iter().chain(state).collect()
            }
            Object::Publication(new) => {
                let all = if new.all_tables { " for all tables" } else { "" };
                vec![format!("create publication {name}{all} with ({})", published(new))]
            }
            Object::Published(new) => {
                let columns = new.columns.as_ref().map(|columns| format!(" ({})", columns.join(", ")));
                let filter = new.filter.as_ref().map(|filter| format!(" where ({filter})"));
                vec![format!(
                    "alter publication {name} add table {table}{}{}",
                    columns.unwrap_or_default(),
                    filter.unwrap_or_default()
                )]
            }
            Object::Policy(new) => {
                let kind = if new.permissive { "permissive" } else { "restrictive" };
                let using = new.using.as_ref().map(|using| format!(" using ({using})"));
                let check = new.check.as_ref().map(|check| format!(" with check ({check})"));
                vec![format!(
                    "create policy {name} on {table} as {kind} for {} to {}{}{}",
                    new.command,
                    new.roles.join(", "),
                    using.unwrap_or_default(),
                    check.unwrap_or_default()
                )]
            }
        }
    }

    fn alter(&self, key: &Key, old: &Object, new: &Object) -> Vec<String> {
        let (name, table) = (key.sql(), key.table_sql());
        match (old, new) {
            (Object::Extension(_), Object::Extension(new)) => {
                vec![format!("alter extension {name} set schema {}", identifier(&new.schema))]
            }
            (Object::Sequence(_), Object::Sequence(new)) => {
                vec![format!("alter sequence {name}{}", sequence(new))]
            }
            (Object::Relation(_), Object::Relation(new)) if new.is_view() => {
                vec![
                    self.create_relation(key, new)
                        .replacen("create view", "create or replace view", 1),
                ]
            }
            (Object::Relation(old), Object::Relation(new)) => alter_table(&name, old, new),
            (Object::Column(old), Object::Column(new)) => {
                let retyped = self.change(key) == Some(Change::Retype);
                alter_column(&format!("alter table {table} alter column {name}"), retyped, old, new)
            }
            (Object::Trigger(_), Object::Trigger(new)) => vec![trigger_state(&table, new)],
            (Object::Rule(_), Object::Rule(new)) => vec![rule_state(&table, new)],
            (Object::Publication(_), Object::Publication(new)) => {
                vec![format!("alter publication {name} set ({})", published(new))]
            }
            _ => self.make(key, new),
        }
    }

    fn create_relation(&self, key: &Key, new: &Relation) -> String {
        let name = key.sql();
        let options = if new.options.is_empty() {
            String::new()
        } else {
            format!(" with ({})", new.options.join(", "))
        };
        if let Some(query) = &new.definition {
            return format!("create {} {name}{options} as {}", word(new.kind), query.trim_start());
        }
        let kind = if new.unlogged { "unlogged table" } else { word(new.kind) };
        let server = new
            .server
            .as_ref()
            .map(|server| format!(" {server}"))
            .unwrap_or_default();
        let partitions = new.partition_key.as_ref().map(|key| format!(" partition by {key}"));
        let partitions = partitions.unwrap_or_default();
        if let (Some(bound), Some(parent)) = (&new.bound, new.parents.first()) {
            return format!("create {kind} {name} partition of {parent} {bound}{partitions}{server}{options}");
        }
        let columns = self.to.columns(&key.schema, &key.name).into_iter();
        let columns: Vec<_> = columns
            .filter(|column| column.own)
            .map(|column| {
                let key = Key::new(Kind::Column, &key.schema, &key.name, &column.name);
                format!("\n    {}", self.column(&key, column))
            })
            .collect();
        let end = if columns.is_empty() { "" } else { "\n" };
        let parents = if new.parents.is_empty() {
            String::new()
        } else {
            format!(" inherits ({})", new.parents.join(", "))
        };
        format!(
            "create {kind} {name} ({}{end}){parents}{partitions}{server}{options}",
            columns.join(",")
        )
    }

    /// A column as it stands in `create table` and `add column`, with its default unless that comes later.
    fn column(&self, key: &Key, column: &Column) -> String {
        let mut text = format!("{} {}", identifier(&column.name), column.sql_type);
        if let Some(collation) = &column.collation {
            text += &format!(" collate {collation}");
        }
        if let Some(identity) = &column.identity {
            text += &format!(" generated {identity} as identity{}", identity_options(column));
        }
        let default = Key {
            kind: Kind::Default,
            ..key.clone()
        };
        let along = self.stand_in(&(Step::Make, default.clone())).1 != default;
        match &column.expression {
            Some(expression) if column.generated => text += &format!(" generated always as ({expression}) stored"),
            Some(expression) if along => text += &format!(" default {expression}"),
            Some(_) | None => {}
        }
        if column.not_null {
            text += " not null";
        }
        text
    }
}

/// The name that a type has while its successor takes its place.
fn set_aside(name: &str) -> String {
    // Names are cut after 63 bytes.
    let room = name.char_indices().map(|(at, _)| at).take_while(|at| *at <= 50).last();
    format!(
        "{}__old",
        if name.len() > 55 {
            &name[..room.unwrap_or(0)]
        } else {
            name
        }
    )
}

pub fn word(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Table | RelationKind::Partitioned => "table",
        RelationKind::Foreign => "foreign table",
        RelationKind::View => "view",
        RelationKind::Materialized => "materialized view",
    }
}

pub fn routine_word(routine: &Routine) -> &'static str {
    match routine.kind {
        RoutineKind::Function | RoutineKind::Window => "function",
        RoutineKind::Procedure => "procedure",
        RoutineKind::Aggregate => "aggregate",
    }
}

/// The name of a routine with the types of its arguments. An aggregate of whole rows takes a star.
pub fn routine_name(key: &Key, routine: &Routine) -> String {
    match (routine.kind, key.of.as_str()) {
        (RoutineKind::Aggregate, "") => format!("{}(*)", qualified(&key.schema, &key.name)),
        (RoutineKind::Aggregate | RoutineKind::Function | RoutineKind::Window | RoutineKind::Procedure, _) => key.sql(),
    }
}

fn create_type(name: &str, new: &Type) -> String {
    let base = new.base.as_deref().unwrap_or_default();
    match new.kind {
        TypeKind::Enum => {
            let labels: Vec<_> = new.labels.iter().map(|label| literal(label)).collect();
            format!("create type {name} as enum ({})", labels.join(", "))
        }
        TypeKind::Composite => {
            let attribute = |column: &Column| {
                let collation = column
                    .collation
                    .as_ref()
                    .map(|collation| format!(" collate {collation}"));
                format!(
                    "{} {}{}",
                    identifier(&column.name),
                    column.sql_type,
                    collation.unwrap_or_default()
                )
            };
            let attributes: Vec<_> = new.attributes.iter().map(attribute).collect();
            format!("create type {name} as ({})", attributes.join(", "))
        }
        TypeKind::Range => format!("create type {name} as range (subtype = {base})"),
        TypeKind::Domain => {
            let default = new
                .expression
                .as_ref()
                .map(|expression| format!(" default {expression}"));
            let checks: String = new.checks.iter().map(|check| format!(" {check}")).collect();
            let not_null = if new.not_null { " not null" } else { "" };
            format!(
                "create domain {name} as {base}{}{not_null}{checks}",
                default.unwrap_or_default()
            )
        }
    }
}

fn sequence(new: &Sequence) -> String {
    let cycle = if new.cycle { "cycle" } else { "no cycle" };
    format!(
        " as {} increment by {} minvalue {} maxvalue {} start with {} cache {} {cycle}",
        new.sql_type, new.increment, new.min, new.max, new.start, new.cache
    )
}

fn trigger_state(table: &str, trigger: &Trigger) -> String {
    let state = state(&trigger.enabled);
    format!("alter table {table} {state} trigger {}", identifier(&trigger.name))
}

fn rule_state(table: &str, rule: &Rule) -> String {
    format!(
        "alter table {table} {} rule {}",
        state(&rule.enabled),
        identifier(&rule.name)
    )
}

/// When a trigger or rule is at work.
fn state(enabled: &str) -> &'static str {
    match enabled {
        "D" => "disable",
        "R" => "enable replica",
        "A" => "enable always",
        _ => "enable",
    }
}

fn published(publication: &Publication) -> String {
    format!(
        "publish = {}, publish_via_partition_root = {}",
        literal(&publication.publish),
        publication.via_root
    )
}
