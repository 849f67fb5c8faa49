//! An order in which the changes can run.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Plan, is_view};
use crate::schema::{
    key::{Key, Kind},
    model::{ConstraintKind, Object, Schema},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Drop,
    /// Made or altered.
    Make,
    /// What was put aside is dropped.
    Retire,
}

pub type Action = (Step, Key);

impl Plan<'_> {
    /// Every action once, after all that it needs; where they need each other in a circle, somewhere has to be begun.
    pub fn in_order(&self) -> Vec<Action> {
        let actions: BTreeSet<Action> = (self.actions())
            .filter(|action| self.stand_in(action) == *action)
            .collect();
        let mut before: BTreeMap<&Action, BTreeSet<Action>> = BTreeMap::new();
        for (first, then) in self.edges() {
            let (first, then) = (self.stand_in(&first), self.stand_in(&then));
            if first != then
                && actions.contains(&first)
                && let Some(then) = actions.get(&then)
            {
                before.entry(then).or_default().insert(first);
            }
        }
        let mut left: BTreeSet<(u8, &Action)> = actions.iter().map(|action| (self.rank(action), action)).collect();
        let mut order = Vec::with_capacity(left.len());
        let mut done: BTreeSet<&Action> = BTreeSet::new();
        loop {
            let ready = |(_, action): &&(u8, &Action)| {
                before
                    .get(action)
                    .is_none_or(|needs| needs.iter().all(|need| done.contains(need)))
            };
            let Some(next) = left.iter().find(ready).or(left.first()).copied() else {
                return order;
            };
            left.remove(&next);
            done.insert(next.1);
            order.push(next.1.clone());
        }
    }

    fn steps(&self, key: &Key) -> &'static [Step] {
        match self.change(key) {
            None => &[],
            Some(Change::Create | Change::Alter | Change::Retype) => &[Step::Make],
            Some(Change::Recreate) => &[Step::Drop, Step::Make],
            Some(Change::Replace) => &[Step::Make, Step::Retire],
            Some(Change::Drop) => &[Step::Drop],
        }
    }

    fn actions(&self) -> impl Iterator<Item = Action> {
        let steps = |key| self.steps(key).iter().map(move |step| (*step, Key::clone(key)));
        self.changes.keys().flat_map(steps)
    }

    /// The first of each pair has to come before the second.
    fn edges(&self) -> Vec<(Action, Action)> {
        let mut edges = Vec::new();
        for key in self.changes.keys() {
            if self.steps(key).contains(&Step::Drop) {
                edges.push(((Step::Drop, key.clone()), (Step::Make, key.clone())));
            }
            edges.push(((Step::Make, key.clone()), (Step::Retire, key.clone())));
        }
        // What stands on something leaves it before that goes or changes.
        for (dependent, on) in &self.from.edges {
            for step in [Step::Drop, Step::Make, Step::Retire] {
                edges.push(((Step::Drop, dependent.clone()), (step, on.clone())));
            }
            edges.push(((Step::Make, dependent.clone()), (Step::Retire, on.clone())));
            edges.push(((Step::Retire, dependent.clone()), (Step::Retire, on.clone())));
            edges.push(((Step::Retire, dependent.clone()), (Step::Drop, on.clone())));
            if !self.is_made(dependent) {
                edges.push(((Step::Make, dependent.clone()), (Step::Drop, on.clone())));
            }
        }
        // The sequence behind an identity column has the name that one of a serial column would have.
        let loses_identity = |key: &Key| {
            let identity = |schema: &Schema| match schema.objects.get(key) {
                Some(Object::Column(column)) => column.identity.is_some(),
                _ => false,
            };
            identity(self.from) && !identity(self.to)
        };
        let sequences: Vec<_> = self.changes.keys().filter(|key| key.kind == Kind::Sequence).collect();
        for column in self
            .changes
            .keys()
            .filter(|key| key.kind == Kind::Column && loses_identity(key))
        {
            edges.extend(
                sequences
                    .iter()
                    .map(|key| ((Step::Make, column.clone()), (Step::Make, (*key).clone()))),
            );
        }
        // What something stands on is there before it.
        for (dependent, on) in &self.to.edges {
            edges.push(((Step::Make, on.clone()), (Step::Make, dependent.clone())));
        }
        edges
    }

    /// The action that does this one along: a table's columns are made with it, and go with it.
    pub fn stand_in(&self, action: &Action) -> Action {
        let (step, key) = action;
        let Some(table) = key.table() else {
            return action.clone();
        };
        let column = Key {
            kind: Kind::Column,
            ..key.clone()
        };
        match (step, key.kind) {
            (Step::Make, Kind::Column) if self.is_made(&table) => (Step::Make, table),
            (Step::Make, Kind::Default) if self.is_made(&column) && !circular(self.to, key, &table) => {
                self.stand_in(&(Step::Make, column))
            }
            (Step::Drop, Kind::Default)
                if (self.is_dropped(&column) || self.is_dropped(&table)) && !circular(self.from, key, &table) =>
            {
                self.stand_in(&(Step::Drop, column))
            }
            (Step::Drop, Kind::Column) if self.is_dropped(&table) => (Step::Drop, table),
            (Step::Drop, Kind::Constraint | Kind::Index | Kind::Policy)
                if self.is_dropped(&table) && self.stays_within(key, &table) =>
            {
                (Step::Drop, table)
            }
            _ => action.clone(),
        }
    }

    /// Whether something of a table needs nothing that could, in turn, need the table.
    fn stays_within(&self, key: &Key, table: &Key) -> bool {
        let needs = needs(self.from, key);
        needs.into_iter().all(|on| {
            on == table
                || on.table().as_ref() == Some(table)
                || matches!(on.kind, Kind::Type | Kind::Extension | Kind::Namespace)
        })
    }

    /// Among what could run next, what is usual goes first: what is dropped, then from the ground up.
    fn rank(&self, (step, key): &Action) -> u8 {
        let view = is_view(self.from, &Some(key.clone())) || is_view(self.to, &Some(key.clone()));
        let points = |schema: &Schema| {
            let object = schema.objects.get(key);
            matches!(object, Some(Object::Constraint(constraint)) if constraint.kind == ConstraintKind::Foreign)
        };
        let foreign = points(self.from) || points(self.to);
        match (step, key.kind) {
            (Step::Drop, Kind::Policy) => 0,
            (Step::Drop, Kind::Published) => 0,
            (Step::Drop, Kind::Publication) => 1,
            (Step::Drop, Kind::Trigger | Kind::Rule) => 1,
            (Step::Drop, Kind::Constraint) if foreign => 2,
            (Step::Drop, Kind::Constraint) => 3,
            (Step::Drop, Kind::Index) => 4,
            (Step::Drop, Kind::Relation) if view => 5,
            (Step::Drop, Kind::Routine) => 6,
            (Step::Drop, Kind::Default) => 7,
            (Step::Drop, Kind::Column) => 8,
            (Step::Drop, Kind::Relation) => 9,
            (Step::Drop, Kind::Sequence) => 10,
            (Step::Drop, Kind::Type) => 11,
            (Step::Drop, Kind::Extension) => 12,
            (Step::Drop, Kind::Namespace) => 13,
            (Step::Make, Kind::Namespace) => 20,
            (Step::Make, Kind::Extension) => 21,
            (Step::Make, Kind::Type) => 22,
            (Step::Make, Kind::Sequence) => 23,
            (Step::Make, Kind::Relation) if !view => 24,
            (Step::Make, Kind::Column) => 25,
            (Step::Make, Kind::Default) => 26,
            (Step::Retire, _) => 27,
            (Step::Make, Kind::Routine) => 28,
            (Step::Make, Kind::Relation) => 29,
            (Step::Make, Kind::Constraint) if !foreign => 30,
            (Step::Make, Kind::Constraint) => 31,
            (Step::Make, Kind::Index) => 32,
            (Step::Make, Kind::Trigger) => 33,
            (Step::Make, Kind::Policy) => 34,
            (Step::Make, Kind::Rule) => 35,
            (Step::Make, Kind::Publication) => 36,
            (Step::Make, Kind::Published) => 37,
        }
    }
}

fn needs<'a>(schema: &'a Schema, key: &Key) -> Vec<&'a Key> {
    let first = (key.clone(), Key::namespace(""));
    (schema.edges.range(first..))
        .take_while(|(dependent, _)| dependent == key)
        .map(|(_, on)| on)
        .collect()
}

/// Whether a default calls a routine that, in turn, needs the default's table.
fn circular(schema: &Schema, default: &Key, table: &Key) -> bool {
    needs(schema, default)
        .into_iter()
        .filter(|on| on.kind == Kind::Routine)
        .any(|routine| (needs(schema, routine).into_iter()).any(|on| on == table || on.table().as_ref() == Some(table)))
}
