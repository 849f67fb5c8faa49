//! A schema as typed values: what PostgreSQL's catalogue says, and no more.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::key::{Key, Kind};

/// Privileges by who holds them (a quoted role, or `public` for everybody), and whether they may pass them on.
pub type Grants = BTreeMap<String, BTreeMap<String, bool>>;

/// What is in some schemas of a database.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub objects: BTreeMap<Key, Object>,
    /// The first depends on the second.
    pub edges: BTreeSet<(Key, Key)>,
    pub comments: BTreeMap<Key, String>,
    /// What others than the owner may do.
    pub grants: BTreeMap<Key, Grants>,
    /// What others may do with new objects, by [`Kind`] and schema; without a schema: everywhere.
    pub initial_grants: BTreeMap<(Kind, Option<String>), Grants>,
}

#[derive(Clone, Debug)]
pub enum Object {
    Namespace,
    Extension(Extension),
    Type(Type),
    Sequence(Sequence),
    Relation(Box<Relation>),
    Column(Column),
    /// A default's expression.
    Default(String),
    Routine(Box<Routine>),
    Constraint(Constraint),
    Index(Index),
    Trigger(Trigger),
    Rule(Rule),
    Policy(Policy),
    Publication(Publication),
    Published(Published),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Extension {
    pub name: String,
    /// Where its objects are.
    pub schema: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TypeKind {
    Enum,
    Composite,
    Domain,
    Range,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Type {
    pub schema: String,
    pub name: String,
    pub kind: TypeKind,
    /// Of an enum.
    pub labels: Vec<String>,
    /// Of a composite type.
    #[serde(skip)]
    pub attributes: Vec<Column>,
    /// What a domain is made of, or a range ranges over.
    pub base: Option<String>,
    pub not_null: bool,
    /// A domain's default.
    pub expression: Option<String>,
    /// A domain's constraints with their names.
    pub checks: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Sequence {
    pub schema: String,
    pub name: String,
    pub sql_type: String,
    pub start: i64,
    pub increment: i64,
    pub min: i64,
    pub max: i64,
    pub cache: i64,
    pub cycle: bool,
    /// The column it goes away with: schema, table and column.
    pub owner: Option<(String, String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelationKind {
    Table,
    Partitioned,
    Foreign,
    View,
    Materialized,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Relation {
    pub schema: String,
    pub name: String,
    pub kind: RelationKind,
    pub unlogged: bool,
    pub row_security: bool,
    /// Whether row security holds for the owner, too.
    pub forced: bool,
    /// Such as `security_invoker=on`.
    pub options: Vec<String>,
    /// A view's query.
    pub definition: Option<String>,
    pub partition_key: Option<String>,
    /// Which rows of its parent a partition holds.
    pub bound: Option<String>,
    /// Tables it inherits from, quoted.
    pub parents: Vec<String>,
    /// A foreign table's server and options as SQL.
    pub server: Option<String>,
    /// What tells rows apart for whoever replicates them: `d`efault, `f`ull, `n`othing or an `i`ndex.
    pub replica: String,
    pub replica_index: Option<String>,
    /// Whether rows can be added, changed and deleted, be it by a trigger or rule in the place of that.
    pub insertable: bool,
    pub updatable: bool,
    pub deletable: bool,
}

impl Relation {
    pub fn is_view(&self) -> bool {
        matches!(self.kind, RelationKind::View | RelationKind::Materialized)
    }
}

/// The type of a column or argument, followed through domains and arrays to what it is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TypeName {
    pub schema: String,
    pub name: String,
    pub array: bool,
    /// Whether it is the row of a table or view.
    pub row: bool,
    pub composite: bool,
    /// Of an enum.
    pub labels: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Column {
    /// Its place in the table, from 1, with gaps where columns were.
    pub place: i32,
    pub name: String,
    /// The type as SQL writes it.
    pub sql_type: String,
    #[serde(skip)]
    pub type_name: TypeName,
    pub not_null: bool,
    /// Whether the column or its domain refuses NULL.
    pub required: bool,
    /// `always` or `by default`.
    pub identity: Option<String>,
    pub identity_options: Option<IdentityOptions>,
    pub generated: bool,
    /// The default, or what a generated column is made from.
    pub expression: Option<String>,
    pub collation: Option<String>,
    /// Whether the table itself declares it, rather than a parent.
    pub own: bool,
    pub updatable: bool,
}

/// How the numbers of an identity column go on.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct IdentityOptions {
    pub start: i64,
    pub increment: i64,
    pub min: i64,
    pub max: i64,
    pub cache: i64,
    pub cycle: bool,
    /// Whether they are those that nobody has to name.
    pub usual: bool,
}

impl IdentityOptions {
    /// Whether both mean the same; another type of the column has another end.
    pub fn is_like(&self, other: &Self) -> bool {
        self.usual && other.usual || self == other
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    pub name: String,
    pub mode: Mode,
    pub has_default: bool,
    pub type_name: TypeName,
    /// The type itself, not followed through anything: its number, and its word, such as `_int4`.
    pub type_oid: i64,
    pub type_word: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    In,
    Out,
    InOut,
    Variadic,
    /// A column of what a `returns table` function gives.
    Table,
}

impl Mode {
    pub fn is_input(self) -> bool {
        matches!(self, Self::In | Self::InOut | Self::Variadic)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoutineKind {
    Function,
    Procedure,
    Window,
    Aggregate,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Routine {
    pub schema: String,
    pub name: String,
    /// The arguments' types.
    pub signature: String,
    /// The arguments' modes, names and types, without defaults.
    pub identity: String,
    /// The same with defaults.
    pub declared: String,
    pub kind: RoutineKind,
    pub result: String,
    /// The whole statement that makes it.
    pub definition: String,
    pub defaults: i32,
    #[serde(skip)]
    pub arguments: Vec<Argument>,
    #[serde(skip)]
    pub returns: TypeName,
    /// The word of the type that it returns, not followed through anything.
    #[serde(skip)]
    pub returns_word: String,
    pub returns_set: bool,
    /// How many rows the planner expects of a set.
    pub rows: f64,
    /// `i`mmutable, `s`table or `v`olatile.
    pub volatility: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConstraintKind {
    Primary,
    Unique,
    Foreign,
    Check,
    Exclude,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Constraint {
    pub schema: String,
    pub table: String,
    pub name: String,
    pub kind: ConstraintKind,
    pub definition: String,
    pub columns: Vec<String>,
    pub referenced_schema: Option<String>,
    pub referenced_table: Option<String>,
    pub referenced_columns: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Index {
    pub schema: String,
    pub table: String,
    pub name: String,
    pub definition: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Trigger {
    pub schema: String,
    pub table: String,
    pub name: String,
    pub definition: String,
    /// `O` as usual, `D` not at all, `R` on replicas, `A` always.
    pub enabled: String,
}

/// A rule of one's own; a view's query is none.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Rule {
    pub schema: String,
    pub table: String,
    pub name: String,
    pub definition: String,
    /// As a trigger's.
    pub enabled: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Publication {
    pub name: String,
    pub all_tables: bool,
    /// Such as `insert, update`.
    pub publish: String,
    pub via_root: bool,
}

/// A table in a publication.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Published {
    pub schema: String,
    pub table: String,
    pub publication: String,
    /// Quoted; `None` for all.
    pub columns: Option<Vec<String>>,
    pub filter: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Policy {
    pub schema: String,
    pub table: String,
    pub name: String,
    pub permissive: bool,
    pub command: String,
    /// Quoted, or `public` for everybody.
    pub roles: Vec<String>,
    pub using: Option<String>,
    pub check: Option<String>,
}

impl Schema {
    /// Policies, triggers and rules alone, without the tables that they are on.
    pub fn belongings_only(mut self) -> Self {
        self.objects
            .retain(|key, _| matches!(key.kind, Kind::Policy | Kind::Trigger | Kind::Rule));
        self.comments
            .retain(|key, _| matches!(key.kind, Kind::Policy | Kind::Trigger | Kind::Rule));
        self.edges.clear();
        self.grants.clear();
        self
    }

    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.objects.values().filter_map(|object| match object {
            Object::Relation(relation) => Some(&**relation),
            _ => None,
        })
    }

    pub fn routines(&self) -> impl Iterator<Item = &Routine> {
        self.objects.values().filter_map(|object| match object {
            Object::Routine(routine) => Some(&**routine),
            _ => None,
        })
    }

    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.objects.values().filter_map(|object| match object {
            Object::Type(kind) => Some(kind),
            _ => None,
        })
    }

    pub fn constraints(&self) -> impl Iterator<Item = &Constraint> {
        self.objects.values().filter_map(|object| match object {
            Object::Constraint(constraint) => Some(constraint),
            _ => None,
        })
    }

    /// The columns of a table or view in their order there.
    pub fn columns(&self, schema: &str, relation: &str) -> Vec<&Column> {
        let first = Key::new(Kind::Column, schema, relation, "");
        let mut columns: Vec<_> = (self.objects.range(first..))
            .take_while(|(key, _)| key.kind == Kind::Column && key.schema == schema && key.of == relation)
            .filter_map(|(_, object)| match object {
                Object::Column(column) => Some(column),
                _ => None,
            })
            .collect();
        columns.sort_by_key(|column| column.place);
        columns
    }

    pub fn comment(&self, key: &Key) -> Option<&str> {
        self.comments.get(key).map(String::as_str)
    }
}
