//! Tools around a database: ways to connect, and what its schemas look like from outside.

use leptos::{prelude::*, server_fn::codec::Json};
use management_api::{
    database::{
        DatabaseMetadata, GenerateTypescriptTypes, GetDatabaseMetadata, GetDatabaseOpenapi, GetPoolerConfig, Pooler,
    },
    projects::{GetProject, Project},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::branches::Part;
use crate::{backend::handle, call::call, error::ConsoleError, schema::types::SeenTypes};

/// How a database is reached.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WaysIn {
    pub project: Project,
    pub poolers: Part<Vec<Pooler>>,
}

/// Two calls side by side.
#[server(prefix = "/api", endpoint = "ways-in", input = Json, output = Json)]
pub async fn ways_of(project: String) -> Result<WaysIn, ConsoleError> {
    let of = || project.clone();
    let (found, poolers) = futures::join!(
        call(GetProject { project: of() }),
        call(GetPoolerConfig { project: of() })
    );
    Ok(WaysIn {
        project: found?,
        poolers,
    })
}

/// The TypeScript types of some schemas, and the schemas there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Types {
    pub types: Part<String>,
    /// What was seen of them before; `None` where they could not be read, or are too long to be kept.
    pub seen: Part<Option<SeenTypes>>,
    /// Which schemas there are may not be known: that is asked ten times a minute at most.
    pub schemas: Part<Vec<String>>,
}

/// Two calls side by side. Without a schema it is `public`.
#[server(prefix = "/api", endpoint = "types", input = Json, output = Json)]
pub async fn types_of(project: String, schemas: Vec<String>) -> Result<Types, ConsoleError> {
    let generate = GenerateTypescriptTypes {
        included_schemas: included(&schemas),
        project: project.clone(),
    };
    let metadata = GetDatabaseMetadata {
        project: project.clone(),
    };
    let (types, found) = futures::join!(call(generate), call(metadata));
    let types = types.map(|types| types.types);
    let seen = match &types {
        Ok(text) => handle()?.note_types(&project, &schemas, text.clone()).await,
        Err(_) => Ok(None),
    };
    Ok(Types {
        types,
        seen,
        schemas: found.map(names),
    })
}

/// As the operation takes them.
pub fn included(schemas: &[String]) -> Option<String> {
    (!schemas.is_empty()).then(|| schemas.join(","))
}

fn names(metadata: DatabaseMetadata) -> Vec<String> {
    let schemas = metadata.databases.into_iter().flat_map(|database| database.schemas);
    let mut names: Vec<String> = schemas.map(|schema| schema.name).collect();
    names.sort();
    names.dedup();
    names
}

/// What the Data API offers of a schema: one call.
#[server(prefix = "/api", endpoint = "data-api-document", input = Json, output = Json)]
pub async fn document_of(project: String, schema: String) -> Result<Map<String, Value>, ConsoleError> {
    call(GetDatabaseOpenapi {
        project,
        schema: Some(schema).filter(|schema| !schema.is_empty()),
    })
    .await
}
