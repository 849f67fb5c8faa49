//! Which object a number of the catalogue belongs to, and what depends on what.

use std::collections::HashMap;

use super::{
    key::{Key, Kind},
    rows::DependRow,
};

/// Keys by catalogue table and number; many numbers may stand for one object.
#[derive(Default)]
pub struct Numbers {
    known: HashMap<(String, i64), Key>,
    columns: HashMap<(i64, i32), Key>,
    /// Numbers of what an extension made.
    members: HashMap<(String, i64), Key>,
}

impl Numbers {
    pub fn know(&mut self, class: &str, oid: i64, key: Key) {
        if oid != 0 {
            self.known.insert((class.to_owned(), oid), key);
        }
    }

    pub fn know_column(&mut self, relation: i64, place: i32, key: Key) {
        self.columns.insert((relation, place), key);
    }

    pub fn find(&self, class: &str, oid: i64) -> Option<&Key> {
        self.known.get(&(class.to_owned(), oid))
    }

    /// What extensions made stands for the extension.
    pub fn know_members(&mut self, rows: &[DependRow]) {
        for row in rows.iter().filter(|row| row.kind == "e") {
            if let Some(extension) = self.find(&row.on_class, row.on_object).cloned() {
                self.members.insert((row.class.clone(), row.object), extension);
            }
        }
    }

    fn resolve(&self, class: &str, oid: i64, part: i32) -> Option<&Key> {
        let column = || {
            self.columns
                .get(&(oid, part))
                .filter(|_| class == "pg_class" && part != 0)
        };
        column()
            .or_else(|| self.find(class, oid))
            .or_else(|| self.members.get(&(class.to_owned(), oid)))
    }

    /// The two objects of a row, if both were read. Those that belong together are none of it: a sequence that goes
    /// with its column does not need it.
    pub fn edge(&self, row: &DependRow) -> Option<(Key, Key)> {
        let from = self.resolve(&row.class, row.object, row.part)?;
        let to = self.resolve(&row.on_class, row.on_object, row.on_part)?;
        let needless = from == to || from.kind == Kind::Sequence && matches!(to.kind, Kind::Column | Kind::Relation);
        // A table with generated columns "depends" on its own columns.
        let inwards = to.table().as_ref() == Some(from);
        (!needless && !inwards).then(|| (from.clone(), to.clone()))
    }

    /// What a comment is about. Comments on an index that a constraint made, or on a row type, are nobody's.
    pub fn commented(&self, class: &str, oid: i64, part: i32) -> Option<Key> {
        let key = match part {
            0 => self.find(class, oid)?,
            place => self.columns.get(&(oid, place)).filter(|_| class == "pg_class")?,
        };
        let fits = match class {
            "pg_namespace" => key.kind == Kind::Namespace,
            "pg_extension" => key.kind == Kind::Extension,
            "pg_type" => key.kind == Kind::Type,
            "pg_proc" => key.kind == Kind::Routine,
            "pg_constraint" => key.kind == Kind::Constraint,
            "pg_trigger" => key.kind == Kind::Trigger,
            "pg_policy" => key.kind == Kind::Policy,
            "pg_rewrite" => key.kind == Kind::Rule,
            "pg_publication" => key.kind == Kind::Publication,
            "pg_class" => matches!(key.kind, Kind::Relation | Kind::Sequence | Kind::Index | Kind::Column),
            _ => false,
        };
        fits.then(|| key.clone())
    }
}
