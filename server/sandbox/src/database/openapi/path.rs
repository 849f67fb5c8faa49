//! What can be done with tables, views and functions through the Data API.

use serde_json::{Map, Value, json};

use super::{CONTENT, definition};
use crate::schema::{
    Schema,
    key::{Key, Kind},
    model::{Column, Relation, Routine},
};

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/parameters/{name}") })
}

/// The parameters that all tables share.
pub fn shared() -> Map<String, Value> {
    let prefer = |values: &[&str]| json!({ "name": "Prefer", "in": "header", "required": false, "type": "string", "enum": values });
    let query = |name: &str, description: &str| json!({ "name": name, "in": "query", "required": false, "type": "string", "description": description });
    let range = |name: &str, description: &str| json!({ "name": name, "in": "header", "required": false, "type": "string", "description": description });
    let returned = ["return=representation", "return=minimal", "return=none"];
    let resolution = ["resolution=ignore-duplicates", "resolution=merge-duplicates"];
    let mut unit = range("Range-Unit", "What the range counts");
    unit["default"] = json!("items");
    let named = [
        ("preferParams", prefer(&["params=single-object"])),
        ("preferReturn", prefer(&returned)),
        ("preferCount", prefer(&["count=none"])),
        ("preferPost", prefer(&[&returned[..], &resolution[..]].concat())),
        ("select", query("select", "Columns to read")),
        (
            "on_conflict",
            query("on_conflict", "Columns that tell whether a row is there already"),
        ),
        ("order", query("order", "Order of the rows")),
        ("offset", query("offset", "Rows to skip")),
        ("limit", query("limit", "Rows to give at most")),
        ("range", range("Range", "Rows to give, by their places")),
        ("rangeUnit", unit),
    ];
    named
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A table's own parameters: its row as a body, and a filter for each column.
pub fn parameters(relation: &Relation, columns: &[&Column]) -> Vec<(String, Value)> {
    let table = &relation.name;
    let body = json!({
        "name": table,
        "in": "body",
        "required": false,
        "description": table,
        "schema": { "$ref": format!("#/definitions/{table}") },
    });
    let filters = columns.iter().map(|column| {
        let filter = json!({ "name": column.name, "in": "query", "required": false, "type": "string" });
        (format!("rowFilter.{table}.{}", column.name), filter)
    });
    [(format!("body.{table}"), body)].into_iter().chain(filters).collect()
}

pub fn of_relation(schema: &Schema, relation: &Relation, columns: &[&Column]) -> Value {
    let table = &relation.name;
    let filters = || {
        columns
            .iter()
            .map(|column| reference(&format!("rowFilter.{table}.{}", column.name)))
    };
    let body = || reference(&format!("body.{table}"));
    let comment = schema.comment(&Key::relation(&relation.schema, table));
    let operation = |parameters: Vec<Value>, responses: Value| {
        let mut operation = json!({ "tags": [table], "parameters": parameters, "responses": responses });
        if let Some(comment) = comment {
            operation["summary"] = json!(comment);
        }
        operation
    };
    let rows = json!({ "type": "array", "items": { "$ref": format!("#/definitions/{table}") } });
    let reading = [
        "select",
        "order",
        "range",
        "rangeUnit",
        "offset",
        "limit",
        "preferCount",
    ]
    .map(reference);
    let mut path = json!({
        "get": operation(
            filters().chain(reading).collect(),
            json!({ "200": { "description": "OK", "schema": rows }, "206": { "description": "Partial Content" } }),
        ),
    });
    if relation.insertable {
        let parameters = vec![body(), reference("select"), reference("preferPost")];
        path["post"] = operation(parameters, json!({ "201": { "description": "Created" } }));
    }
    let none = json!({ "204": { "description": "No Content" } });
    if relation.updatable {
        let change = filters().chain([body(), reference("preferReturn")]).collect();
        path["patch"] = operation(change, none.clone());
    }
    if relation.deletable {
        path["delete"] = operation(filters().chain([reference("preferReturn")]).collect(), none);
    }
    path
}

pub fn of_routine(schema: &Schema, routine: &Routine) -> Value {
    let inputs: Vec<_> = routine
        .arguments
        .iter()
        .filter(|argument| argument.mode.is_input())
        .collect();
    let kind = |argument: &&&crate::schema::model::Argument| {
        definition::kind(&argument.type_name, &format_of(&argument.type_name))
    };
    let properties: Map<_, _> = inputs.iter().map(|input| (input.name.clone(), kind(&input))).collect();
    let required: Vec<_> = inputs
        .iter()
        .filter(|input| !input.has_default)
        .map(|input| &input.name)
        .collect();
    let mut arguments = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        arguments["required"] = json!(required);
    }
    let body = json!({ "name": "args", "in": "body", "required": true, "schema": arguments });
    let key = Key::new(Kind::Routine, &routine.schema, &routine.signature, &routine.name);
    let operation = |parameters: Vec<Value>| {
        let mut operation = json!({
            "tags": [format!("(rpc) {}", routine.name)],
            "produces": CONTENT,
            "parameters": parameters,
            "responses": { "200": { "description": "OK" } },
        });
        if let Some(comment) = schema.comment(&key) {
            operation["summary"] = json!(comment);
        }
        operation
    };
    let mut path = json!({ "post": operation(vec![body, reference("preferParams")]) });
    // What changes nothing can be asked with GET, too.
    if routine.volatility != "v" {
        let query = inputs.iter().map(|input| {
            let mut parameter = kind(&input);
            parameter["name"] = json!(input.name);
            parameter["in"] = json!("query");
            parameter["required"] = json!(!input.has_default);
            if parameter.get("type").is_none() {
                parameter["type"] = json!("string");
            }
            parameter
        });
        path["get"] = operation(query.collect());
    }
    path
}

fn format_of(name: &crate::schema::model::TypeName) -> String {
    let brackets = if name.array { "[]" } else { "" };
    if name.schema == "pg_catalog" {
        let sql = match name.name.as_str() {
            "int2" => "smallint",
            "int4" => "integer",
            "int8" => "bigint",
            "float4" => "real",
            "float8" => "double precision",
            "bool" => "boolean",
            "varchar" => "character varying",
            "bpchar" => "character",
            "timestamptz" => "timestamp with time zone",
            "timestamp" => "timestamp without time zone",
            other => other,
        };
        format!("{sql}{brackets}")
    } else {
        format!("{}.{}{brackets}", name.schema, name.name)
    }
}
