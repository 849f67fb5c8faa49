//! From one schema to another: the statements that change a database like the first into one like the second.

mod alter;
mod change;
mod finish;
mod order;
mod write;

use std::collections::BTreeMap;

use self::change::{Change, changes};
use super::{
    key::{Key, Kind},
    model::{Object, Schema},
};

/// SQL that makes a database like `from` into one like `to`, in an order in which it can run; empty when they are alike.
///
/// Where nothing else is possible things are dropped and made anew, columns with what they hold among them. Owners, roles
/// and what extensions made are left alone.
pub fn diff(from: &Schema, to: &Schema) -> String {
    let plan = Plan {
        from,
        to,
        changes: changes(from, to),
    };
    let mut statements = plan.release_sequences();
    for action in plan.in_order() {
        statements.extend(plan.write(&action));
    }
    statements.extend(plan.own_sequences());
    statements.extend(plan.row_security());
    statements.extend(plan.replica_identities());
    statements.extend(plan.grants());
    statements.extend(plan.comments());
    if plan
        .changes
        .iter()
        .any(|(key, change)| key.kind == Kind::Routine && *change != Change::Drop)
    {
        // What a function speaks of may come after it.
        statements.insert(0, "set check_function_bodies = off".to_owned());
    }
    statements
        .iter()
        .map(|statement| format!("{};\n\n", statement.trim_end()))
        .collect()
}

/// What has to happen, before it is put in order.
struct Plan<'a> {
    from: &'a Schema,
    to: &'a Schema,
    changes: BTreeMap<Key, Change>,
}

impl Plan<'_> {
    fn change(&self, key: &Key) -> Option<Change> {
        self.changes.get(key).copied()
    }

    /// Whether the object comes into being, for the first time or again.
    fn is_made(&self, key: &Key) -> bool {
        matches!(
            self.change(key),
            Some(Change::Create | Change::Recreate | Change::Replace)
        )
    }

    fn is_dropped(&self, key: &Key) -> bool {
        matches!(self.change(key), Some(Change::Drop | Change::Recreate))
    }
}

/// Whether an object is dealt with by itself: columns of views and those that a table has from its parents are not.
fn stands_alone(schema: &Schema, key: &Key, object: &Object) -> bool {
    match object {
        Object::Column(column) => column.own && !is_view(schema, &key.table()),
        _ => true,
    }
}

fn is_view(schema: &Schema, key: &Option<Key>) -> bool {
    let object = key.as_ref().and_then(|key| schema.objects.get(key));
    matches!(object, Some(Object::Relation(relation)) if relation.is_view())
}
