//! Tables and views as JSON schemas.

use serde_json::{Map, Value, json};

use crate::schema::{
    Schema,
    key::{Key, Kind},
    model::{Column, ConstraintKind, Relation, TypeName},
};

pub fn of(schema: &Schema, relation: &Relation, columns: &[&Column]) -> Value {
    let properties: Map<_, _> = columns
        .iter()
        .map(|column| (column.name.clone(), property(schema, relation, column)))
        .collect();
    let required: Vec<_> = columns
        .iter()
        .filter(|column| column.required)
        .map(|column| &column.name)
        .collect();
    let mut definition = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        definition["required"] = json!(required);
    }
    if let Some(comment) = schema.comment(&Key::relation(&relation.schema, &relation.name)) {
        definition["description"] = json!(comment);
    }
    definition
}

fn property(schema: &Schema, relation: &Relation, column: &Column) -> Value {
    let mut property = kind(&column.type_name, &column.sql_type);
    if let Some(length) = length(&column.sql_type) {
        property["maxLength"] = json!(length);
    }
    if !column.type_name.labels.is_empty() && !column.type_name.array {
        property["enum"] = json!(column.type_name.labels);
    }
    if let Some(default) = column.expression.as_ref().filter(|_| !column.generated) {
        property["default"] = value(default, &column.type_name);
    }
    let key = Key::new(Kind::Column, &relation.schema, &relation.name, &column.name);
    let said = schema.comment(&key).map(str::to_owned);
    let lines: Vec<_> = said.into_iter().chain(keys(schema, relation, column)).collect();
    if !lines.is_empty() {
        property["description"] = json!(lines.join("\n\n"));
    }
    property
}

/// PostgREST marks keys in the description, where clients look for the tags.
fn keys(schema: &Schema, relation: &Relation, column: &Column) -> Option<String> {
    let own = schema.constraints().filter(|constraint| {
        constraint.schema == relation.schema
            && constraint.table == relation.name
            && constraint.columns.contains(&column.name)
    });
    let notes: Vec<_> = own
        .filter_map(|constraint| match constraint.kind {
            ConstraintKind::Primary => Some("This is a Primary Key.<pk/>".to_owned()),
            ConstraintKind::Foreign => {
                let place = constraint.columns.iter().position(|name| *name == column.name)?;
                let (table, other) = (
                    constraint.referenced_table.as_ref()?,
                    constraint.referenced_columns.get(place)?,
                );
                Some(format!(
                    "This is a Foreign Key to `{table}.{other}`.<fk table='{table}' column='{other}'/>"
                ))
            }
            ConstraintKind::Unique | ConstraintKind::Check | ConstraintKind::Exclude => None,
        })
        .collect();
    (!notes.is_empty()).then(|| format!("Note:\n{}", notes.join("\n")))
}

/// A type, by its name and as SQL writes it.
pub fn kind(name: &TypeName, sql: &str) -> Value {
    let single = match name.name.as_str() {
        "int2" | "int4" | "int8" => Some("integer"),
        "numeric" | "float4" | "float8" => Some("number"),
        "bool" => Some("boolean"),
        // Whatever JSON there is.
        "json" | "jsonb" => None,
        _ => Some("string"),
    };
    let mut kind = json!({ "format": sql });
    if name.array {
        kind["type"] = json!("array");
        kind["items"] = single.map_or_else(|| json!({}), |single| json!({ "type": single }));
    } else if let Some(single) = single {
        kind["type"] = json!(single);
    }
    kind
}

/// Of `character varying(80)`.
fn length(sql: &str) -> Option<u32> {
    let rest = sql.strip_prefix("character")?;
    rest.strip_suffix(')')?.rsplit_once('(')?.1.parse().ok()
}

/// A default as a value where it is a plain one, else as its SQL.
fn value(default: &str, name: &TypeName) -> Value {
    let plain = default
        .split_once("'::")
        .map_or(default, |(text, _)| text)
        .trim_start_matches('\'');
    match name.name.as_str() {
        _ if name.array => json!(default),
        "bool" | "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" => {
            serde_json::from_str(plain).unwrap_or_else(|_| json!(default))
        }
        _ if default.starts_with('\'') => json!(plain.replace("''", "'")),
        _ => json!(default),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> TypeName {
        TypeName {
            name: name.to_owned(),
            ..TypeName::default()
        }
    }

    #[test]
    fn defaults_are_values_where_they_are_plain() {
        assert_eq!(value("3", &named("int4")), json!(3));
        assert_eq!(value("true", &named("bool")), json!(true));
        assert_eq!(value("'it''s'::text", &named("text")), json!("it's"));
        assert_eq!(value("now()", &named("timestamptz")), json!("now()"));
        assert_eq!(
            value("nextval('a'::regclass)", &named("int4")),
            json!("nextval('a'::regclass)")
        );
    }

    #[test]
    fn lengths_are_read() {
        assert_eq!(length("character varying(80)"), Some(80));
        assert_eq!((length("character varying"), length("numeric(8,2)")), (None, None));
    }
}
