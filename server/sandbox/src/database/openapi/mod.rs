//! v1-get-database-openapi: the OpenAPI 2 document that PostgREST gives of a schema.

mod definition;
mod path;

use axum::http::StatusCode;
use futures::{FutureExt, future::BoxFuture};
use serde_json::{Map, Value, json};

use crate::{
    answer::{Answered, Refusal, json as answer},
    call::Waiting,
    schema::{self, Schema, key::Key, model::RoutineKind},
};

/// Kinds of content that PostgREST takes and gives.
const CONTENT: [&str; 4] = [
    "application/json",
    "application/vnd.pgrst.object+json;nulls=stripped",
    "application/vnd.pgrst.object+json",
    "text/csv",
];

/// v1-get-database-openapi
pub fn document(waiting: Waiting) -> BoxFuture<'static, Answered> {
    async move {
        let wanted = waiting.request.query("schema").filter(|name| !name.is_empty());
        let wanted = wanted.unwrap_or("public").to_owned();
        schema::check_names("schema", &[wanted.as_str()])?;
        let mut connection = super::reading(&waiting).await?;
        let schema = schema::read(&mut connection, &[wanted.as_str()]).await?;
        if !schema.objects.contains_key(&Key::namespace(&wanted)) {
            return Err(Refusal::Invalid(format!("schema: there is no schema {wanted}.")));
        }
        let host = waiting.within(|call| Ok(call.project()?.host()))?;
        Ok(answer(StatusCode::OK, &write(&schema, &wanted, &host)))
    }
    .boxed()
}

fn write(schema: &Schema, name: &str, host: &str) -> Value {
    let (mut paths, mut definitions, mut parameters) = (Map::new(), Map::new(), path::shared());
    paths.insert(
        "/".to_owned(),
        json!({ "get": {
            "tags": ["Introspection"],
            "summary": "This document",
            "produces": ["application/openapi+json", "application/json"],
            "responses": { "200": { "description": "OK" } },
        } }),
    );
    for relation in schema.relations().filter(|relation| relation.schema == name) {
        let columns = schema.columns(&relation.schema, &relation.name);
        paths.insert(
            format!("/{}", relation.name),
            path::of_relation(schema, relation, &columns),
        );
        definitions.insert(relation.name.clone(), definition::of(schema, relation, &columns));
        parameters.extend(path::parameters(relation, &columns));
    }
    for routine in schema.routines().filter(|routine| routine.schema == name) {
        let called = matches!(routine.kind, RoutineKind::Function | RoutineKind::Procedure);
        if called && !matches!(routine.returns.name.as_str(), "trigger" | "event_trigger") {
            paths.insert(format!("/rpc/{}", routine.name), path::of_routine(schema, routine));
        }
    }
    let comment = schema.comment(&Key::namespace(name));
    json!({
        "swagger": "2.0",
        "info": {
            "title": comment.map_or_else(|| format!("standard {name} schema"), str::to_owned),
            "description": "",
            "version": "14.5",
        },
        "host": format!("{host}:443"),
        "basePath": "/rest/v1/",
        "schemes": ["https"],
        "consumes": CONTENT,
        "produces": CONTENT,
        "paths": paths,
        "definitions": definitions,
        "parameters": parameters,
        "externalDocs": {
            "description": "PostgREST Documentation",
            "url": "https://postgrest.org/en/v14/references/api.html",
        },
    })
}
