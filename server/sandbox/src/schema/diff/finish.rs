//! What nothing else depends on: owners of sequences, row security, grants and comments.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Plan,
    write::{routine_name, routine_word, word},
};
use crate::{
    postgres::identifier,
    schema::{
        key::{Key, Kind, literal, qualified},
        model::{Grants, Object, RelationKind, RoutineKind, Sequence, TypeKind},
    },
};

impl Plan<'_> {
    fn old_sequence(&self, key: &Key) -> Option<&Sequence> {
        match self.from.objects.get(key) {
            Some(Object::Sequence(old)) => Some(old),
            _ => None,
        }
    }

    /// Whether a sequence belongs, in the end, to the same column that it belonged to all along.
    fn keeps_owner(&self, key: &Key, new: &Sequence) -> bool {
        self.old_sequence(key).is_some_and(|old| old.owner == new.owner)
            && new.owner.as_ref().is_none_or(|(schema, table, column)| {
                let column = Key::new(Kind::Column, schema, table, column);
                !self.is_dropped(&column) && !self.is_dropped(&Key::relation(schema, table))
            })
    }

    /// Sequences that stay must not go with a column that goes.
    pub fn release_sequences(&self) -> Vec<String> {
        self.sequences()
            .filter(|(key, new)| {
                let owned = self.old_sequence(key).is_some_and(|old| old.owner.is_some());
                owned && !self.keeps_owner(key, new)
            })
            .map(|(key, _)| format!("alter sequence {} owned by none", key.sql()))
            .collect()
    }

    pub fn own_sequences(&self) -> Vec<String> {
        self.sequences()
            .filter(|(key, new)| !self.keeps_owner(key, new))
            .filter_map(|(key, new)| {
                let (schema, table, column) = new.owner.as_ref()?;
                let column = format!("{}.{}", qualified(schema, table), identifier(column));
                Some(format!("alter sequence {} owned by {column}", key.sql()))
            })
            .collect()
    }

    fn sequences(&self) -> impl Iterator<Item = (&Key, &Sequence)> {
        self.to.objects.iter().filter_map(|(key, object)| match object {
            Object::Sequence(sequence) => Some((key, sequence)),
            _ => None,
        })
    }

    pub fn row_security(&self) -> Vec<String> {
        let mut statements = Vec::new();
        for (key, object) in &self.to.objects {
            let Object::Relation(new) = object else { continue };
            let before = match self.from.objects.get(key) {
                Some(Object::Relation(old)) if !self.is_made(key) => (old.row_security, old.forced),
                _ => (false, false),
            };
            let mut switch = |before: bool, now: bool, on: &str, off: &str| {
                if before != now {
                    let word = if now { on } else { off };
                    statements.push(format!("alter table {} {word} row level security", key.sql()));
                }
            };
            switch(before.0, new.row_security, "enable", "disable");
            switch(before.1, new.forced, "force", "no force");
        }
        statements
    }

    pub fn replica_identities(&self) -> Vec<String> {
        let mut statements = Vec::new();
        for (key, object) in &self.to.objects {
            let Object::Relation(new) = object else { continue };
            if new.is_view() || new.kind == RelationKind::Foreign {
                continue;
            }
            let stands = |index: &String| {
                let of_table = |kind| Key::new(kind, &key.schema, &key.name, index);
                !self.is_made(&of_table(Kind::Index)) && !self.is_made(&of_table(Kind::Constraint))
            };
            let before = match self.from.objects.get(key) {
                Some(Object::Relation(old)) if !self.is_made(key) => {
                    // It goes with its index.
                    let index = old.replica_index.as_ref().filter(|index| stands(index));
                    (old.replica.as_str(), index)
                }
                _ => ("d", None),
            };
            if before == (new.replica.as_str(), new.replica_index.as_ref()) {
                continue;
            }
            let identity = match (new.replica.as_str(), &new.replica_index) {
                ("f", _) => "full".to_owned(),
                ("i", Some(index)) => format!("using index {}", identifier(index)),
                ("n", _) | ("i", None) => "nothing".to_owned(),
                _ => "default".to_owned(),
            };
            statements.push(format!("alter table {} replica identity {identity}", key.sql()));
        }
        statements
    }

    /// What others may do with an object before any grant of this diff.
    fn granted(&self, key: &Key) -> Grants {
        let stays = self.from.objects.contains_key(key) && !self.is_made(key) && !self.goes_along(key);
        if stays {
            return self.from.grants.get(key).cloned().unwrap_or_default();
        }
        // A new object begins with the role's defaults, and what its schema adds to them.
        let mut grants = Grants::new();
        for schema in [None, Some(key.schema.clone())] {
            let added = self.from.initial_grants.get(&(key.kind, schema));
            for (grantee, privileges) in added.into_iter().flatten() {
                let granted = grants.entry(grantee.clone()).or_default();
                for (privilege, passed_on) in privileges {
                    *granted.entry(privilege.clone()).or_default() |= passed_on;
                }
            }
        }
        grants
    }

    /// Tables come before their columns: who loses a privilege on a table loses it on each of its columns.
    pub fn grants(&self) -> Vec<String> {
        let mut statements = Vec::new();
        let (none, no_grants) = (BTreeMap::new(), BTreeMap::new());
        let mut taken: BTreeSet<(Key, String, String)> = BTreeSet::new();
        for (key, object) in &self.to.objects {
            let Some(target) = grantable(key, object) else { continue };
            let mut before = self.granted(key);
            let table = key.table();
            let of_column = table.as_ref().map(|_| format!(" ({})", key.sql())).unwrap_or_default();
            for (grantee, privileges) in &mut before {
                privileges.retain(|privilege, _| {
                    let gone = table
                        .as_ref()
                        .map(|table| (table.clone(), grantee.clone(), privilege.clone()));
                    gone.is_none_or(|gone| !taken.contains(&gone))
                });
            }
            let now = self.to.grants.get(key).unwrap_or(&no_grants);
            let grantees: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
            for grantee in grantees {
                let (before, now) = (before.get(grantee).unwrap_or(&none), now.get(grantee).unwrap_or(&none));
                let list = |wanted: &dyn Fn(&String, bool) -> bool, of: &BTreeMap<String, bool>| {
                    let wanted = of
                        .iter()
                        .filter(|(privilege, passed_on)| wanted(privilege, **passed_on));
                    let names: Vec<String> = wanted.map(|(privilege, _)| format!("{privilege}{of_column}")).collect();
                    names.join(", ")
                };
                let passes = |of: &BTreeMap<String, bool>, privilege: &String| of.get(privilege) == Some(&true);
                let gone = list(&|privilege, _| !now.contains_key(privilege), before);
                let held = list(
                    &|privilege, passed_on| passed_on && now.contains_key(privilege) && !passes(now, privilege),
                    before,
                );
                let new = list(
                    &|privilege, passed_on| !passed_on && !before.contains_key(privilege),
                    now,
                );
                let passed_on = list(&|privilege, passed_on| passed_on && !passes(before, privilege), now);
                let loses = before.keys().filter(|privilege| !now.contains_key(*privilege));
                taken.extend(loses.map(|privilege| (key.clone(), grantee.clone(), privilege.clone())));
                // What somebody has passed on goes with it.
                let cascade = if before.values().any(|passed_on| *passed_on) {
                    " cascade"
                } else {
                    ""
                };
                if !gone.is_empty() {
                    statements.push(format!("revoke {gone} on {target} from {grantee}{cascade}"));
                }
                if !held.is_empty() {
                    statements.push(format!(
                        "revoke grant option for {held} on {target} from {grantee} cascade"
                    ));
                }
                if !new.is_empty() {
                    statements.push(format!("grant {new} on {target} to {grantee}"));
                }
                if !passed_on.is_empty() {
                    statements.push(format!("grant {passed_on} on {target} to {grantee} with grant option"));
                }
            }
        }
        statements
    }

    pub fn comments(&self) -> Vec<String> {
        let mut statements = Vec::new();
        for (key, object) in &self.to.objects {
            let before = self
                .from
                .comment(key)
                .filter(|_| !self.is_made(key) && !self.goes_along(key));
            let now = self.to.comment(key);
            if before != now
                && let Some(target) = commented(key, object)
            {
                let text = now.map_or("null".to_owned(), literal);
                statements.push(format!("comment on {target} is {text}"));
            }
        }
        statements
    }

    /// Whether the table an object belongs to comes into being anew.
    fn goes_along(&self, key: &Key) -> bool {
        key.table().is_some_and(|table| self.is_made(&table))
    }
}

fn grantable(key: &Key, object: &Object) -> Option<String> {
    let name = key.sql();
    match object {
        Object::Namespace => Some(format!("schema {name}")),
        Object::Sequence(_) => Some(format!("sequence {name}")),
        Object::Relation(_) => Some(format!("table {name}")),
        Object::Column(_) => Some(format!("table {}", key.table_sql())),
        // `on function` is right for aggregates, too, and `on aggregate` for none.
        Object::Routine(routine) if routine.kind == RoutineKind::Procedure => Some(format!("procedure {name}")),
        Object::Routine(_) => Some(format!("function {name}")),
        Object::Extension(_)
        | Object::Type(_)
        | Object::Default(_)
        | Object::Constraint(_)
        | Object::Index(_)
        | Object::Trigger(_)
        | Object::Rule(_)
        | Object::Policy(_)
        | Object::Publication(_)
        | Object::Published(_) => None,
    }
}

fn commented(key: &Key, object: &Object) -> Option<String> {
    let name = key.sql();
    let of_table = |word: &str| Some(format!("{word} {name} on {}", key.table_sql()));
    match object {
        Object::Namespace => Some(format!("schema {name}")),
        Object::Extension(_) => Some(format!("extension {name}")),
        Object::Type(kind) if kind.kind == TypeKind::Domain => Some(format!("domain {name}")),
        Object::Type(_) => Some(format!("type {name}")),
        Object::Sequence(_) => Some(format!("sequence {name}")),
        Object::Relation(relation) if relation.kind == RelationKind::Partitioned => Some(format!("table {name}")),
        Object::Relation(relation) => Some(format!("{} {name}", word(relation.kind))),
        Object::Column(_) => Some(format!("column {}.{name}", key.table_sql())),
        Object::Routine(routine) => Some(format!("{} {}", routine_word(routine), routine_name(key, routine))),
        Object::Constraint(_) => of_table("constraint"),
        Object::Index(_) => Some(format!("index {name}")),
        Object::Trigger(_) => of_table("trigger"),
        Object::Rule(_) => of_table("rule"),
        Object::Policy(_) => of_table("policy"),
        Object::Publication(_) => Some(format!("publication {name}")),
        Object::Default(_) | Object::Published(_) => None,
    }
}
