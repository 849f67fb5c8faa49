//! What becomes of each object.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_view, stands_alone};
use crate::schema::{
    key::{Key, Kind},
    model::{Column, Object, Relation, RelationKind, Routine, Schema, Type},
};

/// From the mildest to the hardest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// In place; nothing that depends on it minds.
    Alter,
    /// A column gets another type, or the same one made anew: it stays, what depends on it does not.
    Retype,
    /// A type is put aside, made anew, and dropped when nothing uses the old one any more.
    Replace,
    Recreate,
    Drop,
    Create,
}

/// What becomes of every object that does not stay as it is.
pub fn changes(from: &Schema, to: &Schema) -> BTreeMap<Key, Change> {
    let mut changes = BTreeMap::new();
    for (key, old) in from.objects.iter().filter(|(key, old)| stands_alone(from, key, old)) {
        let new = to.objects.get(key).filter(|new| stands_alone(to, key, new));
        let change = match new {
            Some(new) => compare(from, to, key, old, new),
            None if to.objects.contains_key(key) => None,
            None => Some(Change::Drop),
        };
        changes.extend(change.map(|change| (key.clone(), change)));
    }
    for (key, _) in to.objects.iter().filter(|(key, new)| stands_alone(to, key, new)) {
        if !from.objects.contains_key(key) {
            changes.insert(key.clone(), Change::Create);
        }
    }
    spread(from, &mut changes);
    changes
}

/// What depends on something that does not stay has to follow it.
fn spread(from: &Schema, changes: &mut BTreeMap<Key, Change>) {
    let mut dependents: BTreeMap<&Key, BTreeSet<&Key>> = BTreeMap::new();
    for (dependent, on) in &from.edges {
        dependents.entry(on).or_default().insert(dependent);
    }
    let moves = |change: &Change| matches!(change, Change::Retype | Change::Replace | Change::Recreate);
    let mut waiting: Vec<Key> = (changes.iter())
        .filter(|(_, change)| moves(change))
        .map(|(key, _)| key.clone())
        .collect();
    while let Some(key) = waiting.pop() {
        let Some(change) = changes.get(&key).copied() else {
            continue;
        };
        for dependent in dependents.get(&key).into_iter().flatten().copied() {
            let Some(object) = from.objects.get(dependent) else {
                continue;
            };
            if !stands_alone(from, dependent, object) {
                continue;
            }
            let follows = match (dependent.kind, key.kind) {
                (Kind::Column, Kind::Type) => Change::Retype,
                (Kind::Type, _) => Change::Replace,
                // A table of a type keeps its rows.
                (Kind::Relation, Kind::Type) if !is_view(from, &Some(dependent.clone())) => continue,
                _ => Change::Recreate,
            };
            let stronger = changes.get(dependent).is_none_or(|known| *known < follows);
            if stronger && change != Change::Drop {
                changes.insert(dependent.clone(), follows);
                waiting.push(dependent.clone());
            }
        }
    }
}

fn compare(from: &Schema, to: &Schema, key: &Key, old: &Object, new: &Object) -> Option<Change> {
    let when = |differs: bool, change| differs.then_some(change);
    match (old, new) {
        (Object::Namespace, Object::Namespace) => None,
        (Object::Extension(old), Object::Extension(new)) => when(old != new, Change::Alter),
        (Object::Type(old), Object::Type(new)) => when(!same_type(old, new), Change::Replace),
        (Object::Sequence(old), Object::Sequence(new)) => {
            let owner = new.owner.clone();
            let old = crate::schema::model::Sequence { owner, ..old.clone() };
            when(old != *new, Change::Alter)
        }
        (Object::Relation(old), Object::Relation(new)) => relation(from, to, key, old, new),
        (Object::Column(old), Object::Column(new)) => column(old, new),
        (Object::Default(old), Object::Default(new)) => when(old != new, Change::Alter),
        (Object::Routine(old), Object::Routine(new)) => when(
            old.definition != new.definition,
            if replaceable(old, new) {
                Change::Alter
            } else {
                Change::Recreate
            },
        ),
        (Object::Constraint(old), Object::Constraint(new)) => when(old.definition != new.definition, Change::Recreate),
        (Object::Index(old), Object::Index(new)) => when(old.definition != new.definition, Change::Recreate),
        (Object::Trigger(old), Object::Trigger(new)) if old.definition == new.definition => {
            when(old.enabled != new.enabled, Change::Alter)
        }
        (Object::Rule(old), Object::Rule(new)) if old.definition == new.definition => {
            when(old.enabled != new.enabled, Change::Alter)
        }
        (Object::Policy(old), Object::Policy(new)) => when(old != new, Change::Recreate),
        (Object::Publication(old), Object::Publication(new)) if old.all_tables == new.all_tables => {
            when(old != new, Change::Alter)
        }
        (Object::Published(old), Object::Published(new)) => when(old != new, Change::Recreate),
        _ => Some(Change::Recreate),
    }
}

fn same_type(old: &Type, new: &Type) -> bool {
    let attribute = |column: &Column| (column.name.clone(), column.sql_type.clone(), column.collation.clone());
    let attributes = |kind: &Type| kind.attributes.iter().map(attribute).collect::<Vec<_>>();
    attributes(old) == attributes(new)
        && (
            old.kind,
            &old.labels,
            &old.base,
            old.not_null,
            &old.expression,
            &old.checks,
        ) == (
            new.kind,
            &new.labels,
            &new.base,
            new.not_null,
            &new.expression,
            &new.checks,
        )
}

fn relation(from: &Schema, to: &Schema, key: &Key, old: &Relation, new: &Relation) -> Option<Change> {
    let built = |relation: &Relation| {
        let Relation {
            kind,
            partition_key,
            bound,
            parents,
            server,
            ..
        } = relation.clone();
        (kind, partition_key, bound, parents, server)
    };
    let query = (&old.definition, &old.options) != (&new.definition, &new.options);
    if built(old) != built(new) || query && new.kind == RelationKind::Materialized {
        Some(Change::Recreate)
    } else if query && new.kind == RelationKind::View {
        // A view may be replaced by one that gives the same columns, and more behind them.
        let columns = |schema: &Schema| -> Vec<_> {
            let columns = schema.columns(&key.schema, &key.name).into_iter();
            columns
                .map(|column| (column.name.clone(), column.sql_type.clone(), column.collation.clone()))
                .collect()
        };
        let keeps_columns = columns(to).starts_with(&columns(from));
        Some(if keeps_columns { Change::Alter } else { Change::Recreate })
    } else {
        (query || old.unlogged != new.unlogged).then_some(Change::Alter)
    }
}

fn column(old: &Column, new: &Column) -> Option<Change> {
    if new.generated && (!old.generated || old.expression != new.expression) {
        Some(Change::Recreate)
    } else if (&old.sql_type, &old.collation) != (&new.sql_type, &new.collation) {
        Some(Change::Retype)
    } else {
        let rest = |column: &Column| (column.not_null, column.identity.clone(), column.generated);
        let numbers = match (&old.identity_options, &new.identity_options) {
            (Some(old), Some(new)) => old.is_like(new),
            (None, _) | (_, None) => true,
        };
        (rest(old) != rest(new) || !numbers).then_some(Change::Alter)
    }
}

/// `create or replace` keeps the arguments' names and what comes back, and takes no default away.
fn replaceable(old: &Routine, new: &Routine) -> bool {
    (old.kind, &old.identity, &old.result) == (new.kind, &new.identity, &new.result) && old.defaults <= new.defaults
}
