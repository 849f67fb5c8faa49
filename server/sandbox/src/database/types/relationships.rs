//! Foreign keys as PostgREST follows them: between tables, and between the views that show their columns.

use super::{
    layout::{Shape, text},
    origins::{Origins, Place},
    typescript::{Writer, compare},
};
use crate::schema::{
    Schema,
    model::{Constraint, ConstraintKind, Relation},
};

/// A way from one relation to another.
struct Way<'a> {
    key: &'a str,
    from: Place,
    columns: Vec<String>,
    one_to_one: bool,
    to: Place,
    referenced: Vec<String>,
}

/// A relation, and columns of it that stand for a key's.
type Side = (Place, Vec<String>);

impl Writer<'_> {
    /// The ways from a table or view to those of its own schema.
    pub(super) fn relationships(&self, relation: &Relation) -> Shape {
        let here = (relation.schema.clone(), relation.name.clone());
        let keys = self
            .schema
            .constraints()
            .filter(|key| key.kind == ConstraintKind::Foreign);
        let ways = keys.flat_map(|key| ways(self.schema, self.origins, key));
        let mut ways: Vec<Way<'_>> = ways.filter(|way| way.from == here && way.to.0 == here.0).collect();
        let list = |columns: &[String]| serde_json::to_string(columns).unwrap_or_default();
        ways.sort_by(|one, other| {
            compare(one.key, other.key)
                .then_with(|| compare(&one.to.1, &other.to.1))
                .then_with(|| compare(&list(&one.referenced), &list(&other.referenced)))
                .then_with(|| compare(&list(&one.columns), &list(&other.columns)))
        });
        Shape::List(ways.iter().map(written).collect())
    }
}

fn written(way: &Way<'_>) -> Shape {
    let texts = |names: &[String]| Shape::List(names.iter().map(|name| Shape::plain(text(name))).collect());
    Shape::open(vec![
        ("foreignKeyName".to_owned(), Shape::plain(text(way.key))),
        ("columns".to_owned(), texts(&way.columns)),
        ("isOneToOne".to_owned(), Shape::plain(way.one_to_one.to_string())),
        ("referencedRelation".to_owned(), Shape::plain(text(&way.to.1))),
        ("referencedColumns".to_owned(), texts(&way.referenced)),
    ])
}

/// All ways that a foreign key opens: from its table and the views that show its columns, to the same of the other side.
fn ways<'a>(schema: &Schema, origins: &Origins, key: &'a Constraint) -> Vec<Way<'a>> {
    let (Some(other_schema), Some(other)) = (&key.referenced_schema, &key.referenced_table) else {
        return Vec::new();
    };
    let one_to_one = is_unique(schema, key);
    let from = sides(origins, (key.schema.clone(), key.table.clone()), &key.columns);
    let to = sides(origins, (other_schema.clone(), other.clone()), &key.referenced_columns);
    let way = |(from, columns): &Side, (to, referenced): &Side| Way {
        key: &key.name,
        from: from.clone(),
        columns: columns.clone(),
        one_to_one,
        to: to.clone(),
        referenced: referenced.clone(),
    };
    from.iter()
        .flat_map(|from| to.iter().map(|to| way(from, to)).collect::<Vec<_>>())
        .collect()
}

/// A table with a key's columns, and every view that shows all of them, once for each way of showing them.
fn sides(origins: &Origins, table: Place, columns: &[String]) -> Vec<Side> {
    let mut sides = vec![(table.clone(), columns.to_vec())];
    for (view, shown) in origins {
        let shows: Option<Vec<&Vec<String>>> = columns
            .iter()
            .map(|column| shown.get(&(table.clone(), column.clone())))
            .collect();
        let mut combinations: Vec<Vec<String>> = vec![Vec::new()];
        for names in shows.iter().flatten() {
            combinations = combinations
                .iter()
                .flat_map(|begun| {
                    names
                        .iter()
                        .map(|name| [begun.as_slice(), std::slice::from_ref(name)].concat())
                })
                .collect();
        }
        if shows.is_some() {
            sides.extend(combinations.into_iter().map(|columns| (view.clone(), columns)));
        }
    }
    sides
}

/// Whether a foreign key's columns are unique: all of a primary key or unique constraint, and in the table's order.
fn is_unique(schema: &Schema, key: &Constraint) -> bool {
    let place = |name: &String| {
        let columns = schema.columns(&key.schema, &key.table);
        columns.iter().position(|column| column.name == *name)
    };
    schema.constraints().any(|other| {
        let unique = matches!(other.kind, ConstraintKind::Primary | ConstraintKind::Unique);
        let mut columns = other.columns.clone();
        columns.sort_by_key(place);
        unique && other.schema == key.schema && other.table == key.table && columns == key.columns
    })
}
