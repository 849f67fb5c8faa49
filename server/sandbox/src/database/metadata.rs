//! v1-get-database-metadata: the databases and schemas of a project.

use axum::http::StatusCode;
use futures::{FutureExt, future::BoxFuture};
use serde_json::{Value, json};

use crate::{
    answer::{Answered, json as answer},
    call::Waiting,
    postgres::Failure,
};

/// v1-get-database-metadata
pub fn context(waiting: Waiting) -> BoxFuture<'static, Answered> {
    async move {
        let mut connection = super::reading(&waiting).await?;
        let schemas: Vec<String> = sqlx::query_scalar(
            "select n.nspname::text from pg_catalog.pg_namespace n
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1",
        )
        .fetch_all(&mut connection)
        .await
        .map_err(Failure::from)?;
        let schemas: Vec<Value> = schemas.into_iter().map(|name| json!({ "name": name })).collect();
        // Every project has this one database, whatever the sandbox calls it.
        let databases = json!([{ "name": "postgres", "schemas": schemas }]);
        Ok(answer(StatusCode::OK, &json!({ "databases": databases })))
    }
    .boxed()
}
