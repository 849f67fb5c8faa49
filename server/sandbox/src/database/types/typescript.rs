//! The TypeScript types of a database, in the form that the real service gives them.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{
    helpers,
    layout::{Shape, field, name, text},
    origins::Origins,
};
use crate::schema::{
    Schema,
    model::{Column, Relation, RelationKind, Type, TypeKind, TypeName},
};

/// The version of PostgREST that the real service names.
const POSTGREST: &str = "14.5";

/// The whole file, for schemas that were read and exist.
pub fn types(schema: &Schema, origins: &Origins, schemas: &[&str]) -> String {
    let writer = Writer {
        schema,
        origins,
        schemas,
    };
    let mut out = "export type Json =\n  | string\n  | number\n  | boolean\n  | null\n  | { [key: string]: Json | undefined }\n  | Json[]\n\n\
        export type Database = {\n  // Allows to automatically instantiate createClient with right options\n  \
        // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)\n  "
        .to_owned();
    let version = Shape::open(vec![("PostgrestVersion".to_owned(), Shape::plain(text(POSTGREST)))]);
    out += &format!("{}\n", field("__InternalSupabase", &version, 2));
    for schema in schemas {
        out += &format!("  {}\n", field(&name(schema), &writer.of(schema), 2));
    }
    out += "}\n";
    out += &helpers::helpers();
    out += "export const Constants = {\n";
    for schema in schemas {
        out += &writer.constants(schema);
    }
    out + "} as const\n"
}

pub(super) struct Writer<'a> {
    pub(super) schema: &'a Schema,
    pub(super) origins: &'a Origins,
    schemas: &'a [&'a str],
}

pub(super) type Fields = Vec<(String, Shape)>;

impl Writer<'_> {
    fn of(&self, schema: &str) -> Shape {
        let relations: Vec<_> = sorted(
            self.schema.relations().filter(|relation| relation.schema == schema),
            |relation| &relation.name,
        );
        let (views, tables): (Vec<_>, Vec<_>) = relations.into_iter().partition(|relation| relation.is_view());
        let tables = tables.into_iter().map(|table| (name(&table.name), self.table(table)));
        let views = views.into_iter().map(|view| (name(&view.name), self.view(view)));
        Shape::open(vec![
            ("Tables".to_owned(), some(tables.collect())),
            ("Views".to_owned(), some(views.collect())),
            ("Functions".to_owned(), some(self.functions(schema))),
            ("Enums".to_owned(), some(self.enums(schema))),
            ("CompositeTypes".to_owned(), some(self.composites(schema))),
        ])
    }

    fn columns(&self, relation: &Relation) -> Vec<&Column> {
        sorted(self.schema.columns(&relation.schema, &relation.name), |column| {
            &column.name
        })
    }

    pub(super) fn row(&self, relation: &Relation) -> Fields {
        let columns = self.columns(relation).into_iter();
        columns.map(|column| (name(&column.name), self.value(column))).collect()
    }

    /// The columns, and the functions that PostgREST offers as if they were.
    fn row_and_computed(&self, relation: &Relation) -> Shape {
        let mut fields = self.row(relation);
        fields.extend(self.computed(relation));
        Shape::open(fields)
    }

    fn value(&self, column: &Column) -> Shape {
        match self.kind(&column.type_name) {
            shape if !column.required => shape.or_null(),
            // Any JSON but the null that `Json` holds.
            Shape::Plain(kind) if kind == "Json" => Shape::plain("NonNullable<Json>"),
            shape => shape,
        }
    }

    fn table(&self, table: &Relation) -> Shape {
        let written = |optional: fn(&Column) -> bool| {
            let columns = self.columns(table).into_iter();
            let fields = columns.map(|column| {
                if column.identity.as_deref() == Some("always") || column.generated {
                    return (format!("{}?", name(&column.name)), Shape::plain("never"));
                }
                let mark = if optional(column) { "?" } else { "" };
                (format!("{}{mark}", name(&column.name)), self.value(column))
            });
            Shape::open(fields.collect())
        };
        let insert = written(|column| !column.required || column.identity.is_some() || column.expression.is_some());
        Shape::open(vec![
            ("Row".to_owned(), self.row_and_computed(table)),
            ("Insert".to_owned(), insert),
            ("Update".to_owned(), written(|_| true)),
            ("Relationships".to_owned(), self.relationships(table)),
        ])
    }

    fn view(&self, view: &Relation) -> Shape {
        let mut fields = vec![("Row".to_owned(), self.row_and_computed(view))];
        let written = || {
            let columns = self.columns(view).into_iter().map(|column| {
                let shape = if column.updatable {
                    self.kind(&column.type_name).or_null()
                } else {
                    Shape::plain("never")
                };
                (format!("{}?", name(&column.name)), shape)
            });
            Shape::open(columns.collect())
        };
        for (word, is_open) in [("Insert", view.insertable), ("Update", view.updatable)] {
            if is_open && view.kind == RelationKind::View {
                fields.push((word.to_owned(), written()));
            }
        }
        fields.push(("Relationships".to_owned(), self.relationships(view)));
        Shape::open(fields)
    }

    /// Those that can have a value.
    fn enums_of(&self, schema: &str) -> Vec<&Type> {
        let enums = self
            .schema
            .types()
            .filter(|kind| kind.schema == schema && kind.kind == TypeKind::Enum && !kind.labels.is_empty());
        sorted(enums, |kind| &kind.name)
    }

    fn enums(&self, schema: &str) -> Fields {
        self.enums_of(schema)
            .into_iter()
            .map(|kind| (name(&kind.name), labels(&kind.labels)))
            .collect()
    }

    fn composites(&self, schema: &str) -> Fields {
        let composites = self
            .schema
            .types()
            .filter(|kind| kind.schema == schema && kind.kind == TypeKind::Composite);
        let composites = sorted(composites, |kind| &kind.name).into_iter();
        composites
            .map(|kind| {
                let attributes = kind.attributes.iter();
                let fields = attributes.map(|column| (name(&column.name), self.kind(&column.type_name).or_null()));
                (name(&kind.name), Shape::open(fields.collect()))
            })
            .collect()
    }

    fn constants(&self, schema: &str) -> String {
        let enums: String = self
            .enums_of(schema)
            .into_iter()
            .map(|kind| {
                let labels = kind.labels.iter().map(|label| Shape::plain(text(label)));
                // The comma behind takes its place on the line, too.
                let list = Shape::List(labels.collect());
                let key = name(&kind.name);
                format!("      {key}:{},\n", list.write(6, 6 + key.chars().count() + 3))
            })
            .collect();
        let enums = if enums.is_empty() {
            "{}".to_owned()
        } else {
            format!("{{\n{enums}    }}")
        };
        format!("  {}: {{\n    Enums: {enums},\n  }},\n", name(schema))
    }

    /// What a value of this type is in TypeScript.
    pub(super) fn kind(&self, kind: &TypeName) -> Shape {
        let one = |array| TypeName { array, ..kind.clone() };
        if kind.array {
            return self.kind(&one(false)).array();
        }
        let within = |group: &str, more: &str| {
            if self.schemas.contains(&kind.schema.as_str()) {
                Shape::Plain(format!(
                    "Database[{}][\"{group}\"][{}]{more}",
                    text(&kind.schema),
                    text(&kind.name)
                ))
            } else {
                Shape::plain("unknown")
            }
        };
        match kind.name.as_str() {
            "bool" => Shape::plain("boolean"),
            "int2" | "int4" | "int8" | "float4" | "float8" | "numeric" => Shape::plain("number"),
            "bytea" | "bpchar" | "varchar" | "date" | "text" | "citext" | "time" | "timetz" | "timestamp"
            | "timestamptz" | "uuid" | "vector" | "interval" => Shape::plain("string"),
            "json" | "jsonb" => Shape::plain("Json"),
            "void" => Shape::plain("undefined"),
            "record" => Shape::plain("Record<string, unknown>"),
            _ if !kind.labels.is_empty() && !self.schemas.contains(&kind.schema.as_str()) => labels(&kind.labels),
            _ if !kind.labels.is_empty() => within("Enums", ""),
            _ if kind.composite => within("CompositeTypes", ""),
            _ if kind.row => {
                let view = (self.schema.relations())
                    .any(|relation| relation.is_view() && relation.schema == kind.schema && relation.name == kind.name);
                within(if view { "Views" } else { "Tables" }, "[\"Row\"]")
            }
            _ => Shape::plain("unknown"),
        }
    }
}

fn labels(labels: &[String]) -> Shape {
    match labels {
        [only] => Shape::plain(text(only)),
        labels => Shape::Union(labels.iter().map(|label| Shape::plain(text(label))).collect()),
    }
}

/// The fields, or what stands for none.
fn some(fields: Fields) -> Shape {
    if fields.is_empty() {
        // The key is no name, so it goes into the shape as it is.
        return Shape::open(vec![("[_ in never]".to_owned(), Shape::plain("never"))]);
    }
    Shape::open(fields)
}

pub(super) fn sorted<'a, T>(items: impl IntoIterator<Item = &'a T>, name: impl Fn(&T) -> &String) -> Vec<&'a T> {
    let mut items: Vec<_> = items.into_iter().collect();
    items.sort_by(|a, b| compare(name(a), name(b)));
    items
}

/// As people sort: marks, then digits, then letters, and case only where all else is equal.
pub fn compare(a: &str, b: &str) -> Ordering {
    let weigh = |text: &str| -> Vec<_> {
        let class = |c: char| u8::from(c.is_numeric()) + 2 * u8::from(c.is_alphabetic());
        text.chars().map(|c| (class(c), c.to_lowercase().next())).collect()
    };
    let swap_case =
        |text: &str| -> BTreeMap<usize, bool> { text.chars().map(char::is_uppercase).enumerate().collect() };
    weigh(a).cmp(&weigh(b)).then_with(|| swap_case(a).cmp(&swap_case(b)))
}
