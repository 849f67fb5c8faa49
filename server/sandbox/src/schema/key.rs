//! Names of a schema's objects, and how they are written in SQL.

use crate::postgres::identifier;

/// What kind of thing a name belongs to. Things of one kind share their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Namespace,
    Extension,
    Type,
    Sequence,
    /// Tables and views.
    Relation,
    Column,
    /// A column's default.
    Default,
    Routine,
    Constraint,
    Index,
    Trigger,
    Rule,
    Policy,
    Publication,
    /// A table in a publication, which the name is of.
    Published,
}

/// Who an object is within a database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub kind: Kind,
    /// Empty for what stands outside of schemas.
    pub schema: String,
    /// The table, for what belongs to one; the types of the arguments for a routine.
    pub of: String,
    pub name: String,
}

impl Key {
    pub fn new(kind: Kind, schema: &str, of: &str, name: &str) -> Self {
        Self {
            kind,
            schema: schema.to_owned(),
            of: of.to_owned(),
            name: name.to_owned(),
        }
    }

    pub fn namespace(name: &str) -> Self {
        Self::new(Kind::Namespace, "", "", name)
    }

    pub fn relation(schema: &str, name: &str) -> Self {
        Self::new(Kind::Relation, schema, "", name)
    }

    /// The table or view that a column, constraint, trigger and so on belong to.
    pub fn table(&self) -> Option<Self> {
        match self.kind {
            Kind::Column
            | Kind::Default
            | Kind::Constraint
            | Kind::Index
            | Kind::Trigger
            | Kind::Rule
            | Kind::Policy
            | Kind::Published => Some(Self::relation(&self.schema, &self.of)),
            Kind::Namespace
            | Kind::Extension
            | Kind::Type
            | Kind::Sequence
            | Kind::Relation
            | Kind::Routine
            | Kind::Publication => None,
        }
    }

    /// The name as SQL refers to it from anywhere; for a routine with its arguments' types.
    pub fn sql(&self) -> String {
        match self.kind {
            Kind::Namespace | Kind::Extension | Kind::Publication => identifier(&self.name),
            Kind::Type | Kind::Sequence | Kind::Relation | Kind::Index => qualified(&self.schema, &self.name),
            Kind::Routine => format!("{}({})", qualified(&self.schema, &self.name), self.of),
            Kind::Column
            | Kind::Default
            | Kind::Constraint
            | Kind::Trigger
            | Kind::Rule
            | Kind::Policy
            | Kind::Published => identifier(&self.name),
        }
    }

    /// The table's name as SQL refers to it.
    pub fn table_sql(&self) -> String {
        qualified(&self.schema, &self.of)
    }
}

/// A schema's name and a name in it.
pub fn qualified(schema: &str, name: &str) -> String {
    format!("{}.{}", identifier(schema), identifier(name))
}

/// A text within single quotes; written with an escape mark where it holds backslashes, as PostgreSQL itself does.
pub fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if text.contains('\\') {
        format!("E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_are_quoted() {
        assert_eq!(qualified("public", "user \"x\""), "\"public\".\"user \"\"x\"\"\"");
        assert_eq!(literal("it's"), "'it''s'");
        assert_eq!(literal("a\\b"), "E'a\\\\b'");
    }
}
